"""All rows of one database into another: the backup of a server, the way back, and the move from a file to one."""

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from reminderbot.store import schema
from reminderbot.store.engine import Store, StoreError
from reminderbot.store.faults import sentence

PORTION = 2_000
"""Rows carried at a time."""


def copy(source: Store, target: Store) -> int:
    """Copy every row as all of them are at one instant; the target's tables are made if needed. Returns how many rows.

    The source may be in use. The target gets all or nothing. Raises StoreError with a sentence when the source's
    tables are another version's, when the target holds anything, or when one of them fails.
    """
    schema.migrate(target)
    try:
        with source.snapshot() as rows, target.begin() as tx:
            if schema.revision(rows) != schema.newest():
                raise StoreError("The tables to copy are another version's; bring them up to date first.")
            if not _is_empty(tx):
                raise StoreError("The database to be filled has something in it; name an empty one.")
            return sum(_copy_table(rows, tx, name) for name in SQLModel.metadata.tables)
    except DatabaseError as error:
        raise StoreError(sentence(error)) from error


def _is_empty(tx: Connection) -> bool:
    tables = SQLModel.metadata.tables.values()
    return not any(tx.execute(select(table).limit(1)).first() for table in tables)


def _copy_table(source: Connection, target: Connection, name: str) -> int:
    table, copied = SQLModel.metadata.tables[name], 0
    for rows in source.execute(select(table)).mappings().partitions(PORTION):
        target.execute(insert(table), [dict(row) for row in rows])
        copied += len(rows)
    return copied
