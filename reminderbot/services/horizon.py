"""What lies ahead and what was before, over all people: for the demo, whose clock is pushed from moment to moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reminderbot.services.work import Work
from reminderbot.store.queries import horizon


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a database knows from an earlier run: who is in it, and the latest instant that was noted."""

    chats: Sequence[int]
    last_seen: datetime | None


def remembered(work: Work) -> Remembered:
    """Everybody in the database, and when it was last used."""
    return Remembered(horizon.chats(work.tx), horizon.last_seen(work.tx))


def next_moment(work: Work) -> datetime | None:
    """When something will be due next; none when nothing is planned."""
    return horizon.next_moment(work.tx)


def next_reminder(work: Work, names: Mapping[int, str]) -> tuple[datetime, str] | None:
    """When the next reminder is due, and what it is: ``Move for Ana``, or ``Move`` for somebody not in ``names``."""
    habits = work.around.library.habits.values()
    row = horizon.next_reminder(work.tx, [habit.id for habit in habits if habit.exercise])
    if row is None:
        return None
    label, name = work.around.library.habits[row.habit].label, names.get(row.chat_id)
    return row.next_due_at, f"{label} for {name}" if name else str(label)
