"""What the benchmarks share: a store in a file of its own, the real content, and timing."""

import contextlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from time import perf_counter

from reminderbot.library import loader
from reminderbot.library.places import Places
from reminderbot.services.work import Surroundings
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key


@contextlib.contextmanager
def store_at(path: Path) -> Iterator[Store]:
    """A migrated SQLite store in this file."""
    store = Store(engine.parse_url(f"sqlite:///{path}"))
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
