"""What lies ahead over all people: for a clock that is pushed forward, which real time never asks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select, union_all

from reminderbot.store.queries import outbox
from reminderbot.store.tables import (
    Hold,
    cadences,
    cases,
    inbox,
    messages,
    on_call,
    on_its_way,
    reminders,
    reports,
    safety,
    subscribers,
)

c, r, s = cadences.c, reminders.c, subscribers.c

HOLDING = (Hold.ASKING, Hold.HELD)
"""While one of these lasts, exercise is stopped."""


def next_moment(tx: Connection) -> datetime | None:
    """The earliest instant at which something will be due: a cadence, a row put off, a day's end, a case, a report."""
    moments = union_all(
        select(c.next_due_at.label("at")).where(c.next_due_at.is_not(None)),
        select(r.not_before).where(on_its_way(reminders)),
        select(r.closes_at).where(r.outcome.is_(None)),
        select(messages.c.not_before).where(on_its_way(messages), outbox.is_next),
        select(cases.c.next_at).where(cases.c.next_at.is_not(None)),
        select(on_call.c.away_until).where(on_call.c.away_until.is_not(None)),
        select(reports.c.next_at).where(reports.c.next_at.is_not(None)),
        select(safety.c.checkin_at).where(safety.c.checkin_at.is_not(None)),
    ).subquery()
    return tx.scalar(select(moments.c.at).order_by(moments.c.at).limit(1))


def next_reminder(tx: Connection, exercise: Collection[str]) -> Any:
    """The earliest reminder to come, of a cadence or put off: chat, habit, when.

    ``exercise`` are the habits that are kept back from somebody on hold.
    """
    planned = select(c.chat_id, c.habit, c.next_due_at).where(c.next_due_at.is_not(None))
    put_off = select(r.chat_id, r.habit, r.not_before).where(on_its_way(reminders), r.outcome.is_(None))
    coming = union_all(planned, put_off).subquery()
    kept_back = (coming.c.chat_id == safety.c.chat_id) & safety.c.hold.in_(HOLDING)
    comes = coming.c.habit.not_in(exercise) | ~exists().where(kept_back)
    return tx.execute(select(coming).where(comes).order_by(coming.c.next_due_at).limit(1)).first()


def chats(tx: Connection) -> Sequence[int]:
    """Everybody in the database."""
    return tx.scalars(select(s.chat_id).order_by(s.chat_id)).all()


def last_seen(tx: Connection) -> datetime | None:
    """The latest instant at which an update came or a reminder went out."""
    seen = [tx.scalar(select(func.max(inbox.c.received_at))), tx.scalar(select(func.max(r.sent_at)))]
    return max((moment for moment in seen if moment), default=None)
