"""The engine: one SQLAlchemy engine, transactions on a thread of their own, and faults told in one sentence."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.event import listens_for

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 2_500
"""How long SQLite waits for another process's write before it gives up, in milliseconds; shorter than a shutdown."""

CACHE_KIB = 16_000
CHECKPOINT_PAGES = 8_000
"""Larger than SQLite's own: claims of people far apart in a big table then cost about half as much a row."""


class StoreError(Exception):
    """The database can't be used as it is; the text is one sentence with what to do."""


class Store:
    """One database. Verbs run one after the other in ``run``, each in a transaction of its own."""

    def __init__(self, url: URL) -> None:
        """Connect lazily to a SQLite database; nothing is opened before the first transaction."""
        self.url = url
        self.engine = _sqlite_engine(url)
        # SQLite has one writer at a time: one thread keeps transactions in order and the event loop free.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back when an error leaves it."""
        with self.engine.begin() as tx:
            yield tx

    async def run(self, verb: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function on the store's thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: verb(*args, **kwargs))

    def close(self) -> None:
        """Finish the verb that is running, give up those that wait for the thread, and let go of the file."""
        self._thread.shutdown(wait=True, cancel_futures=True)
        self.engine.dispose()


def parse_url(text: str) -> URL:
    """A database address; raises StoreError with a sentence when it can't be used."""
    try:
        url = make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError("DATABASE_URL is not an address like sqlite:///bot.db; correct it.") from error
    if url.get_backend_name() != "sqlite":
        raise StoreError("DATABASE_URL names a database other than SQLite; use sqlite:///path for now.")
    return url.set(drivername="sqlite+pysqlite")


def _sqlite_engine(url: URL) -> Engine:
    # Parameters stay out of error texts: they may hold what people wrote.
    engine = sa.create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})

    @listens_for(engine, "connect")
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

    @listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
