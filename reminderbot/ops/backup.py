"""A consistent copy of the running bot's database in one SQLite file, without the key, and the way back."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from reminderbot.store import copying, schema
from reminderbot.store.engine import Store, parse_url
from reminderbot.store.queries import vitals

WAIT_SECONDS = 10.0

UNSOUND = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN)
"""Errors that are the fault of the file to be read."""


class BackupError(Exception):
    """No backup was made; the text is one sentence with what to do."""


def backup(database: Path, target: Path) -> int:
    """Copy the SQLite file ``database`` to ``target`` and return its size in bytes; the bot may be running.

    The copy is made under another name in the same folder, checked, and only then given its name, readable by its
    owner only. Raises BackupError, with nothing left behind, when any of this fails or ``target`` exists.
    """
    if not database.is_file():
        raise BackupError(f"There is no database at {database} yet; start the bot once, or set DATABASE_URL.")
    return _made(target, partial(_copy, database))


def backup_server(address: str, target: Path) -> int:
    """Copy the database at this address of a server to a SQLite file; else as ``backup``."""
    return _made(target, partial(_fetch, address))


def note(address: str, at: datetime) -> bool:
    """Note in the database at an address that a backup of it was begun at an instant; false when it can't be noted."""
    try:
        with _opened(address) as store, store.begin() as tx:
            vitals.note_backup(tx, at)
    except DatabaseError:
        return False
    return True


def restore(source: Path, address: str) -> int:
    """Fill the empty database at an address with what is in a backup, or in the file of a bot that has been stopped.

    Its tables are made if needed. Returns the number of rows. Raises BackupError when the file is none that a bot
    has made or can't be copied, and StoreError when the database holds something already; nothing is changed then.
    """
    if not source.is_file():
        raise BackupError(f"There is no file {source}; name a backup.")
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return _restored(source, Path(folder) / "part.db", address)
    except OSError as error:
        told = f"The temporary folder can't be written ({error.strerror}); make room in it, or set TMPDIR to another."
        raise BackupError(f"{told} Nothing was restored.") from error


def _restored(source: Path, part: Path, address: str) -> int:
    # A copy of it is read: a backup may be of an older version, and stays as it is.
    try:
        _copy(source, part)
        _verify(part)
    except BackupError as error:
        raise _unusable(source) from error
    except sqlite3.Error as error:
        if _code(error) in UNSOUND:
            raise _unusable(source) from error
        raise BackupError(f"{_reason(error)} Nothing was restored.") from error
    with _opened(f"sqlite:///{part}") as given, _opened(address) as store:
        with given.begin() as tx:
            if schema.revision(tx) is None:
                raise _unusable(source)
        schema.migrate(given)
        return copying.copy(given, store)


def _unusable(source: Path) -> BackupError:
    return BackupError(
        f"{source} can't be read, or is no sound backup of a bot; name another file. Nothing was restored."
    )


def _made(target: Path, fill: Callable[[Path], object]) -> int:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _refuse_taken(target)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        fill(part)
        _verify(part)
        _refuse_taken(target)
        part.rename(target)
    except sqlite3.Error as error:
        raise BackupError(f"{_reason(error)} No backup was made.") from error
    except OSError as error:
        told = f"No backup was made at {target} ({error.strerror}); name a file in a folder you can write."
        raise BackupError(told) from error
    finally:
        for companion in ("", "-journal", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + companion).unlink(missing_ok=True)
    return target.stat().st_size


def _refuse_taken(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupError(f"{target} exists already and is left as it is; name a file that does not.")


def _copy(database: Path, part: Path) -> None:
    source = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT_SECONDS)
    copy = sqlite3.connect(part)
    with contextlib.closing(source), contextlib.closing(copy):
        # In one step: the bot goes on writing meanwhile (WAL); in steps, its writes would start the copy again.
        source.backup(copy)
    _alone(part)


def _fetch(address: str, part: Path) -> None:
    with _opened(address) as store, _opened(f"sqlite:///{part}") as file:
        schema.require(store)
        copying.copy(store, file)
    _alone(part)


@contextlib.contextmanager
def _opened(address: str) -> Iterator[Store]:
    store = Store(parse_url(address))
    try:
        yield store
    finally:
        store.close()


def _alone(part: Path) -> None:
    """Take a file out of WAL mode, so that it needs no companions, and see to it that it is on the disk."""
    copy = sqlite3.connect(part)
    with contextlib.closing(copy):
        copy.execute("PRAGMA journal_mode=DELETE")
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _verify(part: Path) -> None:
    copy = sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)
    with contextlib.closing(copy):
        found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        tables = copy.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()[0]
    if found != ["ok"]:
        raise BackupError("The database is damaged, so no backup was made; restore an earlier one.")
    if not tables:
        raise BackupError(
            "The database is empty, so no backup was made; start the bot once, or set DATABASE_URL."
        )


def _reason(error: sqlite3.Error) -> str:
    return {
        sqlite3.SQLITE_NOTADB: "The file is not a SQLite database; set DATABASE_URL to the bot's.",
        sqlite3.SQLITE_CORRUPT: "The database is damaged; restore an earlier backup.",
        sqlite3.SQLITE_FULL: "The disk is full; free some space, or use another one.",
        sqlite3.SQLITE_BUSY: "The database is locked by another program; stop that program, or wait.",
        sqlite3.SQLITE_READONLY: "The database can't be read; run this as the bot's user.",
        sqlite3.SQLITE_CANTOPEN: "The database can't be opened; run this as the bot's user.",
    }.get(_code(error), "The database can't be copied; run `reminderbot doctor`.")


def _code(error: sqlite3.Error) -> int:
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
