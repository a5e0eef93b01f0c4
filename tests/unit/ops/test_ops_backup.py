"""Backup: a consistent copy of a database in use, one private file, never over another."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from reminderbot.ops.backup import BackupError, backup


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE day (chat_id INTEGER, done INTEGER)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO day VALUES (?, ?)", [(number, 1) for number in range(5000)])
    connection.execute("COMMIT")
    yield connection
    connection.close()


def total(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT sum(done) FROM day").fetchone()[0])
    finally:
        connection.close()


def refusal(database: Path, target: Path) -> str:
    with pytest.raises(BackupError) as caught:
        backup(database, target)
    return str(caught.value)


def test_a_backup_holds_what_was_committed_and_nothing_of_an_open_transaction(
    tmp_path: Path, database: sqlite3.Connection
) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE day SET done = 2")
    size = backup(tmp_path / "bot.db", tmp_path / "copy.db")
    database.execute("COMMIT")
    assert size == (tmp_path / "copy.db").stat().st_size
    assert total(tmp_path / "copy.db") == 5000
    assert total(tmp_path / "bot.db") == 10_000


@pytest.mark.usefixtures("database")
def test_a_backup_is_one_file_for_its_owner_only_without_the_key(tmp_path: Path) -> None:
    (tmp_path / "bot.db.key").write_text("key")
    folder = tmp_path / "backups"
    folder.mkdir()
    backup(tmp_path / "bot.db", folder / "copy.db")
    assert [path.name for path in folder.iterdir()] == ["copy.db"]
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600
    total(folder / "copy.db")
    assert [path.name for path in folder.iterdir()] == ["copy.db"]


@pytest.mark.usefixtures("database")
def test_an_existing_file_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    assert "exists already" in refusal(tmp_path / "bot.db", tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


@pytest.mark.usefixtures("database")
def test_the_database_itself_and_a_folder_are_refused_as_targets(tmp_path: Path) -> None:
    for target in (tmp_path / "bot.db", tmp_path):
        assert "exists already" in refusal(tmp_path / "bot.db", target)
    assert total(tmp_path / "bot.db") == 5000


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("target", ["missing/copy.db", "bot.db/copy.db", "x" * 300])
def test_a_target_that_cannot_be_written_is_named(tmp_path: Path, target: str) -> None:
    assert str(tmp_path / target) in refusal(tmp_path / "bot.db", tmp_path / target)


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "bot.db") in refusal(tmp_path / "bot.db", tmp_path / "copy.db")


@pytest.mark.parametrize("content", [b"", b"this is a text file, not a database\n" * 40])
def test_a_file_that_is_no_database_gives_no_backup_and_leaves_nothing(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "bot.db").write_bytes(content)
    refusal(tmp_path / "bot.db", tmp_path / "copy.db")
    assert [path.name for path in tmp_path.iterdir()] == ["bot.db"]


def test_a_damaged_database_gives_no_backup_and_leaves_nothing(
    tmp_path: Path, database: sqlite3.Connection
) -> None:
    database.execute("CREATE INDEX by_done ON day (done)")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    path = tmp_path / "bot.db"
    content = bytearray(path.read_bytes())
    content[4096:20_000] = b"\xaa" * (20_000 - 4096)
    path.write_bytes(content)
    assert "damaged" in refusal(path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("*copy*"))
