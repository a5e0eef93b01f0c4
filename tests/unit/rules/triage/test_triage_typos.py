"""Slips are forgiven on clinical words only, and never on English ones."""

import pytest

from reminderbot.rules.triage import Level
from reminderbot.rules.triage.normalise import tokenise, words_of
from reminderbot.rules.triage.typos import corrected
from tests.unit.rules.triage.tiny import SPELLING, verdict


def read(text: str) -> list[tuple[str, str]]:
    return [(token.text, token.also) for token in corrected(tokenise(text), SPELLING)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gorin", "groin"),
        ("groinn", "groin"),
        ("hroin", "groin"),
        ("temprature", "temperature"),
        ("tmperatur", "temperature"),
    ],
)
def test_a_slip_is_forgiven(typed: str, meant: str) -> None:
    assert read(typed) == [(typed, meant)]


@pytest.mark.parametrize("word", ["grown", "groan", "privet", "proin", "grin", "gron", "number", "groiiin"])
def test_english_words_short_words_and_far_words_are_left_alone(word: str) -> None:
    (reading,) = read(word)
    assert reading[1] != "groin" or word == "groiiin"


def test_listed_variants_stand_for_one_word_or_several() -> None:
    assert read("nubm cantpee") == [("nubm", "numb"), ("cant", ""), ("pee", "")]
    assert verdict("cantpee").level is Level.EMERGENCY


def test_a_message_full_of_slips_is_understood() -> None:
    assert verdict("my gorin is nubm").level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["my gro in is numb", "num bgroin", "groi nnumb", "c ant pee", "ic ant pee"])
def test_a_slip_of_the_space_bar_is_forgiven(text: str) -> None:
    found = verdict(text)
    assert found.level is Level.EMERGENCY
    assert all(evidence.text == text[evidence.start : evidence.end] for evidence in found.evidence)


@pytest.mark.parametrize("text", ["grown umb", "can t pee", "gro, in", "gro  in"])
def test_words_that_are_words_and_breaks_are_left_alone(text: str) -> None:
    assert "groin" not in words_of(text)
    assert [word for word, _ in read(text)] == list(words_of(text))
