"""The words of the last ten minutes, encrypted: what they say together may be more than each says alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from reminderbot.store.tables import heard, safety

t = heard.c


def put(tx: Connection, chat_id: int, message_id: int, said_at: datetime, words: bytes) -> None:
    """Keep the words of a message; those of one that was edited give way to the new ones."""
    changed = {"said_at": said_at, "words": words}
    row = insert(heard).values(chat_id=chat_id, message_id=message_id, **changed)
    tx.execute(row.on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=changed))


def before(tx: Connection, chat_id: int, message_id: int, since: datetime, most: int) -> Sequence[Row[Any]]:
    """The newest messages of a chat since an instant, at most so many, without this one; oldest first."""
    query = select(heard).where(t.chat_id == chat_id, t.said_at >= since, t.message_id != message_id)
    return tx.execute(query.order_by(t.message_id.desc()).limit(most)).all()[::-1]


def clear(tx: Connection, chat_id: int) -> None:
    """Let go of what a chat has said: it was answered with a card, or corrected."""
    tx.execute(delete(heard).where(t.chat_id == chat_id))


def with_risks(tx: Connection) -> Sequence[int]:
    """Chats that have told a risk which is kept."""
    return tx.scalars(select(safety.c.chat_id).where(safety.c.context.is_not(None))).all()


def sweep(tx: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` messages heard before an instant."""
    old = select(t.chat_id, t.message_id).where(t.said_at < before).limit(limit)
    return tx.execute(delete(heard).where(tuple_(t.chat_id, t.message_id).in_(old))).rowcount
