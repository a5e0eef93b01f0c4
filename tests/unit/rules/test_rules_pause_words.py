"""Pauses and breaks from one day to another, in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.pauses import Pause
from reminderbot.rules.timewords import WordsError, is_pause, parse_pause
from tests.unit.rules.reading import outcome, refusal

WEDNESDAY, MONDAY = date(2026, 9, 16), date(2026, 11, 23)
PAUSE_CODES = (
    """bad_pause pause_past pause_too_long pause_until pause_backwards pause_half_year pause_which""".split()
)
CHRISTMAS = Pause(date(2026, 12, 24), date(2027, 1, 3))
LONG_WEEKEND = Pause(date(2026, 11, 27), date(2026, 12, 1))
WRITTEN = (
    "{0.day} {0:%B}",
    "{0:%b} {0.day}",
    "{0.day}.{0.month}.",
    "{0:%a} {0.day} {0:%B}",
    "{0:%Y-%m-%d}",
    "the {0.day}th of {0:%B}",
)


@pytest.mark.parametrize(
    ("text", "resume"),
    [
        ("3d", date(2026, 9, 19)),
        ("3 days", date(2026, 9, 19)),
        ("3", date(2026, 9, 19)),
        ("for three days", date(2026, 9, 19)),
        ("1w", date(2026, 9, 23)),
        ("a week", date(2026, 9, 23)),
        ("366d", date(2027, 9, 17)),
        ("today", date(2026, 9, 17)),
        ("for today", date(2026, 9, 17)),
        ("for the rest of the day", date(2026, 9, 17)),
        ("until tomorrow", date(2026, 9, 17)),
        ("until friday", date(2026, 9, 18)),
        ("until next Tue", date(2026, 9, 22)),
        ("until wednesday", date(2026, 9, 23)),
        ("until 2 January", date(2027, 1, 2)),
        ("until the 2nd of January", date(2027, 1, 2)),
        ("UNTIL Jan 2", date(2027, 1, 2)),
        ("till 2 Jan 2027", date(2027, 1, 2)),
        ("until January 2nd, 2027", date(2027, 1, 2)),
        ("until 2027-01-02", date(2027, 1, 2)),
        ("until 2.1.", date(2027, 1, 2)),
        ("until 17 Sept", date(2026, 9, 17)),
        ("until 15 September", date(2027, 9, 15)),
    ],
)
def test_a_pause_names_the_day_on_which_reminders_resume(text: str, resume: date) -> None:
    assert parse_pause(text, WEDNESDAY) == Pause(WEDNESDAY, resume)


def test_a_pause_without_words_has_an_open_end() -> None:
    assert parse_pause("  ", WEDNESDAY) == Pause(WEDNESDAY, date.max)


def test_a_leap_day_without_a_year_is_the_next_one_there_is() -> None:
    assert parse_pause("until 29 Feb", date(2027, 3, 1)).resumes_on == date(2028, 2, 29)
    assert refusal(parse_pause, "until 29 Feb", WEDNESDAY)[0] == "pause_too_long"


@pytest.mark.parametrize(
    ("text", "code"),
    [("0d", "bad_pause"), ("yesterday", "bad_pause"), ("until", "bad_pause"), ("until foo", "bad_pause"),
     ("until 31 Feb", "bad_pause"), ("until 2 ma 2027", "bad_pause"), ("until 2026-13-01", "bad_pause"),
     ("9" * 40, "bad_pause"), ("until today", "pause_past"), ("until 2026-09-16", "pause_past"),
     ("until 2 Jan 2020", "pause_past"), ("367d", "pause_too_long"), ("53 weeks", "pause_too_long"),
     ("999999999 weeks", "pause_too_long"), ("until 2028-01-01", "pause_too_long")],
)  # fmt: skip
def test_a_pause_that_makes_no_sense_is_refused(text: str, code: str) -> None:
    assert refusal(parse_pause, text, WEDNESDAY)[0] == code


@pytest.mark.parametrize(
    ("text", "word", "day"),
    [("Friday", "friday", "2026-09-18"), ("on friday", "friday", "2026-09-18"),
     ("2 January", "2 january", "2027-01-02")],
)  # fmt: skip
def test_a_day_without_until_is_refused_with_the_words_for_it(text: str, word: str, day: str) -> None:
    assert refusal(parse_pause, text, WEDNESDAY) == ("pause_until", {"word": word, "resumes_day": day})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("pause", True), ("pause today", True), ("Pause for today!", True), ("pause 3d", True),
     ("pause button broken", False)],
)  # fmt: skip
def test_a_text_is_read_as_the_wish_for_a_pause(text: str, wanted: bool) -> None:
    assert is_pause(text) is wanted


@given(st.text(max_size=40), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_text_is_a_pause_in_the_coming_year_or_refused_with_a_code(text: str, today: date) -> None:
    found = outcome(parse_pause, text, today)
    if isinstance(found, Pause):
        assert today <= found.begins < found.resumes_on
        assert found.resumes_on == date.max or found.resumes_on - today <= timedelta(days=366)
    else:
        assert found in PAUSE_CODES


@pytest.mark.parametrize(
    "words",
    ["24 December to 2 January", "24.12.-2.1.", "24.12. – 2.1.", "Dec 24 - Jan 2", "2026-12-24 - 2027-01-02",
     "from Thu 24 December to Sat 2 January", "24 December through 2 January", "24 December until 3 January",
     "24 December 2026 to 2 January", "24 December to 2 January 2027", "from 24 december for 10 days",
     "between 24 December and 2 January", "12/24 to 1/2", "24/12/2026-2/1/2027"],
)  # fmt: skip
def test_the_last_day_of_a_break_is_part_of_it_unless_it_reads_until(words: str) -> None:
    assert parse_pause(words, MONDAY) == CHRISTMAS


@pytest.mark.parametrize(
    ("words", "first", "resume"),
    [("24-31 December", (12, 24), date(2027, 1, 1)), ("December 24 to 31", (12, 24), date(2027, 1, 1)),
     ("today to friday", (11, 23), date(2026, 11, 28)), ("from monday to friday", (11, 23), date(2026, 11, 28)),
     ("from next monday to friday", (11, 30), date(2026, 12, 5)), ("next week", (11, 30), date(2026, 12, 7)),
     ("the weekend", (11, 28), date(2026, 11, 30)),
     ("monday to monday", (11, 23), date(2026, 12, 1)), ("tomorrow for a week", (11, 24), date(2026, 12, 1)),
     ("from friday", (11, 27), date.max), ("from tomorrow until friday", (11, 24), date(2026, 11, 27)),
     ("friday for 1 day", (11, 27), date(2026, 11, 28)),
     ("10 November to 10 December", (11, 23), date(2026, 12, 11)),
     ("until the 14th", (11, 23), date(2026, 12, 14)), ("from the 28th to the 2nd", (11, 28), date(2026, 12, 3)),
     ("24th to friday", (11, 24), date(2026, 11, 28)), ("this week", (11, 23), date(2026, 11, 30)),
     ("for the next two weeks", (11, 23), date(2026, 12, 7)), ("until wensday", (11, 23), date(2026, 11, 25)),
     ("I'm off tomorow", (11, 24), date(2026, 11, 25)), ("away on friday", (11, 27), date(2026, 11, 28)),
     ("we're out of office 28.11.", (11, 28), date(2026, 11, 29)), ("on holiday today", (11, 23), date(2026, 11, 24)),
     ("pause all week", (11, 23), date(2026, 11, 30)), ("pause me now please", (11, 23), date.max),
     ("Hi, could you pause all reminders for 3 days please", (11, 23), date(2026, 11, 26)),
     ("pause all day", (11, 23), date(2026, 11, 24)),
     ("I am on annual leave until 1 December", (11, 23), date(2026, 12, 1)),
     ("going on vacation for 10 days, so please pause reminders", (11, 23), date(2026, 12, 3)),
     ("holiday from 7 dec to 11 dec", (12, 7), date(2026, 12, 12))],
)  # fmt: skip
def test_a_break_has_the_nearest_days_that_make_sense(
    words: str, first: tuple[int, int], resume: date
) -> None:
    assert parse_pause(words, MONDAY) == Pause(date(2026, *first), resume)


@pytest.mark.parametrize(
    "words", ["from friday to monday", "fri-mon", "friday - monday", "me from fri through mon"]
)
def test_weekdays_are_the_next_ones(words: str) -> None:
    assert parse_pause(words, MONDAY) == LONG_WEEKEND


def test_on_a_sunday_the_weekend_is_the_one_that_runs() -> None:
    assert parse_pause("this weekend", date(2026, 11, 29)) == Pause(date(2026, 11, 29), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("words", "code"),
    [("20 November to 22 November", "pause_past"), ("from 1 Jan 2020", "pause_past"), ("now until now", "pause_past"),
     ("2027-02-02 to 2027-01-01", "pause_backwards"), ("2 January to 24 December", "pause_half_year"),
     ("1/2 to 3/4", "pause_which"), ("until 3/4", "pause_which"), ("from 3/4", "pause_which"),
     ("24 December 2027 to 2 January 2028", "pause_too_long"), ("from 1 January 2030", "pause_too_long"),
     ("2026-12-01 to 9989-12-31", "pause_too_long"), ("from 9999-12-30 for 9 days", "bad_pause"),
     ("2026-12-01 to 9999-12-31", "bad_pause"), ("until 9999-12-31", "bad_pause"),
     ("3-5 days", "bad_pause"), ("9-12", "bad_pause"), ("from work", "bad_pause"), ("friday to", "bad_pause"),
     ("24 to friday", "bad_pause"), ("until 14", "bad_pause"), ("away tuesday 1/2", "pause_which"),
     ("I'm away yesterday", "bad_pause"), ("on holiday in 2 weeks", "bad_pause"),
     ("31-32 December", "bad_pause"), ("friday for a bit", "bad_pause"), ("I'm off on wednesdays", "bad_pause")],
)  # fmt: skip
def test_a_break_that_is_not_clear_is_refused_with_a_reason(words: str, code: str) -> None:
    assert refusal(parse_pause, words, MONDAY)[0] == code


@given(
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
    st.integers(0, 150),
    st.integers(0, 150),
    st.sampled_from(WRITTEN),
    st.sampled_from(WRITTEN),
)
def test_a_break_reads_the_same_however_its_days_are_written(
    today: date, ahead: int, length: int, first: str, last: str
) -> None:
    begins = today + timedelta(days=ahead)
    ends = begins + timedelta(days=length)
    words = f"{first.format(begins)} to {last.format(ends)}"
    assert parse_pause(words, today) == Pause(begins, ends + timedelta(days=1))


PIECES = """from to - until for and between on the next today tomorrow now friday mon 24 31 december jan 24.12. 24/12
1/2 2026-12-24 29.2. 0001-01-01 9989-12-31 week weekend 1 day weeks may second me pause""".split()


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_any_pieces_of_such_words_are_a_break_of_the_coming_year_or_refused(
    pieces: list[str], today: date
) -> None:
    try:
        found = parse_pause(" ".join(pieces), today)
    except WordsError:
        return
    limit = today + timedelta(days=366)
    assert today <= found.begins <= limit
    assert found.begins < found.resumes_on
    assert found.resumes_on <= limit or found.resumes_on == date.max


@pytest.mark.parametrize(
    "words",
    ["pause from friday to monday", "pause fri-mon", "Please pause my reminders from 24 December to 2 January",
     "pause 24.12.-2.1.", "pause next week", "pause over the weekend", "pause this weekend",
     "I’m away from friday to monday", "i'll be on holiday until 2 January", "away next week", "Off tomorrow!",
     "on holiday from 7 dec to 11 dec", "I'm on vacation next week", "on vacation 24 dec to 2 jan",
     "holidays 24.12.-2.1.",
     "hi, I'm on my annual leave 24-31 December", "out of the office until the 14th", "I'm away on friday",
     "we are going on holiday from friday to monday, please pause", "on vaccation next week",
     "pause everything", "pause me for 3 days", "pause Dec 24 - Jan 2",
     "pause tomorow", "pause this week", "pause for the rest of this week", "pause all week", "pause untill friday",
     "could you pause my reminders until friday", "ok, pause until friday", "pause the rest of the day"],
)  # fmt: skip
def test_a_wish_for_a_break_is_heard_in_free_words(words: str) -> None:
    assert is_pause(words)


@pytest.mark.parametrize(
    "words",
    ["I’m off to bed", "i'm off from work", "pause from work hurts", "pause march back pain", "pause monday's pain",
     "I'm away", "pause the pain", "on holiday", "away 5", "off", "away next week?", "my boss is on holiday next week",
     "I'm off to berlin on friday", "off my feet since monday", "leave me alone",
     "I'm off work with my back since friday",
     "not away next week", "away in two weeks", "on holiday my back hurts", "I'm off now",
     "off for a bit", "away, next week my hip", "off on fridays", "I'm off on wednesdays", "away mondays",
     "we're out of office on tuesdays and thursdays", "pause on fridays", "pause reminders fridays",
     "pause this weekly pain", "so pause hurts"],
)  # fmt: skip
def test_other_words_are_no_wish_for_a_break(words: str) -> None:
    assert not is_pause(words)
