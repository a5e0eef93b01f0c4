"""While exercise is held nothing that is said prompts anybody to move."""

import re

import pytest

from tests.telegram.holding import report
from tests.world import Somebody, World

PROMPTS = re.compile(r"gentle walks|may come again|get up and|your stretch:", re.IGNORECASE)
WEEKS = "sciatica for 3 months and it limits me"


def test_advice_for_the_coming_days_speaks_of_no_walks_in_a_hold(here: World, ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    here.fast_forward(minutes=61)
    ana.forgets_what_was_said()
    ana.says(WEEKS)
    assert not PROMPTS.search(ana.sees("GP or physio", "Exercises stay paused"))


def test_stretches_are_not_asked_about_before_the_hold_is_over(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says(WEEKS)
    here.fast_forward(days=13)
    report(ana)
    ana.forgets_what_was_said()
    here.fast_forward(days=3)
    assert not [text for text in ana.unread() if "left out" in text]
    ana.says("a clinician has checked me")
    here.fast_forward(days=1)
    ana.sees("Since then I've left out")


@pytest.mark.parametrize("level", ["emergency", "urgent"])
@pytest.mark.parametrize(
    "words",
    ["/stretch", "/today", "/remind", "/resume", "/symptom", "stretch", "is it ok to walk?", "what now then"],
)
def test_nothing_that_is_asked_for_in_a_hold_prompts(ana: Somebody, level: str, words: str) -> None:
    report(ana, level)
    ana.says(words)
    assert ana.unread()
    assert not [text for text in ana.unread() if PROMPTS.search(text)]
