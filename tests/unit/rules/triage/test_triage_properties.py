"""Whatever is typed: no error, no delay, and nothing beside a red flag makes it less serious."""

import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.triage import Level, Verdict
from reminderbot.rules.triage.normalise import words_of
from tests.unit.rules.triage.tiny import CONCEPTS, CUES, verdict

FLAGS = [
    "my groin is numb",
    "I can't pee",
    "can't really feel my crotch",
    "fever and back pain",
    "I fell off my ladder, my back hurts",
    "maybe numb in the groin",
    "my husband can't pee",
    "numb groin, gone now",
    "groin goes numb sitting",
    "legs give way",
    "no pain groin numb",
]
PREFIXES = ["", "done. ", "ok ", "skip, ", "😭 ", "hi! ", "Done, but ", "no fever. "]
SUFFIXES = [
    "",
    " thanks",
    ". nice weather today",
    " lol",
    " 😂",
    "!!!",
    ", no numbness in my arms",
    ". no fever",
    " no chills",
]
CASES = [str, str.upper, str.title, str.lower]
APOSTROPHES = ["'", "’", "ʼ", "", "`"]
VOCABULARY = sorted(
    set(words_of(" ".join(phrase for some in (*CUES.values(), *CONCEPTS.values()) for phrase in some)))
)
LONGEST_SECONDS = 0.25
"""Of the processor, for 600 characters; the usual is a hundredth."""


def seriousness(found: Verdict) -> tuple[int, bool]:
    return found.level.rank, found.ask or found.level is Level.EMERGENCY


@given(
    st.sampled_from(FLAGS),
    st.sampled_from(PREFIXES),
    st.sampled_from(SUFFIXES),
    st.sampled_from(CASES),
    st.sampled_from(APOSTROPHES),
)
def test_nothing_beside_a_red_flag_makes_it_less_serious(
    flag: str, prefix: str, suffix: str, case: object, apostrophe: str
) -> None:
    assert callable(case)
    alone, dressed = verdict(flag), verdict(case(prefix + flag.replace("'", apostrophe) + suffix))
    level, ask = seriousness(dressed)
    assert level >= alone.level.rank
    assert ask or not alone.ask


@given(st.text(max_size=300))
def test_no_text_raises_an_error(text: str) -> None:
    assert verdict(text).level in Level


@given(st.text(max_size=120), st.lists(st.text(max_size=60), max_size=4), st.booleans())
def test_no_window_raises_an_error_or_is_less_serious(text: str, earlier: list[str], forwarded: bool) -> None:
    found = verdict(text, earlier=earlier, forwarded=forwarded)
    assert seriousness(found) >= seriousness(verdict(text, forwarded=forwarded))


@given(st.lists(st.sampled_from(VOCABULARY), max_size=40))
def test_evidence_always_quotes_the_message(words: list[str]) -> None:
    text = " ".join(words)
    for evidence in verdict(text).evidence:
        assert evidence.text == text[evidence.start : evidence.end]


def _strings(count: int) -> list[str]:
    """Random and adversarial strings of up to 600 characters, the same every time."""
    chance = random.Random(20260131)
    words = [*VOCABULARY, ",", ".", "?", "no", "or", "\n", "if"]
    signs = "aeiounmb gt,.?!'’-\n😭\u200b\u0301x0 9"
    made = []
    for _ in range(count // 4):
        made.append(" ".join(chance.choices(words, k=chance.randint(1, 60)))[:600])
        made.append("".join(chance.choices(signs, k=chance.randint(1, 120))))
        made.append(" ".join(chance.choices(words, k=2) * chance.randint(1, 40))[:600])
        made.append("".join(chr(chance.randint(1, 0xD7FF)) for _ in range(chance.randint(1, 40))))
    return made


@pytest.mark.parametrize("part", range(4))
def test_thousands_of_adversarial_strings_are_each_judged_in_time(part: int) -> None:
    slowest = 0.0
    for text in _strings(4_000)[part::4]:
        begun = process_time()
        verdict(text)
        slowest = max(slowest, process_time() - begun)
    assert slowest < LONGEST_SECONDS


@pytest.mark.parametrize(
    "unit",
    [
        "no numb ",
        "or no ",
        "if my groin is ",
        "numb groin ",
        "cant ",
        "my husband ",
        "no, ",
        "x",
        "😭",
        "38.5 ",
        "numb? no ",
    ],
)
def test_a_full_message_of_repetitions_is_judged_in_time(unit: str) -> None:
    begun = process_time()
    verdict((unit * 4096)[:4096])
    assert process_time() - begun < 1
