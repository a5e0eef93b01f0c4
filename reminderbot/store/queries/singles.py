"""Single reminders that somebody has asked for, while they wait."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from reminderbot.store.kept import Query
from reminderbot.store.tables import Delivery, on_its_way, reminders

r = reminders.c

_waiting = Query(
    reminders,
    select(reminders)
    .where(r.chat_id == bindparam("chat"), r.asked_at.is_not(None), r.state == Delivery.PENDING, r.attempts == 0)
    .where(r.outcome.is_(None), r.parent_due_at.is_(None))
    .order_by(r.due_at),
)  # fmt: skip


def waiting(tx: Connection, chat_id: int) -> Sequence[Any]:
    """The single reminders that somebody has asked for and that are still to come, in order."""
    return _waiting.all(tx, chat=chat_id)


_by_the_clock = (
    select(r.chat_id)
    .where(on_its_way(reminders), r.state == Delivery.PENDING, r.asked_for.is_not(None))
    .distinct()
    .order_by(r.chat_id)
)


def by_the_clock(tx: Connection) -> Sequence[int]:
    """The chats for which a single reminder waits that was asked for at a time of the clock."""
    return tx.scalars(_by_the_clock).all()
