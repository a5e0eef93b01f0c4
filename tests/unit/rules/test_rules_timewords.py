"""Plans, spans, pauses and times of the clock in words."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.cadence import EVERY_DAY, WEEKDAYS, At, Cadence, Every, Window
from reminderbot.rules.pauses import Pause
from reminderbot.rules.timewords import (
    Off,
    WordsError,
    describe,
    is_pause,
    parse_cadence,
    parse_clock,
    parse_duration,
    parse_pause,
)

WEDNESDAY = date(2026, 9, 16)
BASE = Every(45, (Window(480, 720),), frozenset({0, 1}))
STRETCH = At((450,), frozenset({0, 1}))
PLAN_CODES = """bad_time empty end_before_start end_in_afternoon interval_range mixed_kinds overlapping_windows
too_close too_many unknown_days unknown_word""".split()
PAUSE_CODES = (
    """bad_pause pause_past pause_too_long pause_until pause_backwards pause_half_year pause_which""".split()
)
DAYS = st.frozensets(st.integers(0, 6), min_size=1)


@st.composite
def quarters(draw: st.DrawFn) -> tuple[int, ...]:
    """Minutes of the day that are 15 or more apart."""
    number = draw(st.integers(1, 12))
    spare = draw(st.lists(st.integers(0, 1439 - 15 * (number - 1)), min_size=number, max_size=number))
    return tuple(minute + 15 * place for place, minute in enumerate(sorted(spare)))


@st.composite
def windows(draw: st.DrawFn) -> tuple[Window, ...]:
    starts = draw(quarters())
    return tuple(Window(start, draw(st.integers(start + 1, end))) for start, end in pairwise((*starts, 1440)))


EVERIES = st.builds(Every, st.integers(15, 480), windows(), DAYS)
ATS = st.builds(At, quarters(), DAYS)
WORDS = st.lists(
    st.sampled_from(
        "every each 45m 2h hour half an 9 9am 25:00 9:00-12:00 13 - – to until and , weekdays mon fri mon-fri day off "
        "between noon midnight ① ² ፩ 99999999999 1.5h 0m <b> 😀 foo -".split()
    ),
    max_size=8,
).map(" ".join)


def refusal(parse: Callable[..., object], *given: object) -> tuple[str, dict[str, str]]:
    with pytest.raises(WordsError) as caught:
        parse(*given)
    return caught.value.code, caught.value.args_


def outcome(parse: Callable[..., object], *given: object) -> object:
    """What was read, or the code of the refusal."""
    try:
        return parse(*given)
    except WordsError as error:
        return error.code


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("every 45m 9:00-12:00 13:00-17:30 weekdays", "every 45m 9:00-12:00 13:00-17:30 weekdays"),
        ("EVERY 1 Hour 30 Minutes,  9 AM – 5 p.m., Mon–Thu.", "every 90m 9:00-17:00 mon,tue,wed,thu"),
        ("8-12 and 14-18", "every 60m 8:00-12:00 14:00-18:00 weekdays"),
        ("14-18, 8-12", "every 60m 8:00-12:00 14:00-18:00 weekdays"),
        ("from 9 to 12 on mondays and wednesdays", "every 60m 9:00-12:00 mon,wed"),
        ("between 8 and 12", "every 60m 8:00-12:00 weekdays"),
        ("17:30 - 18:00", "every 60m 17:30-18:00 weekdays"),
        ("9 until 24:00", "every 60m 9:00-24:00 weekdays"),
        ("6pm-12am", "every 60m 18:00-24:00 weekdays"),
        ("20-midnight", "every 60m 20:00-24:00 weekdays"),
        ("8:00-0:00", "every 60m 8:00-24:00 weekdays"),
        ("1-5pm", "every 60m 13:00-17:00 weekdays"),
        ("9-5pm", "every 60m 9:00-17:00 weekdays"),
        ("8am-12pm 12-18", "every 60m 8:00-12:00 12:00-18:00 weekdays"),
        ("every 2h", "every 120m 9:00-12:00 13:00-17:00 weekdays"),
        ("every hour", "every 60m 9:00-12:00 13:00-17:00 weekdays"),
        ("hourly", "every 60m 9:00-12:00 13:00-17:00 weekdays"),
        ("every half hour", "every 30m 9:00-12:00 13:00-17:00 weekdays"),
        ("every two hours", "every 120m 9:00-12:00 13:00-17:00 weekdays"),
        ("every 45", "every 45m 9:00-12:00 13:00-17:00 weekdays"),
        ("1h30", "every 90m 9:00-12:00 13:00-17:00 weekdays"),
        ("every 1h 9:00-12:00", "every 60m 9:00-12:00 weekdays"),
        ("every day", "every 60m 9:00-12:00 13:00-17:00 daily"),
        ("fri-mon", "every 60m 9:00-12:00 13:00-17:00 mon,fri,sat,sun"),
        ("sat-sun", "every 60m 9:00-12:00 13:00-17:00 weekends"),
        ("mon wed fri", "every 60m 9:00-12:00 13:00-17:00 mon,wed,fri"),
        ("7:30", "at 7:30 daily"),
        ("at 7:30 daily", "at 7:30 daily"),
        ("9am, 3:30pm", "at 9:00 15:30 daily"),
        ("15:30 9 9:00", "at 9:00 15:30 daily"),
        ("9.30", "at 9:30 daily"),
        ("0730 weekdays", "at 7:30 weekdays"),
        ("12am", "at 0:00 daily"),
        ("12pm", "at 12:00 daily"),
        ("every monday at 9 o'clock", "at 9:00 mon"),
        ("noon weekends", "at 12:00 weekends"),
    ],
)
def test_a_plan_is_read_the_way_it_was_meant(text: str, plan: str) -> None:
    read = parse_cadence(text, None)
    assert not isinstance(read, Off)
    assert describe(read) == plan


@pytest.mark.parametrize("text", ["off", "OFF", " off. ", "turn off", "never"])
@pytest.mark.parametrize("base", [None, BASE, STRETCH])
def test_off_works_for_every_habit(text: str, base: Cadence | None) -> None:
    assert parse_cadence(text, base) is Off.OFF


@pytest.mark.parametrize(
    ("text", "base", "plan"),
    [
        ("every 30m", BASE, Every(30, BASE.windows, BASE.days)),
        ("9-10", BASE, Every(45, (Window(540, 600),), BASE.days)),
        ("weekdays", BASE, Every(45, BASE.windows, WEEKDAYS)),
        ("8:00", STRETCH, At((480,), STRETCH.days)),
        ("daily", STRETCH, At((450,), EVERY_DAY)),
        ("8:00", BASE, At((480,), EVERY_DAY)),
        ("9-10", STRETCH, Every(60, (Window(540, 600),), WEEKDAYS)),
    ],
)
def test_a_part_that_is_not_named_keeps_its_value(text: str, base: Cadence | None, plan: Cadence) -> None:
    assert parse_cadence(text, base) == plan


@pytest.mark.parametrize(
    ("text", "code", "args"),
    [
        ("", "empty", {}),
        ("  , ", "empty", {}),
        ("at", "empty", {}),
        ("25:00", "bad_time", {"word": "25:00"}),
        ("9:75", "bad_time", {"word": "9:75"}),
        ("13pm", "bad_time", {"word": "13pm"}),
        ("0am", "bad_time", {"word": "0am"}),
        ("24:00", "bad_time", {"word": "24:00"}),
        ("24:00-24:00", "bad_time", {"word": "24:00"}),
        ("9-24:30", "bad_time", {"word": "24:30"}),
        ("9-", "unknown_word", {"word": "-"}),
        ("every", "unknown_word", {"word": "every"}),
        ("every other day", "unknown_word", {"word": "other"}),
        ("off weekends", "unknown_word", {"word": "off"}),
        ("<b>", "unknown_word", {"word": "<b>"}),
        ("weekdayz", "unknown_days", {"word": "weekdayz"}),
        ("mon-foo", "unknown_days", {"word": "foo"}),
        ("mon-", "unknown_days", {"word": "mon"}),
        (
            "9-12 11-13",
            "overlapping_windows",
            {"word": "11:00-13:00", "first": "9:00-12:00", "second": "11:00-13:00"},
        ),
        ("7:30 9-12", "mixed_kinds", {"word": "7:30", "other": "9-12"}),
        ("every 45m 9:00", "mixed_kinds", {"word": "9:00", "other": "45m"}),
        ("every 45m 30m", "mixed_kinds", {"word": "30m", "other": "45m"}),
        ("9:14 9:00", "too_close", {"first": "9:00", "second": "9:14", "low": "15"}),
        ("9:00-9:10 9:10-17:00", "too_close", {"first": "9:00", "second": "9:10", "low": "15"}),
        (" ".join(f"{h}:30" for h in range(13)), "too_many", {"limit": "12"}),
        (" ".join(f"{h}:00-{h}:30" for h in range(13)), "too_many", {"limit": "12"}),
    ],
)
def test_a_plan_that_is_not_understood_is_refused_by_its_word(
    text: str, code: str, args: dict[str, str]
) -> None:
    assert refusal(parse_cadence, text, BASE) == (code, args)


def test_an_end_before_its_start_names_the_two_windows_that_would_say_it() -> None:
    assert refusal(parse_cadence, "22:00–6am", None) == (
        "end_before_start",
        {"word": "22:00-6am", "start": "22:00", "end": "6:00", "first": "22:00-24:00", "second": "0:00-6:00"},
    )
    assert refusal(parse_cadence, "9am-5am", None)[0] == "end_before_start"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("9-5", "9:00-17:00"), ("9 to 5", "9:00-17:00"), ("9-9", "9:00-21:00"), ("12-5", "12:00-17:00"),
     ("9am-5:30", "9:00-17:30")],
)  # fmt: skip
def test_an_end_that_can_be_in_the_afternoon_is_offered_as_such(text: str, meant: str) -> None:
    code, args = refusal(parse_cadence, text, None)
    assert (code, args["meant"]) == ("end_in_afternoon", meant)
    assert {"word", "first", "second"} <= set(args)


def test_twelve_times_a_quarter_of_an_hour_apart_are_a_plan() -> None:
    times = tuple(range(540, 540 + 12 * 15, 15))
    words = " ".join(f"{minute // 60}:{minute % 60:02d}" for minute in times)
    assert parse_cadence(f"{words} {words}", None) == At(times, EVERY_DAY)


@pytest.mark.parametrize("word", ["0m", "14m", "481m", "5000m", "9h", "0", "-5m", "9" * 25 + "m"])
def test_an_interval_out_of_range_is_refused_with_the_range(word: str) -> None:
    code, args = refusal(parse_cadence, f"every {word} 9-12", None)
    assert code == "interval_range"
    assert (args["given"], args["low"], args["high"]) == (word, "15", "480")


@pytest.mark.parametrize("word", ["15m", "480m", "8h"])
def test_the_shortest_and_the_longest_interval_are_accepted(word: str) -> None:
    assert isinstance(parse_cadence(f"every {word}", None), Every)


def test_a_word_that_is_too_long_is_cut_for_the_answer() -> None:
    assert refusal(parse_cadence, "x" * 4096, None) == ("unknown_word", {"word": "x" * 40})
    assert refusal(parse_cadence, "9" * 4096, None)[0] == "bad_time"


@given(EVERIES | ATS, st.none() | EVERIES | ATS)
def test_the_canonical_text_is_read_back_as_the_same_plan(plan: Cadence, base: Cadence | None) -> None:
    assert parse_cadence(describe(plan), base) == plan


@given(WORDS | st.text(max_size=40), st.sampled_from([None, BASE, STRETCH]))
def test_any_text_is_a_plan_that_can_be_read_back_or_refused_with_a_code(
    text: str, base: Cadence | None
) -> None:
    plan = outcome(parse_cadence, text, base)
    if isinstance(plan, str):
        assert plan in PLAN_CODES
    else:
        assert plan is Off.OFF or (
            isinstance(plan, Every | At) and parse_cadence(describe(plan), None) == plan
        )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("10", 10), ("10m", 10), ("10 min", 10), ("2h", 120), ("1h30", 90), ("1h 30m", 90), ("90 minutes", 90),
     ("half an hour", 30), ("an hour", 60), ("1 hour and 30 minutes", 90), ("1.5h", 90), ("in 20 min", 20),
     ("for ten minutes", 10), ("2 days", 2880), ("1 day and 2 hours", 1560), (" 5 MIN. ", 5)],
)  # fmt: skip
def test_a_span_is_read(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "x", "-5", "10 10", "10x", "soon", "9" * 50, "9" * 5000, "367 days"]
)
def test_a_span_that_makes_no_sense_is_refused(text: str) -> None:
    assert refusal(parse_duration, text) == ("bad_duration", {"word": text[:40]})


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
    ("text", "minute"),
    [("9", 540), ("9:00", 540), ("9am", 540), ("9:30 pm", 1290), ("21:30", 1290), ("at 7", 420), ("noon", 720),
     ("midnight", 0), ("12 a.m.", 0), ("0:00", 0), ("23:59", 1439)],
)  # fmt: skip
def test_a_time_of_the_clock_is_read(text: str, minute: int) -> None:
    assert parse_clock(text) == minute


@pytest.mark.parametrize("text", ["", "24:00", "25", "9:60", "9-12", "noonish", "13am", "-1"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    assert refusal(parse_clock, text)[0] == "bad_time"
