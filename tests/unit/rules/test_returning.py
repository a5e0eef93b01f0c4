"""The way back after a hold: three days, and every second nudge."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import returning

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(start=days, offset=st.integers(-400, 400))
def test_the_way_back_is_three_habit_days_and_not_one_more(start: date, offset: int) -> None:
    assert returning.lasts(start, start + timedelta(days=offset)) == (0 <= offset < 3)


@given(day=days)
def test_nobody_is_on_a_way_back_that_never_began(day: date) -> None:
    assert not returning.lasts(None, day)


@given(start=days)
def test_the_last_day_is_the_last_on_which_it_lasts(start: date) -> None:
    last = returning.last_day(start)
    assert returning.lasts(start, last)
    assert not returning.lasts(start, last + timedelta(days=1))


def walk_back(kept_otherwise: list[bool]) -> list[bool]:
    """What goes out of these nudges, of which some are kept back for other reasons."""
    sent: list[bool] = []
    for kept in kept_otherwise:
        sent.append(not kept and not returning.is_left_out(sent))
    return sent


@given(st.integers(0, 60))
def test_every_second_nudge_comes_beginning_with_the_first(count: int) -> None:
    assert walk_back([False] * count) == [number % 2 == 0 for number in range(count)]


@given(st.lists(st.booleans(), max_size=60))
def test_two_nudges_in_a_row_never_come(kept: list[bool]) -> None:
    sent = walk_back(kept)
    assert not any(one and following for one, following in pairwise(sent))


@given(st.lists(st.booleans(), max_size=60))
def test_after_one_that_did_not_come_the_next_one_may(kept: list[bool]) -> None:
    sent = walk_back(kept)
    silent = [index for index, came in enumerate(sent[:-1]) if not came and not kept[index + 1]]
    assert all(sent[index + 1] for index in silent)


@given(points=st.integers(0, 60), before=st.lists(st.booleans(), max_size=20))
def test_what_is_still_to_come_is_what_then_comes(points: int, before: list[bool]) -> None:
    sent = list(before)
    for _ in range(points):
        sent.append(not returning.is_left_out(sent))
    assert sum(sent[len(before) :]) == returning.still_to_come(points, before)


@given(before=st.lists(st.booleans(), max_size=20), gentle=st.integers(0, 60), after=st.integers(0, 10))
def test_what_is_said_to_come_is_what_then_comes(before: list[bool], gentle: int, after: int) -> None:
    points = [(number, number < gentle) for number in range(gentle + after)]
    sent = list(before)
    for _, on_the_way_back in points:
        sent.append(not on_the_way_back or not returning.is_left_out(sent))
    come = [number for (number, _), came in zip(points, sent[len(before) :], strict=True) if came]
    assert list(returning.coming(points, before, walks=True)) == come


def test_without_a_gentle_card_nothing_comes_before_the_way_back_is_over() -> None:
    points = [("today", True), ("tomorrow", True), ("later", False)]
    assert list(returning.coming(points, [], walks=False)) == ["later"]
