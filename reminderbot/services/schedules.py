"""A person's plans in words: what is due when, where a reminder stands, and what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Row

from reminderbot.rules import cadence, clock, returning
from reminderbot.rules.pauses import Pause
from reminderbot.rules.timewords import clocks, days
from reminderbot.services import holds, mending, notices, reminders, resting, singles
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import due, people
from reminderbot.store.tables import Hold, Standing

READ_BACK = 3
"""How many coming reminders a change is read back with."""


class Moment(NamedTuple):
    """A reminder to come: its instant, its habit, its naive local time."""

    at: datetime
    habit: str
    wall: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """One person: the subscriber's row, and the cadence rows of the habits that the content has."""

    work: Work
    who: Row[Any]
    rows: tuple[Row[Any], ...]

    def row(self, habit: str) -> Row[Any] | None:
        """The cadence row of a habit."""
        return next((row for row in self.rows if row.habit == habit), None)

    def label(self, habit: str) -> str:
        """A habit's short name."""
        return self.work.around.library.habits[habit].label.get()

    def habits(self) -> list[dict[str, object]]:
        """What a keyboard needs to know of each habit."""
        return [
            {
                "id": row.habit,
                "label": self.label(row.habit),
                "off": row.off,
                "offered": is_offered(self.work, row),
            }
            for row in self.rows
        ]

    def lines(self, *, offered: bool = False) -> Nested:
        """Each habit with its plan, a line each; with ``offered`` also those that are there to be switched on."""
        found = [self._line(row) for row in self.rows if offered or not is_offered(self.work, row)]
        return lines(found) if found else nested("plan.nothing")

    def moments(
        self, habits: Iterable[str] | None = None, count: int = READ_BACK
    ) -> list[tuple[datetime, str]]:
        """The next reminders of some habits or of all: naive local time and habit, in order."""
        return [(found.wall, found.habit) for found in self._merged(habits, count)]

    def first(self, habits: Iterable[str] | None = None) -> tuple[datetime, str] | None:
        """The very next reminder of some habits or of all, as an instant, and its habit; none where none is planned."""
        return next(((found.at, found.habit) for found in self._merged(habits, 1)), None)

    def _merged(self, habits: Iterable[str] | None, count: int) -> Iterator[Moment]:
        """With what was asked for, where no habits are named."""
        singles = self._singles() if habits is None else []
        return islice(merge(self._planned(habits, count), singles), count)

    def _planned(self, habits: Iterable[str] | None, count: int) -> Iterator[Moment]:
        wanted = [row for row in self.rows if not row.off and self._is_among(row, habits)]
        return islice(merge(*(self._coming(row, count) for row in wanted)), count)

    def singles(self, habit: str | None = None) -> list[Row[Any]]:
        """The single reminders that wait, of one habit or of all, in order, but for those that a hold keeps back."""
        safety = holds.row(self.work, self.who.chat_id)
        return [
            row
            for row in singles.waiting(self.work, self.who.chat_id)
            if habit in (None, row.habit) and not notices.rests(self.work, safety, row.habit_day, row.habit)
        ]

    def _singles(self, habit: str | None = None) -> list[Moment]:
        zone = clock.zone(self.who.zone)
        return [Moment(row.due_at, row.habit, singles.wall(row, zone)) for row in self.singles(habit)]

    def next_text(self, habit: str | None = None) -> Nested:
        """What comes next with the zone, after the reason why nothing does, if there is one."""
        safety, today = holds.row(self.work, self.who.chat_id), resting.today(self.work, self.who)
        hold = notices.of(safety, today)
        if hold is None:
            return self._plan_text(habit)
        if not holds.is_held(safety):
            return nested("hold.plan", hold_text=hold, plan_text=self._plan_text(habit))
        runs = [name for name in self._names() if not notices.rests(self.work, safety, today, name)]
        idle = self.who.standing != Standing.ACTIVE or is_paused(self.work, self.who)
        if idle or habit in runs or (habit is None and runs):
            plan = self._plan_text(habit, runs or None)
            return nested("hold.plan", hold_text=hold, plan_text=plan)
        return nested("hold.kept", hold_text=hold) if habit else hold

    def _plan_text(self, habit: str | None, among: Sequence[str] | None = None) -> Nested:
        """What comes of the plan, then what was asked for; that stands apart where nothing else comes for now."""
        when = self._when(habit, among)
        singles = self._singles(habit) if self.who.standing == Standing.ACTIVE else []
        if not singles:
            return self._state_text(when)
        single = self._single_text(singles, named=habit is None)
        if self.who.quiet_on or is_paused(self.work, self.who):
            return nested("plan.asked", asked_text=single, plan_text=self._state_text(when))
        return self._state_text(lines([when, single]))

    def _state_text(self, when: Nested) -> Nested:
        args = {"when_text": when, "zone": self.who.zone}
        if self.who.standing != Standing.ACTIVE:
            return nested("plan.stopped", **args)
        if self.who.quiet_on:
            return nested("plan.resting", since_day=self.who.quiet_on.isoformat())
        pauses, today = resting.of(self.who), resting.today(self.work, self.who)
        resumes_on = pauses.over(today)
        plan = nested("plan.next" if self.who.zone_confirmed else "plan.next_unsure", **args)
        if resumes_on == date.max:
            plan = nested("plan.paused_open")
        elif resumes_on > today:
            plan = nested("plan.paused", **args, resumes_day=resumes_on.isoformat())
        ahead = pauses.ahead(today)
        if ahead is None or ahead.begins < resumes_on != date.max:
            return plan
        template = "plan.break_after" if resumes_on > today else "plan.break"
        return nested(template, break_text=break_text(ahead), plan_text=plan)

    def _line(self, row: Row[Any]) -> Nested:
        plan = plan_text(reminders.plan_of(row.plan))
        state = "line_offered" if is_offered(self.work, row) else "line_off" if row.off else "line"
        return nested(f"plan.{state}", label=self.label(row.habit), plan_text=plan)

    def _names(self) -> list[str]:
        return [row.habit for row in self.rows if not row.off]

    def _when(self, habit: str | None, among: Sequence[str] | None) -> Nested:
        """The next moments of the plan."""
        if habit is not None:
            planned = [*self._planned([habit], READ_BACK)]
            return _times(planned) if planned else nested("plan.off")
        planned = [*self._planned(among, READ_BACK)] or [*self._planned(self._names(), READ_BACK)]
        return self._list(planned) if planned else nested("plan.all_off")

    def _single_text(self, singles: Sequence[Moment], *, named: bool) -> Nested:
        """What was asked for, with their habits where those are ``named``."""
        if named:
            return nested("plan.asked_listed", moments_text=self._list(singles))
        return nested("plan.asked_times", moments_text=_times(singles))

    def _list(self, moments: Iterable[Moment]) -> Nested:
        """Moments with their habits, a line each."""
        return lines(
            [
                nested("plan.moment", wall_time=one.wall.isoformat(), label=self.label(one.habit))
                for one in moments
            ]
        )

    def _is_among(self, row: Row[Any], habits: Iterable[str] | None) -> bool:
        """Whether a habit is one of these; or, where none is named, whether it asks something."""
        if habits is None:
            return self.work.around.library.habits[row.habit].counts
        return row.habit in habits

    def _coming(self, row: Row[Any], count: int) -> Iterator[Moment]:
        # The stored moment knows of a pause, and of a point of the grid made void by a move before it.
        # After an outage that moment may be of yesterday: what is read first is answered with the plan of now.
        first = max(row.next_due_at or self.work.at, self.work.at)
        dues = reminders.grid(self.work, self.who, row).coming(first - timedelta(microseconds=1))
        for moment in islice(self._alone(row.habit, self._kept(row.habit, dues)), count):
            yield Moment(moment.at, row.habit, moment.wall)

    def _alone(self, habit: str, dues: Iterator[cadence.Due]) -> Iterator[cadence.Due]:
        """Without those whose place a single reminder takes."""
        comes = self.who.standing == Standing.ACTIVE
        asked = [row.due_at for row in self.singles(habit)] if comes else []
        return (due for due in dues if not any(singles.takes_place(at, due.at) for at in asked))

    def _kept(self, habit: str, dues: Iterator[cadence.Due]) -> Iterator[cadence.Due]:
        """Without what the way back from a hold will leave out."""
        found = self.work.around.library.habits[habit]
        safety = holds.row(self.work, self.who.chat_id)
        if safety is None or safety.hold != Hold.RETURNING or not found.exercise:
            return dues
        sent = holds.sent_on_way_back(self.work, self.who.chat_id, habit, safety.returns_on)
        walks = bool(holds.walks(self.work.around.library, found))
        gentle = ((due, holds.is_returning(safety, self._day_of(due))) for due in dues)
        return returning.coming(gentle, sent, walks=walks)

    def _day_of(self, due: cadence.Due) -> date:
        return clock.habit_day_of_wall(due.wall, self.who.day_start)


