"""Keeping up with the content folder: what changes there is checked beside the bot, and then used by it."""

import asyncio
import contextlib
import gc
import json
import stat
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import structlog
from sqlalchemy.exc import DatabaseError

from reminderbot.library import loader
from reminderbot.library.loader import Library
from reminderbot.library.places import Places
from reminderbot.library.problems import Problem
from reminderbot.ops import aside, ending
from reminderbot.services import contents
from reminderbot.store.faults import place, sentence
from reminderbot.telegram.context import Desk

log = structlog.get_logger()

LOOK_SECONDS = 60.0
"""Between two looks at the folder. What has changed waits for a look that sees no further change."""

CHECK = ("-m", "reminderbot.library")
"""What checks content, as Python takes it."""

CHECKS = 3
"""How often in a row content is checked where the check has failed, a look apart: the system may have killed it."""

Look: TypeAlias = frozenset[tuple[str, int, int]]
"""The files of a content folder: the path, the size in bytes and the time of the last change in ns of each."""

Taken: TypeAlias = Callable[[], Awaitable[object]]
"""What is to be done after other content was taken."""


class UncheckedError(Exception):
    """Content could not be checked; the text is why."""


def look(folder: Path) -> Look:
    """Look at a content folder, not at what is in its files; hidden ones, such as an editor's, don't count."""
    return frozenset(_files(folder))


class Reloading:
    """Keeps the content of a bot as its folder has it; to be made before the bot reads it for the first time."""

    def __init__(self, folder: Path, *, is_judged: bool) -> None:
        """``is_judged``: that it is right as it is now is known, its examples of red flags included."""
        self.folder = folder
        self._seen = self._used = look(folder)
        self._judged = self._used if is_judged else None
        self._unchecked = 0  # how often in a row this content could not be checked
        self._is_followed = True  # whether what is to be done after other content was taken has been done
        self._asked = asyncio.Event()

    async def run(self, desk: Desk, taken: Taken | None = None) -> None:
        """Look every minute, and on SIGHUP at once, until cancelled; whatever goes wrong is only logged."""
        ending.on_hangup(self._asked.set)
        if self._judged:
            await _guarded(desk.work(contents.well))
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), LOOK_SECONDS)
            at_once = self._asked.is_set()
            self._asked.clear()
            await _guarded(self.look(desk, taken, at_once=at_once))

    async def look(self, desk: Desk, taken: Taken | None = None, *, at_once: bool = False) -> None:
        """Look at the folder, and use what has changed if it is right; ``at_once``: even if it has changed just now."""
        found = await asyncio.to_thread(look, self.folder)
        is_ready = found == self._seen and found != self._judged
        if at_once or found != self._seen:
            self._unchecked = 0
        self._seen = found
        if at_once or is_ready:
            await self._judge(desk, found, taken)

    async def _judge(self, desk: Desk, found: Look, taken: Taken | None) -> None:
        try:
            problems = await _problems(self.folder)
        except UncheckedError as error:
            self._note_unchecked(found, str(error))
            return
        is_new = found != self._used and not problems
        content = await asyncio.to_thread(_load, self.folder) if is_new else None
        if await asyncio.to_thread(look, self.folder) != found:
            return  # somebody writes to it: the next looks see to that
        if problems:
            await self._refuse(desk, problems, in_use=found == self._used)
        else:
            await self._accept(desk, found, content)
        desk.ring()
        if taken and not self._is_followed:
            await taken()
        self._is_followed = True
        self._judged, self._unchecked = found, 0

    def _note_unchecked(self, found: Look, reason: str) -> None:
        """Say so the first time; after a few times this content is left alone until it changes, or somebody asks."""
        if self._unchecked == 0:
            log.error("content is not checked", action="content.unchecked", reason=reason)
        self._unchecked += 1
        if self._unchecked >= CHECKS:
            self._judged, self._unchecked = found, 0

    async def _refuse(self, desk: Desk, problems: Sequence[Problem], *, in_use: bool) -> None:
        first = problems[0]
        log.error("content can't be used", action="content.broken", file=first.file, line=first.line,
                  field=first.field, problem=first.message[: contents.LONGEST], others=len(problems) - 1)  # fmt: skip
        await desk.work(contents.broken, problems, in_use=in_use)

    async def _accept(self, desk: Desk, found: Look, content: tuple[Library, Places] | None) -> None:
        if content:
            desk.take(*content)
            self._used, self._is_followed = found, False
            log.info("other content is used from now on", action="content.taken")
        else:
            log.info("content is in order, and as it was", action="content.same")
        await desk.work(contents.well)


async def _problems(folder: Path) -> list[Problem]:
    """All that must be mended, in file order: found in another process, as it takes seconds. Raises UncheckedError."""
    try:
        ended = await aside.run(*CHECK, str(folder))
    except OSError as error:
        raise UncheckedError(type(error).__name__) from None
    if ended.code:
        raise UncheckedError(ended.reason or f"exit code {ended.code}")
    return [Problem(**problem) for problem in json.loads(ended.told)]


def _load(folder: Path) -> tuple[Library, Places]:
    """What a folder holds. Not for the event loop: it takes a second."""
    gc.collect()
    with loader.without_collector():
        content = loader.load(folder, examples=False), Places.load(folder / "places")
        gc.freeze()  # as at the start: this stays, and looking through it would stop the bot for a moment
    return content


async def _guarded(job: Awaitable[None]) -> None:
    try:
        await job
    except DatabaseError as error:
        log.error("content waits", action="content.database", reason=sentence(error))
    except Exception as error:  # content that can't be taken must not end the bot
        log.error("content waits", action="content.failed", error=type(error).__name__, where=place(error))


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in chain(folder.glob("*/*"), folder.glob("*/*/*")):
        with contextlib.suppress(OSError):  # it is gone by now
            status = path.stat()
            if stat.S_ISREG(status.st_mode) and not path.name.startswith("."):
                yield str(path), status.st_size, status.st_mtime_ns
