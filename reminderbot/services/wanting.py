"""Whether a reminder that waits to be sent is still wanted: decided at the last moment."""

from typing import Any

from reminderbot.services import holds, resting, silence, singles
from reminderbot.services.work import Work
from reminderbot.store.queries import due
from reminderbot.store.tables import Origin


def is_wanted(work: Work, row: Any) -> bool:
    """Whether to send it: answered, late, off, in a rest, of a person who has stopped or can't be reached is not sent.

    ``row`` is one of ``due.to_send``.
    """
    return (
        row.habit in work.around.library.habits
        and (_is_open(work, row) or silence.is_question(work, row))
        and work.at < row.expires_at
        and due.is_active(row)
        and not singles.is_overtaken(work, row)
        and not _keeps_back(work, row)
    )


def _is_open(work: Work, row: Any) -> bool:
    """Whether it is not answered yet, if it asks anything, and belongs to no rest.

    A card that the person asked for, put off, comes back in a pause as well.
    """
    rests = row.off or row.quiet_on is not None or resting.of(row).covers(row.habit_day)
    is_unanswered = row.outcome is None or not work.around.library.habits[row.habit].counts
    return is_unanswered and (not rests or row.origin == Origin.ASKED)


def _keeps_back(work: Work, row: Any) -> bool:
    """Whether a hold keeps exercise back; on the way back from one, all but walking, and every second nudge."""
    habit = work.around.library.habits[row.habit]
    if not habit.exercise:
        return False
    if not holds.is_returning(row, row.habit_day):
        return holds.is_held(row)
    return not holds.walks(work.around.library, habit) or holds.is_left_out(work, row)
