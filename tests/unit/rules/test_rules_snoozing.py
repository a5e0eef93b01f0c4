"""What may be chosen for a snooze, and how late it may come back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reminderbot.rules import snoozing
from reminderbot.rules.cadence import EVERY_DAY, At, Every, Window
from reminderbot.rules.snoozing import Choice, Until

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Every(60, (Window(540, 720), Window(780, 1020)), EVERY_DAY)
NOON = datetime(2026, 1, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "choice"), [("10", 10), ("240", 240), ("next", Until.NEXT), ("last", Until.LAST)]
)
def test_a_button_says_minutes_or_until_when(text: str, choice: Choice) -> None:
    assert snoozing.read(text) == choice


@pytest.mark.parametrize("text", ["", "NEXT", "1000", "-1", "1.5", "٣", "next one", "10m"])
def test_anything_else_is_no_choice(text: str) -> None:
    assert snoozing.read(text) is None


@pytest.mark.parametrize(
    "words", ["next", "Next one", "until the next one", "till next", "to the next 1", " the next "]
)
def test_the_next_one_may_be_said_in_several_ways(words: str) -> None:
    assert snoozing.means_next(words)


@pytest.mark.parametrize("words", ["", "next week", "next monday", "one", "the one", "nextone"])
def test_other_words_do_not_mean_it(words: str) -> None:
    assert not snoozing.means_next(words)


def test_a_window_ends_by_the_clock_on_the_wall() -> None:
    assert snoozing.window_ends(OFFICE, datetime(2026, 1, 5, 11, 59), BERLIN) == NOON
    assert snoozing.window_ends(OFFICE, datetime(2026, 1, 5, 13), BERLIN) == NOON + timedelta(hours=5)


@pytest.mark.parametrize("plan", [OFFICE, At((750,), EVERY_DAY)])
def test_outside_the_windows_and_for_a_time_of_day_there_is_none(plan: Every | At) -> None:
    assert snoozing.window_ends(plan, datetime(2026, 1, 5, 12, 30), BERLIN) is None


def test_on_the_day_of_a_change_the_window_ends_by_the_new_clock() -> None:
    """In Berlin clocks go forward at two on 29 March 2026."""
    night = Every(60, (Window(0, 240),), EVERY_DAY)
    assert snoozing.window_ends(night, datetime(2026, 3, 29, 1), BERLIN) == datetime(
        2026, 3, 29, 2, tzinfo=UTC
    )


def test_the_last_moment_is_a_minute_before_the_end_while_there_is_one() -> None:
    assert snoozing.last_before(NOON, NOON - timedelta(minutes=8)) == NOON - timedelta(minutes=1)
    assert snoozing.last_before(NOON, NOON - timedelta(minutes=1)) is None
