"""On a day on which somebody told of dark thoughts nothing cheers, and nothing counts streaks."""

import re

import pytest

from tests.telegram.holding import report
from tests.world import MONDAY, Somebody, World

CHEER = re.compile("[\U0001f300-\U0001faff☀-➿⏩-⏳]|treak|nice|counts")
LOW = "gp"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in UTC, with a nudge of nine o'clock in front of her."""
    somebody = here.person("Ana", "UTC")
    here.until(MONDAY.replace(hour=9, minute=1))
    somebody.forgets_what_was_said()
    return somebody


@pytest.mark.parametrize("level", ["emergency", "urgent", LOW])
@pytest.mark.parametrize("act", ["done", "skip", "/done", "/skip", "/streak", "/today", "Done", "Skip"])
def test_answers_are_noted_plainly(ana: Somebody, level: str, act: str) -> None:
    report(ana, level, mental=True)
    ana.taps(act) if act.istitle() else ana.says(act)
    said = [*ana.unread(), *(str(toast.text) for toast in ana.person.toasts)]
    assert said
    assert not [text for text in said if CHEER.search(text)]


def test_an_answer_counts_all_the_same(here: World, ana: Somebody) -> None:
    report(ana, LOW, mental=True)
    ana.says("done")
    ana.sees("Thank you, noted.")
    here.fast_forward(days=1)
    ana.says("/streak")
    ana.sees("Today")


def test_a_snooze_says_when_it_is_back_and_no_more(ana: Somebody) -> None:
    report(ana, LOW, mental=True)
    ana.taps("Snooze")
    assert not CHEER.search(ana.sees("Back at"))


@pytest.mark.parametrize("choice", ["30 min", "Next one"])
def test_another_moment_for_a_snooze_is_as_plain(ana: Somebody, choice: str) -> None:
    report(ana, LOW, mental=True)
    ana.taps("Snooze")
    ana.taps(choice)
    said = [*ana.unread(), *(str(toast.text) for toast in ana.person.toasts)]
    assert not [text for text in said if CHEER.search(text)]


def test_nobody_is_asked_why_they_skip(ana: Somebody) -> None:
    report(ana, LOW, mental=True)
    nudge = next(message for message in ana.person.messages if "Skip" in message.labels)
    ana.taps("Skip", nudge)
    assert nudge.labels == ["Undo"]


def test_a_reason_that_was_offered_before_is_noted_plainly(ana: Somebody) -> None:
    ana.taps("Skip")
    nudge = next(message for message in ana.person.messages if "Not now" in message.labels)
    report(ana, LOW, mental=True)
    ana.taps("Not now", nudge)
    ana.sees_toast("Thank you, noted.")
    assert not CHEER.search(nudge.text)


def test_the_next_day_is_as_every_day(here: World, ana: Somebody) -> None:
    report(ana, LOW, mental=True)
    here.until(MONDAY.replace(day=6, hour=9, minute=1))
    ana.says("done")
    ana.sees("Today 1 of")


def test_a_misreading_makes_no_quiet_day(ana: Somebody) -> None:
    ana.says("I'm going to kill myself tonight")
    ana.taps("You misread me")
    ana.says("/streak")
    ana.sees("Streak")


def test_two_weeks_after_a_low_mood_nobody_is_asked_about_stretches(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says("I feel so low and hopeless but I'm not suicidal")
    ana.says("/pause")
    here.fast_forward(days=13)
    ana.forgets_what_was_said()
    here.fast_forward(days=2)
    assert "stretch" not in ana.sees("things felt heavy", "talk to")
