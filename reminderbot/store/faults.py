"""What may be told of a fault: never what the database was asked, nor what somebody wrote."""

import sqlite3
import traceback
from pathlib import Path

from sqlalchemy.exc import DatabaseError

_SENTENCES = {
    sqlite3.SQLITE_READONLY: "can't be written; make the file and its folder writable for this user",
    sqlite3.SQLITE_BUSY: "is locked by another program; stop that program, or wait",
    sqlite3.SQLITE_LOCKED: "is locked by another program; stop that program, or wait",
    sqlite3.SQLITE_FULL: "has no room: the disk is full; free some space",
    sqlite3.SQLITE_IOERR: "can't be read or written: the disk has a fault or is full; check it",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; point DATABASE_URL at another file or restore a backup",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore a backup",
    sqlite3.SQLITE_CANTOPEN: "can't be opened; check that its folder exists and is writable for this user",
}


def sentence(error: DatabaseError) -> str:
    """What a person should know of a database error: never the statement, never its values."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    told = _SENTENCES.get(
        (code or 0) & 0xFF, f"failed ({type(error.orig).__name__}); run `reminderbot doctor`"
    )
    return f"The database {told}."


def place(error: BaseException) -> str:
    """Where an error arose: file and line, never its text, which may quote a person."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
