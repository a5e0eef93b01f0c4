"""Questions that are open: in which of several ways somebody has meant their words about reminders."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.tables import wish_drafts

w = wish_drafts.c


def put(tx: Connection, chat_id: int, draft_id: int, made_at: datetime, found: bytes) -> None:
    """Keep the ways in which words can be meant, in place of those of an earlier question."""
    values = {"id": draft_id, "made_at": made_at, "found": found}
    kept = insert(wish_drafts).values(chat_id=chat_id, **values)
    tx.execute(kept.on_conflict_do_update(index_elements=["chat_id"], set_=values))


def open_one(tx: Connection, chat_id: int, since: datetime) -> Any:
    """The question made after an instant that is still open; none without one."""
    return tx.execute(select(wish_drafts).where(w.chat_id == chat_id, w.made_at > since)).first()


def drop(tx: Connection, chat_id: int) -> None:
    """Delete what is open."""
    tx.execute(delete(wish_drafts).where(w.chat_id == chat_id))


def sweep(tx: Connection, before: datetime, limit: int) -> int:
    """Delete up to ``limit`` questions made before an instant."""
    old = select(w.chat_id).where(w.made_at < before).limit(limit)
    return tx.execute(delete(wish_drafts).where(w.chat_id.in_(old))).rowcount
