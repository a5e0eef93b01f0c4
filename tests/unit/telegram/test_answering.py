"""Stored updates are looked for when there may be one to take, and not once for each that has been handled."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from telegram import Update

from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox
from reminderbot.store.tables import InboxState
from reminderbot.telegram import answering
from reminderbot.telegram.answering import Answerer, App
from reminderbot.telegram.context import Desk
from tests.store.plans import Statement, watched
from tests.world import MONDAY

ANA, BEN, CEM = 1001, 1002, 1003


class Handlers:
    """Stands where python-telegram-bot does: each update waits until it may go on, and has its effect then."""

    bot = None

    def __init__(self, desk: Desk) -> None:
        self.may_go_on: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self._desk = desk
        self._begun: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    def add_error_handler(self, _handler: object) -> None:
        """There are no errors here."""

    async def process_update(self, update: Update) -> None:
        number = update.update_id
        self._begun[number].set()
        await self.may_go_on[number].wait()
        assert update.effective_chat
        await self._desk.work(_finish, update.effective_chat.id, number)

    async def begun(self, *numbers: int) -> None:
        for number in numbers:
            await self._begun[number].wait()


class Bench:
    """An answerer at work."""

    def __init__(self, desk: Desk, handlers: Handlers, seen: list[Statement]) -> None:
        self.handlers = handlers
        self._desk, self._seen = desk, seen

    async def looks(self) -> int:
        """How often updates have been looked for, once all that has been begun is over."""
        for _ in range(5):
            await asyncio.sleep(0)
            await self._desk.work(lambda _: None)  # SQLite does one thing after the other
        return sum(one.text.startswith("SELECT inbox") for one in self._seen)


@asynccontextmanager
async def _working(store: Store, around: Surroundings) -> AsyncIterator[Bench]:
    bell = asyncio.Event()
    desk = Desk(store, around, lambda: MONDAY, bell.set)
    handlers = Handlers(desk)
    answerer = Answerer(desk, cast("App", handlers), bell)
    with watched(store) as seen:
        running = asyncio.create_task(answerer.run())
        yield Bench(desk, handlers, seen)
        answerer.stop()
        await running
        await answerer.idle()


def _finish(work: Work, chat_id: int, number: int) -> None:
    assert inbox.finish(work.tx, chat_id, number)


def _store(store: Store, around: Surroundings, *updates: tuple[int, int]) -> None:
    rows: list[dict[str, Any]] = []
    for chat_id, number in updates:
        chat = {"id": chat_id, "type": "private"}
        raw = {
            "update_id": number,
            "message": {"message_id": 1, "date": 1_767_600_000, "chat": chat, "text": "a"},
        }
        rows.append({"chat_id": chat_id, "update_id": number, "payload": around.vault.seal(raw)})
    with store.begin() as tx:
        inbox.add(tx, [row | {"received_at": MONDAY, "state": InboxState.NEW} for row in rows])


@pytest.fixture(autouse=True)
def _nobody_else_stores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "LOOK_SECONDS", 60.0)


async def test_of_what_is_handled_together_only_the_last_is_followed_by_a_look(
    sqlite_store: Store, around: Surroundings
) -> None:
    _store(sqlite_store, around, (ANA, 1), (BEN, 2), (CEM, 3))
    async with _working(sqlite_store, around) as bench:
        await bench.handlers.begun(1, 2, 3)
        looks = []
        for number in (1, 2, 3):
            bench.handlers.may_go_on[number].set()
            looks.append(await bench.looks())
    assert looks == [1, 1, 2]


async def test_the_next_update_of_a_chat_follows_the_one_before(
    sqlite_store: Store, around: Surroundings
) -> None:
    _store(sqlite_store, around, (ANA, 1), (ANA, 2))
    async with _working(sqlite_store, around) as bench:
        for number in (1, 2):
            await bench.handlers.begun(number)
            bench.handlers.may_go_on[number].set()


async def test_what_found_no_room_follows_the_first_that_ends(
    sqlite_store: Store, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "AT_ONCE", 2)
    _store(sqlite_store, around, (ANA, 1), (BEN, 2), (CEM, 3))
    async with _working(sqlite_store, around) as bench:
        await bench.handlers.begun(1, 2)
        bench.handlers.may_go_on[1].set()
        await bench.handlers.begun(3)
        for number in (2, 3):
            bench.handlers.may_go_on[number].set()
