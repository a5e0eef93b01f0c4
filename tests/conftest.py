"""What every test may ask for: content, a fresh store, a transaction at a given time, a world."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from reminderbot.library import loader
from reminderbot.library.places import Places
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key
from tests.world import MONDAY, World, world

At = Callable[..., AbstractContextManager[Work]]


@pytest.fixture(scope="session")
def around() -> Surroundings:
    """The real content, with a key of its own."""
    folder = loader.default_folder()
    return Surroundings(loader.load(folder), Places.load(folder / "places"), Vault(new_key()))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    store = Store(engine.parse_url(f"sqlite:///{path}"))
    schema.migrate(store)
    store.close()
    return path


@pytest.fixture
def store(tmp_path: Path, empty_database: Path) -> Iterator[Store]:
    """A fresh, migrated store."""
    path = tmp_path / "bot.db"
    shutil.copy(empty_database, path)
    opened = Store(engine.parse_url(f"sqlite:///{path}"))
    yield opened
    opened.close()


@pytest.fixture
def at(store: Store, around: Surroundings) -> At:
    """A transaction at a given time: ``with at(moment) as work``."""

    @contextmanager
    def begin(moment: datetime = MONDAY) -> Iterator[Work]:
        with store.begin() as tx:
            yield Work(tx, moment, around)

    return begin


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    """A world that begins on a Monday at 8:55 UTC."""
    with world(store, around) as place:
        yield place
