"""Every table and column: what can hold a person's data is in /export, and gone after /forget."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlmodel import SQLModel

from reminderbot.services import privacy
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import people as rows
from reminderbot.store.tables import CaseState, Delivery, InboxState, cases
from reminderbot.store.vault import LostKeyError
from tests.conftest import At
from tests.store.personal import HANDED_OVER, KEPT_BACK, OF_NOBODY, WHAT_TO_DO, decided

ANA, BEN = 7_310_001, 7_310_002
TAP = Tap("7", 1)

POSSIBLE: dict[tuple[str, str], Any] = {
    ("cadence", "habit"): "move",
    ("cadence", "plan"): "every 45m 9:00-12:00 weekdays",
    ("day", "habit"): "move",
    ("inbox", "state"): InboxState.DONE,
    ("message", "state"): Delivery.SENT,
    ("reminder", "habit"): "move",
    ("reminder", "outcome"): "done",
    ("report", "codes"): "[]",
    ("report", "rules"): "[]",
    ("report", "state"): "closed",
    ("safety", "hold"): "normal",
    ("safety_case", "kind"): "report",
    ("safety_case", "state"): CaseState.CLOSED,
    ("subscriber", "standing"): "active",
    ("subscriber", "zone"): "Asia/Tokyo",
}
"""What is looked at while a person is forgotten has to make sense; all else is filled with a mark of its own."""

TABLES = sorted(SQLModel.metadata.tables.items())
OF_PEOPLE = [table for name, table in TABLES if name in HANDED_OVER]


def undecided(metadata: MetaData) -> str:
    """What has to be done about columns without a decision; empty when there are none."""
    new = sorted(columns(metadata) - decided())
    return "\n".join(WHAT_TO_DO.format(column=f"{table}.{column}") for table, column in new)


def columns(metadata: MetaData) -> set[tuple[str, str]]:
    """Every table and column."""
    return {(name, column.name) for name, table in metadata.tables.items() for column in table.columns}


def test_every_column_has_a_decision() -> None:
    assert not undecided(SQLModel.metadata), undecided(SQLModel.metadata)
    assert decided() - columns(SQLModel.metadata) == set(), "no longer there: take it out of personal.py"


def test_a_new_column_is_named_with_what_to_do() -> None:
    metadata = MetaData()
    Table("subscriber", metadata, Column("zone", String), Column("shoe_size", Integer))
    Table("diary", metadata, Column("page", Integer))
    first, second = undecided(metadata).splitlines()
    assert first.startswith("diary.page is new")
    assert second.startswith("subscriber.shoe_size is new")
    assert "tests/store/personal.py" in first


def test_what_is_handed_over_and_deleted_is_found_by_the_chat_in_its_key() -> None:
    assert {table.name for table in rows.personal_tables()} == set(HANDED_OVER)
    assert all("chat_id" in table.primary_key.columns for table in OF_PEOPLE)
    assert not any("chat" in column for columns, _ in OF_NOBODY.values() for column in columns.split())


def mark(table: Table, column: Column[Any], work: Work) -> Any:
    """A value that no other column has, wherever the type has room for that."""
    name, place = f"{table.name}.{column.name}", 500 + list(decided_order()).index((table.name, column.name))
    kinds: dict[type, Any] = {
        bool: True,
        int: place,
        str: f"mark of {name}",
        bytes: work.around.vault.seal({"sealed": f"mark of {name}"}),
        date: date(2020, 1, 1) + timedelta(days=place),
        datetime: datetime(2020, 1, 1, 1, tzinfo=UTC) + timedelta(days=place),
    }
    kind = getattr(column.type, "impl_instance", column.type).python_type
    return POSSIBLE.get((table.name, column.name), kinds[kind])


def decided_order() -> Iterator[tuple[str, str]]:
    """All columns of the tables of people, always in the same order."""
    yield from sorted(each for each in decided() if each[0] in HANDED_OVER)


def fill(work: Work, chat_id: int) -> dict[str, dict[str, Any]]:
    """A row in every table of people, with something in every column; the rows by table."""
    filled = {}
    for table in OF_PEOPLE:
        row = {column.name: mark(table, column, work) for column in table.columns} | {"chat_id": chat_id}
        if table is cases:
            row |= {"acknowledged_by": BEN, "number": chat_id % 10}
        work.tx.execute(table.insert().values(row))
        filled[table.name] = row
    return filled


def readable(work: Work, value: Any) -> Any:
    """A value as a person should get it."""
    if isinstance(value, date):
        return value.isoformat()
    return work.around.vault.open(value) if isinstance(value, bytes) else value


def exported(work: Work, chat_id: int) -> dict[str, Any]:
    """What the JSON of /export holds."""
    privacy.export(work, chat_id)
    [row] = [row for row in rows_of(work, "message", chat_id) if row["template"] == "export.json"]
    file: Any = work.around.vault.open(row["args"])
    found: dict[str, Any] = json.loads(file["text"])
    return found


def rows_of(work: Work, table: str, chat_id: int) -> list[dict[str, Any]]:
    return dict(rows.everything(work.tx, chat_id))[table]


def test_every_column_that_is_a_persons_is_in_the_export(at: At) -> None:
    with at() as work:
        filled = fill(work, ANA)
        found = exported(work, ANA)
    missing = [
        f"{table}.{column}"
        for table, columns in HANDED_OVER.items()
        for column in columns.split()
        if found[table][0].get(column) != readable(work, filled[table][column])
    ]
    assert missing == []


def test_what_belongs_to_somebody_else_is_not_in_the_export(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        found = exported(work, ANA)
    assert [
        column for table, columns in KEPT_BACK.items() for column in columns if column in found[table][0]
    ] == []
    assert str(BEN) not in json.dumps(found)


def test_after_forget_neither_the_chat_nor_anything_else_of_the_person_is_anywhere(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        work.tx.execute(cases.update().values(acknowledged_by=ANA, state=CaseState.ACKNOWLEDGED))
        privacy.forget(work, ANA, TAP)
        for row in rows_of(work, "message", ANA):
            outbox_rows.settle(work.tx, outbox_rows.Key(ANA, row["id"]), Delivery.SENT)
        outbox_rows.sweep(work.tx, work.at - timedelta(days=7), 100)
        assert [place for place, value in everything(work) if str(ANA) in value] == []
        # The random name stays in the log, where nothing explains it any more.
        assert {place for place, value in everything(work) if "mark of" in value} == {"audit.person"}


def test_a_case_of_somebody_else_no_longer_names_who_took_it_and_was_forgotten(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        fill(work, BEN)
        work.tx.execute(cases.update().where(cases.c.chat_id == BEN).values(acknowledged_by=ANA))
        privacy.forget(work, ANA, TAP)
        assert [row["acknowledged_by"] for row in rows_of(work, "safety_case", BEN)] == [None]


def everything(work: Work) -> Iterator[tuple[str, str]]:
    """Every value in the whole database, decrypted, as ``(table.column, text)``."""
    for name, table in TABLES:
        for row in work.tx.execute(table.select()).mappings():
            for column, value in row.items():
                yield f"{name}.{column}", opened(work, value)


def opened(work: Work, value: Any) -> str:
    try:
        return str(work.around.vault.open(value) if isinstance(value, bytes) else value)
    except LostKeyError:
        pytest.fail("something is sealed with another key")
