"""What a tick costs depends on what is due, not on how much is stored: no statement of it reads a whole table."""

from typing import Any

import pytest
from sqlalchemy import event

from reminderbot.services import checkins, days, delivery, due, followups, ladder, oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox
from reminderbot.store.tables import Lane
from tests.world import MONDAY


def _statements(store: Store, around: Surroundings) -> list[tuple[str, Any]]:
    seen: list[tuple[str, Any]] = []

    def note(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
    ) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            seen.append((statement, parameters))

    event.listen(store.engine, "before_cursor_execute", note)
    with store.begin() as tx:
        work = Work(tx, MONDAY, around)
        due.make_due(work)
        days.close_due(work)
        ladder.advance(work, 500)
        oncall.end_aways(work, 500)
        followups.advance(work, 500)
        followups.sweep_window(work, 500)
        checkins.advance(work, 500)
        days.sweep(work)
        delivery.claim(work, Lane, 16)
        inbox.known(tx, [1, 2])
        inbox.waiting(tx)
    event.remove(store.engine, "before_cursor_execute", note)
    return seen


def test_no_statement_of_a_tick_reads_a_whole_table(store: Store, around: Surroundings) -> None:
    statements = _statements(store, around)
    assert len(statements) >= 8
    for statement, parameters in statements:
        with store.begin() as tx:
            plan = [str(row[3]) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
        whole = [step for step in plan if step.startswith("SCAN") and "USING" not in step]
        if whole:
            pytest.fail(f"{whole} in {statement}")
