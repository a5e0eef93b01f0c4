"""The month itself: a world whose clock goes from event to event, with the real bot, people, outages and storms."""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select, union_all
from telegram.error import TelegramError

from reminderbot.ops import ticker
from reminderbot.services import oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import outbox
from reminderbot.store.tables import cadences, cases, messages, on_its_way, reminders, reports, safety
from tests.acceptance.month.crowd import ON_CALL, Crowd
from tests.acceptance.month.ledger import Ledger
from tests.acceptance.month.options import Options
from tests.acceptance.month.weather import Span, Storm, Weather, forecast
from tests.world import World

BATCH = 100
"""Updates that Telegram gives at once."""

TICK = timedelta(seconds=1)
SWEEP = timedelta(hours=6)
AGAIN = 0.02
"""How likely Telegram delivers an old update once more, at each moment at which something happens."""

_DUE = union_all(
    select(func.min(cadences.c.next_due_at)),
    select(func.min(reminders.c.not_before)).where(on_its_way(reminders)),
    select(func.min(reminders.c.closes_at)).where(reminders.c.outcome.is_(None)),
    select(func.min(messages.c.not_before)).where(on_its_way(messages), outbox.is_next),
    select(func.min(cases.c.next_at)),
    select(func.min(reports.c.next_at)).where(reports.c.next_at.is_not(None)),
    select(func.min(safety.c.checkin_at)).where(safety.c.checkin_at.is_not(None)),
)
"""When something is due next: the least of each, for it is asked at every moment."""


def _due(work: Work) -> datetime | None:
    return min(filter(None, work.tx.scalars(_DUE).all()), default=None)


def _adds(chat_id: int, step: int, work: Work) -> None:
    oncall.add(work, chat_id, step, "Duty")


class Life:
    """Everybody, the bot, and what becomes of them."""

    def __init__(self, store: Store, around: Surroundings, options: Options) -> None:
        """The bot is up, and three people are on call."""
        self.options = options
        self.world = World(store, around, options.begin)
        self.weather: Weather = forecast(options)
        self.ledger = Ledger(self.world.tele)
        self.crowd = Crowd(options, self.world.tele)
        self.moments = 0
        self._chance = options.chance("again")
        self._outages, self._storms = list(self.weather.outages), list(self.weather.storms)
        self._down: Span | None = None
        self._storm: Storm | None = None
        self._swept = options.begin
        self._put_on_call()

    def _put_on_call(self) -> None:
        for step, chat_id in enumerate(ON_CALL, start=1):
            self.crowd.on_call[chat_id].says("/help")
            self.world.settle()
            self.world.ask(partial(_adds, chat_id, step))
        self.world.settle()
        self.world.tele.calls.clear()

    def run(self, told: Callable[[str], None] = lambda _: None) -> None:
        """Live to the end of the month; ``told`` hears how it goes."""
        began, day = time.monotonic(), self.options.begin.date()
        while (moment := self._next()) <= self.options.end:
            self.world.now = moment
            self._pass()
            if moment.date() > day:
                day = moment.date()
                told(f"{day}: {self.ledger.sent} calls, {len(self.crowd.deeds)} deeds, "
                     f"{time.monotonic() - began:.0f} s")  # fmt: skip
        self.world.now = self.options.end

    def _next(self) -> datetime:
        coming = [self.crowd.next_at(), self._changes_at()]
        if self._down is None and (due := self.world.ask(_due)):
            # What is due may have to wait all the same: then the next tick looks at it again.
            coming.append(due if due > self.world.now else self.world.now + TICK)
        return min(filter(None, coming), default=self.options.end + TICK)

    def _changes_at(self) -> datetime | None:
        """When the weather changes next."""
        changes = [span.begin for span in self._outages[:1]] + [
            storm.span.begin for storm in self._storms[:1]
        ]
        changes += [self._down.end] if self._down else []
        changes += [self._storm.span.end] if self._storm else []
        return min(changes, default=None)

    def _pass(self) -> None:
        """One moment: what people do, and all that the bot does then."""
        self.moments += 1
        self._weather()
        self.crowd.act(self.world.now)
        if self._down is None:
            self._deliver_again()
            self.world.run(self._work())
            self.crowd.hear(self.ledger.news())

    async def _work(self) -> None:
        bot = self.world.bot
        more = True
        while more:
            with contextlib.suppress(TelegramError):  # then it asks again
                more = await bot.intake.poll_once(0) >= BATCH
        await bot.settle()
        if self.world.now - self._swept >= SWEEP:
            self._swept = self.world.now
            await ticker.sweep(bot.desk)

    def _deliver_again(self) -> None:
        if self.crowd.deeds and self._chance.random() < AGAIN:
            reach = len(self.crowd.deeds) if self._chance.random() < 0.3 else 20
            deed = self._chance.choice(self.crowd.deeds[-reach:])
            young = self.world.now - deed.at < timedelta(days=6)
            if deed.update_id and young and self.weather.outage(deed.at) is None:  # else it may have expired
                self.world.tele.redeliver(deed.update_id)

    def _weather(self) -> None:
        now = self.world.now
        if self._storm and self._storm.span.end <= now:
            self._storm = None
            self.world.tele.faults.clear()
        if self._storms and self._storms[0].span.begin <= now:
            self._storm = self._storms.pop(0)
            self._storm.break_loose(self.world.tele.faults)
        if self._down and self._down.end <= now:
            self._down = None
            self._restart()
        if self._outages and self._outages[0].begin <= now:
            self._down = self._outages.pop(0)

    def _restart(self) -> None:
        """A new process begins; what has waited is taken before anything is sent, as in one long poll."""
        self.world.run(self.world.bot.app.shutdown())
        self.world.bot = self.world._assemble()

    def close(self) -> None:
        """End it."""
        self.world.close()
