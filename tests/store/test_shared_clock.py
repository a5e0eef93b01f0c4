"""All workers go by the database server's time, whatever the clocks of their machines say."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from reminderbot.ops.clock import SharedClock
from reminderbot.store.engine import Store

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def test_a_worker_agrees_with_the_server(postgres_store: Store) -> None:
    clock = SharedClock()
    clock.agree(postgres_store)
    with postgres_store.begin() as tx:
        assert abs(clock.now() - postgres_store.time(tx)) < timedelta(seconds=5)


def test_the_quickest_answer_counts(postgres_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server says noon each time: after a slow, a quick and a slow answer it is half the quick one's way later."""
    moments = iter([0.0, 10.0, 14.0, 20.0, 21.0, 30.0, 36.0, 40.5])
    clock = SharedClock(lambda: next(moments))
    monkeypatch.setattr(postgres_store, "time", lambda _: NOON)
    clock.agree(postgres_store)
    assert clock.now() == NOON + timedelta(seconds=20)


def test_between_two_looks_it_runs_on_steadily() -> None:
    moments = iter([5.0, 7.5])
    clock = SharedClock(lambda: next(moments))
    assert timedelta(seconds=2) < clock.now() - datetime.now(UTC) < timedelta(seconds=3)


def test_a_look_at_the_server_while_the_time_is_told_changes_nothing(
    postgres_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread looks in the midst of it; the server agrees with our clock, so it is 12:01 either way."""
    ours = 0.0
    looks: list[Store] = []

    def seconds() -> float:
        if looks:
            clock.agree(looks.pop())
        return ours

    clock = SharedClock(seconds)
    monkeypatch.setattr(postgres_store, "time", lambda _: NOON + timedelta(seconds=ours))
    clock.agree(postgres_store)
    ours = 60.0
    looks.append(postgres_store)
    assert clock.now() == NOON + timedelta(seconds=60)


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no such clock")
def test_the_hours_that_the_machine_sleeps_count(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, awake = SharedClock(), time.clock_gettime
    slept = {time.CLOCK_BOOTTIME: 3 * 3600.0}
    monkeypatch.setattr(time, "clock_gettime", lambda which: awake(which) + slept.get(which, 0.0))
    assert clock.now() - datetime.now(UTC) > timedelta(hours=2, minutes=59)
