"""The database of a run: made, looked into past the bots, and taken away for a while."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from reminderbot.store import engine
from reminderbot.store.tables import cases, inbox, messages, reminders, reports
from tests import postgres

SOON = timedelta(seconds=1)


class Database(Protocol):
    """Where the bots keep everything."""

    url: str
    read_url: str
    """For a look that is in nobody's way."""

    def crash(self) -> None:
        """Take it away at once, as a crash does."""

    def recover(self) -> None:
        """Bring it back."""

    def close(self) -> None:
        """Leave nothing behind."""


class File:
    """A SQLite file."""

    def __init__(self, path: Path) -> None:
        """The bots make it."""
        self.url = f"sqlite:///{path}"
        self.read_url = f"sqlite:///file:{path}?mode=ro&uri=true"

    def crash(self) -> None:
        """A file does not crash."""
        raise NotImplementedError

    recover = crash

    def close(self) -> None:
        """It lies in the folder of the run."""


class Server:
    """A PostgreSQL server of our own, which keeps what it has confirmed even when it crashes."""

    def __init__(self) -> None:
        """Start it, with an empty database."""
        self._server = postgres.Server()
        with psycopg.connect(self._server.url(), autocommit=True) as connection:
            connection.execute("alter system set synchronous_commit = on")
            connection.execute("select pg_reload_conf()")
        self.url = self.read_url = postgres.fresh(self._server.url(), "reminderbot_harness")

    def crash(self) -> None:
        """End every session at once, with nothing written to its files."""
        self._server.stop("immediate")

    def recover(self) -> None:
        """Start it again."""
        self._server.start()

    def close(self) -> None:
        """Stop it, and delete its files."""
        self._server.close()


class Look:
    """A look into the store, past the bots, that changes nothing and is in nobody's way."""

    def __init__(self, url: str) -> None:
        """Connect at each look."""
        self._engine = sa.create_engine(engine.parse_url(url), poolclass=NullPool)

    def rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        """All that a query finds; nothing while the database is away."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(query).all()
        except sa.exc.DatabaseError:
            return ()

    def is_resting(self, at: datetime) -> bool:
        """Whether every update is handled, and nothing is on its way, or to be sent within a second."""
        soon = messages.c.not_before <= at + SOON
        unfinished = (
            inbox.c.state == "new",
            (messages.c.state == "sending") | ((messages.c.state == "pending") & soon),
            reminders.c.state == "sending",
        )
        try:
            with self._engine.connect() as connection:
                found = (
                    connection.execute(sa.select(sa.literal(1)).where(one).limit(1)) for one in unfinished
                )
                return not any(one.first() for one in found)
        except sa.exc.DatabaseError:
            return False

    def is_overdue(self, at: datetime) -> bool:
        """Whether a case or a report should have moved by now."""
        steps = (sa.select(sa.literal(1)).where(t.c.next_at <= at).limit(1) for t in (cases, reports))
        return any(self.rows(query) for query in steps)

    def next_steps(self, at: datetime) -> list[datetime]:
        """When cases and reports move next, after an instant."""
        steps = (sa.select(sa.func.min(t.c.next_at)).where(t.c.next_at > at) for t in (cases, reports))
        return [row[0] for query in steps for row in self.rows(query) if row[0]]
