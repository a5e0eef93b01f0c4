"""Several workers that look for problems at once: one of them tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from reminderbot.services import people, problems
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import schema, tables
from reminderbot.store.engine import Store
from tests.world import MONDAY

ADA = 1001
LATER = MONDAY + timedelta(days=3)


@contextmanager
def worker(store: Store, around: Surroundings, at: datetime) -> Iterator[Work]:
    """A transaction of a worker's own, in which whoever waits for another one waits for ever."""
    with store.begin() as tx:
        tx.exec_driver_sql("SET LOCAL lock_timeout = 100")  # ms
        yield Work(tx, at, replace(around, admin_chats=frozenset({ADA})))


def test_a_fact_is_changed_only_by_who_knows_how_it_was(store: Store) -> None:
    with store.begin() as tx:
        assert [schema.swap(tx, "problem", None, "doubtful") for _ in range(2)] == [True, False]
        assert [schema.swap(tx, "problem", "doubtful", "told") for _ in range(2)] == [True, False]
        assert schema.read(tx, "problem") == "told"


def test_who_looks_while_another_worker_tells_waits_and_then_tells_nothing(
    postgres_store: Store, around: Surroundings
) -> None:
    with worker(postgres_store, around, MONDAY) as work:
        people.start(work, ADA, "Ada")
        problems.look(work)
    with worker(postgres_store, around, LATER) as work:
        problems.look(work)
        work.tx.execute(tables.messages.delete())
    sure = LATER + problems.SURE_AFTER
    with worker(postgres_store, around, sure) as one:
        problems.look(one)
        with pytest.raises(OperationalError), worker(postgres_store, around, sure) as other:
            problems.look(other)
    with worker(postgres_store, around, sure) as other:
        problems.look(other)
        said = [row.template for row in other.tx.execute(tables.messages.select())]
    assert sorted(said) == ["admin.backup_never", "admin.due"]
