"""What the benchmarks share: a store in a file of its own, the real content, and timing."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import quantiles
from time import perf_counter

import psycopg

from reminderbot.library import loader
from reminderbot.library.places import Places
from reminderbot.services.work import Surroundings
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key
from tests import postgres


@contextlib.contextmanager
def store_at(path: Path) -> Iterator[Store]:
    """A migrated SQLite store in this file."""
    store = Store(engine.parse_url(f"sqlite:///{path}"))
    schema.migrate(store)
    yield store
    store.close()


@contextlib.contextmanager
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server that keeps what it has confirmed, other than the tests' own."""
    started = postgres.Server()
    try:
        with psycopg.connect(started.url(), autocommit=True) as connection:
            for name in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"alter system set {name} = on")
            connection.execute("select pg_reload_conf()")
        yield started
    finally:
        started.close()


@contextlib.contextmanager
def store_on(server: postgres.Server, name: str) -> Iterator[Store]:
    """A migrated store in a database of its own on a server."""
    store = Store(engine.parse_url(postgres.fresh(server.url(), name)))
    schema.migrate(store)
    yield store
    store.close()


@cache
def around() -> Surroundings:
    """The real content, with a key of its own."""
    folder = loader.default_folder()
    return Surroundings(loader.load(folder), Places.load(folder / "places"), Vault(new_key()))


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes."""
    begun = perf_counter()
    job()
    return perf_counter() - begun


def percentiles(name: str, waits: Sequence[float]) -> dict[str, float]:
    """Half and 99 of a hundred in milliseconds, of seconds, each under a name that begins so."""
    cuts = quantiles(waits, n=100, method="inclusive")
    return {f"{name}p50_ms": round(cuts[49] * 1000, 1), f"{name}p99_ms": round(cuts[98] * 1000, 1)}


def cpu_seconds(process: int) -> float:
    """Seconds of the processor that another process and its threads have used; Linux only (proc(5), stat)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib(process: int) -> float:
    """Most memory that another process has had at once; Linux only (proc(5), status)."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    found = next(line for line in lines if line.startswith("VmHWM:"))
    return round(int(found.split()[1]) / 1024, 1)
