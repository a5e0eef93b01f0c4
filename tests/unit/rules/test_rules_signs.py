"""Two findings are two signs when they were told in words of their own."""

import pytest

from reminderbot.library import loader
from reminderbot.rules import signs
from reminderbot.rules.triage import Level, judge
from reminderbot.rules.triage.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return loader.load(loader.default_folder(), examples=False).triage.lexicon


def told(lexicon: Lexicon, words: str) -> list[str]:
    """The conditions of an emergency that are told apart."""
    serious = {rule.id for rule in lexicon.rules if rule.level is Level.EMERGENCY}
    return signs.apart(lexicon, words, [rule for rule in judge(lexicon, words).rules if rule in serious])


def test_signs_in_words_of_their_own_are_told_apart(lexicon: Lexicon) -> None:
    assert told(lexicon, "my groin is numb and I can't pee") == ["cauda-equina", "urinary-retention"]
    assert "breathing" in told(lexicon, "pressure in my chest and I can't breathe")


@pytest.mark.parametrize(
    "words",
    ["fecal incontinence started this week", "after the fall I can't move my legs", "my groin is numb"],
)
def test_one_complaint_is_one_sign_however_many_conditions_it_meets(lexicon: Lexicon, words: str) -> None:
    assert len(told(lexicon, words)) == 1


def test_without_words_nothing_is_told_apart(lexicon: Lexicon) -> None:
    rules = ["cauda-equina.numb-saddle", "urinary-retention.cannot-pee"]
    assert signs.apart(lexicon, "", rules) == ["cauda-equina"]
    assert signs.apart(lexicon, "my groin is numb", ["gone.from-the-content"]) == []
