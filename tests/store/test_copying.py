"""All rows from one database into another, either way, as they are at one instant; all or nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from reminderbot.services.work import Surroundings
from reminderbot.store import copying, engine, schema
from reminderbot.store.engine import Store, StoreError
from reminderbot.store.tables import subscribers
from tests.world import World, world


def _rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    with store.begin() as tx:
        return {
            name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr)
            for name, table in SQLModel.metadata.tables.items()
        }


def _live_a_while(here: World) -> None:
    ana, ben = here.person("Ana", "Europe/Berlin"), here.person("Ben", "Asia/Tokyo")
    here.fast_forward(hours=3)
    ana.says("done")
    ben.says("my groin is numb and I can't pee")
    here.fast_forward(days=1)


@pytest.fixture
def lived(store: Store, around: Surroundings) -> Store:
    """A store with two people in it."""
    with world(store, around) as here:
        _live_a_while(here)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Store:
    """An empty SQLite file without tables."""
    return Store(engine.parse_url(f"sqlite:///{tmp_path / 'copy.db'}"))


def test_a_copy_has_every_row_to_the_microsecond(lived: Store, file: Store) -> None:
    copied = copying.copy(lived, file)
    assert _rows(file) == _rows(lived)
    assert copied == sum(map(len, _rows(lived).values())) > 10
    file.close()


def test_a_server_is_filled_from_a_file(
    sqlite_store: Store, postgres_store: Store, around: Surroundings
) -> None:
    with world(sqlite_store, around) as here:
        _live_a_while(here)
    copying.copy(sqlite_store, postgres_store)
    assert _rows(postgres_store) == _rows(sqlite_store)
    with world(postgres_store, around, here.now + timedelta(minutes=1)) as there:
        there.fast_forward(hours=2)
        assert there.tele.calls


def test_a_copy_goes_on_while_the_bot_writes(lived: Store, file: Store) -> None:
    before = _rows(lived)
    with lived.snapshot() as rows:
        rows.execute(select(subscribers)).all()
        if lived.is_server:
            with lived.begin() as tx:
                tx.execute(subscribers.update().values(zone="UTC"))
        assert sorted(tuple(row) for row in rows.execute(select(subscribers))) == before["subscriber"]
    file.close()


def test_a_database_with_something_in_it_is_left_as_it_is(lived: Store, file: Store) -> None:
    copying.copy(lived, file)
    with pytest.raises(StoreError, match="has something in it"):
        copying.copy(lived, file)
    assert _rows(file) == _rows(lived)
    file.close()


def test_tables_of_another_version_are_not_copied(lived: Store, file: Store) -> None:
    newest = schema.newest()
    with lived.begin() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    try:
        with pytest.raises(StoreError, match="another version's"):
            copying.copy(lived, file)
    finally:
        with lived.begin() as tx:
            tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest}'")
    file.close()
