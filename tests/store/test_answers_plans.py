"""An answer reads its chat's last days and nothing else, however much is stored."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from reminderbot.store.engine import Store
from reminderbot.store.queries import history
from tests.store.answering import MON, Ana, local

SINCE = local("3:00")


@pytest.mark.parametrize(
    ("query", "bounds"),
    [
        (lambda tx: history.newest_open(tx, 7, MON, SINCE, None), "(chat_id=? AND habit_day=?)"),
        (lambda tx: history.newest_open(tx, 7, MON, SINCE, "move"), "(chat_id=? AND habit_day=?)"),
        (lambda tx: history.newest_answered(tx, 7, MON, None), "(chat_id=? AND habit_day=?)"),
        (lambda tx: history.newest_answered(tx, 7, MON, "move"), "(chat_id=? AND habit_day=? AND habit=?)"),
        (
            lambda tx: history.answered_since(tx, 7, MON - timedelta(days=7), SINCE),
            "(chat_id=? AND habit_day>?",
        ),
    ],
)
def test_what_an_answer_may_mean_is_looked_up_by_day(store: Store, at: Any, query: Any, bounds: str) -> None:
    """All of them use the index by chat, day and habit."""
    Ana(at, local("8:00"))
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
        seen.append((statement, values))

    with store.begin() as tx:
        event.listen(store.engine, "before_cursor_execute", note)
        query(tx)
        event.remove(store.engine, "before_cursor_execute", note)
        ((statement, values),) = seen
        plan = [str(row[3]) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert f"USING INDEX reminder_by_day {bounds}" in plan[0]
