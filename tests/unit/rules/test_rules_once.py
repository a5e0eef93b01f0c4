"""One moment in words."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.timewords import WordsError
from reminderbot.rules.timewords.once import Once, read
from tests.unit.rules.reading import outcome, refusal

NOW = datetime(2026, 1, 5, 8, 55)
"""A Monday morning, five to nine."""

WORDS = st.lists(
    st.sampled_from(
        (
            "in 2 hours half an hour at 7 19:00 3pm noon midnight tomorrow today tonight on friday next this monday "
            "morning evening 24 December 24.12. 3/4 31 february 2026-01-06 and from now week 9999 25:00 every to , <b> "
            "yesterday last ago"
        ).split()
    ),
    max_size=9,
).map(" ".join)


def walls(text: str, now: datetime = NOW) -> list[str]:
    """The moments that a text may mean, as `Mon 5 15:00`."""
    found = read(text, now)
    assert found is not None
    return [f"{wall:%a} {wall.day} {wall:%H:%M}" for wall in found.walls]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("in 2 hours", 120),
        ("in 2 h", 120),
        ("in half an hour", 30),
        ("In an hour and a half", 90),
        ("in three quarters of an hour", 45),
        ("in 1h30", 90),
        ("in a couple of hours", 120),
        ("in 1 hour and 15 minutes", 75),
        ("in about 40 min", 40),
        ("in 20", 20),
        ("two hours from now", 120),
        ("in 2 days", 2880),
        ("in a week", 10080),
    ],
)
def test_a_span_counts_from_when_it_was_written(text: str, minutes: int) -> None:
    assert read(text, NOW) == Once(timedelta(minutes=minutes), (), sure=True)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("at 3pm tomorrow", "Tue 6 15:00"),
        ("tomorrow at 9", "Tue 6 09:00"),
        ("tomorrow, 9 o'clock", "Tue 6 09:00"),
        ("on friday at 15:00", "Fri 9 15:00"),
        ("at 15:00 on Friday", "Fri 9 15:00"),
        ("friday afternoon at 3", "Fri 9 15:00"),
        ("tonight at 8", "Mon 5 20:00"),
        ("at 8 tonight", "Mon 5 20:00"),
        ("tonight at 2", "Tue 6 02:00"),
        ("tonight at midnight", "Tue 6 00:00"),
        ("this evening", "Mon 5 19:00"),
        ("tomorrow morning at half past seven", "Tue 6 07:30"),
        ("tomorrow at 7 in the evening", "Tue 6 19:00"),
        ("24 January at noon", "Sat 24 12:00"),
        ("at noon on January 24th", "Sat 24 12:00"),
        ("on Sat, 24.1. at 9:30", "Sat 24 09:30"),
        ("2026-01-06 at 07:00", "Tue 6 07:00"),
        ("the day after tomorrow at 10", "Wed 7 10:00"),
        ("in 3 days at 9", "Thu 8 09:00"),
        ("at 3", "Mon 5 15:00"),
        ("at 7", "Mon 5 19:00"),
        ("at 8:30pm", "Mon 5 20:30"),
        ("at 08:30", "Tue 6 08:30"),
        ("at 12:30", "Mon 5 12:30"),
        ("next monday at 10", "Mon 12 10:00"),
        ("on the 24th at 9", "Sat 24 09:00"),
        ("the 3rd at noon", "Tue 3 12:00"),
        ("@ 5pm", "Mon 5 17:00"),
        ("this monday at 10", "Mon 5 10:00"),
    ],
)
def test_a_time_of_the_clock_is_the_one_that_people_mean(text: str, wall: str) -> None:
    assert walls(text) == [wall]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("tomorrow at 7", ["Tue 6 07:00", "Tue 6 19:00"]),
        ("tomorrow at quarter to eight", ["Tue 6 07:45", "Tue 6 19:45"]),
        ("tomorrow", ["Tue 6 09:00", "Tue 6 12:00", "Tue 6 15:00", "Tue 6 18:00"]),
        ("monday at 10", ["Mon 5 10:00", "Mon 12 10:00"]),
        ("on monday", ["Mon 5 09:00", "Mon 5 15:00", "Mon 12 09:00", "Mon 12 15:00"]),
        ("next friday at noon", ["Fri 9 12:00", "Fri 16 12:00"]),
        ("on 2/3 at noon", ["Tue 3 12:00", "Mon 2 12:00"]),
    ],
)
def test_what_can_be_meant_in_two_ways_comes_with_all_of_them(text: str, ways: list[str]) -> None:
    assert walls(text) == ways


@pytest.mark.parametrize(
    ("hour", "ways"), [(9, ["05 10:00"]), (13, ["05 22:00", "06 10:00"]), (20, ["05 22:00"])]
)
def test_a_late_time_is_meant_in_the_evening_for_sure(hour: int, ways: list[str]) -> None:
    found = read("at 10", NOW.replace(hour=hour))
    assert found is not None
    assert [f"{wall:%d %H:%M}" for wall in found.walls] == ways


def test_a_span_without_bounds_is_only_far_away() -> None:
    assert read("in " + " and ".join(["9999 weeks"] * 12), NOW) == Once(timedelta(days=3660), (), sure=True)


def test_at_seven_is_asked_about_only_while_both_are_to_come() -> None:
    assert walls("at 7", datetime(2026, 1, 5, 6, 0)) == ["Mon 5 07:00", "Mon 5 19:00"]
    assert walls("at 7", datetime(2026, 1, 5, 20, 0)) == ["Tue 6 07:00"]


def test_three_in_the_night_is_meant_only_where_it_is_said() -> None:
    assert walls("at 3", datetime(2026, 1, 5, 23, 0)) == ["Tue 6 15:00"]
    assert walls("at 3am", datetime(2026, 1, 5, 23, 0)) == ["Tue 6 03:00"]
    assert walls("at 3 at night") == ["Tue 6 03:00"]


def test_after_midnight_tomorrow_may_be_the_day_that_has_begun() -> None:
    assert walls("tomorrow at 9", datetime(2026, 1, 6, 0, 30)) == ["Tue 6 09:00", "Wed 7 09:00"]


@pytest.mark.parametrize(
    "text",
    ["today at 8am", "on 2026-01-04 at 9", "this morning at 8", "today at 8:55am", "yesterday at 5", "yesterday",
     "the day before yesterday at 9", "last friday at 9", "last monday at 9", "last night at 8", "2 hours ago"],
)  # fmt: skip
def test_what_is_over_is_refused(text: str) -> None:
    assert refusal(read, text, NOW) == ("once_past", {"word": text})


@pytest.mark.parametrize(
    "day", ["31 february", "31st of february", "april 31st", "29 february 2027", "31.4.2026", "32nd"]
)
def test_a_day_that_there_is_not_is_refused(day: str) -> None:
    assert refusal(read, f"on the {day} at 10", NOW) == ("no_such_day", {"word": day})


@pytest.mark.parametrize(
    "text",
    ["", "every day at 9", "mondays at 9", "weekdays at 9", "9-12", "in 5 days I will move", "at 9 3 decks",
     "tomorrow at 9 at 10", "tomorrow today", "in 2 hours tomorrow", "in 2 hours at 9", "in a meeting", "soon"],
)  # fmt: skip
def test_other_words_are_no_moment(text: str) -> None:
    assert read(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("tomorrow at 9", True),
        ("on friday at 9", True),
        ("friday at 9", False),
        ("at 9", False),
        ("24 January at 9", True),
        ("this evening", True),
    ],
)
def test_what_may_be_meant_for_every_week_or_day_is_not_sure(text: str, sure: bool) -> None:
    found = read(text, NOW)
    assert found is not None
    assert found.sure is sure


@given(WORDS | st.text(max_size=30), st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_any_text_is_ahead_of_now_or_no_moment_or_refused_with_a_code(text: str, now: datetime) -> None:
    found = outcome(read, text, now)
    if isinstance(found, Once):
        assert (found.after is None) != (not found.walls)
        assert all(wall > now for wall in found.walls)
        assert list(found.walls) == sorted(set(found.walls))
    else:
        assert found in (None, "once_past", "no_such_day", "bad_time")


@given(
    st.datetimes(datetime(2026, 1, 5, 9), datetime(2026, 3, 1)).map(
        lambda at: at.replace(second=0, microsecond=0)
    )
)
def test_the_clear_words_of_a_moment_are_read_back_as_the_same_one(wall: datetime) -> None:
    assert read(f"on {wall:%Y-%m-%d} at {wall:%H:%M}", NOW) == Once(None, (wall,), sure=True)


def test_a_time_that_there_is_not_is_refused() -> None:
    with pytest.raises(WordsError, match="bad_time"):
        read("tomorrow at 25:00", NOW)
