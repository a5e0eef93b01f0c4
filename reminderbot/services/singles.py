"""Single reminders that somebody has asked for, from then until they go out: their rows, and the clock they go by."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from reminderbot.library.models import Habit
from reminderbot.rules import clock, late
from reminderbot.services import marking, reminders
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import changes, history, people
from reminderbot.store.queries import singles as rows
from reminderbot.store.tables import Delivery, Origin

MOST: Final = 10
"""How many may wait at a time."""

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)

TOGETHER: Final = timedelta(seconds=10)
"""How long after a due moment of the plan a single reminder still counts as one of the same moment.

One that was asked for at a minute of the grid comes a second or a few behind it (``marking.free_second``).
"""


def waiting(work: Work, chat_id: int) -> list[Any]:
    """Those still to come of habits that the content has, in order."""
    return [row for row in rows.waiting(work.tx, chat_id) if row.habit in work.around.library.habits]


def is_overtaken(work: Work, row: Any) -> bool:
    """Whether a reminder was asked for, and a later one is due as well: after an outage the last one is enough."""
    if row.asked_at is None:
        return False
    return any(row.due_at < other.due_at <= work.at for other in waiting(work, row.chat_id))


def takes_place(single: datetime, planned: datetime) -> bool:
    """Whether a single reminder of an instant comes in place of what the plan of its habit has at another one."""
    return planned <= single < planned + TOGETHER


def named_of(row: Any) -> datetime | None:
    """The naive local time for which one was asked; none where only the span was said."""
    return datetime.fromisoformat(row.asked_for) if row.asked_for else None


def wall(row: Any, zone: ZoneInfo) -> datetime:
    """The naive local time for which one was asked, or at which it comes."""
    return named_of(row) or clock.wall_of(row.due_at, zone)


def stamp(at: datetime) -> str:
    """How a button names something by when it was asked for or changed, to the microsecond."""
    return keys.encode_number((at - _START) // timedelta(microseconds=1))


def now(work: Work, chat_id: int) -> datetime:
    """When something is asked for now: later than all before it of this person, so that it names only this."""
    made: list[datetime] = [row.asked_at for row in rows.waiting(work.tx, chat_id)]
    for row in rows.cancelled(work.tx, chat_id):
        made += (row.asked_at, row.not_before)
    changed = changes.newest_change(work.tx, chat_id)
    after = [at + timedelta(microseconds=1) for at in (*made, changed) if at]
    return max([work.at, *after])


def moment(stamped: str) -> datetime | None:
    """The instant in a text from outside; none when it is none."""
    number = keys.decode_number(stamped)
    try:
        return None if number is None else _START + timedelta(microseconds=number)
    except OverflowError:
        return None


def put(work: Work, who: Any, habit: Habit, at: datetime, named: datetime | None, asked_at: datetime) -> None:
    """Make one: at an instant, which is that of the naive local time where one was ``named``."""
    zone = clock.zone(who.zone)
    due_at = marking.free_second(work, who.chat_id, habit.id, at)
    day = clock.habit_day_of_wall(named or clock.wall_of(due_at, zone), who.day_start)
    closes_at = clock.day_begins(day + _DAY, zone, who.day_start)
    if closes_at <= due_at:  # a gap has moved it to where its nominal day ends already
        closes_at = clock.day_begins(day + 2 * _DAY, zone, who.day_start)
    values = {
        "chat_id": who.chat_id,
        "habit": habit.id,
        "due_at": due_at,
        "habit_day": day,
        "closes_at": closes_at,
        "expires_at": min(late.asked_expires_at(due_at, zone, habit.late, habit.quiet_after), closes_at),
        "not_before": due_at,
        "origin": Origin.ASKED,
        "state": Delivery.PENDING,
        "asked_at": asked_at,
        "asked_for": named.isoformat() if named else None,
    }
    history.add(work.tx, values)


def drop(work: Work, row: Any) -> None:
    """Let go of one that has not gone out, as if nobody had asked for it."""
    history.remove(work.tx, row.chat_id, reminders.key_of(row))


def twice(there: Iterable[Any], habit: str, at: datetime, named: datetime | None) -> Any:
    """The one of a habit, among these, that comes at a moment already; none where none does."""
    return next((row for row in there if row.habit == habit and _is_same(row, at, named)), None)


def cancel(work: Work, chat_id: int, some: Iterable[Any]) -> datetime:
    """Let some of those that wait not come; returns an instant by which to name this."""
    at = now(work, chat_id)
    for row in some:
        rows.cancel(work.tx, chat_id, reminders.key_of(row), at)
    return at


def cancelled(work: Work, chat_id: int) -> list[Any]:
    """Those that were cancelled and can still come, in order; ``not_before`` is the instant that names it."""
    habits = work.around.library.habits
    found = rows.cancelled(work.tx, chat_id)
    return [row for row in found if row.due_at > work.at and row.habit in habits]


def follow_clock(work: Work, chat_id: int) -> None:
    """Move those of a local time along with a new zone or day start: three in the afternoon is where the person is.

    Where that is over there, it comes when it would have come.
    """
    who = people.get(work.tx, chat_id)
    for row in waiting(work, chat_id) if who else ():
        put_anew(work, who, row)


def put_anew(work: Work, who: Any, row: Any) -> None:
    """Let one come, be it cancelled before, by the clock that its person has now."""
    named = named_of(row)
    at = clock.instant(named, clock.zone(who.zone)) if named else row.due_at
    if at <= work.at:
        at, named = row.due_at, None
    drop(work, row)
    put(work, who, work.around.library.habits[row.habit], at, named, row.asked_at)


def _is_same(row: Any, at: datetime, named: datetime | None) -> bool:
    """Whether one was asked for at the same local time; where only the span was said, to the minute."""
    if named and row.asked_for:
        return bool(row.asked_for == named.isoformat())
    return bool(abs(row.due_at - at) < _MINUTE)
