"""What every test may ask for: content, a fresh store, a transaction at a given time, a world.

A test that asks for a store runs twice, on SQLite and on PostgreSQL.
"""

import gc
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from sqlalchemy.engine import Dialect
from sqlmodel import SQLModel

from reminderbot.library import loader
from reminderbot.library.places import Places
from reminderbot.ops import aside
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key
from tests import postgres
from tests.world import MONDAY, World, world

At = Callable[..., AbstractContextManager[Work]]

UNPACED = 10_000

COMPILED: dict[Any, Any] = {}
"""Statements in SQLite's words, made once for all stores of a run: they are kept by dialect, so all have one."""

EVERY_CASE = "REMINDERBOT_TEST_EVERY_CASE"
"""With this in the environment, each case of each test runs on both databases."""

ON_BOTH = ("answers", "content", "faults", "forgotten", "hold", "importing", "oncall", "promises")
"""What the tests in the chat are about that hang on the database most: all of them run on both."""

ONE_IN = 6
"""How many of the others there are for each that runs on PostgreSQL."""

SERVER = pytest.StashKey[postgres.Server]()
ADDRESS = "postgres"


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL server for all processes of this run."""
    if not hasattr(config, "workerinput") and not config.option.collectonly and postgres.GIVEN is None:
        config.stash[SERVER] = postgres.Server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it."""
    if server := config.stash.get(SERVER, None):
        server.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spare PostgreSQL some of the tests in the chat, and put those that wait between those that work.

    Tests with real processes mostly wait; evenly between the others they leave them the cores.
    """
    if EVERY_CASE not in os.environ:
        items[:] = _spared(items)
    waiting = [item for item in items if "acceptance" in item.path.parts]
    working = [item for item in items if "acceptance" not in item.path.parts]
    places = [(at / len(group), item) for group in (waiting, working) for at, item in enumerate(group)]
    items[:] = [item for _, item in sorted(places, key=lambda place: place[0])]


def _spared(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Leave out on PostgreSQL the further cases of a test in the chat, and five in six of the tests not ``ON_BOTH``.

    They differ in what a person says, which is the same to any database, and would be a third of the time of all. The
    tests of the store, where the statements are, all run on both.
    """
    seen: dict[Path, list[str]] = defaultdict(list)
    for item in items:
        if _is_chat_on_postgres(item):
            tests, name = seen[item.path], item.originalname
            if name in tests:
                continue
            tests.append(name)
            is_on_both = item.path.stem.removeprefix("test_").startswith(ON_BOTH)
            if not is_on_both and (len(tests) - 1) % ONE_IN:
                continue
        yield item


def _is_chat_on_postgres(item: pytest.Item) -> TypeGuard[pytest.Function]:
    if not isinstance(item, pytest.Function) or "postgresql" not in item.name:
        return False
    return item.path.parent.name == "telegram" and item.path.parent.parent.name == "tests"


def pytest_collection_finish() -> None:
    """Leave what is there by now out of the search for garbage: thousands of tests stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each process of pytest-xdist where the server is."""
    node.workerinput[ADDRESS] = _address(node.config)


def _address(config: pytest.Config) -> str:
    given: dict[str, str] = getattr(config, "workerinput", {})
    return given.get(ADDRESS) or postgres.GIVEN or config.stash[SERVER].url()


@pytest.fixture(scope="session", autouse=True)
def _hardly_less_urgent() -> Iterator[None]:
    """What a bot has done beside it would else get nothing while all tests work, and they wait for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aside, "LEAST_URGENT", 1)
        yield


@pytest.fixture(scope="session")
def around() -> Surroundings:
    """The real content, with a key of its own, and no pace: the clock of a test stands still while things are sent."""
    folder = loader.default_folder()
    library, places = loader.load(folder), Places.load(folder / "places")
    return Surroundings(library, places, Vault(new_key()), chat_burst=UNPACED)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("database") / "empty.db"
    store = Store(engine.parse_url(f"sqlite:///{path}"))
    schema.migrate(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest, worker_id: str) -> Iterator[Store]:
    """A migrated PostgreSQL database for this process; each test leaves it empty."""
    url = postgres.fresh(_address(request.config), f"reminderbot_{worker_id}")
    opened = Store(engine.parse_url(url))
    schema.migrate(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sqlite_dialect(empty_database: Path) -> Dialect:
    """SQLite's dialect, as it is once a connection has been made."""
    store = Store(engine.parse_url(f"sqlite:///{empty_database}"))
    with store.begin():
        pass
    store.close()
    return store.engine.dialect


@pytest.fixture
def sqlite_store(tmp_path: Path, empty_database: Path, sqlite_dialect: Dialect) -> Iterator[Store]:
    """A fresh, migrated store in a SQLite file."""
    path = tmp_path / "bot.db"
    shutil.copy(empty_database, path)
    opened = Store(engine.parse_url(f"sqlite:///{path}"))
    opened.engine.dialect = sqlite_dialect
    opened.engine.update_execution_options(compiled_cache=COMPILED)
    yield opened
    opened.close()


@pytest.fixture
def postgres_store(server: Store) -> Iterator[Store]:
    """An empty, migrated store in PostgreSQL."""
    yield server
    with server.begin() as tx:
        tx.exec_driver_sql("; ".join(f"delete from {table}" for table in SQLModel.metadata.tables))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> Store:
    """A fresh, migrated store; whoever asks for it runs on both databases."""
    fixture = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    opened: Store = request.getfixturevalue(fixture)
    return opened


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
