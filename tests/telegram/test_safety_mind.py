"""Dark thoughts, and something taken: whom to call comes first, and stays there when it was a misreading."""

import pytest

from tests.telegram.alarms import on_call
from tests.world import Somebody, World

ZONE = "America/New_York"
DARK = "I want to end my life tonight"
TAKEN = "took 30 paracetamol an hour ago"
BY_MISTAKE = "i overdosed on paracetamol by mistake"
PACKET = "What you have taken can harm you before you feel it. Take the packet along."


@pytest.mark.parametrize("words", [DARK, TAKEN])
def test_the_emergency_number_comes_before_the_line_to_talk_to(ana: Somebody, words: str) -> None:
    ana.says(words)
    card = ana.sees("Call now:", "988")
    assert card.index("911") < card.index("988")
    assert ana.buttons()[:2] == ["Copy 911", "Copy 988"]


def test_something_taken_has_its_own_reason(ana: Somebody) -> None:
    ana.says(TAKEN)
    card = ana.sees(PACKET)
    assert "You matter" not in card


def test_something_taken_by_mistake_has_it_too(ana: Somebody) -> None:
    ana.says(BY_MISTAKE)
    card = ana.sees(PACKET, "911")
    assert "988" not in card


@pytest.mark.parametrize("words", [f"{TAKEN} and i can't breathe", f"{TAKEN}, i want to end my life tonight"])
def test_something_taken_gives_the_reason_beside_whatever_else_is_told(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees(PACKET, "911", "988")


@pytest.mark.parametrize("words", [TAKEN, BY_MISTAKE])
def test_something_taken_gives_the_reason_again_after_five_minutes(
    here: World, ana: Somebody, words: str
) -> None:
    ana.says(words)
    ana.forgets_what_was_said()
    here.fast_forward(minutes=5)
    ana.sees("Once more:", PACKET)


def test_something_taken_by_somebody_else_is_thanked_for(ana: Somebody) -> None:
    ana.says("my friend just took a whole bottle of pills")
    card = ana.sees("Thank you for speaking up for them.")
    assert PACKET not in card


def test_something_taken_perhaps_is_asked_about_as_dark_thoughts_are(ana: Somebody) -> None:
    ana.says(f"maybe {BY_MISTAKE}")
    ana.sees("Are you thinking about ending your life?")
    ana.taps("Yes, now")
    ana.sees(PACKET)


def test_people_on_call_see_something_taken_as_danger_from_ones_own_hand(here: World, ana: Somebody) -> None:
    osei = on_call(here, "Osei", 1)
    ana.says(BY_MISTAKE)
    ana.says("share")
    osei.sees("Signs: Danger of self-harm or suicide")


@pytest.mark.parametrize("words", [DARK, TAKEN, BY_MISTAKE])
@pytest.mark.parametrize("label", ["You misread me", "Not about me"])
def test_a_correction_keeps_the_numbers_in_one_line(ana: Somebody, words: str, label: str) -> None:
    ana.says(words)
    ana.forgets_what_was_said()
    ana.taps(label)
    said = ana.sees("If it is ever real")
    assert "911 or your local emergency number; to talk: 988." in said.splitlines()[-1]
    assert ana.buttons() == ["It is real after all"]


def test_a_recording_is_answered_with_the_line_to_talk_to(ana: Somebody) -> None:
    ana.says(DARK)
    ana.forgets_what_was_said()
    ana.does(lambda person: person.sends_voice())
    said = ana.sees("can't listen to recordings", "988", "911")
    assert "Numbness" not in said


def test_a_recording_is_answered_in_the_language_of_what_is_open(ana: Somebody) -> None:
    ana.says("quiero suicidarme esta noche")
    ana.forgets_what_was_said()
    ana.does(lambda person: person.sends_voice())
    said = ana.sees("No puedo escuchar", "988")
    assert "Numbness" not in said
    assert "only a bot" not in said
