"""SQLite: one file, one writer at a time, for a bot in one process."""

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine
from sqlalchemy.event import listens_for
from sqlalchemy.pool import PoolProxiedConnection

NAME, DRIVER = "sqlite", "sqlite+pysqlite"

BUSY_TIMEOUT_MS = 2_500
"""How long another process's write is waited for, in milliseconds; shorter than a shutdown."""

CACHE_KIB = 16_000
CHECKPOINT_PAGES = 8_000
"""Larger than SQLite's own: claims of people far apart in a big table then cost about half as much a row."""


def engine(url: URL) -> Engine:
    """An engine whose every transaction holds the file's write lock from its beginning."""
    # Parameters stay out of error texts: they may hold what people wrote.
    made = sa.create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})

    @listens_for(made, "connect")
    def _pragmas(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "secure_delete=ON",
            f"cache_size=-{CACHE_KIB}",
            f"wal_autocheckpoint={CHECKPOINT_PAGES}",
            "foreign_keys=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
        # The driver would begin only at the first write; a claim must hold the lock from its first read.
        connection.isolation_level = None  # type: ignore[attr-defined]

    # Not by an event of the engine: each statement would pay for that.
    made.dialect.do_begin = _begin  # type: ignore[assignment, method-assign]
    return made


def _begin(connection: PoolProxiedConnection) -> None:
    connection.execute("BEGIN IMMEDIATE")
