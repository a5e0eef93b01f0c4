"""Updates in: stored first, confirmed to Telegram second, handled third; once each, in order within a chat."""

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import DatabaseError
from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, ExtBot

from reminderbot.services import outbox, safety_cards
from reminderbot.services.work import Work
from reminderbot.store.faults import place, sentence
from reminderbot.store.queries import inbox
from reminderbot.store.tables import InboxState
from reminderbot.store.vault import LostKeyError
from reminderbot.telegram.context import AlreadyHandledError, Context, Desk, hear

log = structlog.get_logger()

App = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of updates that are asked for; the setting persists at Telegram, so it is sent with every call."""

POLL_SECONDS = 30
"""How long Telegram may hold an empty answer; it caps this at 50."""

SLACK_SECONDS = 15
"""Beyond that time an unanswered poll counts as stuck."""

AT_ONCE = 64
"""Updates handled at the same time, each of another chat."""

IN_HAND = 500
"""Updates being handled or waiting for it, above which no more are asked for: Telegram keeps them."""

AGAIN_SECONDS = 1.0
"""Pause before an update is handled again after the database failed."""


class Arrived(NamedTuple):
    """One update with the chat it belongs to."""

    chat_id: int
    update: Update


class Intake:
    """Polls Telegram and hands each update to the handlers."""

    def __init__(self, desk: Desk, app: App) -> None:
        """Take the desk and the application whose handlers answer."""
        self._desk, self._app = desk, app
        self._offset: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._order: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._errors: dict[int, Exception] = {}
        app.add_error_handler(self._note_error)

    async def resume(self) -> None:
        """Handle what an earlier run had stored but not handled."""
        for row in await self._desk.work(_waiting):
            if item := self._read(self._opened(row.payload)):
                self._begin(item)
            else:
                await self._desk.work(_unreadable, row.chat_id, row.update_id)

    async def poll_once(self, seconds: int = POLL_SECONDS) -> int:
        """Ask for updates, store them, move the offset, begin handling; how many came.

        The offset moves only once they are stored; what comes a second time is known by its number. One that can't
        be read is let go, so that it holds up no other.
        """
        while len(self._tasks) > IN_HAND:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        updates = await asyncio.wait_for(self._ask(seconds), seconds + 2 * SLACK_SECONDS)
        fresh = await self._desk.work(_store, [item for raw in updates if (item := self._read(raw))])
        if updates:
            self._offset = max(raw["update_id"] for raw in updates) + 1
        for item in fresh:
            self._begin(item)
        return len(updates)

    async def idle(self) -> None:
        """Wait until nothing is being handled."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def cancel(self) -> None:
        """Give up what is being handled: it is stored, and the next run takes it up."""
        for task in self._tasks:
            task.cancel()

    async def _ask(self, seconds: int) -> list[dict[str, Any]]:
        # Not get_updates: when it can't read one update it loses the whole batch, and logs everybody's words in it.
        asked = {"offset": self._offset, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        answer = await self._app.bot._post("getUpdates", asked, read_timeout=seconds + SLACK_SECONDS)
        return answer if isinstance(answer, list) else []

    def _opened(self, payload: bytes) -> Any:
        try:
            return self._desk.around.vault.open(payload)
        except LostKeyError:
            return None

    def _read(self, raw: Any) -> Arrived | None:
        """An update of a kind that was asked for; none when it is of another, or can't be read."""
        try:
            update = Update.de_json(raw, self._app.bot)
            known = any(getattr(update, kind) for kind in ALLOWED_UPDATES)
        except Exception as error:  # a newer Bot API may have changed anything
            log.error("update can't be read", action="intake.unreadable", error=type(error).__name__)
            return None
        return Arrived(update.effective_chat.id, update) if known and update.effective_chat else None

    def _begin(self, item: Arrived) -> None:
        task = asyncio.create_task(self._handle(item))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle(self, item: Arrived) -> None:
        order = self._order.setdefault(item.chat_id, asyncio.Lock())
        async with order, self._places:
            while not await self._try(item):
                await asyncio.sleep(AGAIN_SECONDS)

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
            return await self._desk.work(_note_failure, item)
        except DatabaseError as fault:
            log.error("update waits", action="intake.database", update_id=number, reason=sentence(fault))
            return False

    async def _note_error(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error:
            self._errors[update.update_id] = context.error
        raise ApplicationHandlerStop  # no later group of handlers takes up an update that failed


def _waiting(work: Work) -> list[inbox.Waiting]:
    return inbox.waiting(work.tx)


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


def _store(work: Work, arrived: Sequence[Arrived]) -> list[Arrived]:
    """Store what is new, encrypted; returns it."""
    known = inbox.known(work.tx, [item.update.update_id for item in arrived])
    fresh = [item for item in arrived if item.update.update_id not in known]
    rows = [
        {
            "chat_id": item.chat_id,
            "update_id": item.update.update_id,
            "received_at": work.at,
            "payload": work.around.vault.seal(item.update.to_dict()),
            "state": InboxState.NEW,
        }
        for item in fresh
    ]
    inbox.add(work.tx, rows)
    return fresh
