"""An answer reads its chat's last days and nothing else, however much is stored."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from reminderbot.store.engine import Store
from reminderbot.store.queries import history
from reminderbot.store.tables import reminders
from tests.store.answering import MON, local
from tests.store.plans import bounds, watched

SINCE = local("3:00")


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        (lambda tx: history.newest_open(tx, 7, MON, SINCE, None), ["chat_id", "habit_day"]),
        (lambda tx: history.newest_open(tx, 7, MON, SINCE, "move"), ["chat_id", "habit_day"]),
        (lambda tx: history.newest_answered(tx, 7, MON, None), ["chat_id", "habit_day"]),
        (lambda tx: history.newest_answered(tx, 7, MON, "move"), ["chat_id", "habit_day", "habit"]),
        (
            lambda tx: history.answered_since(tx, 7, MON - timedelta(days=7), SINCE),
            ["chat_id", "habit_day"],
        ),
    ],
)
def test_what_an_answer_may_mean_is_looked_up_by_day(
    store: Store, at: Any, query: Any, columns: list[str]
) -> None:
    """All of them use the index by chat, day and habit."""
    with at(local("8:00")) as work:
        work.tx.execute(reminders.insert(), list(_many()))
        work.tx.exec_driver_sql("ANALYZE reminder")
    with store.begin() as tx:
        with watched(store) as seen:
            query(tx)
        (told,) = bounds(tx, seen[-1], "reminder_by_day")
    found = re.findall(r"(\w+)(?:\)::text)? ?[=>]", told)
    assert found[: len(columns)] == columns


def _many() -> Iterator[dict[str, Any]]:
    """Months of many people's days."""
    for chat_id, number, habit in product(range(1, 41), range(60), ("move", "stretch")):
        at = local("9:00", MON - timedelta(days=number))
        row = {
            "chat_id": chat_id,
            "habit": habit,
            "habit_day": at.date(),
            "origin": "cadence",
            "state": "sent",
        }
        times = ("due_at", "closes_at", "expires_at", "not_before", "sent_at")
        yield row | dict.fromkeys(times, at) | {"attempts": 1}
