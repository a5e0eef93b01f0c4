"""The schema on disk and the tables in code are one; an older or foreign file is refused with a sentence."""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, Table
from sqlmodel import SQLModel

from reminderbot.store import engine, schema, sqlite
from reminderbot.store.engine import Store, StoreError
from reminderbot.store.vault import Vault, key_beside, new_key
from tests import postgres

SAMPLES: dict[type, Any] = {
    int: 7,
    bool: True,
    str: "something",
    bytes: b"sealed",
    date: date(2026, 1, 5),
    datetime: datetime(2026, 1, 5, 8, 55, tzinfo=UTC),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database of its own without any tables."""
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    if request.param == "postgresql":
        other = request.getfixturevalue("server").url.set(drivername="postgresql")
        url = postgres.fresh(other.render_as_string(hide_password=False), f"{other.database}_bare")
    opened = Store(engine.parse_url(url))
    yield opened
    opened.close()


def _open(path: Path) -> Store:
    return Store(engine.parse_url(f"sqlite:///{path}"))


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.begin() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_the_files_of_the_migrations_are_named_after_their_revisions() -> None:
    scripts = ScriptDirectory.from_config(schema._config()).walk_revisions()
    assert schema.revisions() == tuple(script.revision for script in scripts)[::-1]


def test_migrating_twice_changes_nothing(store: Store) -> None:
    schema.migrate(store)
    with store.begin() as tx:
        assert schema.read(tx, "anything") is None


@pytest.mark.parametrize("look", [schema.migrate, schema.require])
def test_a_database_of_a_newer_version_is_refused(bare: Store, look: Callable[[Store], None]) -> None:
    schema.migrate(bare)
    with bare.begin() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer reminderbot"):
        look(bare)


def test_a_server_whose_tables_are_older_or_missing_is_refused_until_it_is_migrated(bare: Store) -> None:
    for revision in (None, "0001"):
        if revision:
            _upgrade(bare, revision)
        with pytest.raises(StoreError, match="run `reminderbot migrate`"):
            schema.require(bare)
    schema.migrate(bare)
    schema.require(bare)


@pytest.mark.parametrize(("before", "after"), list(pairwise(schema.revisions())))
def test_the_version_before_runs_beside_the_tables_of_the_next(bare: Store, before: str, after: str) -> None:
    """It goes on writing, reading, changing and deleting what it knows of."""
    _upgrade(bare, before)
    known = MetaData()
    with bare.begin() as tx:
        known.reflect(tx)
    _upgrade(bare, after)
    with bare.begin() as tx:
        for table in known.sorted_tables:
            if table.name != "alembic_version":
                _use(tx, table)


def _upgrade(store: Store, revision: str) -> None:
    config = schema._config()
    with store.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)


def _sample(column: Column[Any]) -> Any:
    sample = SAMPLES[column.type.python_type]
    # What is read from SQLite's own description knows of no zone.
    return sample if getattr(column.type, "timezone", True) else sample.replace(tzinfo=None)


def _use(tx: Connection, table: Table) -> None:
    """A row lives and dies as the version that knows this table would let it."""
    row = {column.name: _sample(column) for column in table.columns}
    required = {column.name: row[column.name] for column in table.columns if not column.nullable}
    for values in (row, required):
        tx.execute(table.insert().values(values))
        kept = tx.execute(table.select()).one()._mapping
        assert {name: kept[name] for name in values} == values
        others = {name: row[name] for name in set(row) - {key.name for key in table.primary_key}}
        if others:
            tx.execute(table.update().values(others))
        assert tx.execute(table.delete()).rowcount == 1


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text(
        "These are my notes, and they are longer than a header of a database file would be.\n" * 9
    )
    with pytest.raises(StoreError, match="is not a SQLite database"):
        schema.migrate(_open(path))


def test_a_locked_database_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    path = tmp_path / "bot.db"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another program"):
        schema.migrate(_open(path))
    other.close()


def test_a_missing_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        schema.migrate(_open(tmp_path / "nowhere" / "bot.db"))


def test_deleted_words_are_overwritten_on_disk(sqlite_store: Store) -> None:
    with sqlite_store.begin() as tx:
        assert tx.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        assert tx.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_database_knows_its_key(store: Store) -> None:
    mine, other = Vault(new_key()), Vault(new_key())
    with store.begin() as tx:
        assert schema.key_matches(tx, mine)
        assert schema.key_matches(tx, mine)
        assert not schema.key_matches(tx, other)
        schema.take_key(tx, other)
        assert schema.key_matches(tx, other)


def test_the_key_beside_a_database_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    first = key_beside(database)
    assert key_beside(database) == first
    assert stat.S_IMODE((tmp_path / "bot.db.key").stat().st_mode) == 0o600
