"""However it is typed, a word has one spelling, and its place in the message is known."""

import pytest

from reminderbot.rules.triage.normalise import tokenise, words_of


@pytest.mark.parametrize(
    "typed",
    [
        *("can't", "can’t", "can‘t", "can´t", "cant", "CANNOT", "can not", "can t", "Can\u200b't"),
        *("can;t", 'can"t', "can,t", "can.t", "can/t", "c\u0430n't", "C\u0410N'T"),
    ],
)
def test_every_way_to_type_cant_is_one_word(typed: str) -> None:
    assert words_of(f"I {typed} pee") == ("i", "cant", "pee")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("I do not and I didn't", "i dont and i didnt"),
        ("I'll be ill", "i will be ill"),
        ("pain w/ fever w/o chills b/c flu", "pain with fever without chills because flu"),
        ("back & leg + hip", "back and leg and hip"),
        ("nuuuumb", "numb"),
        ("38.5C", "38.5 c"),
        ("hot/cold self-harm", "hot cold self harm"),
        ("ｎｕｍｂ 𝐠𝐫𝐨𝐢𝐧", "numb groin"),
        ("não À é", "nao a e"),
        ("my 😭 groin", "my groin"),
        ("my gr\u043ein, gr\u03bfin and GR\u041eIN", "my groin groin and groin"),
        ("yes i can. t shirt weather", "yes i can t shirt weather"),
    ],
)
def test_words_have_one_spelling(typed: str, words: str) -> None:
    assert " ".join(words_of(typed)) == words


def test_a_letter_held_down_may_stand_for_two() -> None:
    (token,) = tokenise("peeee")
    assert (token.text, token.also) == ("pe", "pee")


@pytest.mark.parametrize(
    ("typed", "breaks"),
    [
        ("a. b", "."),
        ("a! b", "."),
        ("a? b", "?"),
        ("a\nb", "\n"),
        ("a... b", ","),
        ("a, b", ","),
        ("a: b", ":"),
        ("a - b", "-"),
        ("a-b", ""),
        ("a/b", "/"),
        ("a 😭 b", ","),
        ("a “b”", ""),
    ],
)
def test_breaks_between_words_are_kept(typed: str, breaks: str) -> None:
    assert tokenise(typed)[1].before == breaks


@pytest.mark.parametrize("typed", ["I can’t pee 😭 ﬁrst", "\u200bnu\u200bmb", "É can not", "w/o it's"])
def test_every_word_knows_where_it_stands(typed: str) -> None:
    for token in tokenise(typed):
        assert 0 <= token.start < token.end <= len(typed)
    places = [token.start for token in tokenise(typed)]
    assert places == sorted(places)


@pytest.mark.parametrize("typed", ["the leg's gone", "the leg’s gone", "the legs gone"])
def test_a_possessive_with_or_without_its_apostrophe_may_be_one_thing_that_is(typed: str) -> None:
    word = tokenise(typed)[1]
    assert (word.text, word.also) == ("legs", "leg")
