"""Which reports belong to a case, and which of them may be read: also for cases that an older version has opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection

from reminderbot.services import cases, holds
from reminderbot.services.reports import Finding, open_report
from reminderbot.services.work import Work
from reminderbot.store import engine, schema, tables
from reminderbot.store.engine import Store
from reminderbot.store.queries import cases as rows
from reminderbot.store.tables import CaseKind
from tests.conftest import At
from tests.store.test_reports import all_of

ANA, OSEI, NUMBER = 1001, 1003, 1
CALF = Finding("urgent", "calf-clot", ["calf-clot.swollen"], words="my calf is hot")
SADDLE = Finding("emergency", "cauda-equina", ["cauda-equina.numb-saddle"], words="I can't feel my groin")


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Store]:
    """A database of the version before, with a case that shares a report, and one that shares none."""
    store = Store(engine.parse_url(f"sqlite:///{tmp_path / 'older.db'}"))
    with store.begin() as tx:
        _to(tx, "0002")
        for number, shared in ((1, 1), (2, 0)):
            tx.exec_driver_sql(_REPORT.format(number=number))
            tx.exec_driver_sql(_CASE.format(number=number, shared=shared))
        tx.exec_driver_sql(_REPORT.format(number=3))
    yield store
    store.close()


_REPORT = """insert into report (chat_id, id, reported_at, state, level, mental, language, rules, codes, lexicon,
    reacted) values (1001, {number}, '2026-01-05 08:55:00', 'open', 'urgent', 0, 'en', '[]', '[]', '1', 0)"""
_CASE = """insert into safety_case (chat_id, number, kind, level, report_id, shared, policy, opened_at, state, step,
    round, expired) values (1001, {number}, 'report', 'urgent', {number}, {shared}, '', '2026-01-05 08:55:00', 'open',
    1, 1, 0)"""


def _to(tx: Connection, revision: str) -> None:
    config = schema._config()
    config.attributes["connection"] = tx
    command.upgrade(config, revision)


def test_cases_of_the_version_before_keep_their_report_and_its_consent(older: Store) -> None:
    schema.migrate(older)
    with older.begin() as tx:
        found = tx.execute(tables.reports.select().order_by(tables.reports.c.id)).all()
    assert [(row.case_number, row.shared) for row in found] == [(1, True), (2, False), (None, False)]


def test_a_case_keeps_every_report_also_one_that_a_later_one_has_taken_over(at: At) -> None:
    with at() as work:
        _on_call(work)
        first, second = (open_report(work, ANA, finding, "Ana") for finding in (CALF, SADDLE))
        [case] = rows.unclosed_of(work.tx, ANA)
        assert [row.id for row in rows.reports_of(work.tx, case, holds.LASTING)] == [first, second]


def test_a_case_that_the_version_before_opens_beside_this_one_has_its_report(at: At) -> None:
    with at() as work:
        _on_call(work)
        report = open_report(work, ANA, SADDLE, "Ana")
        work.tx.execute(tables.reports.update().values(case_number=None, shared=None))
        [case] = rows.unclosed_of(work.tx, ANA)
        assert [row.id for row in rows.reports_of(work.tx, case, holds.LASTING)] == [report]


def test_the_version_before_shows_no_other_report_than_the_shared_one(at: At) -> None:
    with at() as work:
        _on_call(work)
        _, second = (open_report(work, ANA, finding, "Ana") for finding in (CALF, SADDLE))
        cases.share(work, ANA, second)
        [case] = rows.unclosed_of(work.tx, ANA)
        assert (case.shared, case.report_id) == (True, second)


def test_a_report_is_told_to_the_next_case_without_the_consent_for_the_last_one(at: At) -> None:
    with at() as work:
        _on_call(work)
        report = open_report(work, ANA, CALF, "Ana")
        assert cases.share(work, ANA, report)
        cases.withdraw(work, ANA, "checked")
        cases.open_case(work, ANA, report, "emergency", CaseKind.REPORT, "Ana", None)
        [row] = all_of(work, tables.reports)
        assert (row.case_number, row.shared) == (2, False)


def test_a_closed_report_is_logged_with_its_rules(at: At) -> None:
    with at() as work:
        for finding in (CALF, SADDLE):
            open_report(work, ANA, finding, "Ana")
        [closed] = all_of(work, tables.audit, kind="report_closed")
        assert '"rules": ["calf-clot.swollen"]' in closed.detail


def _on_call(work: Work) -> None:
    row = {"chat_id": OSEI, "step": 1, "since": work.at, "reachable": True}
    work.tx.execute(tables.on_call.insert().values(row))
