"""When somebody counts as silent, by the days on which they were reminded; and what answers the question."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import silence
from reminderbot.rules.cadence import EVERY_DAY, WEEKDAYS

MONDAY = date(2026, 1, 5)

weeks = st.frozensets(st.integers(0, 6), min_size=1)


def _days(weekdays: frozenset[int], length: int) -> list[date]:
    """The days of these weekdays among so many after Monday."""
    days = [MONDAY + timedelta(days=number) for number in range(1, length + 1)]
    return [day for day in days if day.weekday() in weekdays]


@pytest.mark.parametrize(("since", "is_long"), [(0, False), (13, False), (14, True), (400, True)])
def test_two_weeks_are_long(since: int, is_long: bool) -> None:
    assert silence.is_long(MONDAY, MONDAY + timedelta(days=since)) is is_long


def test_of_whom_nothing_is_known_nothing_is_long() -> None:
    assert not silence.is_long(None, MONDAY)


@pytest.mark.parametrize(
    ("weekdays", "fewest"), [(EVERY_DAY, 14), (WEEKDAYS, 10), (frozenset({0, 2, 4}), 6), (frozenset({0}), 5)]
)
def test_two_weeks_of_days_with_reminders_are_silence(weekdays: frozenset[int], fewest: int) -> None:
    days = _days(weekdays, 60)
    assert not any(silence.is_silent(days[:number]) for number in range(fewest))
    assert silence.is_silent(days[:fewest])


@given(weeks, st.integers(0, 60), st.sets(st.integers(0, 59)))
def test_days_without_reminders_never_make_anybody_silent(
    weekdays: frozenset[int], length: int, gone: set[int]
) -> None:
    """A break, an outage or a hold takes days away: with fewer of them nobody is silent sooner."""
    days = _days(weekdays, length)
    left = [day for number, day in enumerate(days) if number not in gone]
    assert not silence.is_silent(left) or len(left) >= silence.FEWEST_DAYS
    if {day.weekday() for day in left} == {day.weekday() for day in days}:
        assert silence.is_silent(days) or not silence.is_silent(left)


@pytest.mark.parametrize(
    "text", ["yes", "yup", "Yes, please!", "  ok ", "Of course", "👍", "They are.", "still useful"]
)
def test_a_yes_says_that_they_are_useful(text: str) -> None:
    assert silence.is_useful(text) is True


@pytest.mark.parametrize("text", ["no", "No, thanks", "nope!", "not really", "Not any more", "not useful"])
def test_a_no_says_that_they_are_not(text: str) -> None:
    assert silence.is_useful(text) is False


@pytest.mark.parametrize(
    "text", ["", "yes, done", "no pain today", "fewer", "/today", "noon", "please", "👎"]
)
def test_other_words_say_neither(text: str) -> None:
    assert silence.is_useful(text) is None
