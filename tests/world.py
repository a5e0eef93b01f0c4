"""A small world: the real bot, an offline Telegram, people, and a clock that only moves when told."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from reminderbot.app import Line, assemble
from reminderbot.demo.telegram import OfflineRequest, OfflineTelegram
from reminderbot.demo.telegram.people import Person
from reminderbot.demo.telegram.state import Message
from reminderbot.ops import ticker
from reminderbot.ops.running import Running
from reminderbot.services import horizon
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store

T = TypeVar("T")

MONDAY = datetime(2026, 1, 5, 8, 55, tzinfo=UTC)
"""When a world begins, unless it is told otherwise: a Monday morning, five to nine in UTC."""

SHOWING = (
    *("sendMessage", "sendDocument", "sendPhoto", "sendAnimation"),
    *("editMessageText", "editMessageCaption", "editMessageMedia"),
)
"""The methods whose words a person reads in the chat."""

STEPS = 10_000
"""Moments that one jump may pass; more means that something is due again and again."""


class World:
    """The bot and everybody around it. Use it as a context manager."""

    def __init__(self, store: Store, around: Surroundings, start: datetime = MONDAY) -> None:
        """A world over a migrated store."""
        self.now = start
        self.store, self.around = store, around
        self._runner = asyncio.Runner()
        self.tele = OfflineTelegram(self.clock)
        self.people: dict[str, Somebody] = {}
        self._ticked_at: datetime | None = None
        """When the bot ticked last: within one instant only what is due is worth another tick."""
        self.bot = self._assemble()

    def clock(self) -> datetime:
        """The world's time, in UTC."""
        return self.now

    def _assemble(self) -> Running:
        async def build() -> Running:
            requests = OfflineRequest(self.tele), OfflineRequest(self.tele)
            line = Line(self.tele.token, "http://offline", *requests)
            return assemble(self.store, self.around, line, self.clock)

        bot = self.run(build())
        self.run(bot.begin())
        self.run(ticker.replan(bot.desk))
        return bot

    def run(self, job: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the world's loop."""
        return self._runner.run(job)

    def restart(self) -> None:
        """The process ends and a new one begins, on the same store."""
        self.run(self.bot.app.shutdown())
        self.bot = self._assemble()
        self.settle()

    def person(self, name: str, zone: str | None = None) -> "Somebody":
        """Somebody with a private chat; with a zone, subscribed and with that zone confirmed."""
        if name not in self.people:
            self.people[name] = Somebody(self, self.tele.person(1001 + len(self.people), name))
        somebody = self.people[name]
        if zone:
            somebody.says("/start")
            somebody.says(f"/timezone {zone}")
            somebody.forgets_what_was_said()
        return somebody

    def settle(self) -> None:
        """Let the bot do everything that can be done now."""
        for _ in range(50):
            before = len(self.tele.calls)
            if not self.run(self._step()):
                return
            if all(call.method == "getUpdates" for call in self.tele.calls[before:]):
                return
        raise AssertionError("the bot does not come to rest")

    async def _step(self) -> bool:
        """One round of everything; false where there was nothing to do it for, as most often after the first one."""
        came = await self.bot.intake.poll_once(0)
        due = self._ticked_at != self.now or await self._is_due()
        if not came and not due:
            return False
        await self.bot.settle(ticks=due)
        self._ticked_at = self.now
        return True

    async def _is_due(self) -> bool:
        following = await self.bot.desk.work(horizon.next_moment)
        return following is not None and following <= self.now

    def fast_forward(self, **span: float) -> None:
        """Let time pass, stopping at every moment at which something is due: ``hours=3``."""
        self.until(self.now + timedelta(**span))

    def until(self, moment: datetime) -> None:
        """Let time pass up to this moment."""
        for _ in range(STEPS):
            self.settle()
            following = self.next_moment()
            if following is None or following > moment:
                break
            # What is due may have to wait all the same, for as long as Telegram told the sender.
            self.now = max(following, self.now + timedelta(milliseconds=100))
        else:
            raise AssertionError("time does not pass")
        self.now = moment
        self.settle()

    def skip(self, **span: float) -> None:
        """Let time pass while the bot is down."""
        self.now += timedelta(**span)

    def next_moment(self) -> datetime | None:
        """When something will be due next."""
        return self.ask(lambda work: horizon.next_moment(work))

    def ask(self, question: Callable[[Work], T]) -> T:
        """Look into the store."""
        with self.store.begin() as tx:
            return question(Work(tx, self.now, self.around))

    def close(self) -> None:
        """End it."""
        self.run(self.bot.app.shutdown())
        self.run(self.tele.aclose())
        self._runner.close()


class Somebody:
    """A person in the world. What the bot says is read in order; a test that ends with unread words may say so."""

    def __init__(self, world: World, person: Person) -> None:
        """Wrap one of the offline Telegram's people."""
        self.world, self.person = world, person
        self._read = 0
        self._toasts = 0

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.person.id

    def says(self, text: str, reply_to: Message | int | None = None) -> None:
        """Write to the bot, and let it answer."""
        self.person.says(text, reply_to)
        self.world.settle()

    def taps(self, label: str, message: Message | int | None = None) -> None:
        """Tap a button, of the newest message that has it, and let the bot answer."""
        self.person.taps(label, message)
        self.world.settle()

    def does(self, act: Callable[[Person], object]) -> None:
        """Do anything else that a person can do, and let the bot answer."""
        act(self.person)
        self.world.settle()

    def unread(self) -> list[str]:
        """Texts sent or changed since they were last read, oldest first; toasts are read apart."""
        return self._said()[self._read :]

    def sees(self, *fragments: str) -> str:
        """Read on until a text with all these fragments; that text. Fails with what was there instead."""
        for number, text in enumerate(self._said()[self._read :], start=1):
            if all(fragment in text for fragment in fragments):
                self._read += number
                return text
        raise AssertionError(
            f"{self.person.user['first_name']} does not see {fragments}, but {self.unread()}"
        )

    def sees_toast(self, *fragments: str) -> None:
        """The newest notice after a tap has these fragments."""
        toasts = [toast.text for toast in self.person.toasts[self._toasts :]]
        self._toasts = len(self.person.toasts)
        assert toasts, "no notice was shown"
        assert all(fragment in toasts[-1] for fragment in fragments), toasts[-1]

    def sees_nothing(self) -> None:
        """Nothing was said since."""
        assert self.unread() == []

    def forgets_what_was_said(self) -> None:
        """Count everything so far as read."""
        self._read, self._toasts = len(self._said()), len(self.person.toasts)

    def buttons(self) -> list[str]:
        """Labels under the newest message that has any."""
        return next((m.labels for m in reversed(self.person.messages) if m.labels), [])

    def _said(self) -> list[str]:
        calls = [c for c in self.world.tele.calls if c.ok and c.chat_id == self.id]
        return [_plain(c.params) for c in calls if c.method in SHOWING]


def _plain(params: dict[str, Any]) -> str:
    from reminderbot.demo.telegram.entities import parse_html

    caption = params.get("media", params).get("caption")
    return parse_html(str(params.get("text") or caption or ""))[0]


@contextmanager
def world(store: Store, around: Surroundings, start: datetime = MONDAY) -> Iterator[World]:
    """A world that ends with the block."""
    here = World(store, around, start)
    try:
        yield here
    finally:
        here.close()
