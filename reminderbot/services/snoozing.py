"""Putting a reminder off: it comes back as a child of its own, in a few minutes or with the next one of its habit.

At most three times in a row, never past the window it came in, and never past its habit day.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from reminderbot.rules import cadence, clock, late, snoozing
from reminderbot.rules.snoozing import Choice, Until
from reminderbot.rules.timewords import clocks
from reminderbot.services import days, holds, marking, reminders, resting, schedules
from reminderbot.services.marking import RefusedError
from reminderbot.services.replies import Nested, nested
from reminderbot.services.requests import Request
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history, people
from reminderbot.store.tables import Origin, Outcome

SAME_MOMENT = timedelta(seconds=30)
"""A choice of about the moment at which a reminder comes back anyway is the same tap, twice."""

JUST = timedelta(minutes=30)
"""How long after a snooze another moment is taken for the same reminder."""


class Room(NamedTuple):
    """What may still become of a reminder that is put off."""

    ends: datetime
    """It comes back before this instant."""
    by_hours: bool
    """Whether that is the end of its window, and not of its day."""
    again: bool
    """Whether it may come back once more."""
    last: datetime | None
    """The last moment at which it may; none when there is none."""
    next_wall: datetime | None
    """Naive local time of the habit's next reminder; none when nothing is planned."""
    zone: str


class NoRoomError(RefusedError):
    """It can't come back as it was wanted; ``choices`` are the words of what can be chosen instead."""

    def __init__(self, template: str, room: Room, **fills: object) -> None:
        """Keep what is possible instead besides the message."""
        super().__init__(template, **fills, ways_text=_ways(room))
        self.choices = _instead(room)


def snooze(work: Work, row: Any, when: datetime, choice: Choice | None) -> Any:
    """Put an unanswered reminder off, or one that is put off already until another moment.

    Minutes count from ``when``; no choice is the habit's own number of them. Returns the row as which it comes back;
    of one that is left to the next reminder its own. Raises RefusedError when nothing would come back, and NoRoomError
    when that would be too late or too often.
    """
    _refuse_where_it_would_not_come(work, row)
    room = room_of(work, row)
    if choice is Until.NEXT:
        return _leave(work, row, when, room)
    if not room.again:
        raise NoRoomError("answers.snooze_enough", room)
    wanted = _wanted(work, row, when, choice, room)
    due_at = marking.free_second(work, row.chat_id, row.habit, wanted)
    if due_at >= room.ends:
        raise NoRoomError("answers.snooze_late", room, ends_text=_ends(room))
    if marking.never_sent(row) and row.outcome is None and abs(row.due_at - wanted) < SAME_MOMENT:
        return row
    return _come_back(work, row, when, due_at)


def room_of(work: Work, row: Any) -> Room:
    """What may still become of a reminder that is put off, or is about to be."""
    person = people.get(work.tx, row.chat_id)
    zone = person.zone if person else work.around.default_zone
    plan = _plan(work, row)
    hours = snoozing.window_ends(plan, clock.wall_of(row.due_at, clock.zone(zone)), clock.zone(zone))
    ends = min(row.closes_at, hours or row.closes_at)
    again = marking.never_sent(row) or _put_off(work, row) < snoozing.MOST_IN_A_ROW
    last = snoozing.last_before(ends, work.at) if again else None
    return Room(ends, hours == ends, again, last, _next_wall(work, row), zone)


def choices(work: Work, row: Any) -> list[str]:
    """Until when a reminder that is put off may be put off instead, as buttons have it."""
    room = room_of(work, row)
    latest = room.last or work.at
    minutes = [str(span) for span in snoozing.OFFERED if work.at + timedelta(minutes=span) <= latest]
    left = row.outcome == Outcome.SNOOZED
    return [*minutes, Until.NEXT] if room.next_wall and not left else minutes


def just_put_off(work: Work, chat_id: int, about: Request, when: datetime, newest: Any) -> Any:
    """The reminder that was put off a short time ago, after ``newest``, the newest open one, had come; else none."""
    row = history.newest_answered(work.tx, chat_id, about.day, about.habit)
    if row is None or row.outcome != Outcome.SNOOZED or when - row.answered_at > JUST:
        return None
    if newest is not None and (newest.sent_at or newest.due_at) > row.answered_at:
        return None
    child = history.child(work.tx, chat_id, reminders.key_of(row))
    if child is None:
        return row
    return child if marking.never_sent(child) and child.outcome is None else None


def _refuse_where_it_would_not_come(work: Work, row: Any) -> None:
    if marking.is_past(work, row):
        raise RefusedError("answers.snooze_over")
    if work.around.library.habits[row.habit].exercise and holds.is_held(holds.row(work, row.chat_id)):
        raise RefusedError("answers.snooze_held")
    if row.origin != Origin.ASKED and resting.covers(work, row.chat_id, row.habit_day):
        raise RefusedError("answers.snooze_paused")


