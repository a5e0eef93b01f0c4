"""English is known by its common words; a long text without them is in another language."""

import pytest

from reminderbot.rules.tongue import UNKNOWN, foreign
from reminderbot.services.work import Surroundings


def language(around: Surroundings, text: str) -> str | None:
    triage = around.library.triage
    others = {code: one.function_words for code, one in triage.languages.items()}
    return foreign(text, triage.lexicon.spelling.common, others)


@pytest.mark.parametrize(
    "text",
    ["done the stretch, felt good", "I don't know what y'all want lol", "remind me tmrw plz thx", "hi how are u doin",
     "whats the diff btwn move n stretch", "My back’s killing me after the gym", "", "ok", "Santa Cruz",
     "Bolí mě záda"],
)  # fmt: skip
def test_english_and_short_texts_are_not_foreign(around: Surroundings, text: str) -> None:
    assert language(around, text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Me duele mucho la espalda porque estoy mal del todo", "es"),
        ("Ich habe seit gestern starke Schmerzen im Rücken", "de"),
        ("Bolí mě záda už týden hodně", UNKNOWN),
        ("Мене дуже болить спина сьогодні вранці", UNKNOWN),
        ("mam silny ból pleców od wczoraj", UNKNOWN),
        ("bugün sırtım çok ağrıyor doktor", UNKNOWN),
        ("mera pair sunn ho gaya hai", UNKNOWN),
        ("我的腿麻了", UNKNOWN),
    ],
)
def test_a_long_text_without_english_words_is_foreign(around: Surroundings, text: str, code: str) -> None:
    assert language(around, text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("je ne sais pas ce que c'est mais j'ai mal", "fr"), ("não sei o que é mas tenho dores", "pt"),
     ("non riesco a dormire per il mal di schiena che ho", "it")],
)  # fmt: skip
def test_languages_that_have_a_card_are_told_apart(around: Surroundings, text: str, code: str) -> None:
    assert language(around, text) == code
