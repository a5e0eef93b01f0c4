"""When a habit is due."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import cadence, clock
from reminderbot.rules.cadence import EVERY_DAY, WEEKDAYS, At, Cadence, Due, Every, Window

BERLIN = clock.zone("Europe/Berlin")
KOLKATA = clock.zone("Asia/Kolkata")
APIA = clock.zone("Pacific/Apia")
INSTANT = timedelta(microseconds=1)
OFFICE = Every(60, (Window(540, 720), Window(780, 1050)), WEEKDAYS)
ZONES = st.sampled_from(
    [clock.zone(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
                                   "Africa/Casablanca", "Asia/Kolkata", "America/Scoresbysund")]
)  # fmt: skip
DAYS = st.frozensets(st.integers(0, 6), min_size=1)
INSTANTS = st.datetimes(datetime(2009, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
SHIFTS = st.integers(0, 60)


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    """One to three windows that may touch but not overlap."""
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    return tuple(Window(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False))


EVERIES = st.builds(Every, st.integers(15, 480), windows(), DAYS)
ATS = st.builds(
    At, st.sets(st.integers(0, 1439), min_size=1, max_size=4).map(lambda t: tuple(sorted(t))), DAYS
)
# Nearby changes of the clocks are where plans break, so half of the cases start within a day of one.
CHANGES = ["2026-03-29T01", "2026-10-25T01", "2026-03-08T07", "2026-11-01T06", "2026-10-03T15", "2026-04-04T15",
           "2011-12-30T10", "2026-02-15T02", "2026-03-22T02", "2027-03-28T01", "2010-11-07T02"]  # fmt: skip
NEAR_CHANGES = st.builds(
    lambda text, step: datetime.fromisoformat(f"{text}:00:00+00:00") + step,
    st.sampled_from(CHANGES),
    st.timedeltas(timedelta(days=-1), timedelta(days=1)),
)
MOMENTS = INSTANTS | NEAR_CHANGES


def berlin(year: int, month: int, day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=BERLIN)


def upcoming(plan: Cadence, after: datetime, zone: ZoneInfo, count: int, shift: int = 0) -> tuple[Due, ...]:
    return tuple(islice(cadence.coming(plan, after, zone, shift), count))


def walls(dues: Iterable[Due]) -> list[str]:
    return [due.wall.strftime("%a %H:%M") for due in dues]


def test_each_window_has_its_own_grid_strictly_before_its_end() -> None:
    dues = upcoming(OFFICE, berlin(2026, 3, 2, 0), BERLIN, 9)
    assert walls(dues) == [
        "Mon 09:00", "Mon 10:00", "Mon 11:00", "Mon 13:00", "Mon 14:00", "Mon 15:00", "Mon 16:00", "Mon 17:00",
        "Tue 09:00",
    ]  # fmt: skip


def test_the_next_due_moment_is_strictly_after_now() -> None:
    nine = cadence.next_due(OFFICE, berlin(2026, 3, 2, 8, 59), BERLIN)
    assert nine == Due(datetime(2026, 3, 2, 8, tzinfo=UTC), datetime(2026, 3, 2, 9))
    assert cadence.next_due(OFFICE, nine.at, BERLIN).wall == datetime(2026, 3, 2, 10)
    assert cadence.next_due(OFFICE, berlin(2026, 3, 6, 17), BERLIN).wall == datetime(2026, 3, 9, 9)


def test_the_end_of_the_day_is_a_valid_end_and_no_window_crosses_it() -> None:
    late = Every(60, (Window(1320, 1440),), EVERY_DAY)
    assert walls(upcoming(late, berlin(2026, 3, 2, 0), BERLIN, 3)) == [
        "Mon 22:00",
        "Mon 23:00",
        "Tue 22:00",
    ]


def test_a_shift_moves_every_point_and_leaves_exact_times_alone() -> None:
    after = berlin(2026, 3, 2, 0)
    assert walls(upcoming(OFFICE, after, BERLIN, 2, shift=7)) == ["Mon 09:07", "Mon 10:07"]
    assert walls(upcoming(At((450,), EVERY_DAY), after, BERLIN, 1, shift=7)) == ["Mon 07:30"]


def test_a_shift_stays_inside_a_window_shorter_than_itself() -> None:
    short = Every(60, (Window(540, 545),), EVERY_DAY)
    for shift in range(60):
        due = cadence.next_due(short, berlin(2026, 3, 2, 0), BERLIN, shift)
        assert due.wall.date() == date(2026, 3, 2)
        assert cadence.window_of(short, due.wall)


def test_an_exact_time_in_a_gap_moves_to_the_first_instant_after_it() -> None:
    due = cadence.next_due(At((150,), EVERY_DAY), berlin(2026, 3, 28, 12), BERLIN)
    assert due == Due(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, 30))


def test_times_moved_out_of_one_gap_and_the_time_after_it_fire_once() -> None:
    plan = At((130, 150, 180), EVERY_DAY)
    dues = cadence.due_between(plan, berlin(2026, 3, 29, 0), berlin(2026, 3, 30, 0), BERLIN)
    assert dues == (Due(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 3, 29, 2, 10)),)


def test_a_time_moved_over_midnight_does_not_meet_a_time_of_the_next_day_twice() -> None:
    scoresbysund = clock.zone("America/Scoresbysund")
    plan = At((0, 1410), EVERY_DAY)
    midnight = datetime(2027, 3, 28, 1, tzinfo=UTC)
    dues = upcoming(plan, datetime(2027, 3, 27, 12, tzinfo=UTC), scoresbysund, 2)
    assert [due.at for due in dues] == [midnight, datetime(2027, 3, 29, 0, 30, tzinfo=UTC)]
    (moved,) = cadence.due_between(At((1410,), EVERY_DAY), midnight, midnight + INSTANT, scoresbysund)
    assert moved.at == midnight


def test_points_of_an_interval_inside_a_gap_are_dropped() -> None:
    night = Every(30, (Window(60, 240),), EVERY_DAY)
    dues = cadence.due_between(night, berlin(2026, 3, 29, 0), berlin(2026, 3, 30, 0), BERLIN)
    assert walls(dues) == ["Sun 01:00", "Sun 01:30", "Sun 03:00", "Sun 03:30"]


def test_a_repeated_time_fires_once_the_first_time() -> None:
    night = Every(30, (Window(120, 180),), EVERY_DAY)
    dues = cadence.due_between(night, berlin(2026, 10, 25, 0), berlin(2026, 10, 26, 0), BERLIN)
    assert [due.at for due in dues] == [datetime(2026, 10, 25, 0, m, tzinfo=UTC) for m in (0, 30)]
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert cadence.next_due(night, between, BERLIN).wall == datetime(2026, 10, 26, 2)


def test_the_day_that_apia_skipped_has_no_nudge_and_its_stretch_comes_when_the_day_would_have() -> None:
    after = datetime(2011, 12, 29, 18, 0, tzinfo=APIA)
    assert cadence.next_due(OFFICE, after, APIA).wall == datetime(2012, 1, 2, 9)
    stretch = cadence.next_due(At((450,), frozenset({4})), after, APIA)
    assert stretch == Due(datetime(2011, 12, 30, 10, tzinfo=UTC), datetime(2011, 12, 30, 7, 30))


def test_between_includes_the_start_and_excludes_the_end() -> None:
    start, end = berlin(2026, 3, 2, 9), berlin(2026, 3, 2, 11)
    assert walls(cadence.due_between(OFFICE, start, end, BERLIN)) == ["Mon 09:00", "Mon 10:00"]
    assert cadence.due_between(OFFICE, end, start, BERLIN) == ()


def test_a_moment_is_due_exactly_then_and_moved_by_the_shift() -> None:
    nine, second = berlin(2026, 3, 2, 9), timedelta(seconds=1)
    assert cadence.due_between(OFFICE, nine, nine + INSTANT, BERLIN)
    assert not cadence.due_between(OFFICE, nine + second, nine + second + INSTANT, BERLIN)
    assert not cadence.due_between(OFFICE, nine, nine + INSTANT, BERLIN, shift=5)
    five_past = berlin(2026, 3, 2, 9, 5)
    assert cadence.due_between(OFFICE, five_past, five_past + INSTANT, BERLIN, shift=5)


@pytest.mark.parametrize(
    ("wall", "inside"),
    [
        (datetime(2026, 3, 2, 8, 59), False),
        (datetime(2026, 3, 2, 9, 0), True),
        (datetime(2026, 3, 2, 11, 59, 59), True),
        (datetime(2026, 3, 2, 12, 0), False),
        (datetime(2026, 3, 2, 17, 29), True),
        (datetime(2026, 3, 7, 9, 30), False),
    ],
)
def test_a_window_holds_its_start_but_not_its_end_nor_other_days(wall: datetime, inside: bool) -> None:
    assert (cadence.window_of(OFFICE, wall) is not None) is inside


def test_a_naive_now_is_refused() -> None:
    naive, aware = datetime(2026, 3, 2, 9), berlin(2026, 3, 2, 9)
    with pytest.raises(clock.NaiveTimeError):
        cadence.next_due(OFFICE, naive, BERLIN)
    with pytest.raises(clock.NaiveTimeError):
        cadence.due_between(OFFICE, naive, aware, BERLIN)
    with pytest.raises(clock.NaiveTimeError):
        cadence.due_between(OFFICE, aware, naive, BERLIN)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Window(720, 540),
        lambda: Window(540, 540),
        lambda: Window(-1, 540),
        lambda: Window(540, 1441),
        lambda: Every(14, OFFICE.windows, WEEKDAYS),
        lambda: Every(481, OFFICE.windows, WEEKDAYS),
        lambda: Every(60, (), WEEKDAYS),
        lambda: Every(60, OFFICE.windows[::-1], WEEKDAYS),
        lambda: Every(60, (Window(0, 60), Window(59, 120)), WEEKDAYS),
        lambda: Every(60, OFFICE.windows, frozenset()),
        lambda: Every(60, OFFICE.windows, frozenset({7})),
        lambda: At((), WEEKDAYS),
        lambda: At((1440,), WEEKDAYS),
        lambda: At((-1,), WEEKDAYS),
        lambda: At((5, 5), WEEKDAYS),
        lambda: At((6, 5), WEEKDAYS),
        lambda: At((5,), frozenset()),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(build: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"window|interval|days|times"):
        build()


def test_windows_may_touch() -> None:
    touching = Every(60, (Window(540, 600), Window(600, 660)), WEEKDAYS)
    assert walls(upcoming(touching, berlin(2026, 3, 2, 0), BERLIN, 2)) == ["Mon 09:00", "Mon 10:00"]


def test_a_chat_keeps_its_shift_and_a_crowd_spreads_over_all_of_it() -> None:
    # These values are stored nowhere: another hash would move everybody's nudges at the next start.
    assert [cadence.shift_for(chat, 10) for chat in (1, 42, 987654321)] == [3, 2, 8]
    assert {cadence.shift_for(chat, 10) for chat in range(500)} == set(range(11))
    assert {cadence.shift_for(chat, 0) for chat in range(50)} == {0}


@given(EVERIES, MOMENTS, ZONES, SHIFTS)
def test_the_next_nudge_lies_inside_a_window_and_strictly_after_now(
    plan: Every, after: datetime, zone: ZoneInfo, shift: int
) -> None:
    due = cadence.next_due(plan, after, zone, shift)
    assert due.at > after
    assert due.at.tzinfo is UTC
    assert clock.wall_of(due.at, zone) == due.wall
    assert cadence.window_of(plan, due.wall) is not None


@given(ATS, MOMENTS, ZONES)
def test_the_next_exact_time_is_one_of_the_plan_and_strictly_after_now(
    plan: At, after: datetime, zone: ZoneInfo
) -> None:
    due = cadence.next_due(plan, after, zone)
    assert due.at > after
    assert due.wall.weekday() in plan.days
    assert due.wall.hour * 60 + due.wall.minute in plan.times
    assert clock.in_gap(due.wall, zone) or clock.wall_of(due.at, zone) == due.wall


@given(EVERIES | ATS, MOMENTS, ZONES, SHIFTS)
def test_no_plan_fires_twice_for_one_local_time(
    plan: Cadence, after: datetime, zone: ZoneInfo, shift: int
) -> None:
    dues = upcoming(plan, after, zone, 60, shift)
    assert len({clock.wall_of(due.at, zone) for due in dues}) == len(dues)
    assert len({due.wall for due in dues}) == len(dues)
    assert [due.at for due in dues] == sorted(due.at for due in dues)


@given(EVERIES | ATS, MOMENTS, ZONES, SHIFTS)
def test_one_after_another_upcoming_and_between_agree(
    plan: Cadence, after: datetime, zone: ZoneInfo, shift: int
) -> None:
    chain = [cadence.next_due(plan, after, zone, shift)]
    while len(chain) < 12:
        chain.append(cadence.next_due(plan, chain[-1].at, zone, shift))
    assert tuple(chain) == upcoming(plan, after, zone, 12, shift)
    assert tuple(chain[:-1]) == cadence.due_between(plan, chain[0].at, chain[-1].at, zone, shift)
    assert all(cadence.due_between(plan, due.at, due.at + INSTANT, zone, shift) == (due,) for due in chain)


@given(EVERIES, st.dates(date(2026, 1, 5), date(2026, 12, 31)), SHIFTS)
def test_a_grid_starts_within_one_interval_of_each_window_and_keeps_its_steps(
    plan: Every, day: date, shift: int
) -> None:
    # Kolkata's clocks never change, so the grid of a day can be seen whole.
    begin = datetime.combine(day, time(), tzinfo=KOLKATA)
    dues = cadence.due_between(plan, begin, begin + timedelta(days=1), KOLKATA, shift)
    minutes = [due.wall.hour * 60 + due.wall.minute for due in dues]
    if day.weekday() not in plan.days:
        assert minutes == []
        return
    for window in plan.windows:
        inside = [minute for minute in minutes if window.start <= minute < window.end]
        assert 0 <= inside[0] - window.start <= min(shift, plan.interval - 1)
        assert inside == list(range(inside[0], window.end, plan.interval))
