"""What lies ahead and what was before, over all people: for the demo, whose clock is pushed from moment to moment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reminderbot.rules import clock
from reminderbot.services import holds, notices, resting, schedules, singles, week
from reminderbot.services.week import Planned
from reminderbot.services.work import Work
from reminderbot.store.queries import history, horizon, people
from reminderbot.store.tables import Origin


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

    What will not be sent is left out: what a hold keeps back, or the way back from one, or a break, what a single
    reminder takes the place of, all of somebody who has stopped, and a week without anything to sum up.
    """
    habits = work.around.library.habits
    exercise = [habit.id for habit in habits.values() if habit.exercise]
    rows = horizon.coming(work.tx, exercise)
    row = next((row for row in rows if _comes(work, row, rows)), None)
    found = [(row.at, row.habit, row.chat_id)] if row else []
    for chat_id in horizon.returning(work.tx):
        found += [(*first, chat_id) for first in _first_of(work, chat_id)]
    if not found:
        return None
    at, habit, chat_id = min(found)
    label, name = habits[habit].label, names.get(chat_id)
    return at, f"{label} for {name}" if name else str(label)


def _first_of(work: Work, chat_id: int) -> Iterator[tuple[datetime, str]]:
    """The next reminder of somebody's plan or single ones, and the next that shows a week."""
    plan = schedules.of(work, chat_id)
    weeks = [name for name, habit in work.around.library.habits.items() if habit.cards == "week"]
    for first in (plan.first(), plan.first(weeks)):
        if first and _has_something(work, plan.who, *first):
            yield first


def _comes(work: Work, row: Any, rows: Sequence[Any]) -> bool:
    """Whether one of these rows will be sent, as things stand."""
    who = people.get(work.tx, row.chat_id)
    if who is None or row.habit not in work.around.library.habits:
        return False
    if row.origin is None:
        asked = (one for one in rows if one.asked_at and (one.chat_id, one.habit) == (row.chat_id, row.habit))
        taken = any(singles.takes_place(one.at, row.at) for one in asked)
        return not taken and _has_something(work, who, row.at, row.habit)
    if notices.rests(work, holds.row(work, row.chat_id), row.habit_day, row.habit):
        return False
    return row.origin == Origin.ASKED or not _is_put_off_into_rest(work, who, row)


def _is_put_off_into_rest(work: Work, who: Any, row: Any) -> bool:
    cadence = history.cadence(work.tx, row.chat_id, row.habit)
    is_off = cadence is None or cadence.off
    return is_off or who.quiet_on is not None or resting.of(who).covers(row.habit_day)


def _has_something(work: Work, who: Any, at: datetime, habit: str) -> bool:
    day = clock.habit_day(at, clock.zone(who.zone), who.day_start)
    return week.has_something(work, Planned(who.chat_id, habit, day))
