"""`reminderbot check` and `preview`: what people need who own the content."""

import json
import tempfile
import webbrowser
from functools import partial
from pathlib import Path

import pytest

from tests.unit import test_cli_commands as usual
from tests.unit.library.library_folder import Folder, complete_folder
from tests.unit.test_cli_commands import Command, refused

command = usual.command

FIGURE = """\
short: {en: Sit tall and breathe., de: Sitz aufrecht.}
figure: {props: [{kind: chair}], start: {base: sitting}}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Folder:
    """A small content folder with one figure."""
    folder = complete_folder(tmp_path / "content")
    card = (folder.path / "stretches/tall.yaml").read_text()
    folder.write("stretches/tall.yaml", card.replace("{en: Tall}", "{en: Tall, de: Aufrecht}") + FIGURE)
    return folder


@pytest.fixture
def own(command: Command, mine: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command with that folder in use; pictures without a folder go below this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return partial(command, REMINDERBOT_CONTENT=str(mine.path))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in a browser."""
    urls: list[str] = []
    monkeypatch.setattr(webbrowser, "open", urls.append)
    return urls


def test_check_of_a_missing_folder_is_wrong_usage(command: Command) -> None:
    assert "no folder" in refused(command("check", "nowhere"))


def test_check_names_file_line_and_field_of_a_problem(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    for name in ("habits", "nudges", "stretches", "facts", "messages"):
        (folder / name).mkdir(parents=True)
    (folder / "nudges" / "stand.yaml").write_text("id: stand\nkind: jump\ntext:\n  en: Stand up.\n")
    ended = command("check", str(folder))
    assert ended.code == 1
    assert "nudges/stand.yaml:2: kind is 'jump'" in ended.out
    assert "Problems to mend" in ended.out


def test_check_takes_the_folder_of_the_settings(command: Command, tmp_path: Path) -> None:
    assert str(tmp_path / "mine") in refused(command("check", REMINDERBOT_CONTENT=str(tmp_path / "mine")))


def test_check_prints_how_much_there_is_and_what_is_overdue(own: Command, mine: Folder) -> None:
    card = mine.path / "stretches/tall.yaml"
    card.write_text(card.read_text() + "review_by: 2020-02-29\n")
    ended = own("check")
    assert ended.code == 0
    assert "The content can be used." in ended.out
    assert "1 stretches, of them 1 standing or on a chair, 0 dynamic, " in ended.out
    assert "warning: stretches/tall.yaml:19: review_by was 2020-02-29; read it again" in ended.out


def test_check_prints_the_schemas_or_writes_them_to_a_folder(command: Command, tmp_path: Path) -> None:
    printed = json.loads(command("check", "--schema").out)
    assert "stop_if" in printed["stretches/*.yaml"]["properties"]
    told = command("check", "--schema", "schemas").out
    assert "schemas/nudge.schema.json is for nudges/*.yaml\n" in told
    written = json.loads((tmp_path / "schemas/nudge.schema.json").read_text())
    assert written == printed["nudges/*.yaml"]
    (tmp_path / "file").write_text("")
    assert "name another folder" in refused(command("check", "--schema", "file"))


def test_preview_shows_a_card_and_opens_its_picture(own: Command, tmp_path: Path, opened: list[str]) -> None:
    ended = own("preview", "tall", "--folder", "shown")
    assert ended.code == 0
    assert (
        "Under the picture:\nTall · hold 30 s\nSit tall and breathe.\nStop if it hurts.\n[Done] " in ended.out
    )
    assert (
        "Without the picture:\nTime to move: Tall\nSit tall.\nHold for 30 seconds.\nStop if it hurts.\n"
        in ended.out
    )
    assert ended.out.endswith("shown/tall.png\nshown/tall.html\n")
    assert (tmp_path / "shown/tall.png").read_bytes().startswith(b"\x89PNG")
    assert opened == [(tmp_path / "shown/tall.html").as_uri()]


def test_preview_makes_a_folder_of_its_own_and_opens_nothing_when_told_not_to(
    own: Command, opened: list[str]
) -> None:
    *_, page = own("preview", "stand-up", "--no-open").out.splitlines()
    assert Path(page).name == "stand-up.html"
    assert "Stand up." in Path(page).read_text()
    assert opened == []


def test_preview_in_another_language_falls_back_to_english(own: Command) -> None:
    told = own("preview", "tall", "--language", "de-AT", "--no-open").out
    assert "Aufrecht · hold 30 s\nSitz aufrecht.\nStop if it hurts.\n" in told


def test_preview_of_an_unknown_card_names_the_nearest(own: Command) -> None:
    assert refused(own("preview", "stand_upp")) == (
        "Error: there is no card, condition or sequence 'stand_upp'; do you mean stand-up?"
    )
    assert "their files' names are their ids" in refused(own("preview", "zzz"))


def test_preview_of_faulty_content_ends_as_check_does(own: Command, mine: Folder) -> None:
    mine.write("nudges/stand-up.yaml", "id: stand-up\nkind: jump\ntext: {en: Stand up.}\n")
    checked, previewed = own("check"), own("preview", "tall")
    assert "nudges/stand-up.yaml:2: kind is 'jump'" in previewed.out
    assert previewed.code == checked.code == 1
    assert previewed.out.splitlines() == checked.out.splitlines()


def test_preview_warns_of_a_figure_that_no_body_could_do(own: Command, mine: Folder) -> None:
    card = mine.path / "stretches/tall.yaml"
    card.write_text(card.read_text().replace("{base: sitting}", "{base: standing, body: {lean: 90}}"))
    told = own("preview", "tall", "--no-open").out
    assert "warning: stretches/tall.yaml:18: figure" in told
    assert "tall.png" in told


def test_preview_says_when_a_folder_can_not_be_written(own: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "file can't be written: " in refused(own("preview", "stand-up", "--folder", "file"))
