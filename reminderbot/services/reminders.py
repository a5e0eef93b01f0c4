"""When the next reminder is due, and what one is made of."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from reminderbot.library.models import Habit
from reminderbot.rules import cadence, clock, late, timewords
from reminderbot.rules.pauses import Pauses
from reminderbot.services import resting
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, people
from reminderbot.store.tables import Delivery, Origin, Outcome


@lru_cache(maxsize=1024)
def plan_of(text: str) -> cadence.Cadence:
    """The cadence behind the words of a stored row."""
    plan = timewords.parse_cadence(text, None)
    if isinstance(plan, timewords.Off):
        raise ValueError("a stored cadence is never off in words")
    return plan


def shift(work: Work, chat_id: int) -> int:
    """Minutes by which this chat's grids are moved (NUDGE_SPREAD)."""
    return cadence.shift_for(chat_id, work.around.spread_minutes)


class Grid(NamedTuple):
    """The due moments of a cadence for one person, but for those of paused habit days.

    ``shift`` is in minutes. Equal for a crowd that is due together.
    """

    plan: cadence.Cadence
    zone: ZoneInfo
    day_start: int
    shift: int
    pauses: Pauses

    def coming(self, after: datetime) -> Iterator[cadence.Due]:
        """Those strictly after an instant, without an end, unless a pause has none."""
        today = clock.habit_day(after, self.zone, self.day_start)
        resumes_on = self.pauses.over(today)
        if resumes_on == date.max:
            return
        if resumes_on > today:
            after = clock.day_begins(resumes_on, self.zone, self.day_start) - timedelta(microseconds=1)
        for moment in cadence.coming(self.plan, after, self.zone, self.shift):
            day = clock.habit_day_of_wall(moment.wall, self.day_start)
            if not self.pauses.covers(day):
                yield moment
            elif self.pauses.over(day) == date.max:
                return

    def next_at(self, after: datetime) -> datetime | None:
        """The first instant of those; none when a pause has no end."""
        return next((moment.at for moment in self.coming(after)), None)


def grid(work: Work, who: Any, row: Any) -> Grid:
    """The grid of a cadence's row for its subscriber."""
    zone, offset = clock.zone(who.zone), shift(work, who.chat_id)
    return Grid(plan_of(row.plan), zone, who.day_start, offset, resting.of(who))


def plan_next(work: Work, chat_id: int, habit: str | None = None) -> None:
    """Work out anew when one habit, or each, is due: after any change of cadence, zone, pause or standing.

    1. Not active, or left in peace after two silent weeks: nothing is due.
    2. Otherwise the first moment after now whose habit day is not paused, and which an early move has not made void.
       The grid itself never moves.
    """
    who = people.get(work.tx, chat_id)
    if who is None:
        return
    for row in due.of_chat(work.tx, chat_id):
        if habit in (None, row.habit):
            runs = due.is_active(who) and who.quiet_on is None and not row.off
            known = row.habit in work.around.library.habits
            spared = due.spared(work.tx, chat_id, row.habit, work.at)
            coming = grid(work, who, row).coming(work.at) if runs and known else ()
            next_at = next((moment.at for moment in coming if moment.at != spared), None)
            due.set_next(work.tx, chat_id, row.habit, next_at)


class Times(NamedTuple):
    """The moments of a reminder; ``habit_day`` is fixed when it is made, from its nominal time."""

    due_at: datetime
    habit_day: date
    closes_at: datetime
    expires_at: datetime


def times(habit: Habit, moment: cadence.Due, plan: cadence.Cadence, zone_name: str, day_start: int) -> Times:
    """The times of a reminder that falls due at this moment."""
    return _times(moment, plan, zone_name, day_start, habit.late, habit.quiet_after)


# A crowd that is due together shares these: worked out once.
@lru_cache(maxsize=4096)
def _times(
    moment: cadence.Due,
    plan: cadence.Cadence,
    zone_name: str,
    day_start: int,
    late_minutes: int,
    quiet_from: time,
) -> Times:
    zone = clock.zone(zone_name)
    day = clock.habit_day_of_wall(moment.wall, day_start)
    closes_at = clock.day_begins(day + timedelta(days=1), zone, day_start)
    if closes_at <= moment.at:
        # A gap has moved it to where its nominal day ends already: it stays open for the day that begins there.
        closes_at = clock.day_begins(day + timedelta(days=2), zone, day_start)
    return Times(moment.at, day, closes_at, late.expires_at(moment, plan, zone, late_minutes, quiet_from))


def new_row(
    habit: Habit, chat_id: int, moment: cadence.Due, plan: cadence.Cadence, zone_name: str, day_start: int
) -> dict[str, Any]:
    """The row of a reminder that falls due at this moment."""
    return {"chat_id": chat_id} | shared_row(habit, times(habit, moment, plan, zone_name, day_start))


def shared_row(habit: Habit, times: Times) -> dict[str, Any]:
    """The row of a new reminder, but for whose it is: a crowd that is due together shares it.

    Of a habit that asks nothing it is void from the start: it is never open, so it is never answered or missed.
    """
    return {
        "habit": habit.id,
        **times._asdict(),
        "not_before": times.due_at,
        "state": Delivery.PENDING,
        "origin": Origin.CADENCE,
        "outcome": None if habit.counts else Outcome.VOID,
    }


def spare_next(work: Work, chat_id: int, habit: str, done_at: datetime) -> None:
    """Make the next point of the grid void when a move was done less than half an interval before it.

    After an outage points before the move may be overdue: those are let go.
    """
    who = people.get(work.tx, chat_id)
    row = next((row for row in due.of_chat(work.tx, chat_id) if row.habit == habit), None)
    if who is None or row is None or row.next_due_at is None:
        return
    points = grid(work, who, row)
    plan = points.plan
    moment = next(points.coming(max(done_at, row.next_due_at - timedelta(microseconds=1))), None)
    if not isinstance(plan, cadence.Every) or moment is None:
        return
    if moment.at - done_at >= timedelta(minutes=plan.interval) / 2:
        return
    spared = new_row(work.around.library.habits[habit], chat_id, moment, plan, who.zone, who.day_start)
    due.add(work.tx, [spared | {"state": Delivery.DROPPED, "outcome": Outcome.VOID}])
    due.set_next(work.tx, chat_id, habit, points.next_at(moment.at))


def restore_spared(work: Work, chat_id: int, habit: str) -> None:
    """Bring back the coming points that a move had spared, after that move was undone."""
    due.restore(work.tx, chat_id, habit, work.at)
    plan_next(work, chat_id, habit)


def key_of(row: Any) -> ReminderKey:
    """The key of a reminder's row."""
    return ReminderKey(row.habit, row.due_at)
