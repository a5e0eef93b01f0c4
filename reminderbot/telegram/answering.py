"""Stored updates taken in hand and answered: once each, in order within a chat, by any number of workers."""

import asyncio
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import DatabaseError
from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, ExtBot

from reminderbot.services import outbox, safety_cards
from reminderbot.services.work import Work
from reminderbot.store.faults import place, sentence
from reminderbot.store.queries import inbox
from reminderbot.store.vault import LostKeyError
from reminderbot.telegram.context import AlreadyHandledError, Context, Desk, hear
from reminderbot.telegram.intake import Arrived, read
from reminderbot.telegram.rounds import AGAIN_SECONDS, Rounds

log = structlog.get_logger()

App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

AT_ONCE = 64
"""Updates handled at the same time, each of another chat."""

LOOK_SECONDS = 0.1
"""How often updates are looked for that another process has stored."""

LEASE = timedelta(seconds=30)
"""How long an update belongs to the worker that has taken it; far longer than it takes to handle one."""


class Answerer(Rounds):
    """Takes stored updates and hands each to the handlers. One that is given up is stored, and will be taken again."""

    topic = "intake"

    def __init__(self, desk: Desk, app: App, bell: asyncio.Event) -> None:
        """Take the desk, the application whose handlers answer, and the bell that is rung when updates are stored."""
        super().__init__(bell, LOOK_SECONDS)
        self._desk, self._app = desk, app
        self._errors: dict[int, Exception] = {}
        app.add_error_handler(self._note_error)

    async def pump(self) -> int:
        """Take as many updates in hand as there is room for; how many."""
        begun = 0
        while not self._stopping and (room := AT_ONCE - len(self._tasks)) > 0:
            rows = await self._desk.work(_claim, room)
            for row in rows:
                self._begin(self._handle(row), self._ended)
            begun += len(rows)
            if len(rows) < room:
                break
        return begun

    def _ended(self, _task: asyncio.Task[None]) -> None:
        # What found no room, or waits for an earlier update of its chat, may be taken now; but a look for each that
        # has ended would cost a good part of what it takes to answer it.
        if len(self._tasks) in (1, AT_ONCE):
            self._bell.set()

    async def _handle(self, row: inbox.Waiting) -> None:
        item = read(self._opened(row.payload), self._app.bot)
        self._desk.around.counting.count("updates", item.kind if item else "unreadable")
        while not await (self._try(item) if item else self._set_aside(row)):
            await asyncio.sleep(AGAIN_SECONDS)

    def _opened(self, payload: bytes) -> Any:
        try:
            return self._desk.around.vault.open(payload)
        except LostKeyError:
            return None

    async def _set_aside(self, row: inbox.Waiting) -> bool:
        try:
            await self._desk.work_for(row.chat_id, _unreadable, row.chat_id, row.update_id)
        except DatabaseError as fault:
            log.error(
                "update waits", action="intake.database", update_id=row.update_id, reason=sentence(fault)
            )
            return False
        return True

    async def _try(self, item: Arrived) -> bool:
        """Handle an update once; false when it should be tried again."""
        number = item.update.update_id
        await self._app.process_update(item.update)
        error = self._errors.pop(number, None)
        if error is None or isinstance(error, AlreadyHandledError):
            return True
        try:
            if isinstance(error, DatabaseError):
                raise error
            log.error("handler failed", action="intake.failed", update_id=number, error=type(error).__name__,
                      where=place(error))  # fmt: skip
            return await self._desk.work_for(item.chat_id, _note_failure, item)
        except DatabaseError as fault:
            log.error("update waits", action="intake.database", update_id=number, reason=sentence(fault))
            return False

    async def _note_error(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error:
            self._errors[update.update_id] = context.error
        raise ApplicationHandlerStop  # no later group of handlers takes up an update that failed


def _note_failure(work: Work, item: Arrived) -> bool:
    """Count a broken try; after the last one the update is set aside and the person is told.

    What it says about a symptom is heard all the same: what failed was something else, or else the signs to watch
    for are shown.
    """
    given_up = inbox.note_failure(work.tx, item.chat_id, item.update.update_id)
    if given_up:
        _hear_still(work, item)
        outbox.say(work, item.chat_id, "fallback.broken")
    return given_up


def _hear_still(work: Work, item: Arrived) -> None:
    try:
        with work.tx.begin_nested():
            hear(work, item.update)
    except DatabaseError:
        raise
    except Exception as error:  # whatever it is: it has failed three times
        log.error("not heard", action="intake.not_heard", error=type(error).__name__, where=place(error))
        safety_cards.show_static(work, item.chat_id)


def _unreadable(work: Work, chat_id: int, update_id: int) -> None:
    """The key that it was stored with is lost, say: set it aside, and ask the person to say it again.

    It may have told of a symptom, so the signs to watch for are shown.
    """
    inbox.set_aside(work.tx, chat_id, update_id)
    safety_cards.show_static(work, chat_id)
    outbox.say(work, chat_id, "fallback.broken")


def _claim(work: Work, room: int) -> list[inbox.Waiting]:
    return inbox.claim(work.tx, work.at, work.at + LEASE, room)
