"""Dark thoughts, and something taken: whom to call comes first, and stays there when it was a misreading."""

import pytest

from tests.world import Somebody, World

DARK = "I want to end my life tonight"
TAKEN = "took 30 paracetamol an hour ago"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in the United States, where the two numbers differ."""
    somebody = here.person("Ana", "America/New_York")
    somebody.forgets_what_was_said()
    return somebody


@pytest.mark.parametrize("words", [DARK, TAKEN])
def test_the_emergency_number_comes_before_the_line_to_talk_to(ana: Somebody, words: str) -> None:
    ana.says(words)
    card = ana.sees("Call now:", "988")
    assert card.index("911") < card.index("988")
    assert ana.buttons()[:2] == ["Copy 911", "Copy 988"]


def test_something_taken_has_its_own_reason(ana: Somebody) -> None:
    ana.says(TAKEN)
    card = ana.sees("What you have taken can harm you before you feel it. Take the packet along.")
    assert "You matter" not in card


def test_something_taken_by_mistake_has_it_too(ana: Somebody) -> None:
    ana.says("i overdosed on paracetamol by mistake")
    ana.sees("What you have taken can harm you before you feel it. Take the packet along.", "911")


@pytest.mark.parametrize("words", [DARK, TAKEN, "i overdosed on paracetamol by mistake"])
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
