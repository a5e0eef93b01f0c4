"""The figures are drawn beside the bot, by a process that ends with it and whose faults are only logged."""

import asyncio
import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from reminderbot.ops import aside, drawing
from tests.acceptance.processes import PATIENCE

NOTES_ITSELF = "import os, sys; open(sys.argv[2] + '/pid', 'w').write(f'{os.getpid()} {sys.argv[1]}')"
LASTS = f"{NOTES_ITSELF}; import time; time.sleep(60)"
FAILS = "import sys; print('a line', file=sys.stderr); sys.exit('the content is wrong')"


async def noted(folder: Path) -> list[str]:
    """What the program has noted of itself: its process, and the content it was given."""
    async with asyncio.timeout(PATIENCE):
        while not (words := (folder / "pid").read_text().split() if (folder / "pid").exists() else []):
            await asyncio.sleep(0.01)
    return words


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_the_program_gets_the_content_and_the_folder(tmp_path: Path) -> None:
    async with drawing.beside(Path("content"), tmp_path, ("-c", NOTES_ITSELF), after=0):
        assert (await noted(tmp_path))[1] == "content"


async def test_it_ends_with_the_block(tmp_path: Path) -> None:
    async with drawing.beside(Path("content"), tmp_path, ("-c", LASTS), after=0):
        process = int((await noted(tmp_path))[0])
        assert lives(process)
        async with asyncio.timeout(PATIENCE):  # it may have noted itself before it is told to be modest
            while os.getpriority(os.PRIO_PROCESS, process) != aside.LEAST_URGENT:
                await asyncio.sleep(0.01)
    assert not lives(process)


async def test_what_came_into_the_content_later_is_drawn_when_that_is_said(tmp_path: Path) -> None:
    async with drawing.beside(Path("content"), tmp_path, ("-c", NOTES_ITSELF), after=0) as draw:
        first = await noted(tmp_path)
        (tmp_path / "pid").unlink()
        draw()
        assert (await noted(tmp_path))[0] != first[0]


async def test_what_has_waited_for_the_bot_comes_first(tmp_path: Path) -> None:
    """A bot that ends before the drawing begins has drawn nothing."""
    async with drawing.beside(Path("content"), tmp_path, ("-c", NOTES_ITSELF)):
        await asyncio.sleep(0)
    assert not (tmp_path / "pid").exists()


async def test_a_failure_is_logged_and_the_block_goes_on(tmp_path: Path) -> None:
    with capture_logs() as logged:
        async with (
            drawing.beside(Path("content"), tmp_path, ("-c", FAILS), after=0),
            asyncio.timeout(PATIENCE),
        ):
            while not logged:
                await asyncio.sleep(0.01)
    assert [(line["action"], line["reason"]) for line in logged] == [
        ("drawing.failed", "the content is wrong")
    ]


async def test_where_no_process_can_begin_that_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nothing"))
    with capture_logs() as logged:
        async with drawing.beside(Path("content"), tmp_path, after=0), asyncio.timeout(PATIENCE):
            while not logged:
                await asyncio.sleep(0.01)
    assert [line["action"] for line in logged] == ["drawing.start"]
