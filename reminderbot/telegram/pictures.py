"""Pictures of messages: figures, drawn beforehand and uploaded once, and those that are drawn for one message."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any, NamedTuple

import structlog
from sqlalchemy.exc import DatabaseError
from telegram import Bot

from reminderbot.library.loader import Library
from reminderbot.services import uploads
from reminderbot.store.faults import sentence
from reminderbot.telegram import wording
from reminderbot.telegram.context import Desk
from reminderbot.telegram.figures import Figures

log = structlog.get_logger()

BUSY_WAIT = timedelta(seconds=1)
"""How long a message waits whose picture is being uploaded with another one."""


class BusyError(Exception):
    """The picture is being uploaded with another message: wait, and send it by its id."""


class Media(NamedTuple):
    """A picture as a call takes it."""

    name: str
    """Of its file."""
    content: str | bytes
    """Telegram's id of a picture that it has, or the bytes to upload."""
    is_kept: bool = True
    """Whether it goes out again, so that its id is worth keeping."""

    @property
    def kind(self) -> str:
        """What the Bot API calls it, in calls and answers."""
        return "animation" if self.name.endswith(".gif") else "photo"


class Pictures:
    """Finds the picture that a message is to have, and remembers which ones Telegram has."""

    def __init__(self, desk: Desk, bot: Bot, figures_of: Callable[[Library], Figures]) -> None:
        """Take the desk, the bot whose uploads they are, and what finds the figures of a content."""
        self._desk, self._bot = desk, bot
        self._figures_of = lru_cache(maxsize=1)(figures_of)
        # By the name of the file.
        self._ids: dict[str, str] = {}
        self._busy: set[str] = set()
        self._refused: set[str] = set()

    @asynccontextmanager
    async def of(self, wanted: Mapping[str, Any]) -> AsyncIterator[Media | None]:
        """The picture that a message wants; none when its words have to do alone.

        One that is uploaded is taken for the length of the block. Raises BusyError while another message has it.
        """
        if wanted["sort"] != "figure":
            content = await _quietly(partial(self._draw, wanted))
            yield Media(f"{wanted['sort']}.png", content, is_kept=False) if content else None
            return
        # The content may be changed in between: what is found and what is read belong together.
        card, figures = str(wanted["card"]), self._figures_of(self._desk.around.library)
        name = figures.name_of(card)
        if name is None or name in self._refused:
            yield None
        elif file_id := self._ids.get(name):
            yield Media(name, file_id)
        elif name in self._busy:
            raise BusyError
        elif not figures.is_ready(card):
            yield None
        else:
            self._busy.add(name)
            try:
                yield await self._find(name, partial(figures.read, card))
            finally:
                self._busy.remove(name)

    async def uploaded(self, media: Media, answer: Mapping[str, Any]) -> None:
        """Telegram has taken a picture: keep the id that its answer names."""
        if isinstance(media.content, str) or not media.is_kept:
            return
        file_id = _file_id(answer.get(media.kind))
        if file_id is None:  # such as a GIF that Telegram can make no film of, and shows as a document
            self._give_up(media.name)
            return
        self._ids[media.name] = file_id
        try:
            await self._desk.work(uploads.keep, self._bot.id, media.name, file_id)
        except DatabaseError as error:
            log.error("cannot keep an upload", action="pictures.database", reason=sentence(error))

    async def refused(self, media: Media) -> None:
        """Telegram does not take a picture: forget its id, to upload it anew; once uploaded, do without it."""
        if isinstance(media.content, bytes):
            self._give_up(media.name)
            return
        self._ids.pop(media.name, None)
        await self._desk.work(uploads.forget, self._bot.id, media.name, media.content)

    def _draw(self, wanted: Mapping[str, Any]) -> bytes:
        """A picture for one message, its words filled in. Pillow is loaded with the first."""
        from reminderbot.pictures import calendar, week

        draw = {"calendar": calendar.draw, "week": week.draw}[wanted["sort"]]
        return draw(wording.spelled(self._desk.around.library, wanted, self._desk.now()))

    def _give_up(self, name: str) -> None:
        self._refused.add(name)
        log.error("picture refused", action="pictures.refused", picture=name)

    async def _find(self, name: str, read: Callable[[], bytes | None]) -> Media | None:
        """A figure that this process has not sent yet: another one may have, or one before it."""
        try:
            self._ids |= await self._desk.work(uploads.known, self._bot.id)
        except DatabaseError as error:
            log.error("cannot look for uploads", action="pictures.database", reason=sentence(error))
        if file_id := self._ids.get(name):
            return Media(name, file_id)
        content = await _quietly(read)
        return Media(name, content) if content else None


def _file_id(shown: Any) -> str | None:
    """Telegram's id in its answer: of the largest size of a photo."""
    one = shown[-1] if isinstance(shown, list) and shown else shown
    return str(one["file_id"]) if isinstance(one, dict) else None


async def _quietly(make: Callable[[], bytes | None]) -> bytes | None:
    """Read or draw a picture beside the event loop; whatever goes wrong with that, the words go out."""
    try:
        return await asyncio.to_thread(make)
    except Exception as error:
        log.error("no picture", action="pictures.make", error=type(error).__name__)
        return None
