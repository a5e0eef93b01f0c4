"""What lies ahead and what was before, over all people: for the demo, whose clock is pushed from moment to moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reminderbot.rules import clock
from reminderbot.services import schedules, week
from reminderbot.services.week import Planned
from reminderbot.services.work import Work
from reminderbot.store.queries import horizon, people


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a database knows from an earlier run: who is in it, and the latest that was noted.

    ``update_id`` and ``message_id`` are the highest of Telegram's ids, 0 without any: an offline Telegram that starts
    anew must not give them out a second time, or the bot takes what it hears for what it has heard.
    """

    chats: Sequence[int]
    last_seen: datetime | None
    update_id: int
    message_id: int


def remembered(work: Work) -> Remembered:
    """Everybody in the database, and when it was last used."""
    tx = work.tx
    return Remembered(
        horizon.chats(tx), horizon.last_seen(tx), horizon.last_update(tx), horizon.last_message(tx)
    )


def next_moment(work: Work) -> datetime | None:
    """When something will be due next; none when nothing is planned."""
    return horizon.next_moment(work.tx)


def next_reminder(work: Work, names: Mapping[int, str]) -> tuple[datetime, str] | None:
    """When the next reminder is due, and what it is: ``Move for Ana``, or ``Move`` for somebody not in ``names``.

    What a hold keeps back is left out, and so is what the way back from one leaves out, and a week without anything
    to sum up.
    """
    habits = work.around.library.habits
    exercise = [habit.id for habit in habits.values() if habit.exercise]
    row = next((row for row in horizon.coming(work.tx, exercise) if _is_sent(work, row)), None)
    found = [(row.next_due_at, row.habit, row.chat_id)] if row else []
    for chat_id in horizon.returning(work.tx):
        if first := schedules.of(work, chat_id).first():
            found.append((*first, chat_id))
    if not found:
        return None
    at, habit, chat_id = min(found)
    label, name = habits[habit].label, names.get(chat_id)
    return at, f"{label} for {name}" if name else str(label)


def _is_sent(work: Work, row: Any) -> bool:
    who = people.get(work.tx, row.chat_id)
    if who is None:
        return False
    day = clock.habit_day(row.next_due_at, clock.zone(who.zone), who.day_start)
    return week.has_something(work, Planned(row.chat_id, row.habit, day))
