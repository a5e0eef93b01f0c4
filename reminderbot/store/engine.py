"""The engine: one SQLAlchemy engine, transactions on threads of their own, and faults told in one sentence."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError

from reminderbot.store import postgres, sqlite
from reminderbot.store.faults import is_collision

P = ParamSpec("P")
T = TypeVar("T")

POOL = 5
"""Connections to a server that one process opens at most, unless told otherwise."""

TRIES = 10
"""How often a transaction begins anew that PostgreSQL ended because it collided with another one."""


class StoreError(Exception):
    """The database can't be used as it is; the text is one sentence with what to do."""


class Store:
    """One database. Verbs run in ``run``, each in a transaction of its own: on SQLite one after the other."""

    def __init__(self, url: URL, pool: int = POOL) -> None:
        """Connect lazily; nothing is opened before the first transaction. ``pool`` is for a server's connections."""
        self.url = url
        self.is_server = url.get_backend_name() == postgres.NAME
        self.engine = postgres.engine(url, pool) if self.is_server else sqlite.engine(url)
        # SQLite has one writer at a time: one thread keeps transactions in order and the event loop free.
        threads = pool if self.is_server else 1
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="store")

    @contextlib.contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back when an error leaves it."""
        with self.engine.begin() as tx:
            yield tx

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A transaction that changes nothing, sees everything as it was at its first look, and reads row by row."""
        options = {"isolation_level": "REPEATABLE READ"} if self.is_server else {}
        with self.engine.connect() as connection:
            yield connection.execution_options(stream_results=True, **options)

    def transact(self, verb: Callable[[Connection], T]) -> T:
        """Run a verb in a transaction, anew when PostgreSQL ended it in favour of another one."""
        for _ in range(TRIES - 1):
            try:
                with self.begin() as tx:
                    return verb(tx)
            except DBAPIError as error:
                if not is_collision(error):
                    raise
        with self.begin() as tx:
            return verb(tx)

    @staticmethod
    def time(tx: Connection) -> datetime:
        """What a server's own clock says, in UTC."""
        told: datetime = tx.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return told.astimezone(UTC)

    async def run(self, job: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function on one of the store's threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: job(*args, **kwargs))

    def close(self) -> None:
        """Finish the verbs that are running, give up those that wait for a thread, and let go of the database."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.engine.dispose()


def parse_url(text: str) -> URL:
    """A database address; raises StoreError with a sentence when it can't be used."""
    try:
        url = make_url(text)
    except sa.exc.ArgumentError as error:
        raise StoreError("DATABASE_URL is not an address like sqlite:///bot.db; correct it.") from error
    match url.get_backend_name():
        case sqlite.NAME:
            return url.set(drivername=sqlite.DRIVER)
        case "postgres" | postgres.NAME:
            return url.set(drivername=postgres.DRIVER)
    raise StoreError(
        "DATABASE_URL names no database that can be used; write sqlite:///path or postgresql://host/name."
    )
