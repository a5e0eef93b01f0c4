"""Turns: whoever changes a person's rows has that person's turn, and whoever looks at cases has theirs.

SQLite has one writer at a time, so every transaction has all turns. On PostgreSQL a turn is an advisory lock that ends
with its transaction. The order in which turns are waited for keeps transactions from waiting for each other: first
those of chats, by rising number, then that of the cases. Whoever works for many people at once waits for none of them:
those whose turn somebody else has are taken up next time.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select

CASES = 2**62
"""The number of the turn of all cases; Telegram's chat numbers have at most 52 significant bits (Bot API, Chat)."""

SCHEMA = CASES + 1
"""The number of the turn of whoever changes the tables."""

_number: BindParameter[int] = bindparam("number")
_wait = select(func.pg_advisory_xact_lock(_number))
_try = select(func.pg_try_advisory_xact_lock(_number))


def is_shared(tx: Connection) -> bool:
    """Whether other transactions may be under way beside this one."""
    return tx.dialect.name != "sqlite"


def of_chat(tx: Connection, chat_id: int) -> None:
    """Wait for the turn of a chat, and have it until the transaction ends."""
    if is_shared(tx):
        tx.execute(_wait, {"number": chat_id})


def of_cases(tx: Connection) -> None:
    """Wait for the turn of all cases, and have it until the transaction ends."""
    if is_shared(tx):
        tx.execute(_wait, {"number": CASES})


def of_schema(tx: Connection) -> None:
    """Wait for the turn of whoever changes the tables."""
    if is_shared(tx):
        tx.execute(_wait, {"number": SCHEMA})


def has(tx: Connection, chat_id: int) -> bool:
    """Take the turn of a chat without waiting; false when somebody else has it."""
    return not is_shared(tx) or bool(tx.scalar(_try, {"number": chat_id}))


def of_each(tx: Connection, find: Callable[[], Sequence[int]]) -> Sequence[int]:
    """Take the turns of the chats that a look at the database finds, without waiting; those that were free.

    Looks again then: what it found may have changed before the turn was taken.
    """
    found = find()
    if not found or not is_shared(tx):
        return found
    ours = {chat_id for chat_id in found if has(tx, chat_id)}
    return [chat_id for chat_id in find() if chat_id in ours]


def of_free(tx: Connection, wanted: Select[Any], values: dict[str, Any]) -> Sequence[int] | None:
    """Take the turns of the chats that a query names, without waiting; those that are free, or none for everybody.

    What is known of these people has to be read after this: somebody may just have changed it.
    """
    if not is_shared(tx):
        return None
    chats = wanted.subquery()
    # Named twice in one query a turn is taken twice, which does no harm.
    free = select(chats.c.chat_id).where(func.pg_try_advisory_xact_lock(chats.c.chat_id))
    return sorted(set(tx.scalars(free, values)))