def of(work: Work, chat_id: int) -> Schedule:
    """A subscriber's schedule. Habits that have come into the content since are added, switched off.

    Raises LookupError for somebody who is not a subscriber.
    """
    who = people.get(work.tx, chat_id)
    if who is None:
        raise LookupError("not a subscriber")
    people.add_cadences(work.tx, new_rows(work, chat_id, off=True))
    habits = work.around.library.habits
    rows = [row for row in due.of_chat(work.tx, chat_id) if row.habit in habits]
    return Schedule(work, who, tuple(sorted(rows, key=lambda row: is_offered(work, row))))


def is_offered(work: Work, row: Row[Any]) -> bool:
    """Whether a cadence is of a habit that is there to be switched on: one that starts off, and is off."""
    return bool(row.off) and work.around.library.habits[row.habit].starts == "off"


def new_rows(work: Work, chat_id: int, *, off: bool) -> list[dict[str, object]]:
    """A cadence row with its default plan for every habit of the content; one that starts off is off in any case."""
    habits = work.around.library.habits.values()
    return [
        {
            "chat_id": chat_id,
            "habit": habit.id,
            "plan": mending.usual_plan(habit),
            "off": off or habit.starts == "off",
        }
        for habit in habits
    ]


def is_paused(work: Work, who: Row[Any]) -> bool:
    """Whether this habit day of a subscriber is paused."""
    return resting.of(who).covers(resting.today(work, who))


