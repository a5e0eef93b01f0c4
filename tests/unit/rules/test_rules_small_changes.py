"""Small changes of a plan: how often, and hours without reminders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.cadence import Window
from reminderbot.rules.timewords import hours, oftener

MORE = [
    "more often",
    "More reminders please",
    "I want more reminders",
    "can you remind me more often?",
    "not enough nudges",
    "make it more often",
    "you remind me too rarely",
    "remind me more frequently from now on",
]
LESS = [
    "less often",
    "fewer",
    "fewer reminders please",
    "less reminders",
    "too many reminders",
    "that's too many nudges!",
    "make it less often",
    "way too many nudges, please!",
    "you’re reminding me too often",
    "not so many reminders",
    "please remind me less often",
    "I'd like fewer reminders",
    "hello, could you please send me fewer alerts",
]


@pytest.mark.parametrize(
    ("text", "more"), [*((text, True) for text in MORE), *((text, False) for text in LESS)]
)
def test_more_and_less_are_understood(text: str, more: bool) -> None:
    found = oftener.read(text)
    assert found is not None
    assert (found.what, found.more) == ("", more)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("stretch more often", "stretch"),
        ("remind me to move more often", "move"),
        ("chair yoga less often", "chair yoga"),
        ("my reminders less often", "reminders"),
        ("it hurts more often", "it hurts"),
        ("I get it more often", "i get it"),
    ],
)
def test_what_is_to_come_more_often_is_named(text: str, what: str) -> None:
    found = oftener.read(text)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    "text", ["", "more", "often", "more often than not", "more pain", "less", "too much", "I pee a lot"]
)
def test_other_words_ask_for_neither(text: str) -> None:
    assert oftener.read(text) is None


def window(words: str) -> Window:
    start, _, end = words.partition("-")
    return Window(int(start) * 60, int(end) * 60)


@pytest.mark.parametrize(
    ("text", "what", "windows"),
    [
        ("not after 5 pm", "", "17-24"),
        ("no reminders after 18:00", "reminders", "18-24"),
        ("nothing before 9", "", "0-9 0-21"),
        ("please don’t remind me after 4", "", "16-24"),
        ("don't send me anything after eight", "", "20-24 8-24"),
        ("I don't want any nudges before 10am", "nudges", "0-10"),
        ("stop reminding me after 6 in the evening", "", "18-24"),
        ("no more stretch after noon any more", "stretch", "12-24"),
        ("move not later than 17", "move", "17-24"),
        ("only after 9", "", "0-9 0-21"),
        ("only remind me before 5", "", "17-24"),
        ("nudges only until 16:00 please", "nudges", "16-24"),
        ("nothing between 12 and 1", "", "12-13"),
        ("no reminders from 9 to 5", "reminders", "9-17"),
        ("nothing after midnight", "", ""),
        ("no pain after 5pm", "pain", "17-24"),
        ("hello, could you please not remind me before 9?", "", "0-9 0-21"),
        ("I don't want to be reminded to stretch after 5 pm", "stretch", "17-24"),
        ("never remind me to move before 10am", "move", "0-10"),
        ("only remind me to move after 11am", "move", "0-11"),
        ("my reminders only after 9", "reminders", "0-9 0-21"),
        ("no move reminders after 5", "move", "17-24"),
        ("I want no stretch after 5pm", "stretch", "17-24"),
        ("never any notifications after 18:00", "notifications", "18-24"),
        ("to move not before 10am", "move", "0-10"),
        ("nothing after 24:00", "", ""),
    ],
)
def test_hours_without_reminders_are_understood(text: str, what: str, windows: str) -> None:
    found = hours.read(text)
    assert found is not None
    assert (found.what, found.windows) == (what, tuple(map(window, windows.split())))
    assert found.is_time
    assert not found.some_days


@pytest.mark.parametrize(
    ("text", "is_clear"),
    [
        ("not after 5", False),
        ("never before 10", False),
        ("no stretch after 5", False),
        ("move only after 11", False),
        ("no reminders after 5", True),
        ("don't remind me to move before 10", True),
        ("stop pinging me after 6", True),
    ],
)
def test_only_words_about_reminders_are_clear(text: str, is_clear: bool) -> None:
    found = hours.read(text)
    assert found is not None
    assert found.is_clear is is_clear


@pytest.mark.parametrize(
    "text", ["not after 5 on fridays", "no reminders before 9 today", "nothing after 17:00 on weekends"]
)
def test_hours_of_some_days_only_are_told_apart(text: str) -> None:
    found = hours.read(text)
    assert found is not None
    assert found.some_days


def test_a_time_that_there_is_not_is_told_apart() -> None:
    found = hours.read("not after 25:00")
    assert found is not None
    assert (found.word, found.is_time) == ("25:00", False)


@pytest.mark.parametrize(
    "text",
    [
        "not after lunch",
        "no reminders until 10",
        "between 9 and 12",
        "only from 9 to 5",
        "I'm not home before 6",
        "after 5 pm",
        "not after 5 minutes",
        "never",
        "only at night",
        "no reminders from 9",
        "it was not bad after 5 pm yesterday",
        "",
    ],
)
def test_other_words_free_no_hours(text: str) -> None:
    assert hours.read(text) is None


OFFICE = [window("9-12"), window("13-17")]


@pytest.mark.parametrize(
    ("free", "left"),
    [
        ("17-24", "9-12 13-17"),
        ("15-24", "9-12 13-15"),
        ("12-24", "9-12"),
        ("0-10", "10-12 13-17"),
        ("10-11", "9-10 11-12 13-17"),
        ("0-24", ""),
    ],
)
def test_windows_are_cut(free: str, left: str) -> None:
    assert hours.without(OFFICE, window(free)) == [window(one) for one in left.split()]


MINUTES = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1])


@given(MINUTES)
def test_what_is_left_is_all_that_was_there_but_the_free_hours(pair: tuple[int, int]) -> None:
    free = Window(*pair)
    left = {minute for one in hours.without(OFFICE, free) for minute in range(one.start, one.end)}
    there = {minute for one in OFFICE for minute in range(one.start, one.end)}
    assert left == there - set(range(free.start, free.end))


@given(st.text(max_size=250))
def test_no_text_is_too_strange(text: str) -> None:
    assert oftener.read(text) is None or text.strip()
    assert hours.read(text) is None or text.strip()


def test_a_long_text_is_read_at_once() -> None:
    for words in (
        "please " * 28,
        "can you " * 24 + "x",
        "not any more " * 15,
        "no a b c d e f " * 13 + "after 5",
    ):
        assert oftener.read(words) is None
        assert hours.read(words) is None or len(words) <= 200