def _wanted(work: Work, row: Any, when: datetime, choice: Choice | None, room: Room) -> datetime:
    """When it is to come back; after the end when there is no room for that."""
    if choice is Until.LAST:
        return room.last or room.ends
    span = work.around.library.habits[row.habit].snooze if choice is None else int(choice)
    if not 1 <= span <= snoozing.LONGEST:
        raise RefusedError("answers.snooze_range")
    # A message that waited for the bot still means N minutes from when it was written, but never the past.
    return max(when + timedelta(minutes=span), work.at)


def _come_back(work: Work, row: Any, when: datetime, due_at: datetime) -> Any:
    key = ReminderKey(row.habit, due_at)
    parent = row.parent_due_at if marking.never_sent(row) else row.due_at
    history.add(work.tx, _child(work, row, key, parent))
    if marking.never_sent(row):
        history.remove(work.tx, row.chat_id, reminders.key_of(row))
    else:
        _put_down(work, row, when)
    return _counted(work, row, key)


def _leave(work: Work, row: Any, when: datetime, room: Room) -> Any:
    """Leave it to the habit's next reminder: snoozed, with nothing that comes back for it."""
    if room.next_wall is None:
        raise RefusedError("answers.nothing_next")
    if not marking.never_sent(row):
        if row.outcome != Outcome.SNOOZED:
            _put_down(work, row, when)
        return _counted(work, row, reminders.key_of(row))
    history.remove(work.tx, row.chat_id, reminders.key_of(row))
    return _counted(work, row, ReminderKey(row.habit, row.parent_due_at))


def _put_down(work: Work, row: Any, when: datetime) -> None:
    values = {"outcome": Outcome.SNOOZED, "answered_at": when}
    history.change(work.tx, row.chat_id, reminders.key_of(row), values)


def _counted(work: Work, row: Any, key: ReminderKey) -> Any:
    """Count the day anew; the row of this key as it stands now."""
    history.end_ignored(work.tx, row.chat_id, row.habit)
    days.recount(work, row.chat_id, row.habit, row.habit_day)
    return history.reminder(work.tx, row.chat_id, key)


def _child(work: Work, row: Any, key: ReminderKey, parent: datetime) -> dict[str, Any]:
    return {
        "chat_id": row.chat_id,
        **key._asdict(),
        "habit_day": row.habit_day,
        "closes_at": row.closes_at,
        "expires_at": min(_expiry(work, row, key.due_at), row.closes_at),
        "not_before": key.due_at,
        "origin": Origin.ASKED if row.origin == Origin.ASKED else Origin.SNOOZE,
        "parent_due_at": parent,
        "card": row.card,
    }


def _expiry(work: Work, row: Any, due_at: datetime) -> datetime:
    habit, person = work.around.library.habits[row.habit], people.get(work.tx, row.chat_id)
    zone = clock.zone(person.zone if person else work.around.default_zone)
    moment = cadence.Due(due_at, clock.wall_of(due_at, zone))
    return late.expires_at(moment, _plan(work, row), zone, habit.late, habit.quiet_after)


def _plan(work: Work, row: Any) -> cadence.Cadence:
    stored = history.cadence(work.tx, row.chat_id, row.habit)
    return reminders.plan_of(stored.plan if stored else work.around.library.habits[row.habit].cadence)


def _put_off(work: Work, row: Any) -> int:
    """How often this reminder has been put off and come back by now."""
    times = 0
    while row is not None and row.parent_due_at is not None:
        row = history.reminder(work.tx, row.chat_id, ReminderKey(row.habit, row.parent_due_at))
        times += 1
    return times


def _next_wall(work: Work, row: Any) -> datetime | None:
    schedule = schedules.of(work, row.chat_id)
    stored = schedule.row(row.habit)
    if stored is None or stored.next_due_at is None:
        return None
    return next((wall for wall, _ in schedule.moments([row.habit], 1)), None)


def _ends(room: Room) -> Nested:
    if not room.by_hours:
        return nested("answers.ends_day")
    return nested("answers.ends_hours", clock=_clock(room.ends, room))


def _ways(room: Room) -> Nested:
    """What can be done instead, in words."""
    last = {"last_clock": _clock(room.last, room)} if room.last else {}
    coming = {"next_time": room.next_wall.isoformat()} if room.next_wall else {}
    name = "both" if last and coming else "last" if last else "next" if coming else "none"
    return nested(f"answers.ways_{name}", **last, **coming)


def _instead(room: Room) -> dict[str, object]:
    """The buttons for what is still possible when something is not."""
    found = [Until.LAST] if room.last else []
    return {
        "choices": [*found, Until.NEXT] if room.next_wall else found,
        "last_clock": _clock(room.last, room) if room.last else "",
    }


def _clock(moment: datetime, room: Room) -> str:
    wall = clock.wall_of(moment, clock.zone(room.zone))
    return clocks.clock_text(wall.hour * 60 + wall.minute)