def break_text(pause: Pause) -> Nested:
    """The days of a pause in words, and the day on which reminders go on."""
    days = {"begins_day": pause.begins.isoformat()}
    if pause.resumes_on == date.max:
        return nested("pause.days_open", **days)
    last = pause.resumes_on - timedelta(days=1)
    days |= {"last_day": last.isoformat(), "resumes_day": pause.resumes_on.isoformat()}
    return nested("pause.days_one" if last == pause.begins else "pause.days", **days)


def _times(moments: Iterable[Moment]) -> Nested:
    """Moments of one habit, in one line."""
    return nested("plan.times", walls_times=[one.wall.isoformat() for one in moments])


def plan_text(plan: cadence.Cadence) -> Nested:
    """A cadence in plain words."""
    when = days.days_words(plan.days)
    if isinstance(plan, cadence.At):
        return nested("plan.at", clocks_list=_clocks(plan.times), days_list=when)
    windows = [clocks.window_text(window) for window in plan.windows]
    span = _span(plan.interval)
    return nested("plan.every", span_text=span, windows_list=windows, days_list=when)


def _span(minutes: int) -> Nested:
    hours, rest = divmod(minutes, 60)
    return (
        nested("plan.minutes", minutes=minutes) if rest or hours == 1 else nested("plan.hours", hours=hours)
    )


def _clocks(times: Sequence[int]) -> list[str]:
    return [clocks.clock_text(minute) for minute in times]
