"""Plans in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.cadence import EVERY_DAY, WEEKDAYS, At, Cadence, Every, Window
from reminderbot.rules.timewords import (
    Off,
    WordsError,
    by_day,
    describe,
    parse_cadence,
)
from tests.unit.rules.reading import outcome, refusal

BASE = Every(45, (Window(480, 720),), frozenset({0, 1}))
STRETCH = At((450,), frozenset({0, 1}))
PLAN_CODES = """bad_time empty end_before_start end_in_afternoon interval_range mixed_kinds no_days
overlapping_windows too_close too_many unknown_days unknown_word which_window""".split()
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
        "except but past half quarter evening 2-6 between noon midnight ① ² ፩ 99999999999 1.5h 0m <b> 😀 foo -".split()
    ),
    max_size=8,
).map(" ".join)


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
        ("every 45 min 9-12 and 14-18 on weekdays", "every 45m 9:00-12:00 14:00-18:00 weekdays"),
        ("weekdays at half past seven", "at 7:30 weekdays"),
        ("quarter to eight on mondays", "at 7:45 mon"),
        ("quarter past 1, quarter to 1", "at 1:15 12:45 daily"),
        ("twenty past seven", "at 7:20 daily"),
        ("every day at 7 in the evening", "at 19:00 daily"),
        ("every day at 7 in the morning", "at 7:00 daily"),
        ("every evening at half past seven", "at 19:30 daily"),
        ("every morning at 8", "at 8:00 daily"),
        ("monday afternoons at 3", "at 15:00 mon"),
        ("every hour 9-17 except fridays", "every 60m 9:00-17:00 mon,tue,wed,thu"),
        ("daily but not on weekends at 8", "at 8:00 weekdays"),
        ("every day 9:00 except wed-fri", "at 9:00 mon,tue,sat,sun"),
        ("every hour and a half", "every 90m 9:00-12:00 13:00-17:00 weekdays"),
        ("every quarter of an hour", "every 15m 9:00-12:00 13:00-17:00 weekdays"),
        ("every day at 3", "at 15:00 daily"),
        ("weekdays at 4", "at 16:00 weekdays"),
        ("mon 1, tue 5", "at 13:00 17:00 mon,tue"),
        ("at 10, 1 and 4", "at 10:00 13:00 16:00 daily"),
        ("daily at 6", "at 6:00 daily"),
        ("every hour from 1 to 5", "every 60m 13:00-17:00 weekdays"),
        ("mon-fri 1-5", "every 60m 13:00-17:00 weekdays"),
        ("mon to thu 2-5", "every 60m 14:00-17:00 mon,tue,wed,thu"),
        ("weekdays 2-5", "every 60m 14:00-17:00 weekdays"),
        ("mon-fri 1:00-5:00", "every 60m 1:00-5:00 weekdays"),
        ("mon-fri at 5", "at 17:00 weekdays"),
        ("between 2 and 6", "every 60m 14:00-18:00 weekdays"),
        ("2-6 9-12", "every 60m 9:00-12:00 14:00-18:00 weekdays"),
        ("5-17", "every 60m 5:00-17:00 weekdays"),
        ("4-12", "every 60m 4:00-12:00 weekdays"),
        ("daily at 3am", "at 3:00 daily"),
        ("daily at 03", "at 3:00 daily"),
        ("daily at 3:00", "at 3:00 daily"),
        ("2:00-6:00 daily", "every 60m 2:00-6:00 daily"),
        ("every morning at 5", "at 5:00 daily"),
        ("every night at 2", "at 2:00 daily"),
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
        ("8:00", BASE, At((480,), BASE.days)),
        ("8:00 daily", BASE, At((480,), EVERY_DAY)),
        ("9-10", STRETCH, Every(60, (Window(540, 600),), STRETCH.days)),
        ("in the morning", STRETCH, STRETCH),
        ("every evening", STRETCH, At((1140,), EVERY_DAY)),
        ("mornings and afternoons", STRETCH, At((450, 900), STRETCH.days)),
        (
            "only mornings please",
            Every(45, (Window(480, 1020),), WEEKDAYS),
            Every(45, (Window(480, 720),), WEEKDAYS),
        ),
        ("in the evening", BASE, Every(45, (Window(1080, 1260),), BASE.days)),
        ("every 30m in the afternoon", STRETCH, Every(30, (Window(780, 1020),), STRETCH.days)),
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
        ("every 3 days at 9", "unknown_word", {"word": "3 days"}),
        ("3 times a day", "unknown_word", {"word": "3 times"}),
        ("every hour except", "unknown_word", {"word": "except"}),
        ("every hour except 9-10", "unknown_word", {"word": "9"}),
        ("mondays except mondays", "no_days", {}),
        ("every", "unknown_word", {"word": "every"}),
        ("every other day", "unknown_word", {"word": "other"}),
        ("off weekends", "unknown_word", {"word": "off"}),
        ("<b>", "unknown_word", {"word": "<b>"}),
        ("weekdayz", "unknown_days", {"word": "weekdayz"}),
        ("mon-foo", "unknown_days", {"word": "foo"}),
        ("mon-", "unknown_days", {"word": "mon"}),
        ("mon to fridy", "unknown_days", {"word": "fridy"}),
        ("sat thru a meeting", "unknown_word", {"word": "a"}),
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


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        (
            "every 45m 9-12 2-6 weekdays",
            {
                "2:00-6:00": "every 45m 9 - 12 02:00-06:00 weekdays",
                "14:00-18:00": "every 45m 9 - 12 14:00-18:00 weekdays",
            },
        ),
        (
            "every hour from 9 to 5 except fridays",
            {
                "9:00-17:00": "every hour from 9:00-17:00 except fridays",
                "9:00-24:00 0:00-5:00": "every hour from 9:00-24:00 0:00-5:00 except fridays",
            },
        ),
    ],
)
def test_a_window_that_can_be_meant_in_two_ways_comes_with_both(text: str, ways: dict[str, str]) -> None:
    with pytest.raises(WordsError) as caught:
        parse_cadence(text, None)
    assert caught.value.ways == ways
    for name, words in ways.items():
        plan = parse_cadence(words, None)
        assert isinstance(plan, Every)
        assert set(name.split()) <= set(describe(plan).split())


@pytest.mark.parametrize(
    "text", ["9-12 13-17", "14-18 8-12", "9am-12pm 2am-6am", "9-12 02-06", "2-6 9-12", "9-17 2-6"]
)
def test_a_window_that_is_clear_is_not_asked_about(text: str) -> None:
    assert outcome(parse_cadence, text, None) != "which_window"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("every day at 2:30", "every day at 14:30"),
        ("every day at half past three", "every day at 15:30"),
        ("from 1:30 to 5 on mondays", "from 13:30 to 17:00 on mondays"),
        ("mon-fri 1:30-5", "mon - fri 13:30 - 17:00"),
        ("every day at 02:30", "every day at 02:30"),
        ("every day at 6:30", "every day at 6:30"),
        ("every morning at 5:30", "every morning at 5:30"),
        ("Every 3 Days at 25:00", "Every 3 Days at 25:00"),
    ],
)
def test_in_a_sentence_a_time_with_its_minutes_is_by_day_as_well(text: str, meant: str) -> None:
    assert by_day(text) == meant


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
