"""Instants, wall times and habit days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import clock

BERLIN = clock.zone("Europe/Berlin")
NEW_YORK = clock.zone("America/New_York")
LORD_HOWE = clock.zone("Australia/Lord_Howe")
APIA = clock.zone("Pacific/Apia")
CASABLANCA = clock.zone("Africa/Casablanca")
KOLKATA = clock.zone("Asia/Kolkata")
# Clocks went back over midnight here, from 00:01 to 23:01 of the day before.
ST_JOHNS = clock.zone("America/St_Johns")
ZONES = st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, APIA, CASABLANCA, KOLKATA, ST_JOHNS])
WALLS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1))
INSTANTS = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
DAY_STARTS = st.integers(0, 6)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(clock.NaiveTimeError):
        clock.aware(datetime(2026, 3, 2, 9))
    with pytest.raises(clock.NaiveTimeError):
        clock.wall_of(datetime(2026, 3, 2, 9), BERLIN)
    with pytest.raises(clock.NaiveTimeError):
        clock.habit_day(datetime(2026, 3, 2, 9), BERLIN)


def test_an_aware_wall_time_is_refused() -> None:
    for rule in (clock.instant, clock.in_gap):
        with pytest.raises(ValueError, match="naive"):
            rule(datetime(2026, 3, 2, 9, tzinfo=UTC), BERLIN)
    with pytest.raises(ValueError, match="naive"):
        clock.habit_day_of_wall(datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_an_aware_instant_comes_back_in_utc() -> None:
    at = clock.aware(datetime(2026, 7, 1, 9, tzinfo=BERLIN))
    assert at == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert at.tzinfo is UTC


def test_a_zone_is_the_same_object_each_time() -> None:
    assert clock.zone("Europe/Berlin") is BERLIN


@pytest.mark.parametrize(
    "name",
    ["", " ", "Berlin", "Europe/Nowhere", "Europe", "../etc/passwd", "/etc/localtime", "Europe/../Europe/Berlin",
     "localtime", "right/Europe/Berlin", "posix/Europe/Berlin", "Factory", "zone.tab", "Europe/Berlin\x00", "Ünïx",
     "A" * 5000],
)  # fmt: skip
def test_an_unknown_or_unsafe_zone_name_is_refused(name: str) -> None:
    with pytest.raises(clock.UnknownZoneError):
        clock.zone(name)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        (BERLIN, datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 1)),
        (NEW_YORK, datetime(2026, 3, 8, 2, 0), datetime(2026, 3, 8, 7)),
        (LORD_HOWE, datetime(2026, 10, 4, 2, 15), datetime(2026, 10, 3, 15, 30)),
        (APIA, datetime(2011, 12, 30, 7, 30), datetime(2011, 12, 30, 10)),
        (APIA, datetime(2011, 12, 30, 0, 0), datetime(2011, 12, 30, 10)),
        (CASABLANCA, datetime(2026, 3, 22, 2, 45, 30, 7), datetime(2026, 3, 22, 2)),
    ],
)
def test_a_wall_time_in_a_gap_is_the_first_instant_after_it(
    zone: ZoneInfo, wall: datetime, utc: datetime
) -> None:
    assert clock.in_gap(wall, zone)
    assert clock.instant(wall, zone) == utc.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "utc"),
    [
        (BERLIN, datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30)),
        (NEW_YORK, datetime(2026, 11, 1, 1, 0), datetime(2026, 11, 1, 5)),
        (LORD_HOWE, datetime(2026, 4, 5, 1, 45), datetime(2026, 4, 4, 14, 45)),
        (CASABLANCA, datetime(2026, 2, 15, 2, 30), datetime(2026, 2, 15, 1, 30)),
    ],
)
def test_a_repeated_wall_time_is_the_first_of_the_two(zone: ZoneInfo, wall: datetime, utc: datetime) -> None:
    assert not clock.in_gap(wall, zone)
    assert clock.instant(wall, zone) == utc.replace(tzinfo=UTC)
    assert clock.instant(wall.replace(fold=1), zone) == utc.replace(tzinfo=UTC)


@given(WALLS, ZONES)
def test_a_wall_time_comes_back_from_its_instant_unless_it_lies_in_a_gap(
    wall: datetime, zone: ZoneInfo
) -> None:
    back = clock.wall_of(clock.instant(wall, zone), zone)
    assert (back > wall) if clock.in_gap(wall, zone) else (back == wall)


@given(WALLS, st.timedeltas(timedelta(0), timedelta(days=2)), ZONES)
def test_later_wall_times_never_give_earlier_instants(
    wall: datetime, step: timedelta, zone: ZoneInfo
) -> None:
    assert clock.instant(wall, zone) <= clock.instant(wall + step, zone)


@pytest.mark.parametrize(
    ("wall", "day_start", "day"),
    [
        (datetime(2026, 3, 3, 2, 59), 3, date(2026, 3, 2)),
        (datetime(2026, 3, 3, 3, 0), 3, date(2026, 3, 3)),
        (datetime(2026, 3, 3, 0, 0), 0, date(2026, 3, 3)),
        (datetime(2026, 3, 3, 5, 59), 6, date(2026, 3, 2)),
    ],
)
def test_a_habit_day_begins_at_its_hour(wall: datetime, day_start: int, day: date) -> None:
    assert clock.habit_day_of_wall(wall, day_start) == day
    assert clock.habit_day(wall.replace(tzinfo=BERLIN), BERLIN, day_start) == day


@pytest.mark.parametrize("day_start", [-1, 7])
def test_a_day_start_out_of_range_is_refused(day_start: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 6"):
        clock.habit_day_of_wall(datetime(2026, 3, 3, 9), day_start)


@given(INSTANTS, ZONES, DAY_STARTS)
def test_now_lies_between_the_beginnings_of_its_habit_day_and_the_next(
    at: datetime, zone: ZoneInfo, day_start: int
) -> None:
    day = clock.habit_day(at, zone, day_start)
    assert clock.day_begins(day, zone, day_start) <= at
    assert at < clock.day_begins(day + timedelta(days=1), zone, day_start)


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=3)), ZONES, DAY_STARTS)
def test_a_habit_day_never_goes_back(at: datetime, step: timedelta, zone: ZoneInfo, day_start: int) -> None:
    assert clock.habit_day(at, zone, day_start) <= clock.habit_day(at + step, zone, day_start)


def test_a_habit_day_does_not_go_back_when_the_clocks_do_so_over_midnight() -> None:
    for minutes in (0, 30, 59, 61):
        at = datetime(2010, 11, 7, 2, 30, tzinfo=UTC) + timedelta(minutes=minutes)
        assert clock.habit_day(at, ST_JOHNS, 0) == date(2010, 11, 7)


def test_the_day_that_apia_skipped_is_only_the_small_hours_before_the_next() -> None:
    begins = clock.day_begins(date(2011, 12, 30), APIA)
    assert begins == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert clock.day_begins(date(2011, 12, 31), APIA) - begins == timedelta(hours=3)
    assert clock.day_begins(date(2011, 12, 30), APIA, 0) == clock.day_begins(date(2011, 12, 31), APIA, 0)
