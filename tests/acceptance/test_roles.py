"""Roles: web and worker processes beside each other on one PostgreSQL do the main job, and any of them may die."""

import asyncio
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql

from reminderbot.store.engine import Store
from reminderbot.store.vault import new_key
from tests import postgres
from tests.acceptance.processes import Nursery, Process, until
from tests.acceptance.stage import LEASE, MONDAY, Call, Person, Stage
from tests.acceptance.watch import NUMB, QUICK, cards, gets_card, is_again, notes_about, subscribe

SHUTDOWN_SECONDS = 5.0
SECRET = "of-our-own_32"
NINE = MONDAY.replace(hour=9, minute=0)


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


@pytest.fixture
def crew(stage: Stage, nursery: Nursery, server: Store, worker_id: str) -> Iterator[Crew]:
    """A bot whose database is ready, and no process yet."""
    address = server.url.set(drivername="postgresql").render_as_string(hide_password=False)
    here = Crew(stage, nursery, address, f"roles_{worker_id}")
    here.does("migrate")
    yield here
    here.router.close()


def all_end(*processes: Process) -> None:
    """Told to end together, all do in time and without a fault."""
    begun = time.monotonic()
    for process in processes:
        process.signals(signal.SIGTERM)
    assert [process.ends() for process in processes] == [0] * len(processes)
    assert time.monotonic() - begun < SHUTDOWN_SECONDS


def taps_done(person: Person) -> None:
    person.taps("Done")


def has_answered(person: Person) -> Call:
    return person.sees("✅ Done.")


def each(people: list[Person], deed: Callable[[Person], object]) -> None:
    """Everybody does something."""
    for person in people:
        deed(person)


def test_two_web_and_two_workers_do_the_main_job_and_one_may_be_killed(stage: Stage, crew: Crew) -> None:
    workers, webs = [crew.starts("worker"), crew.starts("worker")], [crew.web(0), crew.web(1)]
    for number in range(2):
        until(lambda number=number: crew.health(number).get("ready"), "health")  # type: ignore[misc]
    bela, people = stage.person("Bela-Katharina"), [stage.person(f"Person-{number}") for number in range(6)]
    bela.says("/help")
    crew.does("oncall", "add", str(bela.id), "--step", "1")
    subscribe(people)
    assert all(crew.router.taken.values()), "both web processes had their part"

    stage.at(NINE - timedelta(seconds=0.2))
    for person in people:
        assert NINE <= person.is_asked().at < NINE + timedelta(seconds=60)
    each(people[:3], taps_done)
    workers[0].is_killed()  # in the middle of it
    each(people[3:], taps_done)
    crew.settles(after_death=True)
    each(people, has_answered)
    assert crew.rows("select outcome, count(*) from reminder group by 1") == [("done", len(people))]
    assert [len(stage.telegram.nudges(person.id)) for person in people] == [1] * len(people)

    workers[0] = crew.starts("worker")
    for person in people[:2]:
        person.says(NUMB)
    workers[1].is_killed()
    webs[0].is_killed()  # and Telegram delivers to the other one
    people[2].says(NUMB)
    hurt = people[:3]
    crew.settles(after_death=True)
    for person in hurt:
        gets_card(person)
        assert sum(not is_again(card) for card in cards(stage, person)) == 1
        assert sum(not is_again(note) for note in notes_about(stage, bela, person)) == 1
    assert crew.rows("select count(*) from report") == [(len(hurt),)]
    for (number,) in crew.rows("select number from safety_case"):
        bela.says(f"/ack {number}")
    for person in hurt:
        person.sees("has seen that something is wrong")
    crew.settles()
    assert crew.rows("select state, count(*) from safety_case group by 1") == [("acknowledged", len(hurt))]
    assert 'reminderbot_triage_total{level="emergency"}' in crew.figures(1)
    assert 'reminderbot_cases{state="acknowledged"} 3.0' in crew.figures(1)
    all_end(workers[0], webs[1])


def test_what_is_said_while_no_process_is_there_is_answered_later_and_once(stage: Stage, crew: Crew) -> None:
    web, ana = crew.web(0), stage.person("Anastasia")
    web.says("webhook.registered")
    ana.says("/start")  # and nobody answers yet
    until(lambda: crew.rows("select 1 from inbox where state = 'new'"), "stored update")
    assert not crew.health(0)["ready"]
    all_end(web)
    ana.says("/timezone Kathmandu")  # and nobody even takes it
    worker, web = crew.starts("worker"), crew.web(1)
    ana.sees("You're in")
    ana.sees("Kathmandu")
    crew.settles()
    all_end(worker, web)
    assert len([call for call in stage.telegram.sent(ana.id) if "You're in" in call.text]) == 1


def test_while_the_database_is_away_telegram_keeps_what_is_said(stage: Stage, crew: Crew) -> None:
    worker, web, ana = crew.starts("worker"), crew.web(0), stage.person("Anastasia")
    until(lambda: crew.health(0).get("ready"), "health")
    crew.lets_in(False)
    ana.says("/start")
    web.says("web.database")
    health = crew.health(0)
    assert health["live"]
    assert not health["checks"]["database"]["ok"]
    assert stage.is_all_taken() is False
    crew.lets_in(True)
    ana.sees("You're in")
    crew.settles()
    assert crew.rows("select count(*) from inbox") == [(1,)]
    until(lambda: crew.health(0).get("ready"), "health")
    crew.lets_in(False)
    all_end(worker, web)
    crew.lets_in(True)


def test_a_delivery_without_the_secret_changes_nothing(crew: Crew) -> None:
    web = crew.web(0)
    web.says("webhook.registered")
    address = f"http://127.0.0.1:{crew.router.port}/bot/telegram"
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}):
        assert httpx.post(address, json={"update_id": 1, "message": {}}, headers=headers).status_code == 403
    assert crew.rows("select count(*) from inbox") == [(0,)]
    assert SECRET not in web.said()


def test_one_process_can_have_updates_delivered_and_poll_again_and_loses_none(stage: Stage) -> None:
    port, ana = str(free_port()), stage.person("Anastasia")
    hook: dict[str, Any] = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET, "PORT": port}
    bot = stage.starts(tick=QUICK, **hook)
    ana.subscribes()
    stage.at(NINE - timedelta(seconds=0.2))
    ana.is_asked()
    all_end(bot)
    ana.taps("Done")  # while nobody is there
    bot = stage.starts(tick=QUICK)
    has_answered(ana)
    all_end(bot)
    ana.says("/streak")
    bot = stage.starts(tick=QUICK, **hook)
    ana.sees("Streak")
    stage.settles()
    assert stage.outcomes(ana) == {"done": 1}
    all_end(bot)
