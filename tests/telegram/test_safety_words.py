"""What a card says to say on the phone: the words behind the finding, all of them, and no others."""

import re

import pytest

from tests.world import Somebody, World

ZONE = "Europe/London"
SADDLE = "my groin is numb"
PEE = "I can't pee"


def quote(who: Somebody) -> str:
    """The quote of the newest card."""
    cards = [text for text in who.unread() if "say: “" in text]
    who.forgets_what_was_said()
    return str(re.findall("“(.+)”", cards[-1])[0])


def test_an_older_message_without_evidence_is_not_quoted(ana: Somebody) -> None:
    ana.says("what a lovely morning that was")
    ana.says(SADDLE)
    assert quote(ana) == SADDLE


def test_of_the_messages_before_only_those_are_quoted_that_make_the_finding(ana: Somebody) -> None:
    for words in ("it's all numb", "sorry, the phone rang", "between my legs"):
        ana.says(words)
    assert quote(ana) == "it's all numb … between my legs"


def test_a_second_symptom_is_quoted_with_the_first(ana: Somebody) -> None:
    ana.says(SADDLE)
    assert quote(ana) == SADDLE
    ana.says(PEE)
    assert quote(ana) == f"{SADDLE} … {PEE}"


def test_a_second_symptom_is_quoted_alone_when_the_first_was_a_misreading(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("You misread me")
    ana.says(PEE)
    assert quote(ana) == PEE


def test_what_a_clinician_has_checked_is_not_quoted_again(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says("a clinician has checked me")
    here.fast_forward(minutes=11)
    ana.forgets_what_was_said()
    ana.says(PEE)
    assert quote(ana) == PEE


def test_dark_thoughts_are_never_read_out_beside_the_body(ana: Somebody) -> None:
    ana.says("I want to die")
    ana.says(SADDLE)
    assert quote(ana) == SADDLE


def test_words_about_somebody_else_are_quoted_without_ones_own(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says("my mum has a drooping face and slurred speech")
    assert quote(ana) == "my mum has a drooping face and slurred speech"


@pytest.mark.parametrize(
    ("said", "way"),
    [
        (SADDLE, "or go to the emergency department. Let somebody else drive"),
        ("my face is drooping on one side and my speech is slurred", "wait where you are. Don't drive"),
    ],
)
def test_nobody_is_sent_on_the_way_with_a_sign_that_needs_an_ambulance(
    ana: Somebody, said: str, way: str
) -> None:
    ana.says(said)
    ana.sees("Call now:\n999", way)
