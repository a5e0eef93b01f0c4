"""A pain or a stiffness that is no sign to worry about alone: a kind answer, and a way to the check."""

import pytest

from tests.telegram.test_symptom_check import found
from tests.world import MONDAY, Somebody, World

ACHES = [
    "my lower back hurts",
    "my back is stiff",
    "every morning my back is stiff",
    "my shoulder hurts a bit when i stretch",
    "stiff neck today",
    "knee pain",
    "sciatica is back again",
]


@pytest.mark.parametrize("words", ACHES)
def test_an_ache_is_answered_kindly_with_the_check_and_something_to_read(ana: Somebody, words: str) -> None:
    ana.says(words)
    text = ana.sees("Sorry to hear that", "If it gets worse", "emergency number")
    assert "didn't get that" not in text
    assert ana.buttons() == ["Check the signs", "Read about it"]
    ana.taps("Check the signs")
    ana.sees("between your legs")
    assert found(ana) == []


def test_its_other_button_leads_to_what_there_is_to_read(ana: Somebody) -> None:
    ana.says("my back is stiff")
    ana.taps("Read about it")
    ana.sees("What would you like to read about?")


def test_a_nudge_stays_open_beside_it(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=1))
    ana.says("my back hurts")
    ana.sees("Sorry to hear that")
    ana.forgets_what_was_said()
    ana.says("skip")
    assert ana.unread()
    assert "waiting for an answer" not in ana.unread()[0]


def test_it_claims_nothing_about_what_it_is(ana: Somebody) -> None:
    ana.says("my back hurts")
    text = ana.sees("Sorry to hear that").lower()
    for claim in ("urgent", "harmless", "nothing serious", "normal", "will help", "well done", "great"):
        assert claim not in text


@pytest.mark.parametrize(
    "words",
    [
        "my back doesn't hurt",
        "my mum's back hurts",
        "my back hurt last year",
        "hands full",
        "back from lunch",
    ],
)
def test_what_tells_of_no_ache_of_theirs_is_not_taken_for_one(ana: Somebody, words: str) -> None:
    ana.says(words)
    assert not [text for text in ana.unread() if "Sorry to hear" in text]


def test_what_somebody_else_wrote_is_not_taken_for_theirs(ana: Somebody) -> None:
    ana.does(lambda person: person.forwards("my back hurts"))
    assert "Sorry to hear" not in ana.sees("didn't get that")


def test_what_was_told_before_does_not_make_other_words_an_ache(ana: Somebody) -> None:
    ana.says("my back hurts")
    ana.sees("Sorry to hear that")
    ana.says("hands full")
    ana.sees("didn't get that")


def test_what_is_open_about_a_symptom_matters_more(ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    ana.forgets_what_was_said()
    ana.says("my shoulder hurts")
    assert not [text for text in ana.unread() if "Sorry to hear" in text]
