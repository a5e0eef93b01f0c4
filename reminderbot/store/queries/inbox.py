"""Updates from Telegram: stored first, then handled once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, exists, literal_column, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from reminderbot.store.many import one_of
from reminderbot.store.tables import InboxState
from reminderbot.store.tables import inbox as t

NOBODY = 0
"""Stands in an update's row where the chat was, after its person was forgotten; Telegram gives no chat this number."""

MAX_ATTEMPTS = 3
"""How often an update may break its handler before it is set aside."""


NEW = t.c.state == literal_column("'new'")
"""The condition of the partial index, in a literal: with a parameter SQLite can't use it."""


class Key(NamedTuple):
    """Which update."""

    chat_id: int
    update_id: int


class Waiting(NamedTuple):
    """A stored update whose effect is not stored yet."""

    chat_id: int
    update_id: int
    payload: bytes


# Built once: each update asks them, and building a statement costs more than running it.
_add = insert(t).on_conflict_do_nothing()
_of_nobody = select(t.c.update_id).where(t.c.chat_id == NOBODY, one_of(t.c.update_id, "numbers"))
_earlier = t.alias("earlier")
_next = (
    select(t.c.chat_id, t.c.update_id, t.c.payload)
    .where(NEW, or_(t.c.lease_until.is_(None), t.c.lease_until <= bindparam("at")))
    .where(
        ~exists().where(
            _earlier.c.chat_id == t.c.chat_id,
            _earlier.c.update_id < t.c.update_id,
            _earlier.c.state == literal_column("'new'"),
        )
    )
    .order_by(t.c.update_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=t)
)
_lease = (
    update(t)
    .where(t.c.chat_id == bindparam("chat"), t.c.update_id == bindparam("number"))
    .values(lease_until=bindparam("until"))
)
_done = (
    update(t)
    .where(t.c.chat_id == bindparam("chat"), t.c.update_id == bindparam("number"))
    .where(t.c.state == InboxState.NEW)
    .values(state=InboxState.DONE, payload=None)
)


def add(tx: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Store updates; one that is there already is left alone."""
    if rows:
        tx.execute(_add, rows)


def of_nobody(tx: Connection, update_ids: Sequence[int]) -> frozenset[int]:
    """Which of these updates were handled for somebody who has been forgotten since."""
    return frozenset(tx.scalars(_of_nobody, {"numbers": list(update_ids)}))


def claim(tx: Connection, at: datetime, lease_until: datetime, limit: int) -> list[Waiting]:
    """Take up to ``limit`` updates to be handled, the oldest first, and of each chat only the next in order.

    One whose lease has expired is taken again: its worker has died, or it has handled the update by now.
    """
    rows = [Waiting(*row) for row in tx.execute(_next, {"at": at, "most": limit})]
    if rows:
        keys = [{"chat": row.chat_id, "number": row.update_id, "until": lease_until} for row in rows]
        tx.execute(_lease, keys)
    return rows


def free(tx: Connection) -> None:
    """Take the leases from the worker that was before: it was the only one, and it is no more."""
    tx.execute(update(t).where(NEW, t.c.lease_until.is_not(None)).values(lease_until=None))


def finish(tx: Connection, chat_id: int, update_id: int) -> bool:
    """Mark an update handled and empty it; false when somebody else has done so before."""
    return tx.execute(_done, {"chat": chat_id, "number": update_id}).rowcount == 1


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
