"""What happened: the reminders that an answer may mean, and their answers."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Select,
    Update,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.kept import Query
from reminderbot.store.keys import ReminderKey
from reminderbot.store.many import is_any
from reminderbot.store.queries import due
from reminderbot.store.tables import Delivery, Outcome, cadences, reminders, subscribers

r, c, s = reminders.c, cadences.c, subscribers.c

MAY_HAVE_ARRIVED = (Delivery.SENT, Delivery.UNKNOWN, Delivery.SENDING)
"""Delivery states of a reminder that the person may have in front of them."""


# Built once: each answer asks them, and building a statement costs more than running it.
_chat: BindParameter[int] = bindparam("chat")
_habit: BindParameter[str] = bindparam("habit")
_day: BindParameter[date] = bindparam("day")
_reminder = select(reminders).where(r.chat_id == _chat, r.habit == _habit, r.due_at == bindparam("due_at"))
_of_day = Query(
    reminders,
    select(reminders).where(r.chat_id == _chat, r.habit == _habit, r.habit_day == _day).order_by(r.due_at),
)
_unanswered = or_(
    r.outcome.is_(None),
    r.outcome == Outcome.MISSED,
    and_(r.outcome == Outcome.VOID, r.closes_at > bindparam("at")),
)
_open_ones = (
    select(reminders)
    .where(r.chat_id == _chat, r.habit_day == _day, r.habit == func.coalesce(_habit, r.habit))
    .where(_unanswered, r.card.is_not(None), is_any(r.state, *MAY_HAVE_ARRIVED))
    .where(or_(r.due_at <= bindparam("at"), and_(r.state == Delivery.SENT, r.sent_at <= bindparam("at"))))
    .order_by(r.due_at.desc(), r.habit)
)
_end_ignored = (
    update(cadences)
    .where(c.chat_id == bindparam("chat"), c.habit == bindparam("which"), c.ignored > 0)
    .values(ignored=0)
)


def cadence(tx: Connection, chat_id: int, habit: str) -> Row[Any] | None:
    """One cadence's row; none when the person has no such habit."""
    return next((row for row in due.of_chat(tx, chat_id) if row.habit == habit), None)


def reminder(tx: Connection, chat_id: int, key: ReminderKey) -> Row[Any] | None:
    """One reminder of this chat; none when there is no such reminder."""
    found = tx.execute(_reminder, {"chat": chat_id, **key._asdict()})
    return found.first()


def of_message(tx: Connection, chat_id: int, message_id: int) -> Row[Any] | None:
    """The reminder whose card a message of this chat shows."""
    query = _of_chat(chat_id).where(r.message_id == message_id, r.card.is_not(None))
    return tx.execute(query.order_by(r.due_at.desc())).first()


def newest_open(
    tx: Connection, chat_id: int, day: date, said_at: datetime, habit: str | None
) -> Row[Any] | None:
    """The newest unanswered reminder of a habit day that the person may have had when they spoke.

    One that was closed since is unanswered too: the day is the one on which they spoke, or which they named. Without a
    card there is nothing to answer.
    """
    known = {"chat": chat_id, "day": day, "at": said_at, "habit": habit}
    return tx.execute(_open_ones, known).first()


def all_open(tx: Connection, chat_id: int, day: date, at: datetime, habit: str | None) -> Sequence[Row[Any]]:
    """All those reminders, the newest first."""
    return tx.execute(_open_ones, {"chat": chat_id, "day": day, "at": at, "habit": habit}).all()


def newest_shown(tx: Connection, chat_id: int, habits: Sequence[str], since: datetime) -> Row[Any] | None:
    """The newest reminder of these habits since an instant whose card the person may have in front of them."""
    query = _of_chat(chat_id).where(r.habit.in_(habits), r.due_at >= since, r.card.is_not(None))
    return tx.execute(query.where(r.state.in_(MAY_HAVE_ARRIVED)).order_by(r.due_at.desc())).first()


def newest_snoozed(tx: Connection, chat_id: int, day: date, habit: str | None) -> Row[Any] | None:
    """The newest snoozed reminder of a habit day that has yet to come back."""
    query = _open(chat_id, day, habit).where(r.parent_due_at.is_not(None), r.state == Delivery.PENDING)
    return tx.execute(query.order_by(r.due_at.desc())).first()


def newest_answered(tx: Connection, chat_id: int, day: date, habit: str | None) -> Row[Any] | None:
    """The reminder or own move of a habit day that was answered last."""
    query = _of_chat(chat_id, habit).where(r.habit_day == day, r.answered_at.is_not(None))
    return tx.execute(query.order_by(r.answered_at.desc(), r.due_at.desc())).first()


