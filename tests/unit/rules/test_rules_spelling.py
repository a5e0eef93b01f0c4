"""Slips of the pen in the words of times and habits, and words of their own that are only near to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.timewords.days import ONE_DAY
from reminderbot.rules.timewords.spelling import spelt

NAMES = frozenset(("move", "moves", "nudge", "stretch", "stretches", "stretching", "chair yoga", "yoga"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("evry 30 mins", "every 30 mins"),
        ("evrey 30 minuts", "every 30 minutes"),
        ("Remnd me in 20 minutes", "remind me in 20 minutes"),
        ("remind me in 2 huors", "remind me in 2 hours"),
        ("at 9 on weekdys", "at 9 on weekdays"),
        ("tomorow at 3 pm, or tommorow", "tomorrow at 3 pm, or tomorrow"),
        ("wensday, thurdsay and fridy", "wednesday, thursday and friday"),
        ("24 decmber to 2 januray", "24 december to 2 january"),
        ("strech at 7 pm", "stretch at 7 pm"),
        ("chiar yoga at 5", "chair yoga at 5"),
        ("every evning chair yogs", "every evening chair yoga"),
    ],
)
def test_a_slip_is_put_right_where_it_can_mean_one_word(text: str, meant: str) -> None:
    assert spelt(text, NAMES) == meant


@pytest.mark.parametrize(
    "text",
    [
        "weekday reminders, ever so often, are very nice",
        "it reminds me of everyday mornings, mourning and moaning",
        "I remained calm and moved the dairy in a movie",
        "yog at 5, mov at 6, nuge",
        "todays stretched remainder of the eight right night lights at noon",
        "walk to the choir chair /stretc it's-tomorow'",
        "may, march, match and marsh",
        "strech " * 30,
    ],
)
def test_short_words_and_words_of_their_own_stay(text: str) -> None:
    assert spelt(text, NAMES) == text


@given(st.sampled_from(sorted(word for word in ONE_DAY if len(word) > 5)), st.data())
def test_a_day_with_a_letter_left_out_is_that_day_or_stays(day: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(day) - 1))
    word = day[:place] + day[place + 1 :]
    assert spelt(word) in {day, word}


@given(st.text(max_size=250))
def test_what_was_put_right_is_right(text: str) -> None:
    once = spelt(text, NAMES)
    assert spelt(once, NAMES) == once
