"""Habit days: counted from their reminders, closed when they are over, and kept when the reminders go."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from reminderbot.rules import streaks
from reminderbot.services import holds, progress, resting
from reminderbot.services.reminders import key_of
from reminderbot.services.work import Work
from reminderbot.store.queries import days as day_rows
from reminderbot.store.queries import due, history
from reminderbot.store.queries.days import Closing
from reminderbot.store.tables import Delivery, Origin, Outcome

BATCH = 100
"""Habit days closed in one transaction: about a tenth of a second, for which a case may have to wait."""

REMINDERS_KEPT = timedelta(days=14)
"""How long reminder rows live; day rows live as long as the person."""

ABSENCE_DAYS = 3
"""Missed days in a row, nothing done in any, after which the next reminder has a kind line."""


FROZE = "note.froze"
"""Template of the line about a day that a freeze covered."""


def recount(work: Work, chat_id: int, habit: str, day: date) -> None:
    """Write a habit day's row from its reminders; a day whose reminders are swept stays as it is.

    A habit that asks nothing has no such rows.
    """
    known = work.around.library.habits.get(habit)
    if known is not None and not known.counts:
        return
    values = day_rows.counts(work.tx, chat_id, habit, day)
    if values is not None:
        day_rows.put(work.tx, chat_id, habit, day, values)


def let_go(work: Work, row: Any) -> None:
    """Decide against sending a reminder."""
    outcome = row.outcome or Outcome.VOID
    history.change(work.tx, row.chat_id, key_of(row), {"state": Delivery.DROPPED, "outcome": outcome})
    recount(work, row.chat_id, row.habit, row.habit_day)


def close_due(work: Work, limit: int = BATCH) -> int:
    """Settle unanswered reminders of up to ``limit`` habit days that are over; returns how many reminders there were.

    1. One that was delivered is missed; any other is void, as is a card that the person asked for on their own,
       and exercise on a day on hold, and everything on a paused day: a rest day.
    2. Their days are counted anew.
    3. A day that a freeze covered, or the third day of an absence, leaves a line for the next reminder.
    """
    closing = day_rows.over(work.tx, work.at, limit)
    day_rows.close(work.tx, [(one, _closed(work, one), _ended(one)) for one in closing])
    for chat_id, habit, day in _days(closing):
        recount(work, chat_id, habit, day)
        _leave_note(work, chat_id, habit, day)
    return len(closing)


def closed_as(state: str, origin: str, *, rest: bool) -> Outcome:
    """What an unanswered reminder becomes once its habit day is over; ``rest``: of a day on hold, or paused."""
    missed = state == Delivery.SENT and origin != Origin.ASKED and not rest
    return Outcome.MISSED if missed else Outcome.VOID


def _closed(work: Work, one: Closing) -> Outcome:
    habit = work.around.library.habits.get(one.key.habit)
    held = holds.was_held(one, one.habit_day) and (habit is None or habit.exercise)
    rest = held or resting.of(one).covers(one.habit_day)
    return closed_as(one.state, one.origin, rest=rest)


def _ended(one: Closing) -> Delivery:
    return Delivery.DROPPED if one.state == Delivery.PENDING else Delivery(one.state)


def drop_stale_note(work: Work, chat_id: int, habit: str, day: date) -> None:
    """After an answer for a day gone by: a freeze that neither it nor a later day needs is not told."""
    threshold = work.around.library.habits[habit].threshold
    rows = progress.counted(day_rows.of(work.tx, chat_id, habit))
    froze = streaks.progress(rows, threshold, None).froze
    if froze is None or froze < day:
        due.clear_note(work.tx, chat_id, habit, FROZE)


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` reminders older than 14 days; returns how many."""
    return day_rows.sweep(work.tx, (work.at - REMINDERS_KEPT).date(), limit)


def _days(closing: Iterable[Closing]) -> list[tuple[int, str, date]]:
    return sorted({(one.chat_id, one.key.habit, one.habit_day) for one in closing})


def _leave_note(work: Work, chat_id: int, habit: str, day: date) -> None:
    if habit not in work.around.library.habits:
        return
    threshold = work.around.library.habits[habit].threshold
    rows = [row for row in day_rows.of(work.tx, chat_id, habit) if row.habit_day <= day]
    last = rows[-1]
    if streaks.verdict(last.done, last.missed, threshold) is not streaks.Verdict.MISSED:
        return
    verdicts = streaks.progress(progress.counted(rows), threshold, None).verdicts
    if verdicts[day] is streaks.Verdict.FROZEN:
        history.set_note(work.tx, chat_id, habit, FROZE)
    elif _absent([row.done for row in rows if row.done or row.missed]):
        history.set_note(work.tx, chat_id, habit, "note.absence")


def _absent(done: list[int]) -> bool:
    """Whether the last of these days is the third in a row with nothing done, after one with something done."""
    return not any(done[-ABSENCE_DAYS:]) and len(done) > ABSENCE_DAYS and done[-ABSENCE_DAYS - 1] > 0