def answered_since(tx: Connection, chat_id: int, first_day: date, began: datetime) -> Row[Any] | None:
    """The reminder or own move, of any habit day from the first one on, that was answered last since an instant."""
    query = _of_chat(chat_id).where(r.habit_day >= first_day, r.answered_at >= began)
    return tx.execute(query.order_by(r.answered_at.desc(), r.due_at.desc())).first()


def is_answer(tx: Connection, chat_id: int, said_at: datetime) -> bool:
    """Whether a message of this very instant was an answer, and stands."""
    return tx.execute(_of_chat(chat_id).where(r.answered_at == said_at).limit(1)).first() is not None


def newest_done(tx: Connection, chat_id: int, habit: str, day: date) -> Row[Any] | None:
    """The reminder or own move of a habit day that was done last."""
    query = _of_chat(chat_id, habit).where(r.habit_day == day, r.outcome == Outcome.DONE)
    return tx.execute(query.order_by(r.answered_at.desc())).first()


def child(tx: Connection, chat_id: int, key: ReminderKey) -> Row[Any] | None:
    """The reminder as which a snoozed one comes back."""
    query = _of_chat(chat_id, key.habit).where(r.parent_due_at == key.due_at)
    return tx.execute(query.order_by(r.due_at.desc())).first()


def reasons(tx: Connection, chat_id: int, first: date) -> dict[str, int]:
    """How often somebody has skipped for which reason from a habit day on, as far as the reminders still live."""
    told = (r.chat_id == chat_id, r.habit_day >= first, r.reason.is_not(None))
    counted = select(r.reason, func.count().label("times")).where(*told).group_by(r.reason)
    return {row.reason: row.times for row in tx.execute(counted)}


def of_day(tx: Connection, chat_id: int, habit: str, day: date) -> Sequence[Row[Any]]:
    """All reminders of a habit day, in the order in which they fall due."""
    return _of_day.all(tx, chat=chat_id, habit=habit, day=day)


def add(tx: Connection, values: dict[str, Any]) -> None:
    """Add a reminder."""
    tx.execute(insert(reminders).values(values))


def change(tx: Connection, chat_id: int, key: ReminderKey, values: dict[str, Any]) -> bool:
    """Change one reminder; false when there is none."""
    known = {"chat": chat_id, "which": key.habit, "due": key.due_at}
    return tx.execute(_changing(tuple(values)), known | _new(values)).rowcount == 1


@cache
def _changing(columns: tuple[str, ...]) -> Update:
    """A change of these columns of one reminder, built once."""
    here = (r.chat_id == bindparam("chat"), r.habit == bindparam("which"), r.due_at == bindparam("due"))
    return update(reminders).where(*here).values({name: bindparam(f"new_{name}") for name in columns})


def _new(values: Mapping[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


def remove(tx: Connection, chat_id: int, key: ReminderKey) -> None:
    """Delete one reminder."""
    tx.execute(delete(reminders).where(*_is(chat_id, key)))


def end_ignored(tx: Connection, chat_id: int, habit: str) -> None:
    """Count ignored reminders from none again: an answer has come."""
    row = cadence(tx, chat_id, habit)
    if row is not None and row.ignored:
        tx.execute(_end_ignored, {"chat": chat_id, "which": habit})


def set_note(tx: Connection, chat_id: int, habit: str, note: str) -> None:
    """Keep a line to be told inside the next reminder."""
    tx.execute(update(cadences).where(c.chat_id == chat_id, c.habit == habit).values(note=note))


def offer_calmer(tx: Connection, chat_id: int, at: datetime, not_since: datetime) -> bool:
    """Note that a calmer cadence is offered; false when the last offer is too young."""
    old = or_(s.calmer_offered_at.is_(None), s.calmer_offered_at <= not_since)
    offered = update(subscribers).where(s.chat_id == chat_id, old).values(calmer_offered_at=at)
    return tx.execute(offered).rowcount == 1


def _of_chat(chat_id: int, habit: str | None = None) -> Select[Any]:
    query = select(reminders).where(r.chat_id == chat_id)
    return query if habit is None else query.where(r.habit == habit)


def _open(chat_id: int, day: date, habit: str | None) -> Select[Any]:
    return _of_chat(chat_id, habit).where(r.habit_day == day, r.outcome.is_(None))


def _is(chat_id: int, key: ReminderKey) -> tuple[ColumnElement[bool], ...]:
    return (r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at)
