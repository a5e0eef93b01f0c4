"""The card of today while exercise is stopped: plainly why, without a number, and never before an answer."""

import pytest

from tests.telegram.alarms import on_call
from tests.telegram.pinning import card
from tests.world import MONDAY, Somebody, World

SERIOUS = "my groin is numb and I can't pee"
DARK = "I want to end my life"


@pytest.mark.parametrize("told", [SERIOUS, DARK, "I have a pain in my calf and it is swollen"])
def test_in_a_hold_the_card_has_no_streak_and_no_button(here: World, ana: Somebody, told: str) -> None:
    ana.says("pin today")
    for hour in (9, 10, 11, 13):
        here.until(MONDAY.replace(hour=hour, minute=1))
        ana.taps("Done")
    here.fast_forward(seconds=10)
    assert "Streak 1 day" in card(ana).text
    ana.says(told)
    here.fast_forward(seconds=10)
    assert not any(word in card(ana).text for word in ("Streak", "Today", "Next:"))
    assert card(ana).labels == []


def test_the_answer_to_a_sign_goes_before_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.fast_forward(seconds=20)
    ana.forgets_what_was_said()
    ana.says(SERIOUS)
    assert "emergency" in ana.unread()[0]
    assert "Exercises are paused" in ana.unread()[-1]


def test_after_the_hold_the_card_is_what_it_was(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says(SERIOUS)
    here.fast_forward(seconds=10)
    ana.taps("You misread me")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Next: Mon 9:00 Move")
    assert card(ana).labels == ["Pause today"]


def test_an_old_button_in_a_hold_brings_no_cheer(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says(SERIOUS)
    here.fast_forward(seconds=10)
    ana.does(lambda person: person.taps_data("v1:card:pause", card(ana)))
    ana.sees_toast("All right")


def test_the_line_about_a_pin_is_no_sign_of_life(here: World, ana: Somebody) -> None:
    """Telegram brings it as an update of the bot's own; a card about a symptom is repeated all the same."""
    osei = on_call(here, "Osei", 1)
    ana.says(SERIOUS)
    here.fast_forward(minutes=1)
    here.tele.world.pin(ana.person.chat, ana.person.messages[-1], here.tele.world.bot)
    here.settle()
    osei.sees("emergency")
    here.fast_forward(minutes=30)
    ana.sees("Once more")
