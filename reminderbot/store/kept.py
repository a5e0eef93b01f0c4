"""Rows read in a transaction, kept until it ends or something in their table changes: read once, however often asked.

A verb asks for the same person again and again, from far apart; to remember here keeps it from being handed around.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, Select, Table
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.event import listens_for
from sqlalchemy.sql.dml import UpdateBase

_Answers = dict[tuple[object, ...], Sequence[Row[Any]]]

# By table. A connection object lives as long as one transaction of ours.
_kept: WeakKeyDictionary[Connection, defaultdict[str, _Answers]] = WeakKeyDictionary()


class Query:
    """A query about one table whose answers are kept."""

    def __init__(self, table: Table, statement: Select[Any]) -> None:
        """Take the table that it reads, and no other, and the statement with named parameters."""
        self._table, self._statement = str(table), statement

    def all(self, tx: Connection, **values: object) -> Sequence[Row[Any]]:
        """All rows for these values of the parameters."""
        if tx.in_nested_transaction():  # what is read in a savepoint may never have been
            return tx.execute(self._statement, values).all()
        tables = _kept.get(tx)
        if tables is None:
            tables = _kept[tx] = defaultdict(dict)
        answers, asked = tables[self._table], (self, *values.values())
        if asked not in answers:
            answers[asked] = tx.execute(self._statement, values).all()
        return answers[asked]

    def first(self, tx: Connection, **values: object) -> Row[Any] | None:
        """The first row for these values of the parameters; none without any."""
        return next(iter(self.all(tx, **values)), None)


# Events of the dialect: those of a connection would cost each statement several times as much.
@listens_for(Engine, "do_execute")
@listens_for(Engine, "do_executemany")
def _forget_changed(_cursor: object, _text: str, _values: object, context: DefaultExecutionContext) -> None:
    statement = context.invoked_statement
    if isinstance(statement, UpdateBase) and (kept := _kept.get(context.root_connection)):
        kept.pop(str(statement.table), None)
