"""All workers go by the database server's time, whatever the clocks of their machines say."""

from datetime import UTC, datetime, timedelta

import pytest

from reminderbot.ops.clock import SharedClock
from reminderbot.store.engine import Store


def test_a_worker_agrees_with_the_server(postgres_store: Store) -> None:
    clock = SharedClock()
    clock.agree(postgres_store)
    with postgres_store.begin() as tx:
        assert abs(clock.now() - postgres_store.time(tx)) < timedelta(seconds=5)


def test_the_quickest_answer_counts(postgres_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says noon each time: after a slow, a quick and a slow answer it is half the quick one's way later."""
    moments = iter([0.0, 10.0, 14.0, 20.0, 21.0, 30.0, 36.0, 40.5])
    noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    clock = SharedClock(lambda: next(moments))
    monkeypatch.setattr(postgres_store, "time", lambda _: noon)
    clock.agree(postgres_store)
    assert clock.now() == noon + timedelta(seconds=20)


def test_between_two_looks_it_runs_on_steadily() -> None:
    moments = iter([5.0, 7.5])
    clock = SharedClock(lambda: next(moments))
    assert timedelta(seconds=2) < clock.now() - datetime.now(UTC) < timedelta(seconds=3)
