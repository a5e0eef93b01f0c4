"""Messages of the safety and answer lanes: added with their cause, claimed by a sender, settled by what happened."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, tuple_, update

from reminderbot.store.tables import Delivery, Lane, on_its_way
from reminderbot.store.tables import messages as t


class Key(NamedTuple):
    """Which message."""

    chat_id: int
    id: int


def add(tx: Connection, values: dict[str, Any]) -> None:
    """Add one message to be sent."""
    tx.execute(insert(t).values(values))


def claim(tx: Connection, at: datetime, lease_until: datetime, limit: int, lane: Lane) -> list[Row[Any]]:
    """Take up to ``limit`` messages of a lane, oldest first. An expired lease is taken again: at least once."""
    oldest = (
        select(t.c.chat_id, t.c.id)
        .where(t.c.lane == lane, on_its_way(t), t.c.not_before <= at)
        .order_by(t.c.not_before, t.c.id)
        .limit(limit)
    )
    take = (
        update(t)
        .where(tuple_(t.c.chat_id, t.c.id).in_(oldest))
        .values(state=Delivery.SENDING, not_before=lease_until, attempts=t.c.attempts + 1)
        .returning(t)
    )
    return sorted(tx.execute(take), key=lambda row: int(row.id))


def settle(tx: Connection, key: Key, state: Delivery, message_id: int | None = None) -> None:
    """Note how a message ended, and empty its arguments."""
    tx.execute(_at(key).values(state=state, message_id=message_id, args=None))


def put_back(tx: Connection, key: Key, not_before: datetime, *, counted: bool) -> None:
    """Try a message again later; ``counted`` tells whether this try counts."""
    attempts = t.c.attempts if counted else t.c.attempts - 1
    tx.execute(_at(key).values(state=Delivery.PENDING, not_before=not_before, attempts=attempts))


def drop_all(tx: Connection, chat_id: int) -> None:
    """Drop everything that still waits for a chat that can't be reached."""
    tx.execute(
        update(t).where(t.c.chat_id == chat_id, on_its_way(t)).values(state=Delivery.DROPPED, args=None)
    )


def sweep(tx: Connection, before: datetime) -> int:
    """Delete settled messages made before an instant."""
    settled = t.c.state.in_((Delivery.SENT, Delivery.UNKNOWN, Delivery.DROPPED))
    return tx.execute(delete(t).where(t.c.created_at < before, settled)).rowcount


def _at(key: Key) -> Any:
    return update(t).where(t.c.chat_id == key.chat_id, t.c.id == key.id)
