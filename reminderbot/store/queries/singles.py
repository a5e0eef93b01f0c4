"""Single reminders that somebody has asked for, while they wait, and those that were cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from reminderbot.store.kept import Query
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history
from reminderbot.store.tables import Delivery, Outcome, on_its_way, reminders

r = reminders.c

_asked = (
    select(reminders)
    .where(r.chat_id == bindparam("chat"), r.asked_at.is_not(None), r.parent_due_at.is_(None))
    .order_by(r.due_at)
)
_waiting = Query(reminders, _asked.where(r.state == Delivery.PENDING, r.attempts == 0, r.outcome.is_(None)))


def waiting(tx: Connection, chat_id: int) -> Sequence[Any]:
    """The single reminders that somebody has asked for and that are still to come, in order."""
    return _waiting.all(tx, chat=chat_id)


# What is let go of for any other reason is so once it is due.
_cancelled = Query(
    reminders,
    _asked.where(r.state == Delivery.DROPPED, r.outcome == Outcome.VOID, r.not_before < r.due_at),
)


def cancelled(tx: Connection, chat_id: int) -> Sequence[Any]:
    """The single reminders that somebody cancelled before they came, in order; ``not_before`` is when that was."""
    return _cancelled.all(tx, chat=chat_id)


def cancel(tx: Connection, chat_id: int, key: ReminderKey, at: datetime) -> None:
    """Let one of those that wait never come; it stays, so that this can be undone."""
    values = {"state": Delivery.DROPPED, "outcome": Outcome.VOID, "not_before": at}
    history.change(tx, chat_id, key, values)


_requested = Query(reminders, _asked.where(r.asked_at == bindparam("asked")))


def requested(tx: Connection, chat_id: int, asked_at: datetime) -> Any:
    """The one that was asked for at an instant, whatever has become of it; none without one."""
    return _requested.first(tx, chat=chat_id, asked=asked_at)


_by_the_clock = (
    select(r.chat_id)
    .where(on_its_way(reminders), r.state == Delivery.PENDING, r.asked_for.is_not(None))
    .distinct()
    .order_by(r.chat_id)
)


def by_the_clock(tx: Connection) -> Sequence[int]:
    """The chats for which a single reminder waits that was asked for at a time of the clock."""
    return tx.scalars(_by_the_clock).all()
