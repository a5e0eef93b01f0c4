"""The word undo takes back what was done last, be it an answer, a plan, a single reminder or a pause."""

from itertools import permutations

import pytest

from tests.world import MONDAY, Somebody, World

DEEDS = {
    "a planned pause": ("/pause 20 january to 22 january", "The break is taken back"),
    "a pause": ("/pause 3d", "we go on"),
    "a plan": ("/remind move every 90m", "Move: every 60 min"),
    "a single reminder": ("remind me on friday at 15:00", "Taken back: Move, Fri 15:00."),
    "an answer": ("done", "It's open again"),
}


@pytest.mark.parametrize(("before", "last"), list(permutations(DEEDS, 2)))
def test_undo_takes_back_the_newest_and_then_the_one_before(
    here: World, ana: Somebody, before: str, last: str
) -> None:
    here.until(MONDAY.replace(hour=9, minute=0))
    for deed in (before, last):
        here.fast_forward(minutes=1)
        ana.says(DEEDS[deed][0])
    ana.forgets_what_was_said()
    for deed in (last, before):
        here.fast_forward(minutes=1)
        ana.says("undo")
        ana.sees(DEEDS[deed][1])
        ana.sees_nothing()


def test_undo_in_words_says_that_a_plan_was_taken_back_and_shows_it_with_its_buttons(ana: Somebody) -> None:
    ana.says("/remind move every 90m")
    ana.says("undo")
    ana.sees("Taken back.", "Move: every 60 min")
    assert "Turn off" in ana.buttons()
    assert "Undo" not in ana.buttons()
    ana.says("no reminders on fridays")
    ana.says("undo")
    ana.sees("Taken back.", "Move: every 60 min", "Stretch: at 8:30, daily")


def test_a_button_says_so_in_its_notice_alone(ana: Somebody) -> None:
    ana.says("/remind move every 90m")
    ana.taps("Undo")
    ana.sees_toast("Taken back.")
    assert ana.person.last.text.startswith("Move: every 60 min")


def test_a_pause_that_is_over_is_not_what_undo_is_about(here: World, ana: Somebody) -> None:
    ana.says("every 90 min 9-12")
    for words in ("/pause 3d", "/resume", "/pause 20 january to 22 january"):
        here.fast_forward(minutes=1)
        ana.says(words)
    ana.taps("Undo")
    ana.forgets_what_was_said()
    ana.says("undo")
    ana.sees("Move: every 60 min")


def test_undo_takes_back_a_pause_of_the_button_on_the_card_of_today(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("every 90 min 9-12")
    here.fast_forward(minutes=1)
    ana.taps("Pause today")
    ana.forgets_what_was_said()
    ana.says("undo")
    ana.sees("we go on")


def test_undo_in_words_of_a_break_instead_of_another_says_that_none_stands(
    here: World, ana: Somebody
) -> None:
    ana.says("/pause 20 january to 22 january")
    here.fast_forward(minutes=1)
    ana.says("/pause 27 january to 28 january")
    ana.says("undo")
    assert "is planned" not in ana.sees("The break is taken back. The one whose place it took")
