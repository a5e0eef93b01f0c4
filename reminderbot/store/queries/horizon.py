"""What lies ahead over all people: for a clock that is pushed forward, which real time never asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, union_all

from reminderbot.store.queries import outbox
from reminderbot.store.tables import cadences, inbox, messages, on_its_way, reminders, subscribers

c, r, s = cadences.c, reminders.c, subscribers.c


def next_moment(tx: Connection) -> datetime | None:
    """The earliest instant at which something will be due: a cadence, a row put off, or a habit day's end."""
    moments = union_all(
        select(c.next_due_at.label("at")).where(c.next_due_at.is_not(None)),
        select(r.not_before).where(on_its_way(reminders)),
        select(r.closes_at).where(r.outcome.is_(None)),
        select(messages.c.not_before).where(on_its_way(messages), outbox.is_next),
    ).subquery()
    return tx.scalar(select(moments.c.at).order_by(moments.c.at).limit(1))


def next_reminder(tx: Connection) -> Any:
    """The earliest reminder to come, of a cadence or put off: chat, habit, when."""
    planned = select(c.chat_id, c.habit, c.next_due_at).where(c.next_due_at.is_not(None))
    put_off = select(r.chat_id, r.habit, r.not_before).where(on_its_way(reminders), r.outcome.is_(None))
    coming = union_all(planned, put_off).subquery()
    return tx.execute(select(coming).order_by(coming.c.next_due_at).limit(1)).first()


def chats(tx: Connection) -> Sequence[int]:
    """Everybody in the database."""
    return tx.scalars(select(s.chat_id).order_by(s.chat_id)).all()


def last_seen(tx: Connection) -> datetime | None:
    """The latest instant at which an update came or a reminder went out."""
    seen = [tx.scalar(select(func.max(inbox.c.received_at))), tx.scalar(select(func.max(r.sent_at)))]
    return max((moment for moment in seen if moment), default=None)
