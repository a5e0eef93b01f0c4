"""Spans and times of the clock in words."""

from datetime import timedelta

import pytest

from reminderbot.rules.timewords import parse_clock, parse_duration
from tests.unit.rules.reading import refusal


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
    ("text", "minute"),
    [("9", 540), ("9:00", 540), ("9am", 540), ("9:30 pm", 1290), ("21:30", 1290), ("at 7", 420), ("noon", 720),
     ("midnight", 0), ("12 a.m.", 0), ("0:00", 0), ("23:59", 1439)],
)  # fmt: skip
def test_a_time_of_the_clock_is_read(text: str, minute: int) -> None:
    assert parse_clock(text) == minute


@pytest.mark.parametrize("text", ["", "24:00", "25", "9:60", "9-12", "noonish", "13am", "-1"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    assert refusal(parse_clock, text)[0] == "bad_time"
