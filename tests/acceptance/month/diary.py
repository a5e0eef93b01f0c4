"""One person's month as it ought to have been, retold from what they did, beside what has reached them.

A reminder that is due must come, may come, or must not; each that came is taken off the list, and none may be left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from tests.acceptance.month import replies
from tests.acceptance.month.deeds import Deed, Key, Kind, Reminder
from tests.acceptance.month.memory import DAY, Memory, Row
from tests.acceptance.month.options import Options
from tests.acceptance.month.plans import Point
from tests.acceptance.month.weather import Weather

TICK = timedelta(seconds=1)
BLOWN = timedelta(seconds=125)
"""By how much a storm may delay what is sent: its own length, and what Telegram tells to wait."""

TAP_KEPT, KEPT = timedelta(seconds=150), timedelta(hours=24)
"""How long Telegram keeps what nobody takes."""


class _Step(NamedTuple):
    at: datetime
    rank: int
    do: Callable[[], None]


class Diary:
    """The retelling for one person.

    ``broken`` lists what was not as it ought to be, ``counted`` is how many answers count, and ``excused`` how many
    reminders have not come that came into question with a storm or an outage.
    """

    def __init__(
        self, options: Options, weather: Weather, deeds: Sequence[Deed], came: Sequence[Reminder]
    ) -> None:
        """Take what the person did, in order, and the reminders that Telegram has put into their chat."""
        self.memory = Memory(options)
        self.broken: list[str] = []
        self.counted = self.excused = 0
        self._weather = weather
        self._came: dict[Key, list[Reminder]] = defaultdict(list)
        for one in came:
            self._came[one.key].append(one)
        self._deeds = sorted(self._handled(deeds), key=lambda pair: pair[0])
        self._touched = self._late_at = options.begin
        self._retell(options.end + TICK)

    def _handled(self, deeds: Sequence[Deed]) -> Iterator[tuple[datetime, Deed]]:
        """Each deed with when the bot has got it; none of what Telegram kept no longer."""
        for deed in deeds:
            if got_at := self._weather.got_at(deed.at, TAP_KEPT if deed.kind is Kind.TAP else KEPT):
                yield got_at, deed

    def _retell(self, end: datetime) -> None:
        for now, deed in self._deeds:
            if now < end:
                self._until(now)
                self._does(deed, now)
        self._until(end)
        for came in self._came.values():
            self.broken += [f"{one.key} came at {one.at}, and was not due" for one in came]

    # What the person did.

    def _does(self, deed: Deed, now: datetime) -> None:
        memory = self.memory
        if deed.at < now:
            self._touched = now
        if deed.kind not in (Kind.BLOCK, Kind.UNBLOCK):
            memory.hear(now)
        match deed.kind:
            case Kind.START:
                self._starts(now)
            case Kind.ZONE:
                memory.zone = deed.about
                memory.replan(now)
            case Kind.PLAN:
                habit, plan = deed.about
                memory.plans[habit] = plan
                memory.replan(now, habit)
            case Kind.TAP:
                verb, key = deed.about
                self.counted += replies.tap(memory, verb, key, now)
            case Kind.WORD:
                self.counted += replies.say(memory, deed.about, deed.at, now)
            case Kind.REPORT | Kind.MISREAD | Kind.CHECKED:
                self._is_unwell(deed.kind, now)
            case _:
                self._rests(deed, now)

    def _starts(self, now: datetime) -> None:
        if self.memory.standing != "active":
            self.memory.standing = "active"
            self._goes_on(now)
            self.memory.replan(now)

    def _rests(self, deed: Deed, now: datetime) -> None:
        memory, today = self.memory, self.memory.wall.day(now)
        match deed.kind:
            case Kind.STOP:
                memory.standing = "stopped"
            case Kind.BLOCK if memory.standing == "active":
                memory.standing = "unreachable"
            case Kind.UNBLOCK if memory.standing == "unreachable":
                memory.standing = "active"
            case Kind.PAUSE:
                memory.pause(today, today + deed.about * DAY if deed.about else today.max)
            case Kind.RESUME:
                self._goes_on(now)
            case _:
                return
        memory.replan(now)

    def _goes_on(self, now: datetime) -> None:
        """A pause ends; its days gone by stay days of rest."""
        memory = self.memory
        memory.resumes_on = min(memory.resumes_on, memory.wall.day(now))

    def _is_unwell(self, kind: Kind, now: datetime) -> None:
        memory, today = self.memory, self.memory.wall.day(now)
        if kind is Kind.REPORT:
            memory.held_from = memory.held_from if memory.rests(today) else today
            memory.held, memory.held_until = True, None
        elif memory.held:
            memory.held = False
            memory.held_until = today if kind is Kind.CHECKED else today - DAY
            memory.returns_on = today if kind is Kind.CHECKED else memory.returns_on

    # What time does.

    def _until(self, end: datetime) -> None:
        """Let everything happen that ought to, before an instant."""
        while (step := min(self._coming(), key=lambda step: step[:2], default=None)) and step.at < end:
            step.do()

    def _coming(self) -> Iterator[_Step]:
        for habit in self.memory.plans:
            if point := self.memory.next_point(habit):
                yield _Step(self._seen_at(point.at), 0, partial(self._falls_due, habit, point))
        for row in self.memory.open_rows():
            if row.pending:
                yield _Step(self._seen_at(row.key.due_at), 1, partial(self._comes_back, row))
            yield _Step(self._seen_at(row.closes), 2, partial(self._is_over, row))

    def _seen_at(self, due: datetime) -> datetime:
        outage = self._weather.outage(due)
        return outage.end if outage else due

    def _falls_due(self, habit: str, point: Point) -> None:
        """A point of a plan; after an outage only the last one becomes a reminder."""
        memory, now = self.memory, self._seen_at(point.at)
        while now > point.at and (later := self._next(habit, point)) and later.at <= now:
            point = later
        memory.reached[habit] = max(point.at, now)
        row = memory.row_of(habit, point)
        if memory.rows.setdefault(row.key, row) is row:
            why_not = self._why_not(row, now)
            if not why_not and self._is_asked(row, now):
                why_not, memory.quiet, row.outcome = "they are asked something else", True, "void"
            self._meets(row, now, why_not)
        if now > point.at:
            self._touched = now  # what was snoozed until then may give way to it

    def _is_asked(self, row: Row, now: datetime) -> bool:
        """Whether the question of two silent weeks takes its place; as a day ends at this moment, it may or may not."""
        memory = self.memory
        may_be = row.key not in self._came and memory.is_silent(row.day, now)
        return not memory.is_on_way_back(row.day) and (may_be or memory.is_silent(row.day))

    def _next(self, habit: str, point: Point) -> Point | None:
        self.memory.reached[habit] = point.at
        return self.memory.next_point(habit)

    def _comes_back(self, row: Row) -> None:
        now = self._seen_at(row.key.due_at)
        row.pending = False
        self._meets(row, now, self._why_not(row, now))

    def _is_over(self, row: Row) -> None:
        row.outcome, row.pending = replies.closed_as(self.memory, row), False

    def _why_not(self, row: Row, now: datetime) -> str:
        """Why a reminder must not come; empty when it must."""
        memory = self.memory
        if now >= row.expires:
            return "is too late"
        if memory.standing != "active":
            return f"they are {memory.standing}"
        if memory.is_paused(row.day):
            return "they pause"
        if memory.held:
            return "exercise is stopped"
        if memory.is_on_way_back(row.day):
            if row.key.habit == "stretch":
                return "only walks may come"
            if row.origin == "cadence" and memory.is_left_out(row):
                return "every second one is left out"
        return ""

    def _meets(self, row: Row, now: datetime, why_not: str) -> None:
        """Compare with what has come."""
        stormy = self._weather.is_stormy(now - timedelta(seconds=40), now)
        latest = now + (BLOWN if stormy else TICK)
        came = self._came.pop(row.key, [])
        if not came:
            if not why_not and self._may_fail(row, now, latest, stormy):
                self.excused += 1
            elif not why_not:
                self.broken.append(f"{row.key} has not come at {now}")
            return
        one = came[0]
        if len(came) > 1:
            self.broken.append(f"{row.key} has come {len(came)} times")
        if why_not:
            self.broken.append(f"{row.key} came at {one.at}, though {why_not}")
        if now > row.key.due_at and row.key.habit == "move":
            self._count_late(row, now)
        if not now <= one.at <= latest:
            self.broken.append(f"{row.key} came at {one.at}, not at {now}")
        row.arrived, row.message_id, row.known = one.at, one.message_id, not one.lost

    def _count_late(self, row: Row, now: datetime) -> None:
        """After an outage one nudge may come late, and no more."""
        if now == self._late_at:
            self.broken.append(f"{row.key} is not the only nudge after the outage that ended at {now}")
        self._late_at = now

    def _may_fail(self, row: Row, now: datetime, latest: datetime, stormy: bool) -> bool:
        """Whether it is as well that it has not come: the person was quicker than a storm, or its day is over."""
        quicker = stormy and any(now <= at <= latest for at, _ in self._deeds)
        late = stormy and row.expires - now < BLOWN
        return quicker or late or (now > row.key.due_at and (row.closes <= now or self._touched == now))
