"""Until when a reminder is worth sending: not long after it was due, nor outside its window, nor late at night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import cadence, clock, late
from reminderbot.rules.timewords import parse_cadence

BERLIN = ZoneInfo("Europe/Berlin")
EVENING = time(21)


def _expiry(words: str, wall: datetime, minutes: int) -> datetime:
    plan = parse_cadence(words, None)
    assert isinstance(plan, cadence.Every | cadence.At)
    due = cadence.next_due(plan, clock.instant(wall, BERLIN) - timedelta(seconds=1), BERLIN)
    assert due.wall == wall
    return clock.wall_of(late.expires_at(due, plan, BERLIN, minutes, EVENING), BERLIN)


def test_a_nudge_is_given_up_a_quarter_of_an_hour_late() -> None:
    nine = datetime(2026, 1, 5, 9)
    assert _expiry("every 60m 9:00-12:00 weekdays", nine, 15) == nine.replace(minute=15)


def test_a_nudge_is_not_sent_outside_its_window() -> None:
    last = datetime(2026, 1, 5, 11, 55)
    assert _expiry("every 35m 9:00-12:00 weekdays", last, 15) == datetime(2026, 1, 5, 12)


def test_a_stretch_waits_six_hours_but_not_into_the_evening() -> None:
    morning, late_afternoon = datetime(2026, 1, 5, 8, 30), datetime(2026, 1, 5, 17)
    assert _expiry("at 8:30 daily", morning, 360) == morning + timedelta(hours=6)
    assert _expiry("at 17:00 daily", late_afternoon, 360) == datetime(2026, 1, 5, 21)


def test_somebody_who_wants_it_late_gets_it_on_time_or_not_at_all() -> None:
    ten = datetime(2026, 1, 5, 22)
    assert _expiry("at 22:00 daily", ten, 360) == ten + late.ON_TIME


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_every_reminder_may_be_sent_when_it_is_due(minute: int, late_minutes: int) -> None:
    plan = cadence.At((minute,), cadence.EVERY_DAY)
    due = cadence.next_due(plan, datetime(2026, 3, 28, 12, tzinfo=UTC), BERLIN)
    assert late.expires_at(due, plan, BERLIN, late_minutes, EVENING) > due.at


def _asked(wall: datetime, minutes: int) -> datetime:
    at = clock.instant(wall, BERLIN)
    return clock.wall_of(late.asked_expires_at(at, BERLIN, minutes, EVENING), BERLIN)


def test_what_somebody_has_named_the_moment_for_may_be_as_late_as_its_habit_whatever_the_window() -> None:
    noon = datetime(2026, 1, 10, 12)
    assert _asked(noon, 15) == noon + timedelta(minutes=15)
    assert _asked(noon, 360) == noon + timedelta(hours=6)


def test_in_the_evening_it_may_be_only_a_little_late() -> None:
    assert _asked(datetime(2026, 1, 5, 17), 360) == datetime(2026, 1, 5, 21)
    assert _asked(datetime(2026, 1, 5, 22), 360) == datetime(2026, 1, 5, 22, 15)


@given(st.integers(0, 1439), st.integers(1, 1440))
def test_it_may_always_be_sent_at_its_moment(minute: int, late_minutes: int) -> None:
    wall = datetime(2026, 3, 29) + timedelta(minutes=minute)
    at = clock.instant(wall, BERLIN)
    assert late.asked_expires_at(at, BERLIN, late_minutes, EVENING) > at
