"""Reminders on again after dark thoughts: the person's own choice, and no end to being asked how they are."""

import pytest

from reminderbot.store import tables
from tests.telegram.looking import hold, rows
from tests.world import Somebody, World

DARK = "I want to end my life tonight"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in London, who has just told of it; it is five to nine on a Monday."""
    somebody = here.person("Ana", "Europe/London")
    somebody.says(DARK)
    somebody.forgets_what_was_said()
    return somebody


@pytest.mark.parametrize("words", ["/resume", "resume"])
def test_resume_says_why_they_are_off_with_the_number_and_the_button(
    here: World, ana: Somebody, words: str
) -> None:
    ana.says(words)
    ana.sees("Reminders are off", "To talk", "999")
    assert "Reminders on again" in ana.buttons()
    assert hold(here, ana) == "held"


@pytest.mark.parametrize(
    "words", ["reminders on again", "Turn reminders on again please", "reminders back on"]
)
def test_words_switch_them_on_as_the_button_does(here: World, ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Reminders are on again", "To talk", "999")
    assert hold(here, ana) == "normal"


def test_they_are_still_asked_how_they_are(here: World, ana: Somebody) -> None:
    ana.says("/resume")
    ana.taps("Reminders on again")
    ana.sees("Reminders are on again")
    here.fast_forward(hours=5)
    ana.sees("How are you now?", "To talk")
    asked = next(m for m in reversed(ana.person.messages) if "I'm safe" in m.labels)
    assert asked.labels == ["I'm safe", "I need help", "You misread me"]
    ana.taps("I'm safe")
    assert "stay off" not in ana.sees("I'm glad", "To talk")


def test_needing_help_after_that_is_an_emergency_again(here: World, ana: Somebody) -> None:
    ana.says("reminders on again")
    here.fast_forward(hours=5)
    ana.taps("I need help")
    ana.sees("Call now:", "999")
    assert hold(here, ana) == "held"


def test_after_the_last_question_reminders_stay_on(here: World, ana: Somebody) -> None:
    ana.says("reminders on again")
    here.fast_forward(days=4)
    assert hold(here, ana) == "normal"
    assert {row.closed_as for row in rows(here, tables.reports, chat_id=ana.id)} == {"switched_on"}


def test_nobody_answered_is_told_in_the_words_for_the_mind(
    here: World, olga: Somebody, ana: Somebody
) -> None:
    assert olga
    ana.says("reminders on again")
    ana.forgets_what_was_said()
    here.fast_forward(hours=3)
    ana.sees("nobody has answered", "is somebody with you?", "To talk")


@pytest.mark.parametrize("first", [DARK, "my leg will not move at all and I can't pee"])
@pytest.mark.parametrize("acknowledged", [True, False])
def test_a_question_left_open_makes_an_emergency_no_doubt(
    here: World, olga: Somebody, first: str, acknowledged: bool
) -> None:
    bo = here.person("Bo", "UTC")
    bo.says(first)
    if acknowledged:
        olga.taps("Acknowledge")
    here.fast_forward(minutes=62 if first != DARK else 1)
    bo.says("my groin went numb after cycling")
    bo.sees("One question")
    bo.says("/resume")
    bo.says("reminders on again")
    olga.forgets_what_was_said()
    here.fast_forward(minutes=6)
    (case,) = rows(here, tables.cases)
    assert (case.level, case.kind) == ("emergency", "report")
    assert not [text for text in olga.unread() if "unconfirmed" in text]
