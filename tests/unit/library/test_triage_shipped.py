"""The shipped triage content: promises that hold over its own examples, however they are dressed."""

from collections.abc import Callable
from functools import cache
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.library import loader, triage_folder
from reminderbot.library.triage_folder import Triage
from reminderbot.rules.triage import Level, Verdict, judge
from tests.benchmarks.triage import strings

TRIED = 200
"""Examples that are dressed in each test, chosen the same way every time: all of them take too long for every run."""
STRINGS = 1_000
LONGEST_SECONDS = 0.5
"""Of the processor, for one string; the usual is a hundredth."""
PREFIXES = ["", "done. ", "ok ", "Done, but ", "hi! ", "😭 ", "\u200b", "no fever. ", "no chills, "]
SUFFIXES = [
    "",
    " thanks",
    " lol",
    " 😂",
    "!!!",
    ". nice weather today",
    ". see you tomorrow",
    ". no fever",
    ", no numbness in my arms",
]
CASES: list[Callable[[str], str]] = [str, str.upper, str.title, str.lower]
APOSTROPHES = ["'", "’", "ʼ", "`", "´"]


@cache
def triage() -> Triage:
    return triage_folder.read(loader.default_folder())[0]


@cache
def flags() -> list[str]:
    """The examples in which something is found."""
    says = dict.fromkeys(case.example.say for case in triage().cases)
    return [say for say in says if seriousness(judge(triage().lexicon, say)) > (0, False)]


def seriousness(found: Verdict) -> tuple[int, bool]:
    return found.level.rank, found.ask or found.level is Level.EMERGENCY


def is_softened(say: str, dressed: str) -> bool:
    alone, found = (seriousness(judge(triage().lexicon, text)) for text in (say, dressed))
    return found[0] < alone[0] or found[1] < alone[1]


@pytest.mark.parametrize(
    ("sort", "dresses"), [("before", PREFIXES), ("behind", SUFFIXES)], ids=["before", "behind"]
)
@settings(derandomize=True, max_examples=TRIED, deadline=None)
@given(data=st.data())
def test_nothing_beside_a_red_flag_makes_it_less_serious(
    sort: str, dresses: list[str], data: st.DataObject
) -> None:
    say, dress = data.draw(st.sampled_from(flags())), data.draw(st.sampled_from(dresses))
    assert not is_softened(say, dress + say if sort == "before" else say + dress)


@settings(derandomize=True, max_examples=TRIED, deadline=None)
@given(data=st.data())
def test_neither_case_nor_apostrophes_make_a_red_flag_less_serious(data: st.DataObject) -> None:
    say = data.draw(st.sampled_from(flags()))
    case = data.draw(st.sampled_from(CASES))
    apostrophe = data.draw(st.sampled_from(APOSTROPHES))
    assert not is_softened(say, case(say).replace("'", apostrophe))


@pytest.mark.parametrize("typed", ["nt", "n;t", "n´t"])
def test_no_way_to_type_a_negation_makes_a_red_flag_less_serious(typed: str) -> None:
    says = [say for say in flags() if "n't" in say]
    assert [say for say in says if is_softened(say, say.replace("n't", typed))] == []


def test_random_and_adversarial_strings_are_each_judged_in_time() -> None:
    slowest = 0.0
    for text in strings([case.example.say for case in triage().cases], STRINGS):
        begun = process_time()
        judge(triage().lexicon, text)
        slowest = max(slowest, process_time() - begun)
    assert slowest < LONGEST_SECONDS


@pytest.mark.parametrize("row", range(1, 31))
def test_every_row_of_the_table_has_a_condition(row: int) -> None:
    assert any(row in condition.row for condition in triage().conditions.values())


def test_there_are_five_other_languages() -> None:
    assert set(triage().languages) == {"es", "de", "fr", "pt", "it"}


def test_a_message_of_every_word_of_the_examples_is_judged() -> None:
    words = sorted({word for case in triage().cases for word in case.example.say.split()})
    assert judge(triage().lexicon, " ".join(words)).level in Level
