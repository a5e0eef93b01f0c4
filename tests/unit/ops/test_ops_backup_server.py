"""The backup of a server is a SQLite file like any other, and a database is filled from one."""

import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select

from reminderbot.ops import backup as backups
from reminderbot.ops.backup import BackupError, backup, backup_server, restore
from reminderbot.services import people
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import schema
from reminderbot.store.engine import Store, StoreError, parse_url
from reminderbot.store.tables import subscribers
from tests import postgres
from tests.world import MONDAY

ANA = 1001


def _address(store: Store) -> str:
    return store.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _chats(address: str) -> list[int]:
    store = Store(parse_url(address))
    with store.begin() as tx:
        found = list(tx.scalars(select(subscribers.c.chat_id)))
    store.close()
    return found


@pytest.fixture
def lived(postgres_store: Store, around: Surroundings) -> Store:
    with postgres_store.begin() as tx:
        people.start(Work(tx, MONDAY, around), ANA, "Ana")
    return postgres_store


@pytest.fixture
def empty(server: Store, worker_id: str) -> str:
    """The address of a database without tables."""
    return postgres.fresh(_address(server), f"reminderbot_to_be_filled_{worker_id}")


def test_a_servers_backup_is_one_file_for_its_owner_only(lived: Store, tmp_path: Path) -> None:
    size = backup_server(_address(lived), tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert size == (tmp_path / "copy.db").stat().st_size
    assert _chats(f"sqlite:///{tmp_path / 'copy.db'}") == [ANA]


def test_a_server_is_restored_from_its_backup_and_the_backup_stays_as_it_was(
    lived: Store, empty: str, tmp_path: Path
) -> None:
    backup_server(_address(lived), tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    assert restore(tmp_path / "copy.db", empty) > 1
    assert _chats(empty) == [ANA]
    assert (tmp_path / "copy.db").read_bytes() == before


def test_a_bot_moves_from_a_file_to_a_server(
    sqlite_store: Store, around: Surroundings, empty: str, tmp_path: Path
) -> None:
    with sqlite_store.begin() as tx:
        people.start(Work(tx, MONDAY, around), ANA, "Ana")
    restore(tmp_path / "bot.db", empty)
    assert _chats(empty) == [ANA]


def test_the_backup_of_an_earlier_version_is_brought_up_to_date_on_the_way(
    empty: str, tmp_path: Path
) -> None:
    older = Store(parse_url(f"sqlite:///{tmp_path / 'older.db'}"))
    config = schema._config()
    with older.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
    older.close()
    backup(tmp_path / "older.db", tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", empty) == 0
    assert _chats(empty) == []


def test_a_database_that_is_in_use_is_not_filled(lived: Store, tmp_path: Path) -> None:
    backup_server(_address(lived), tmp_path / "copy.db")
    with pytest.raises(StoreError, match="has something in it; name an empty one"):
        restore(tmp_path / "copy.db", _address(lived))
    assert _chats(_address(lived)) == [ANA]


def test_tables_of_another_version_give_no_backup(empty: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run `reminderbot migrate`"):
        backup_server(empty, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_without_a_file_nothing_is_restored(empty: str, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="There is no file"):
        restore(tmp_path / "copy.db", empty)


@pytest.mark.parametrize("content", [b"", b"this is a text file, not a database\n" * 40])
def test_from_a_file_that_is_no_database_nothing_is_restored(
    empty: str, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(BackupError, match=r"copy.db can't be read, or is no sound backup.*Nothing was"):
        restore(tmp_path / "copy.db", empty)


def test_from_a_backup_that_is_cut_short_nothing_is_restored(
    lived: Store, empty: str, tmp_path: Path
) -> None:
    whole, half = tmp_path / "copy.db", tmp_path / "half.db"
    backup_server(_address(lived), whole)
    half.write_bytes(whole.read_bytes()[:65_536])
    with pytest.raises(BackupError, match="is no sound backup"):
        restore(half, empty)


def test_from_the_database_of_another_program_nothing_is_restored(empty: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(BackupError, match="is no sound backup of a bot"):
        restore(tmp_path / "other.db", empty)


@pytest.mark.usefixtures("sqlite_store")
def test_a_full_disk_is_no_fault_of_the_backup(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_no_room(_: Path, part: Path) -> None:
        with closing(sqlite3.connect(part)) as copy:
            copy.execute("PRAGMA max_page_count = 1")
            copy.execute("CREATE TABLE day (chat_id INTEGER)")

    backup(tmp_path / "bot.db", tmp_path / "copy.db")
    monkeypatch.setattr(backups, "_copy", has_no_room)
    with pytest.raises(BackupError, match=r"^The disk is full; .* Nothing was restored\.$"):
        restore(tmp_path / "copy.db", empty)


@pytest.mark.usefixtures("sqlite_store")
def test_a_temporary_folder_that_cannot_be_written_is_no_fault_of_the_backup(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(BackupError, match=r"temporary folder.*Nothing was restored"):
        restore(tmp_path / "bot.db", empty)
