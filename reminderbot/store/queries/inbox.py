"""Updates from Telegram: stored first, then handled once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, literal_column, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from reminderbot.store.tables import InboxState
from reminderbot.store.tables import inbox as t

MAX_ATTEMPTS = 3
"""How often an update may break its handler before it is set aside."""


NEW = t.c.state == literal_column("'new'")
"""The condition of the partial index, in a literal: with a parameter SQLite can't use it."""


class Waiting(NamedTuple):
    """A stored update whose effect is not stored yet."""

    chat_id: int
    update_id: int
    payload: bytes


def add(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Store updates; one that is there already is left alone."""
    if rows:
        tx.execute(insert(t).on_conflict_do_nothing(), rows)


def known(tx: Connection, update_ids: Sequence[int]) -> set[int]:
    """Which of these updates are stored already."""
    return set(tx.scalars(select(t.c.update_id).where(t.c.update_id.in_(update_ids))))


def waiting(tx: Connection) -> list[Waiting]:
    """All updates to be handled, oldest first."""
    query = select(t.c.chat_id, t.c.update_id, t.c.payload).where(NEW)
    return [Waiting(*row) for row in tx.execute(query.order_by(t.c.update_id))]


def finish(tx: Connection, chat_id: int, update_id: int) -> bool:
    """Mark an update handled and empty it; false when somebody else has done so before."""
    done = (
        update(t)
        .where(t.c.chat_id == chat_id, t.c.update_id == update_id, t.c.state == InboxState.NEW)
        .values(state=InboxState.DONE, payload=None)
    )
    return tx.execute(done).rowcount == 1


def note_failure(tx: Connection, chat_id: int, update_id: int) -> bool:
    """Count a broken try; true when the update is set aside for good, emptied."""
    here = (t.c.chat_id == chat_id, t.c.update_id == update_id)
    counted = update(t).where(*here).values(attempts=t.c.attempts + 1).returning(t.c.attempts)
    if (tx.scalar(counted) or 0) < MAX_ATTEMPTS:
        return False
    set_aside(tx, chat_id, update_id)
    return True


def set_aside(tx: Connection, chat_id: int, update_id: int) -> None:
    """Give an update up, and empty it."""
    here = (t.c.chat_id == chat_id, t.c.update_id == update_id, t.c.state == InboxState.NEW)
    tx.execute(update(t).where(*here).values(state=InboxState.FAILED, payload=None))


def sweep(tx: Connection, before: datetime, limit: int) -> int:
    """Forget the numbers of up to ``limit`` handled updates received before an instant."""
    old = (
        select(t.c.chat_id, t.c.update_id)
        .where(t.c.received_at < before, t.c.state != InboxState.NEW)
        .limit(limit)
    )
    return tx.execute(delete(t).where(tuple_(t.c.chat_id, t.c.update_id).in_(old))).rowcount
