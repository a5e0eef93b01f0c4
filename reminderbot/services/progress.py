"""Where somebody stands in a habit: streak and today, worked out from the day rows each time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from reminderbot.rules import cadence, clock, returning, streaks
from reminderbot.services import holds, reminders, resting
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import days, history, people
from reminderbot.store.tables import Delivery, Origin, Outcome

OPEN_STATES = (Delivery.PENDING, Delivery.SENDING, Delivery.SENT)
"""Unanswered in one of these, a reminder would count as missed; of unknown fate, it would be void."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A habit's progress, its running day, and how many more make that day count (see ``rules.streaks``).

    ``rest`` tells of a day on hold, or paused: nothing of it can be missed.
    """

    habit: str
    progress: streaks.Progress
    today: streaks.Today
    more: int
    rest: bool = False


def of(work: Work, chat_id: int, habit: str, counts: Sequence[streaks.DayCounts] | None = None) -> Standing:
    """Where a subscriber stands in a habit now; ``counts`` are those of all its day rows, where they are known.

    Raises LookupError for somebody who is not a subscriber.
    """
    person = people.get(work.tx, chat_id)
    if person is None:
        raise LookupError(chat_id)
    threshold = work.around.library.habits[habit].threshold
    today = _today(work, person, habit)
    known = counted(days.of(work.tx, chat_id, habit)) if counts is None else counts
    found = streaks.progress(known, threshold, today)
    more = streaks.more_needed(today, threshold)
    held = work.around.library.habits[habit].exercise and holds.was_held(holds.row(work, chat_id), today.day)
    rest = held or resting.of(person).covers(today.day)
    return Standing(habit, found, today, more, rest)


def counted(rows: Iterable[Any]) -> list[streaks.DayCounts]:
    """Day rows as the rules of streaks take them."""
    return [streaks.DayCounts(row.habit_day, row.done, row.missed) for row in rows]


def line(standing: Standing) -> Nested:
    """The nested text of streak and today: "Streak 4 days. Today 1 of 8, 3 more and it counts."."""
    today, more = standing.today, standing.more
    ending = "counts" if more == 0 else "more" if more > 0 else "open"
    if today.plan == 0:
        ending = "rest" if standing.rest else "free"
    streak = standing.progress.streak
    return nested(f"progress.{ending}", streak=streak, done=today.done, total=today.plan, more=more)


def done_line(standing: Standing) -> Nested:
    """The same after a Done; before there is a streak, only today: "Today 1 of 8, 3 more and it counts."."""
    if standing.progress.streak:
        return line(standing)
    ending = "more" if standing.more > 0 else "open"
    today = standing.today
    return nested(f"progress.today_{ending}", done=today.done, total=today.plan, more=standing.more)


def streak_line(standing: Standing) -> Nested:
    """The nested text of the streak alone, "Streak 4 days.", or a kind word before there is one."""
    streak = standing.progress.streak
    return nested("progress.streak", streak=streak) if streak else nested("progress.begun")


def _today(work: Work, person: Any, habit: str) -> streaks.Today:
    chat_id, zone = person.chat_id, clock.zone(person.zone)
    day = clock.habit_day(work.at, zone, person.day_start)
    rows = history.of_day(work.tx, chat_id, habit, day)
    ends = clock.day_begins(day + timedelta(days=1), zone, person.day_start)
    points = _points(work, history.cadence(work.tx, chat_id, habit), person.zone, ends)
    coming = len(points - {row.due_at for row in rows})
    found = streaks.Today(
        day,
        done=sum(row.outcome == Outcome.DONE for row in rows),
        open=sum(_is_open(row) for row in rows),
        missed=sum(row.outcome == Outcome.MISSED for row in rows),
        remaining=coming,
    )
    if resting.of(person).covers(day):
        return replace(found, open=0, remaining=0)
    return _with_hold(work, chat_id, habit, found) if work.around.library.habits[habit].exercise else found


def _with_hold(work: Work, chat_id: int, name: str, found: streaks.Today) -> streaks.Today:
    """Leave out what can no longer be missed: all of a day on hold, and what the way back from one leaves out."""
    safety, habit = holds.row(work, chat_id), work.around.library.habits[name]
    if holds.was_held(safety, found.day):
        return replace(found, open=0, remaining=0)
    if safety is None or not holds.is_returning(safety, found.day):
        return found
    if not holds.walks(work.around.library, habit):
        return replace(found, remaining=0)
    sent = holds.sent_on_way_back(work, chat_id, name, safety.returns_on)
    return replace(found, remaining=returning.still_to_come(found.remaining, sent))


def _is_open(row: Any) -> bool:
    return row.outcome is None and row.state in OPEN_STATES and row.origin != Origin.ASKED


def _points(work: Work, row: Any, zone: str, ends: Any) -> set[Any]:
    """The due moments of a cadence still to come before an instant; none while it is off, paused or stopped."""
    if row is None or row.next_due_at is None or row.next_due_at >= ends:
        return set()
    plan, shift = reminders.plan_of(row.plan), reminders.shift(work, row.chat_id)
    return {
        due.at
        for due in cadence.due_between(plan, max(row.next_due_at, work.at), ends, clock.zone(zone), shift)
    }
