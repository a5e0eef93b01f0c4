"""Cadences that fall due, and the reminders made of them until they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, select, update
from sqlalchemy.dialects.sqlite import insert

from reminderbot.store.keys import ReminderKey
from reminderbot.store.tables import (
    Delivery,
    Origin,
    Outcome,
    Standing,
    cadences,
    on_its_way,
    reminders,
    safety,
    subscribers,
)

c, r, s = cadences.c, reminders.c, subscribers.c


def fallen_due(tx: Connection, at: datetime, limit: int) -> Sequence[Any]:
    """Cadences with a due moment up to now, the oldest first, with what is needed to make their reminders."""
    query = (
        select(c.chat_id, c.habit, c.plan, c.next_due_at, c.ignored, s.zone, s.day_start)
        .join(subscribers, s.chat_id == c.chat_id)
        .where(c.next_due_at <= at)
        .order_by(c.next_due_at)
        .limit(limit)
    )
    return tx.execute(query).all()


_crowd = (c.chat_id.in_(bindparam("chats", expanding=True)), c.habit == bindparam("which"))

_SHARED = ("due_at", "habit_day", "closes_at", "expires_at", "not_before", "state", "origin", "outcome")

_add_for = (
    insert(reminders)
    .from_select(
        ["chat_id", "habit", *_SHARED],
        select(c.chat_id, c.habit, *(bindparam(f"new_{name}", type_=r[name].type) for name in _SHARED))
        .where(*_crowd),
    )
    .on_conflict_do_nothing()
)  # fmt: skip

_move_on = update(cadences).where(*_crowd).values(next_due_at=bindparam("next"))


def add_for(tx: Connection, chats: Sequence[int], row: Mapping[str, Any]) -> None:
    """Make the same reminder for each of these chats; one that is there already is left alone."""
    shared = {f"new_{name}": row[name] for name in _SHARED}
    tx.execute(_add_for, {"chats": chats, "which": row["habit"], **shared})


def move_on(tx: Connection, chats: Sequence[int], habit: str, next_due_at: datetime | None) -> None:
    """Set the next due moment of a habit for each of these chats, in the transaction that found them due."""
    tx.execute(_move_on, {"chats": chats, "which": habit, "next": next_due_at})


def set_next(tx: Connection, chat_id: int, habit: str, next_due_at: datetime | None) -> None:
    """Set the next due moment of one cadence."""
    here = update(cadences).where(c.chat_id == chat_id, c.habit == habit)
    tx.execute(here.values(next_due_at=next_due_at))


def of_chat(tx: Connection, chat_id: int) -> Sequence[Any]:
    """All cadences of a subscriber, in the order of their habits."""
    return tx.execute(select(cadences).where(c.chat_id == chat_id).order_by(c.habit)).all()


def add(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Make reminders; one that is there already is left alone."""
    if rows:
        tx.execute(insert(reminders).on_conflict_do_nothing(), rows)


def to_send(tx: Connection, at: datetime, limit: int) -> Sequence[Any]:
    """Reminders that wait to be sent, with what decides whether they still should be."""
    query = (
        select(
            reminders, c.off, c.deck_round, c.deck_cursor, c.last_card, c.note,
            s.standing, s.zone, s.zone_confirmed, s.day_start, s.avoid, s.asked_avoid, s.resumes_on,
            safety.c.hold, safety.c.returns_on,
        )
        .join(subscribers, s.chat_id == r.chat_id)
        .join(cadences, (c.chat_id == r.chat_id) & (c.habit == r.habit))
        .outerjoin(safety, safety.c.chat_id == r.chat_id)
        .where(on_its_way(reminders), r.state == Delivery.PENDING, r.not_before <= at)
        .order_by(r.not_before)
        .limit(limit)
    )  # fmt: skip
    return tx.execute(query).all()


def lose_leases(tx: Connection, at: datetime) -> int:
    """Reminders whose sender died have an unknown fate: they may have arrived, so they are not sent again."""
    lost = update(reminders).where(on_its_way(reminders), r.state == Delivery.SENDING, r.not_before <= at)
    return tx.execute(lost.values(state=Delivery.UNKNOWN)).rowcount


def settle(tx: Connection, chat_id: int, key: ReminderKey, values: dict[str, Any]) -> bool:
    """Change a reminder that is being sent; false when its lease was lost meanwhile."""
    return tx.execute(_at(chat_id, key).where(r.state == Delivery.SENDING).values(values)).rowcount == 1


def advance_deck(tx: Connection, chat_id: int, habit: str, round_: int, cursor: int, card: str) -> None:
    """Note how far a subscriber has come in a habit's cards."""
    here = update(cadences).where(c.chat_id == chat_id, c.habit == habit)
    tx.execute(here.values(deck_round=round_, deck_cursor=cursor, last_card=card))


def clear_note(tx: Connection, chat_id: int, habit: str, note: str) -> None:
    """The line for the next reminder has been told; another one that has come since stays."""
    here = update(cadences).where(c.chat_id == chat_id, c.habit == habit, c.note == note)
    tx.execute(here.values(note=None))


def count_ignored(tx: Connection, chat_id: int, key: ReminderKey) -> None:
    """Count one delivered reminder that is not answered yet; an answer sets the count back."""
    still_open = exists().where(
        r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at, r.outcome.is_(None)
    )
    here = update(cadences).where(c.chat_id == chat_id, c.habit == key.habit, still_open)
    tx.execute(here.values(ignored=c.ignored + 1))


_spared = (r.origin == Origin.CADENCE, r.state == Delivery.DROPPED, r.outcome == Outcome.VOID)


def spared(tx: Connection, chat_id: int, habit: str, after: datetime) -> datetime | None:
    """The first coming point of a grid that an early move has made void; none without one."""
    query = select(r.due_at).where(r.chat_id == chat_id, r.habit == habit, *_spared, r.due_at > after)
    return tx.scalar(query.order_by(r.due_at).limit(1))


def restore(tx: Connection, chat_id: int, habit: str, after: datetime) -> None:
    """Forget the coming points of a grid that an early move had made void."""
    tx.execute(delete(reminders).where(r.chat_id == chat_id, r.habit == habit, *_spared, r.due_at > after))


def message_of(tx: Connection, chat_id: int, key: ReminderKey) -> tuple[str, int | None] | None:
    """Delivery state and Telegram's message id of a reminder; none when there is no such reminder."""
    here = select(r.state, r.message_id).where(
        r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at
    )
    row = tx.execute(here).first()
    return (row.state, row.message_id) if row else None


def all_cadences(tx: Connection, after: tuple[int, str], limit: int) -> Sequence[Any]:
    """Every running cadence in the order of its key, a page at a time."""
    query = (
        select(c.chat_id, c.habit, c.next_due_at)
        .where(
            c.next_due_at.is_not(None),
            (c.chat_id > after[0]) | ((c.chat_id == after[0]) & (c.habit > after[1])),
        )
        .order_by(c.chat_id, c.habit)
        .limit(limit)
    )
    return tx.execute(query).all()


def standing(tx: Connection, chat_id: int) -> Any:
    """What decides when a subscriber is reminded; none for somebody who is not one."""
    columns = (s.standing, s.zone, s.day_start, s.resumes_on)
    return tx.execute(select(*columns).where(s.chat_id == chat_id)).first()


def is_active(row: Any) -> bool:
    """Whether a subscriber's row says that reminders are wanted."""
    return bool(row.standing == Standing.ACTIVE)


def _at(chat_id: int, key: ReminderKey) -> Any:
    return update(reminders).where(r.chat_id == chat_id, r.habit == key.habit, r.due_at == key.due_at)
