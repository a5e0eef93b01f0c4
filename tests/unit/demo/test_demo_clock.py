"""The demo's clock starts on a Monday morning, runs, and only goes forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminderbot.demo.clock import DemoClock


class Seconds:
    """Real seconds, counted by hand."""

    def __init__(self) -> None:
        self.count = 0.0

    def __call__(self) -> float:
        return self.count


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("today", [date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 8), date(2026, 10, 22)])
def test_it_starts_on_the_next_monday_at_five_to_nine_local_time(zone: str, today: date) -> None:
    clock = DemoClock(ZoneInfo(zone), today, Seconds())
    local = clock.local(clock.now())
    assert (local.isoweekday(), local.hour, local.minute) == (1, 8, 55)
    assert timedelta(0) < local.date() - today <= timedelta(days=7)
    assert clock.now().tzinfo is UTC


def test_it_uses_the_machines_zone_when_none_is_given() -> None:
    clock = DemoClock(today=date(2026, 3, 4), monotonic=Seconds())
    assert clock.now() == datetime(2026, 3, 9, 8, 55).astimezone(UTC)


def test_it_runs_at_real_speed_from_wherever_it_was_set() -> None:
    seconds = Seconds()
    clock = DemoClock(UTC, date(2026, 3, 2), seconds)
    began = clock.now()
    seconds.count = 90
    assert clock.now() - began == timedelta(seconds=90)
    clock.set(began + timedelta(hours=1))
    seconds.count = 100
    assert clock.now() - began == timedelta(hours=1, seconds=10)


def test_it_never_goes_backwards_and_refuses_a_naive_time() -> None:
    clock = DemoClock(UTC, date(2026, 3, 2), Seconds())
    before = clock.now()
    clock.set(before - timedelta(days=1))
    assert clock.now() == before
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2027, 1, 1))


def test_tomorrow_morning_is_tomorrows_five_to_nine_also_when_the_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    clock = DemoClock(berlin, date(2026, 3, 20), Seconds())
    clock.set(datetime(2026, 3, 28, 20, 0, tzinfo=berlin))
    assert clock.next_morning() == datetime(2026, 3, 29, 8, 55, tzinfo=berlin)
    clock.set(datetime(2026, 3, 29, 2, 0, tzinfo=UTC))
    assert clock.next_morning() == datetime(2026, 3, 30, 8, 55, tzinfo=berlin)
    clock.set(datetime(2026, 3, 29, 7, 30, tzinfo=berlin))
    assert clock.next_morning() == datetime(2026, 3, 30, 8, 55, tzinfo=berlin)
    clock.set(datetime(2026, 3, 29, 8, 55, tzinfo=berlin))
    assert clock.next_morning() == datetime(2026, 3, 30, 8, 55, tzinfo=berlin)
