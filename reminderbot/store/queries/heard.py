"""The words of the last ten minutes, encrypted: what they say together may be more than each says alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.tables import heard, safety

t = heard.c


# Built once: each message asks them, and building a statement costs more than running it.
_row = insert(heard)
_put = _row.on_conflict_do_update(
    index_elements=["chat_id", "message_id"],
    set_={"said_at": _row.excluded.said_at, "words": _row.excluded.words},
)
_before = (
    select(heard)
    .where(t.chat_id == bindparam("chat"), t.said_at >= bindparam("since"))
    .where(t.message_id != bindparam("message"))
    .order_by(t.message_id.desc())
    .limit(bindparam("most"))
)


def put(tx: Connection, chat_id: int, message_id: int, said_at: datetime, words: bytes) -> None:
    """Keep the words of a message; those of one that was edited give way to the new ones."""
    row = {"chat_id": chat_id, "message_id": message_id, "said_at": said_at, "words": words}
    tx.execute(_put, row)


def before(tx: Connection, chat_id: int, message_id: int, since: datetime, most: int) -> Sequence[Row[Any]]:
    """The newest messages of a chat since an instant, at most so many, without this one; oldest first."""
    asked = {"chat": chat_id, "message": message_id, "since": since, "most": most}
    return tx.execute(_before, asked).all()[::-1]


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
