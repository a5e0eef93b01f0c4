"""What lies ahead over all people: for a clock that is pushed forward, which real time never asks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, func, null, select, union_all

from reminderbot.store.queries import outbox
from reminderbot.store.tables import (
    Hold,
    Origin,
    Standing,
    cadences,
    cases,
    heard,
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

NOT_AS_PLANNED = (Hold.ASKING, Hold.HELD, Hold.RETURNING)
"""While one of these lasts, exercise does not come as it is planned."""


_MOMENTS = union_all(
    select(c.next_due_at.label("at")).where(c.next_due_at.is_not(None)),
    select(r.not_before).where(on_its_way(reminders)),
    select(r.closes_at).where(r.outcome.is_(None)),
    select(messages.c.not_before).where(on_its_way(messages), outbox.is_next),
    select(cases.c.next_at).where(cases.c.next_at.is_not(None)),
    select(on_call.c.away_until).where(on_call.c.away_until.is_not(None)),
    select(reports.c.next_at).where(reports.c.next_at.is_not(None)),
    select(safety.c.checkin_at).where(safety.c.checkin_at.is_not(None)),
    select(s.card_due_at).where(s.card_due_at.is_not(None)),
).subquery()

_FIRST_MOMENT = select(_MOMENTS.c.at).order_by(_MOMENTS.c.at).limit(1)
"""Put together once: the clock of a demo that is pushed asks for it at every step."""


def next_moment(tx: Connection) -> datetime | None:
    """The earliest instant at which something will be due: a cadence, a row put off, a day's end, a case, a report."""
    return tx.scalar(_FIRST_MOMENT)


def coming(tx: Connection, exercise: Collection[str]) -> Sequence[Any]:
    """The reminders to come, the next one of each cadence and those put off or asked for, in order.

    Each with its chat, its habit, its instant ``at``, and, unless it is of a cadence, its origin, its habit day and
    when it was asked for; of nobody who has stopped. ``exercise`` are the habits that are kept back from somebody on
    hold, or on the way back from one; what has been put off comes on the way back, too.
    """
    put_off = select(r.chat_id, r.habit, r.not_before.label("at"), r.origin, r.habit_day, r.asked_at).where(
        on_its_way(reminders), r.outcome.is_(None)
    )
    planned = select(c.chat_id, c.habit, c.next_due_at, null(), null(), null()).where(
        c.next_due_at.is_not(None)
    )
    found = union_all(put_off, planned).subquery()
    gently = func.coalesce(found.c.origin, Origin.CADENCE) != Origin.CADENCE
    stopped = safety.c.hold.in_(NOT_AS_PLANNED) & ~(gently & (safety.c.hold == Hold.RETURNING))
    kept_back = (found.c.chat_id == safety.c.chat_id) & stopped
    comes = found.c.habit.not_in(exercise) | ~exists().where(kept_back)
    running = (s.chat_id == found.c.chat_id) & (s.standing == Standing.ACTIVE)
    return tx.execute(select(found).join(subscribers, running).where(comes).order_by(found.c.at)).all()


def returning(tx: Connection) -> Sequence[int]:
    """Subscribers with reminders to come who are, or were last, on the way back from a hold."""
    coming = exists().where(c.chat_id == safety.c.chat_id, c.next_due_at.is_not(None))
    return tx.scalars(select(safety.c.chat_id).where(safety.c.hold == Hold.RETURNING, coming)).all()


def chats(tx: Connection) -> Sequence[int]:
    """Everybody in the database."""
    return tx.scalars(select(s.chat_id).order_by(s.chat_id)).all()


def last_seen(tx: Connection) -> datetime | None:
    """The latest instant at which an update came or a reminder went out."""
    seen = [tx.scalar(select(func.max(inbox.c.received_at))), tx.scalar(select(func.max(r.sent_at)))]
    return max((moment for moment in seen if moment), default=None)


def last_update(tx: Connection) -> int:
    """The highest update id that was stored; 0 without any."""
    return tx.scalar(select(func.max(inbox.c.update_id))) or 0


def last_message(tx: Connection) -> int:
    """The highest message id of all chats that is in the database; 0 without any."""
    ids = (reminders.c.message_id, messages.c.message_id, heard.c.message_id)
    return max(tx.scalar(select(func.max(column))) or 0 for column in ids)
