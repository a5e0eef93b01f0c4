"""Several processes of one bot on one PostgreSQL, and what a platform has in front of them."""

import asyncio
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

import httpx
import psycopg
from psycopg import sql

from reminderbot.store.vault import new_key
from tests import postgres
from tests.acceptance.processes import Nursery, Process, until
from tests.acceptance.stage import LEASE, Stage
from tests.acceptance.watch import QUICK

SHUTDOWN_SECONDS = 5.0
SECRET = "of-our-own_32"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Router:
    """What a platform has before its web processes: takes connections, and gives each to the next that is there."""

    def __init__(self, ports: list[int]) -> None:
        self.taken = dict.fromkeys(ports, 0)
        self._ports = cycle(ports)
        self._loop, self._closed = asyncio.new_event_loop(), asyncio.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def close(self) -> None:
        """Take no more, and cut what is there."""
        self._loop.call_soon_threadsafe(self._closed.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:  # cuts what is left at its end
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._pass, sock=self._listening)
        await self._closed.wait()
        server.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in self.taken:
            port = next(self._ports)
            try:
                back, forth = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self.taken[port] += 1
            await asyncio.wait(
                [
                    asyncio.create_task(self._copy(reader, forth)),
                    asyncio.create_task(self._copy(back, writer)),
                ]
            )
            break
        writer.close()

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while some := await source.read(65_536):
                sink.write(some)
                await sink.drain()
        except ConnectionError:
            pass  # one side is gone: so is the other
        finally:
            sink.close()


class Crew:
    """Processes of one bot, with one database between them."""

    def __init__(self, stage: Stage, nursery: Nursery, server: str, name: str) -> None:
        self.stage, self._nursery, self._server, self._name = stage, nursery, server, name
        self._database = postgres.fresh(server, name)
        self.ports = [free_port(), free_port()]
        self.router = Router(self.ports)
        self._environ = {
            "TELEGRAM_BOT_TOKEN": stage.telegram.token,
            "TELEGRAM_API_URL": stage.telegram.url,
            "REMINDERBOT_HOME": str(stage.folder / "home"),
            "REMINDERBOT_KEY": new_key(),
            "DATABASE_URL": self._database,
            "WEBHOOK_URL": f"http://127.0.0.1:{self.router.port}/bot",
        }

    def starts(self, *words: str, **environ: str) -> Process:
        """Start the command with these words."""
        log = self.stage.folder / f"crew-{len(self.stage.bots)}.log"
        started = self._nursery.start(
            "bot", self.stage.folder, log, self._environ | environ, words, tick=QUICK
        )
        self.stage.bots.append(started)
        return started

    def does(self, *words: str) -> None:
        """Let a command do what it does."""
        command = self.starts(*words)
        assert command.ends() == 0, command.said()

    def web(self, number: int) -> Process:
        """Start a web process behind the router."""
        return self.starts("web", WEBHOOK_SECRET=SECRET, PORT=str(self.ports[number]))

    def health(self, number: int) -> dict[str, Any]:
        """What a web process says of the bot; nothing while it is not there."""
        try:
            return dict(httpx.get(f"http://127.0.0.1:{self.ports[number]}/health", timeout=10).json())
        except httpx.TransportError:
            return {}

    def figures(self, number: int) -> str:
        """The figures that a web process shows."""
        return httpx.get(f"http://127.0.0.1:{self.ports[number]}/metrics", timeout=10).text

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the store, past the bot."""
        with psycopg.connect(self._database) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def widens(self, *tables: str) -> None:
        """Add a column to each of these tables, as the `migrate` of a next version would."""
        with psycopg.connect(self._database, autocommit=True) as connection:
            for table in map(sql.Identifier, tables):
                connection.execute(sql.SQL("ALTER TABLE {} ADD COLUMN of_the_next INTEGER").format(table))

    @contextmanager
    def locked(self, *tables: str) -> Iterator[None]:
        """Whoever wants one of these tables meanwhile waits."""
        with psycopg.connect(self._database) as connection:
            names = sql.SQL(", ").join(map(sql.Identifier, tables))
            connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(names))
            yield

    def lets_in(self, yes: bool) -> None:
        """Let processes into the database, or throw out all of them and let none in."""
        name = sql.Identifier(self._name)
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}").format(name, sql.Literal(yes))
            )
            if not yes:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self._name]
                )

    def is_settled(self) -> bool:
        """Whether all that people have said is stored and handled, and nothing is on its way."""
        unfinished = self.rows(
            "select (select count(*) from inbox where state = 'new')"
            " + (select count(*) from message where state in ('pending', 'sending'))"
            " + (select count(*) from reminder where state = 'sending')"
        )
        return unfinished == [(0,)] and self.stage.is_all_taken()

    def settles(self, after_death: bool = False) -> None:
        """Wait until all that was said is answered; also what a process that died has left half done."""
        if after_death:
            until(self.stage.is_all_taken, "end of the queue")
            self.stage.passes(LEASE)
        until(
            self.is_settled, lambda: "rest; they said:\n" + "\n".join(bot.said() for bot in self.stage.bots)
        )


def all_end(*processes: Process) -> None:
    """Told to end together, all do in time and without a fault."""
    begun = time.monotonic()
    for process in processes:
        process.signals(signal.SIGTERM)
    assert [process.ends() for process in processes] == [0] * len(processes)
    assert time.monotonic() - begun < SHUTDOWN_SECONDS
