"""What may be told of a fault: never what the database was asked, nor what somebody wrote."""

import sqlite3
import traceback
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DBAPIError

_DAMAGED = "is damaged; restore a backup"

_SQLITE = {
    sqlite3.SQLITE_READONLY: "can't be written; make the file and its folder writable for this user",
    sqlite3.SQLITE_BUSY: "is locked by another program; stop that program, or wait",
    sqlite3.SQLITE_LOCKED: "is locked by another program; stop that program, or wait",
    sqlite3.SQLITE_FULL: "has no room: the disk is full; free some space",
    sqlite3.SQLITE_IOERR: "can't be read or written: the disk has a fault or is full; check it",
    sqlite3.SQLITE_NOTADB: "is not a SQLite database; point DATABASE_URL at another file or restore a backup",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: "can't be opened; check that its folder exists and is writable for this user",
}

_COLLIDED = "ended a transaction that collided with others; try again, and if this stays, run fewer workers"
_ENDED = (
    "has ended the connection: its server stops or starts anew; wait, and start it if it doesn't come back"
)

_POSTGRES = {
    "25006": "takes no changes: it is a read-only copy; point DATABASE_URL at the server that can be written",
    "25P03": "ended a transaction that stood idle for too long; if this machine was not asleep, give it less to do",
    "40001": _COLLIDED,
    "40P01": _COLLIDED,
    "42P01": "has no tables, or those of another version; run `reminderbot migrate`",
    "42703": "has the tables of another version; run `reminderbot migrate`",
    "42501": "refuses this user; give the user of DATABASE_URL the rights to the tables",
    "53100": "has no room: the disk is full; free some space",
    "53200": "has no memory left; give its server more",
    "53300": "has no connection left; raise its max_connections, or lower DATABASE_POOL",
    "55P03": "is locked by another program; stop that program, or wait",
    "57014": "was too slow for its statement_timeout; raise that for the user of DATABASE_URL",
    "57P01": _ENDED,
    "57P02": _ENDED,
    "57P05": "ends connections that rest; set idle_session_timeout to 0 for the user of DATABASE_URL",
    "58030": "can't be read or written: its server's disk has a fault or is full; check it",
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""By SQLSTATE (PostgreSQL documentation, appendix A)."""

_UNREACHABLE = (
    "can't be reached, or refuses the connection; "
    "check that the server runs and has connections left, and that DATABASE_URL is right"
)
"""Why a connection was not made is told without a code: no server, starting up, full, a wrong password or name."""

_COLLISIONS = ("40001", "40P01", "55P03")
"""SQLSTATEs of a transaction that gave way to another one: serialisation failure, deadlock, lock not available."""


def sentence(error: DatabaseError) -> str:
    """What a person should know of a database error: never the statement, never its values."""
    # Told by what it has: to import psycopg for the class of its errors costs 9 MB, in vain where SQLite is used.
    if error.orig and hasattr(error.orig, "sqlstate"):
        # A server that can't be reached, or that ends, has no code of its own for it.
        told = _POSTGRES.get(error.orig.sqlstate or "", _UNREACHABLE if _is_cut(error) else None)
    else:
        told = _SQLITE.get((getattr(error.orig, "sqlite_errorcode", None) or 0) & 0xFF)
    return f"The database {told or f'failed ({type(error.orig).__name__}); run `reminderbot doctor`'}."


def is_collision(error: DBAPIError) -> bool:
    """Whether a transaction only has to begin anew, since another one was in its way."""
    return getattr(error.orig, "sqlstate", None) in _COLLISIONS


def place(error: BaseException) -> str:
    """Where an error arose: file and line, never its text, which may quote a person."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _is_cut(error: DatabaseError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(("08", "57P"))
