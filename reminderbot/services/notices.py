"""What is said about a hold wherever exercise would have been: plainly, and how it ends."""

from datetime import date, timedelta
from typing import Any

from reminderbot.library.models import Habit
from reminderbot.rules import clock, returning
from reminderbot.services import holds
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import people, reports
from reminderbot.store.tables import Hold


def of(safety_row: Any, today: date) -> Nested | None:
    """Why exercise is paused, or comes more gently, on this habit day; none on an ordinary one."""
    if holds.is_held(safety_row):
        if safety_row.hold == Hold.ASKING:
            return nested("hold.asking")
        return nested("hold.mental" if safety_row.mental else "hold.held")
    if not holds.is_returning(safety_row, today):
        return None
    last = returning.last_day(safety_row.returns_on)
    return nested(
        "hold.returning", last_day=last.isoformat(), back_day=(last + timedelta(days=1)).isoformat()
    )


def is_quiet(work: Work, chat_id: int) -> bool:
    """Whether a subscriber has told of dark thoughts on this habit day: no talk of streaks, and no cheer."""
    who = people.get(work.tx, chat_id)
    if who is None or holds.row(work, chat_id) is None:  # without that row there was never a report
        return False
    zone = clock.zone(who.zone)
    began = clock.day_begins(clock.habit_day(work.at, zone, who.day_start), zone, who.day_start)
    return reports.told_mental(work.tx, chat_id, began, holds.NOT_THEIRS)


def args(work: Work, chat_id: int) -> dict[str, object] | None:
    """What a message says about it now, and the button that ends it; none on an ordinary day.

    The button is about what has been reported up to now, and nothing later.
    """
    row = holds.row(work, chat_id)
    text = of(row, holds.today(work, chat_id))
    if row is None or text is None:
        return None
    ends = "switch_on" if row.mental else "checked"
    newest = holds.newest(work, chat_id)
    report = keys.encode_number(newest.id) if newest else ""
    return {"hold_text": text, "ends": ends if row.hold == Hold.HELD else "", "report": report}


def of_habit(work: Work, chat_id: int, habit: Habit) -> dict[str, object] | None:
    """What to say instead of a card of this habit; none when it can be shown now."""
    row, today = holds.row(work, chat_id), holds.today(work, chat_id)
    return args(work, chat_id) if rests(work, row, today, habit.id) else None


def rests(work: Work, safety_row: Any, today: date, habit_id: str) -> bool:
    """Whether nothing of this habit comes on this habit day, because of a hold or of the way back from one."""
    habit = work.around.library.habits[habit_id]
    if not habit.exercise:
        return False
    gently = holds.is_returning(safety_row, today)
    return holds.is_held(safety_row) or (gently and not holds.walks(work.around.library, habit))
