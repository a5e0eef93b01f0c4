"""How a database would look for something: which tables it would read as a whole, and which index it would use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlalchemy import Connection, event

from reminderbot.store.engine import Store


class Statement(NamedTuple):
    """What the driver is given; of many executions the first."""

    text: str
    values: Any


@contextmanager
def watched(store: Store) -> Iterator[list[Statement]]:
    """All that is asked and changed meanwhile; rows that are added are left aside."""
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        if text.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append(Statement(text, values[0] if many else values))

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", note)


def whole_tables(tx: Connection, statement: Statement) -> list[str]:
    """Steps that read a whole table; on PostgreSQL those that no index could take the place of."""
    if tx.dialect.name == "sqlite":
        scans = [step for step in _steps(tx, statement) if step.startswith("SCAN") and "USING" not in step]
        return [
            step for step in scans if f") AS {step.split()[-1]}" not in statement.text
        ]  # what it has just found
    return [node["Relation Name"] for node in _nodes(tx, statement) if node["Node Type"] == "Seq Scan"]


def bounds(tx: Connection, statement: Statement, index: str) -> list[str]:
    """By what an index is searched, as the database tells it: once for each time that it is used."""
    if tx.dialect.name == "sqlite":
        named = [step.partition(f"INDEX {index} ") for step in _steps(tx, statement)]
        return [told for _, found, told in named if found]
    return [node.get("Index Cond", "") for node in _nodes(tx, statement) if node.get("Index Name") == index]


def _steps(tx: Connection, statement: Statement) -> list[str]:
    rows = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement.text}", statement.values)
    return [str(row[3]) for row in rows]


def _nodes(tx: Connection, statement: Statement) -> Iterator[dict[str, Any]]:
    # So small a table is read as a whole, unless that is forbidden.
    tx.exec_driver_sql("SET LOCAL enable_seqscan = off")
    (plan,) = tx.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement.text}", statement.values).scalar_one()
    waiting = [plan["Plan"]]
    while waiting:
        node = waiting.pop()
        waiting += node.get("Plans", ())
        yield node
