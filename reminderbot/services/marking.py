"""Marking one reminder done or skipped, and taking any answer back: the effect, without the words about it."""

from datetime import date, datetime, timedelta
from typing import Any

from reminderbot.rules import clock
from reminderbot.rules.answers import Word
from reminderbot.services import days, holds, reminders, resting
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history
from reminderbot.store.tables import Delivery, Origin, Outcome

ANSWERS = (Outcome.DONE, Outcome.SKIPPED, Outcome.SNOOZED)
"""Outcomes that a person gave; only Undo changes them."""

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class RefusedError(Exception):
    """Nothing was changed; ``template`` and ``fills`` say why, to the person."""

    def __init__(self, template: str, **fills: object) -> None:
        """Keep the message's template and its arguments."""
        super().__init__(template)
        self.template, self.fills = template, fills


def is_past(work: Work, row: Any) -> bool:
    """Whether the reminder's habit day is over."""
    return bool(row.closes_at <= work.at)


def is_own_move(row: Any) -> bool:
    """Whether it is a move done without being asked: it never had a card, a message or an open moment."""
    return bool(row.origin == Origin.OWN)


def can_be_undone(row: Any) -> bool:
    """Whether a person's answer stands on it."""
    return row.outcome in ANSWERS


def mark(work: Work, row: Any, word: Word, when: datetime) -> Any:
    """Answer an unanswered reminder with done or skip, and count its day anew; returns its row as it stands then.

    A move done now spares the next point of the grid when it is near. (Snooze: ``services.snoozing``.)
    """
    outcome = Outcome.DONE if word is Word.DONE else Outcome.SKIPPED
    state = Delivery.DROPPED if row.state == Delivery.PENDING else row.state
    _answer(work, row, {"outcome": outcome, "answered_at": when, "state": state})
    if word is Word.DONE and not is_past(work, row):
        reminders.spare_next(work, row.chat_id, row.habit, when)
    return _counted(work, row)


def add_own(work: Work, person: Any, habit: str, when: datetime, day: date) -> Any:
    """Count a move done without being asked, on a habit day; returns its row."""
    zone = clock.zone(person.zone)
    key = ReminderKey(habit, free_second(work, person.chat_id, habit, when))
    values = {
        "chat_id": person.chat_id,
        **key._asdict(),
        "habit_day": day,
        "closes_at": clock.day_begins(day + _DAY, zone, person.day_start),
        "expires_at": key.due_at,
        "not_before": key.due_at,
        "origin": Origin.OWN,
        "state": Delivery.DROPPED,
        "outcome": Outcome.DONE,
        "answered_at": when,
    }
    history.add(work.tx, values)
    row = history.reminder(work.tx, person.chat_id, key)
    _answer(work, row, {})
    if not is_past(work, row):
        reminders.spare_next(work, person.chat_id, habit, when)
    return _counted(work, row)


def undo(work: Work, row: Any) -> Any:
    """Make an answered reminder unanswered again; returns its row as it stands then.

    1. A snooze takes along the reminder as which it would have come back; one that has come back stays.
    2. Open again, missed or void by whether its day is over; an own move is no more.
    3. Points of the grid that a done had spared come back, unless an earlier done still spares them.
    """
    was = row.outcome
    if was == Outcome.SNOOZED:
        _call_off(work, row)
    unanswered = {"outcome": _restored(work, row), "answered_at": None, "reason": None}
    _answer(work, row, unanswered | {"state": _state_before(work, row)})
    if was == Outcome.DONE and not is_past(work, row):
        reminders.restore_spared(work, row.chat_id, row.habit)
        last = history.newest_done(work.tx, row.chat_id, row.habit, row.habit_day)
        if last is not None:
            reminders.spare_next(work, row.chat_id, row.habit, last.answered_at)
    return _counted(work, row)


def never_sent(row: Any) -> bool:
    """Whether it is a snoozed reminder that has not come back: what can be seen of it is its parent's message."""
    return row.parent_due_at is not None and row.state in (Delivery.PENDING, Delivery.DROPPED)


def free_second(work: Work, chat_id: int, habit: str, when: datetime) -> datetime:
    """The first second from an instant on that can be a reminder's key: not one yet, and no point of a grid.

    Points of a grid are whole minutes.
    """
    second = when.replace(microsecond=0)
    while second.second == 0 or history.reminder(work.tx, chat_id, ReminderKey(habit, second)) is not None:
        second += _SECOND
    return second


def _answer(work: Work, row: Any, values: dict[str, Any]) -> None:
    if values:
        history.change(work.tx, row.chat_id, reminders.key_of(row), values)
    history.end_ignored(work.tx, row.chat_id, row.habit)


def _counted(work: Work, row: Any) -> Any:
    """Count the day of a reminder anew; returns the reminder's row as it stands now."""
    days.recount(work, row.chat_id, row.habit, row.habit_day)
    if is_past(work, row):
        days.drop_stale_note(work, row.chat_id, row.habit, row.habit_day)
    rows = history.of_day(work.tx, row.chat_id, row.habit, row.habit_day)
    return next((one for one in rows if one.due_at == row.due_at), None)


def _call_off(work: Work, row: Any) -> None:
    child = history.child(work.tx, row.chat_id, reminders.key_of(row))
    if child is None:
        return
    if not never_sent(child) or can_be_undone(child):
        raise RefusedError("answers.came_back")
    history.remove(work.tx, row.chat_id, reminders.key_of(child))


def _restored(work: Work, row: Any) -> Outcome | None:
    if is_own_move(row):
        return Outcome.VOID
    if not is_past(work, row):
        return None
    held = _exercises(work, row) and holds.was_held(holds.row(work, row.chat_id), row.habit_day)
    rest = held or resting.covers(work, row.chat_id, row.habit_day)
    return days.closed_as(row.state, row.origin, rest=rest)


def _exercises(work: Work, row: Any) -> bool:
    return work.around.library.habits[row.habit].exercise


def _state_before(work: Work, row: Any) -> str:
    """A snoozed reminder answered before it came back is on its way again while its day lasts."""
    return Delivery.PENDING if never_sent(row) and not is_past(work, row) else row.state
