"""Words that cancel single reminders, and what they tell of which."""

from datetime import datetime

import pytest

from reminderbot.rules.cancelling import asks_for_list, read, ways
from reminderbot.rules.timewords import WordsError
from reminderbot.rules.timewords.once import pointed

NOW = datetime(2026, 1, 5, 8, 55)
"""A Monday morning, five to nine."""


def fits(text: str, *walls: str) -> list[bool]:
    """Whether a text tells of single reminders that come at these local times."""
    asked = read(text)
    assert asked is not None
    which = next(ways(asked.words, NOW))
    return [which.when.fits(datetime.fromisoformat(f"2026-01-{wall}")) for wall in walls]


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("cancel the 3 pm reminder", "05 15:00", "05 03:00"),
        ("cancel the reminder at 3", "09 15:00", "09 16:00"),
        ("Please delete my reminder for tomorrow at 9", "06 09:00", "05 09:00"),
        ("cancel tomorrow’s reminder", "06 18:20", "07 18:20"),
        ("remove this Friday's reminder", "09 10:00", "16 10:00"),
        ("drop the reminder tomorrow morning", "06 09:00", "06 15:00"),
        ("cancel tonight's 2 o'clock reminder", "06 02:00", "05 14:00"),
        ("cancel the noon reminder", "08 12:00", "08 00:00"),
        ("cancel the reminder to call mum at 6pm", "05 18:00", "05 06:00"),
        ("cancel all reminders for the rest of today", "05 15:00", "06 15:00"),
        ("cancel the reminder to stretch at half past two", "05 14:30", "05 14:00"),
    ],
)
def test_a_time_tells_which(text: str, yes: str, no: str) -> None:
    assert fits(text, yes, no) == [True, False]


@pytest.mark.parametrize(
    ("text", "many", "single", "clear"),
    [
        ("cancel the 3pm reminder", False, False, True),
        ("cancel my single reminders", True, True, True),
        ("Delete all my one-off reminders!", True, True, True),
        ("cancel all reminders for today", True, False, True),
        ("cancel the rest of today's reminders", True, False, True),
        ("hi, could you cancel the alert at 3, if you can?", False, False, True),
        ("cancel every reminder tomorrow", True, False, True),
        ("cancel 3pm", False, False, False),
    ],
)
def test_one_or_several_are_meant(text: str, many: bool, single: bool, clear: bool) -> None:
    asked = read(text)
    assert asked is not None
    assert (asked.is_many, asked.is_single, asked.is_clear) == (many, single, clear)


@pytest.mark.parametrize(
    "text",
    [
        "cancel all reminders except the 3pm one",
        "cancel all reminders but not the 3pm one",
        "cancel all reminders for today, but keep the 3pm one",
        "cancel my reminders except friday",
        "cancel all reminders until friday",
        "cancel my reminders before 4pm",
        "cancel my reminders after 5",
        "cancel my reminders past 5",
        "cancel all reminders up to 5",
        "cancel all reminders by 5pm",
        "cancel my reminders from friday on",
        "cancel every friday reminder",
        "cancel the reminder each monday",
        "cancel the reminder and set one at 5pm",
        "cancel the reminder, set one for 5pm",
        "cancel the reminder if I don’t answer at 3",
        "cancel 3 reminders",
    ],
)
def test_words_that_leave_some_out_are_not_taken_for_those_that_go(text: str) -> None:
    asked = read(text)
    assert asked is not None
    assert asked.is_clear
    assert asked.is_limited


@pytest.mark.parametrize(
    "text",
    [
        "cancel every reminder tomorrow",
        "cancel each of my single reminders",
        "cancel my half past four reminder",
        "cancel the quarter to five reminder",
        "cancel all reminders at 3",
        "cancel the appointment reminder then",
    ],
)
def test_words_that_leave_none_out_are_taken_as_they_are(text: str) -> None:
    asked = read(text)
    assert asked is not None
    assert not asked.is_limited


@pytest.mark.parametrize(
    "text",
    [
        "stop the 3pm reminder",
        "cancel",
        "i cancel",
        "remind me at 3",
        "cancelled my 3pm reminder",
        "drop at 3",
        "clear at 3",
        "delete 3pm",
        "don't cancel my 3pm reminder",
        "cancel " * 40,
    ],
)
def test_other_words_cancel_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["my single reminders", "Show me my one-time reminders, please", "single reminders?"]
)
def test_the_list_can_be_asked_for(text: str) -> None:
    assert asks_for_list(text)


@pytest.mark.parametrize("text", ["my reminders", "a single reminder", "single"])
def test_other_words_ask_for_no_list(text: str) -> None:
    assert not asks_for_list(text)


def test_a_day_that_there_is_not_is_none() -> None:
    with pytest.raises(WordsError, match="no_such_day"):
        next(ways("on 31 february at 9", NOW))


@pytest.mark.parametrize("text", ["in 2 hours", "at 25:00", "banana", ""])
def test_what_points_at_no_moment_yields_nothing(text: str) -> None:
    assert list(ways(text, NOW)) == []


def test_what_is_gone_by_can_be_pointed_at() -> None:
    found = pointed("today at 8:00", NOW)
    assert found is not None
    assert found.fits(datetime(2026, 1, 5, 8, 0))
