"""Rows read in a transaction, kept until it ends or something in their table changes: read once, however often asked.

A verb asks for the same person again and again, from far apart; to remember here keeps it from being handed around.
"""

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, Select, Table
from sqlalchemy.event import listens_for
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase

_Answers = dict[tuple[object, ...], Sequence[Row[Any]]]

# A connection object lives as long as one transaction of ours.
_kept: WeakKeyDictionary[Connection, dict[str, _Answers]] = WeakKeyDictionary()


class Query:
    """A query about one table whose answers are kept."""

    def __init__(self, table: Table, statement: Select[Any]) -> None:
        """Take the table that it reads, and no other, and the statement with named parameters."""
        self._table, self._statement = str(table), statement

    def all(self, tx: Connection, **values: object) -> Sequence[Row[Any]]:
        """All rows for these values of the parameters."""
        answers = _kept.setdefault(tx, {}).setdefault(self._table, {})
        asked = (self, *values.values())
        if asked not in answers:
            answers[asked] = tx.execute(self._statement, values).all()
        return answers[asked]

    def first(self, tx: Connection, **values: object) -> Row[Any] | None:
        """The first row for these values of the parameters; none without any."""
        return next(iter(self.all(tx, **values)), None)


@listens_for(Engine, "before_execute")
def _forget_changed(tx: Connection, statement: Executable, *_: object) -> None:
    if isinstance(statement, UpdateBase) and (kept := _kept.get(tx)):
        kept.pop(str(statement.table), None)


@listens_for(Engine, "rollback_savepoint")
def _forget_all(tx: Connection, *_: object) -> None:
    _kept.pop(tx, None)
