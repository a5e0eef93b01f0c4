"""What somebody is told to say on the phone: the sentences that matter, in their words, and no half ones."""

import pytest

from reminderbot.library import loader
from reminderbot.rules import quoting
from reminderbot.rules.triage import judge
from reminderbot.rules.triage.lexicon import Lexicon

SADDLE = "my groin is numb and I can't pee"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return loader.load(loader.default_folder()).triage.lexicon


def quoted(lexicon: Lexicon, *messages: str) -> str:
    verdict = judge(lexicon, messages[-1], earlier=messages[:-1])
    return quoting.quote(lexicon, quoting.together(messages), verdict.rules)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (SADDLE, SADDLE),
        (f"/done but {SADDLE}", f"but {SADDLE}"),
        (f"Thanks for yesterday. I liked it! {SADDLE}. The weather is nice.", f"{SADDLE}."),
        ("My groin is numb. It rains a lot. Also I can't pee.", "My groin is numb. … Also I can't pee."),
        ("My groin is numb.\nI can't pee.", "My groin is numb. I can't pee."),
        ("Hace buen tiempo. No puedo orinar.", "No puedo orinar."),
    ],
)
def test_the_sentences_that_matter_are_quoted_in_their_order(lexicon: Lexicon, said: str, shown: str) -> None:
    assert quoted(lexicon, said) == shown


def test_of_several_messages_each_is_quoted(lexicon: Lexicon) -> None:
    assert (
        quoted(lexicon, "Nice day. It's all numb.", "between my legs") == "It's all numb. … between my legs"
    )


@pytest.mark.parametrize("before", ["it was such a long day and ", "x" * 50 + " "])
def test_an_endless_sentence_is_cut_at_words_and_keeps_what_matters(lexicon: Lexicon, before: str) -> None:
    shown = quoted(lexicon, before * 12 + SADDLE)
    assert "my groin is numb" in shown
    assert len(shown) <= quoting.LONGEST
    assert shown.startswith("…")


def test_nothing_is_cut_in_the_middle_of_a_word(lexicon: Lexicon) -> None:
    shown = quoted(lexicon, f"{SADDLE} " + "and it has been like this since I woke up " * 20)
    assert len(shown) <= quoting.LONGEST
    assert shown.endswith("…")
    assert set(shown.rstrip("…").split()) <= set(
        f"{SADDLE} and it has been like this since I woke up".split()
    )


def test_words_whose_rules_are_gone_are_quoted_from_their_beginning(lexicon: Lexicon) -> None:
    story = "It began today. " * 20
    assert quoting.quote(lexicon, story, ["gone.rule"]).startswith("It began today.")
    assert quoting.quote(lexicon, "", []) == ""


def test_what_one_quote_holds_is_not_said_twice() -> None:
    assert quoting.join(["my groin is numb", "", "My groin is numb and cold"]) == "My groin is numb and cold"
    assert quoting.join(["numb", "I can't pee"]) == "numb … I can't pee"
