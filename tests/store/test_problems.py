"""Several workers that look for problems at once: one of them tells."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from reminderbot.library.problems import Problem
from reminderbot.services import contents, people, problems
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import schema, tables
from reminderbot.store.engine import Store
from tests.world import MONDAY

Verb = Callable[[Work], None]

ADA = 1001
LATER = MONDAY + timedelta(days=3)
WRONG = [Problem("nudges/up.yaml", 3, "text.en", "is missing")]


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


def is_wrong(work: Work) -> None:
    contents.broken(work, WRONG, in_use=False)


@pytest.mark.parametrize(
    ("before", "found", "told"),
    [(contents.well, is_wrong, "admin.content"), (is_wrong, contents.well, "admin.content_over")],
)
def test_of_workers_that_find_the_same_content_one_tells(
    postgres_store: Store, around: Surroundings, before: Verb, found: Verb, told: str
) -> None:
    with worker(postgres_store, around, MONDAY) as work:
        people.start(work, ADA, "Ada")
        before(work)
        work.tx.execute(tables.messages.delete())
    with worker(postgres_store, around, MONDAY) as one:
        found(one)
        with pytest.raises(OperationalError), worker(postgres_store, around, MONDAY) as other:
            found(other)
    with worker(postgres_store, around, MONDAY) as other:
        found(other)
        assert [row.template for row in other.tx.execute(tables.messages.select())] == [told]
