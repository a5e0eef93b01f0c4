"""The schema on disk and the tables in code are one; an older or foreign file is refused with a sentence."""

import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from reminderbot.store import engine, schema
from reminderbot.store.engine import Store, StoreError
from reminderbot.store.vault import Vault, key_beside, new_key


def _open(path: Path) -> Store:
    return Store(engine.parse_url(f"sqlite:///{path}"))


def test_the_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.begin() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_migrating_twice_changes_nothing(store: Store) -> None:
    schema.migrate(store)
    with store.begin() as tx:
        assert schema.read(tx, "anything") is None


def test_a_database_of_a_newer_version_is_refused(store: Store) -> None:
    with store.begin() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer reminderbot"):
        schema.migrate(store)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text(
        "These are my notes, and they are longer than a header of a database file would be.\n" * 9
    )
    with pytest.raises(StoreError, match="is not a SQLite database"):
        schema.migrate(_open(path))


def test_a_locked_database_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 1)
    path = tmp_path / "bot.db"
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="is locked by another program"):
        schema.migrate(_open(path))
    other.close()


def test_a_missing_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't be opened"):
        schema.migrate(_open(tmp_path / "nowhere" / "bot.db"))


def test_deleted_words_are_overwritten_on_disk(store: Store) -> None:
    with store.begin() as tx:
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
