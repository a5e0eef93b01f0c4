"""The bot keeps looking at its content folder; SIGHUP has it look at once."""

import asyncio
import os
import shutil
import signal
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import pytest
from structlog.testing import capture_logs

from reminderbot.ops import reloading
from reminderbot.ops.reloading import Reloading
from reminderbot.services import contents
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.telegram.context import Desk
from tests.acceptance.processes import PATIENCE
from tests.unit.library.library_folder import Folder, complete_folder

FOUND = '[{"file": "a.yaml", "line": 2, "field": "id", "message": "is missing"}]'


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return complete_folder(tmp_path / "content")


@pytest.fixture
def desk(sqlite_store: Store, around: Surroundings) -> Desk:
    return Desk(sqlite_store, around, lambda: datetime.now(UTC), lambda: None)


async def until_logged(action: str, logged: Sequence[Mapping[str, object]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while action not in [line["action"] for line in logged]:
            await asyncio.sleep(0.01)


def test_a_look_sees_what_is_written_renamed_and_removed(folder: Folder) -> None:
    file = folder.path / "nudges/stand-up.yaml"
    looks = [reloading.look(folder.path)]
    for change in (
        lambda: file.write_text("id: stand-up\n"),
        lambda: os.utime(file, (0, 0)),
        lambda: file.rename(file.with_name("up.yaml")),
        lambda: shutil.rmtree(folder.path / "nudges"),
        lambda: shutil.rmtree(folder.path),
    ):
        change()
        looks.append(reloading.look(folder.path))
    assert len(set(looks)) == len(looks)


def test_a_look_passes_over_what_an_editor_keeps_beside_a_file(folder: Folder) -> None:
    before = reloading.look(folder.path)
    (folder.path / "nudges/.stand-up.yaml.swp").touch()
    assert reloading.look(folder.path) == before


async def test_a_change_is_taken_at_the_second_look_and_at_sighup_without_waiting(
    desk: Desk, folder: Folder
) -> None:
    content = Reloading(folder.path, is_judged=True)
    before = desk.around.library
    with capture_logs() as logged:
        running = asyncio.create_task(content.run(desk))
        await asyncio.sleep(0)
        folder.write("nudges/stand-up.yaml", (folder.path / "nudges/stand-up.yaml").read_text() + "# Read.\n")
        os.kill(os.getpid(), signal.SIGHUP)
        await until_logged("content.taken", logged)
        running.cancel()
    assert desk.around.library is not before
    assert [card.id for card in desk.around.library.cards["nudges"]] == ["stand-up"]


async def test_the_minutes_go_on_whatever_a_look_meets(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Reloading(folder.path, is_judged=True)
    monkeypatch.setattr(reloading, "LOOK_SECONDS", 0.01)
    with monkeypatch.context() as patch, capture_logs() as logged:
        patch.setattr(reloading, "look", lambda _: 1 / 0)
        running = asyncio.create_task(content.run(desk))
        await until_logged("content.failed", logged)
    with capture_logs() as logged:
        (folder.path / "nudges/stand-up.yaml").unlink()
        await until_logged("content.broken", logged)
    running.cancel()


@pytest.mark.parametrize("found", ["[]", FOUND])
async def test_what_is_found_while_somebody_writes_is_neither_taken_nor_told(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    content = Reloading(folder.path, is_judged=True)
    file = folder.path / "nudges/stand-up.yaml"
    file.write_text(file.read_text() + "# Read.\n")
    monkeypatch.setattr(
        reloading, "CHECK", ("-c", f"open({str(file)!r}, 'a').write('# Again'); print({found!r})")
    )
    before = desk.around
    await content.look(desk, at_once=True)
    assert desk.around is before
    assert await desk.work(contents.now, 1) == []


async def test_where_no_process_can_begin_that_is_logged(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(folder.path / "nothing"))
    with capture_logs() as logged:
        await Reloading(folder.path, is_judged=True).look(desk, at_once=True)
    assert [line["action"] for line in logged] == ["content.unchecked"]


async def test_a_check_that_the_system_has_killed_is_tried_again_at_the_next_looks_and_told_once(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Reloading(folder.path, is_judged=False)
    with capture_logs() as logged:
        monkeypatch.setattr(reloading, "CHECK", ("-c", "import os; os.kill(os.getpid(), 9)"))
        for _ in range(2):
            await content.look(desk)
        monkeypatch.setattr(reloading, "CHECK", ("-c", "print([])"))
        await content.look(desk)
    assert [line["action"] for line in logged] == ["content.unchecked", "content.same"]


async def test_what_the_database_has_hindered_is_made_up_for_at_the_next_look(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, renewed = Reloading(folder.path, is_judged=True), AsyncMock()
    folder.write("nudges/stand-up.yaml", (folder.path / "nudges/stand-up.yaml").read_text() + "# Read.\n")
    monkeypatch.setattr(reloading, "CHECK", ("-c", "print([])"))
    with monkeypatch.context() as patch:
        patch.setattr(contents, "well", Mock(side_effect=RuntimeError))
        with pytest.raises(RuntimeError):
            await content.look(desk, renewed, at_once=True)
    for _ in range(2):
        await content.look(desk, renewed)
    renewed.assert_awaited_once()


async def test_a_start_with_content_that_ships_ends_a_problem_of_before(
    desk: Desk, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reloading, "CHECK", ("-c", f"print({FOUND!r})"))
    content = Reloading(folder.path, is_judged=True)
    await content.look(desk, at_once=True)
    assert await desk.work(contents.now, 1)
    running = asyncio.create_task(Reloading(folder.path, is_judged=True).run(desk))
    async with asyncio.timeout(PATIENCE):
        while await desk.work(contents.now, 1):
            await asyncio.sleep(0.01)
    running.cancel()
