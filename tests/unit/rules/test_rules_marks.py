"""The marks of the days in a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.marks import Mark, marks
from reminderbot.rules.streaks import DayCounts, Today, progress

MONDAY = date(2026, 1, 5)
TODAY = MONDAY + timedelta(days=30)
COUNTS = st.one_of(st.none(), st.tuples(st.integers(0, 4), st.integers(0, 4)), st.just((4, 0)))
HISTORIES = st.lists(COUNTS, min_size=1, max_size=30).map(
    lambda counts: [
        DayCounts(TODAY - timedelta(days=len(counts) - number), *pair)
        for number, pair in enumerate(counts)
        if pair is not None
    ]
)
TODAYS = st.builds(
    Today, st.just(TODAY), st.integers(0, 5), st.integers(0, 3), st.integers(0, 2), st.integers(0, 5)
)


def marked(
    rows: list[DayCounts],
    today: Today,
    first: date = MONDAY,
    last: date | None = None,
    threshold: float = 0.5,
) -> str:
    verdicts = progress(rows, threshold, today).verdicts
    return marks(rows, verdicts, today, first, last or today.day)


def of_days(*counts: tuple[int, int]) -> list[DayCounts]:
    """Days from Monday on, done and missed."""
    return [DayCounts(MONDAY + timedelta(days=number), *pair) for number, pair in enumerate(counts)]


def running(day: int, done: int = 0, remaining: int = 0) -> Today:
    return Today(MONDAY + timedelta(days=day), done, 0, 0, remaining)


def test_each_day_has_its_mark() -> None:
    """Kept, in part, missed, rest; today nothing yet, and tomorrow neither."""
    rows = of_days((4, 1), (1, 4), (0, 3), (0, 0))
    assert marked(rows, running(4, remaining=5), last=MONDAY + timedelta(days=6)) == "kpmr---"


def test_a_day_without_a_row_is_a_rest_day_once_the_habit_has_begun() -> None:
    rows = [row for row in of_days((0, 0), (0, 0), (1, 0), (0, 0), (1, 0)) if row.done]
    assert marked(rows, running(5, remaining=1)) == "--krk-"


def test_a_freeze_is_shown_even_where_something_was_done() -> None:
    """It was told that way when it happened."""
    rows = of_days(*[(1, 0)] * 7, (1, 3))
    assert marked(rows, running(8, remaining=1)) == "kkkkkkkf-"


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (running(1, done=0, remaining=4), "-"),
        (running(1, done=1, remaining=4), "p"),
        (running(1, done=3, remaining=2), "k"),
        (running(1, done=0, remaining=0), "r"),
    ],
)
def test_today_is_never_missed(today: Today, mark: str) -> None:
    """Open, begun, counted already, or free."""
    assert marked(of_days((1, 0)), today) == "k" + mark


@given(HISTORIES, TODAYS, st.sampled_from([0.3, 0.5, 1.0]), st.integers(0, 40), st.integers(0, 40))
def test_a_calendar_has_a_letter_for_each_of_its_days_and_none_outside_the_habit(
    rows: list[DayCounts], today: Today, threshold: float, before: int, after: int
) -> None:
    first, last = TODAY - timedelta(days=before), TODAY + timedelta(days=after)
    letters = marked(rows, today, first, last, threshold)
    assert len(letters) == before + after + 1
    assert set(letters) <= set(Mark)
    began = min([row.day for row in rows] + [TODAY])
    for number, letter in enumerate(letters):
        day = first + timedelta(days=number)
        if day < began or day > TODAY:
            assert letter == Mark.BLANK
        elif day < TODAY:
            assert letter != Mark.BLANK


@given(HISTORIES, TODAYS, st.sampled_from([0.3, 0.5, 1.0]))
def test_the_streak_can_be_read_off_the_calendar(
    rows: list[DayCounts], today: Today, threshold: float
) -> None:
    """It is the kept days since the last one that was missed, or kept in part only."""
    letters = marked(rows, today, threshold=threshold)
    past = letters[:-1]
    since = max(past.rfind(Mark.MISSED), past.rfind(Mark.PART))
    assert letters[since + 1 :].count(Mark.KEPT) == progress(rows, threshold, today).streak
