"""Days gone by, as they are named behind an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.timewords import WordsError
from reminderbot.rules.timewords.past import split_past_day

THURSDAY = date(2026, 1, 8)


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("", 0),
        ("today", 0),
        ("this went well", 0),
        ("yesterday", 1),
        ("Yesterday evening", 1),
        ("yesterday's", 1),
        ("last night", 1),
        ("yesterday at 5", 1),
        ("wednesday", 1),
        ("wed", 1),
        ("on Monday", 3),
        ("last monday", 3),
        ("for friday morning", 6),
        ("thursday", 7),
        ("3 days ago", 3),
        ("two days ago", 2),
        ("a day ago", 1),
        ("a week ago", 7),
        ("0 days ago", 0),
    ],
)
def test_a_day_is_the_last_one_of_its_name_before_today(text: str, back: int) -> None:
    assert split_past_day(text, THURSDAY)[0] == THURSDAY - timedelta(days=back)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("yesterday, it felt good", "it felt good"),
        ("yesterday but forgot", "but forgot"),
        ("on monday", ""),
        ("sat outside", "sat outside"),
        ("monday is better", "monday is better"),
        ("see you monday", "see you monday"),
    ],
)
def test_the_day_is_taken_off_the_words_only_where_it_stands_by_itself(text: str, rest: str) -> None:
    assert split_past_day(text, THURSDAY)[1] == rest


@pytest.mark.parametrize(
    "text",
    ["8 days ago", "2 weeks ago", "a month ago", "year ago", "last week", "2026-01-07", "24 December",
     "on the 24th of dec", "January 2nd", "9" * 5000 + " days ago"],
)  # fmt: skip
def test_a_day_further_back_and_a_date_are_refused(text: str) -> None:
    with pytest.raises(WordsError, match="day_too_far"):
        split_past_day(text, THURSDAY)


@given(st.text(max_size=40), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_whatever_is_said_the_day_lies_in_the_last_week(text: str, today: date) -> None:
    try:
        day, _ = split_past_day(text, today)
    except WordsError:
        return
    assert timedelta() <= today - day <= timedelta(days=7)
