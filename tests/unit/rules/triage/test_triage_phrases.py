"""Phrases match what they say, word by word, and say what is wrong with them."""

import pytest

from reminderbot.rules.triage.matching import Index, Match
from reminderbot.rules.triage.normalise import tokenise
from reminderbot.rules.triage.phrases import Parser, PhraseError

LISTS = {"pee": ("pee", "pass (water|urine)"), "round": ("{round}",), "broken": ("(a",)}


def found(phrase: str, text: str) -> list[str]:
    tokens = tokenise(text)
    index = Index([("x", Parser(LISTS).read(phrase))])
    return [" ".join(token.text for token in tokens[match.start : match.end]) for match in index.find(tokens)]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("numb", "my numb toe, number one", "numb"),
        ("tingl*", "tingling", "tingling"),
        ("(dead|gone numb|b*) leg", "gone numb leg", "gone numb leg"),
        ("cant [really|even] feel", "cant feel", "cant feel"),
        ("cant [really|even] feel", "cant even feel", "cant even feel"),
        ("[so] numb", "so numb", "so numb"),
        ("cant ~ pee", "cant go for a pee", "cant go for a pee"),
        ("cant ~6 pee", "cant for the life of me just pee", "cant for the life of me just pee"),
        ("cant {pee}", "cant pass water", "cant pass water"),
        ("can not pee", "can't pee", "cant pee"),
        ("# weeks", "for 3 weeks", "3 weeks"),
        ("numb, groin", "numb groin", "numb groin"),
        ("numb [and cold]", "numb and cold", "numb and cold"),
        ("numb groin", "numb, groin", "numb groin"),
        ("^ help $", "help", "help"),
        ("^ help $", "done. help! now", "help"),
        ("^ help $", "thanks, help", "help"),
        ("^ help $", "help, its bad", "help"),
        ("^ [please] help [me] $", "please help me\nits bad", "please help me"),
        ("help $", "can you help", "help"),
    ],
)
def test_a_phrase_matches(phrase: str, text: str, words: str) -> None:
    assert words in found(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("numb", "number"),
        ("cant ~ pee", "cant one two three four pee"),
        ("cant ~ pee", "cant. pee"),
        ("cant ~ pee", "cant\npee"),
        ("back ~ numb", "back but not numb"),
        ("no feeling", "no, feeling fine"),
        ("numb groin", "numb; groin"),
        ("^ help $", "help me"),
        ("^ help $", "can you help"),
        ("^ help", "no help"),
        ("help $", "help is here"),
    ],
)
def test_a_phrase_does_not_match(phrase: str, text: str) -> None:
    assert found(phrase, text) == []


def test_of_several_ways_to_match_the_longest_counts() -> None:
    tokens = tokenise("cant pee or wee")
    parser = Parser({})
    index = Index([("x", parser.read("cant [pee or] wee")), ("x", parser.read("cant pee"))])
    assert index.find(tokens) == [Match("x", 0, 4)]


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("(a|b", "never closed"),
        ("[a)", "closed by"),
        ("a)", "no bracket is open"),
        ("(a||b)", "alternative is empty"),
        ("~ a", "begins or ends"),
        ("a ~9 b", "1 to 8 words"),
        ("[a]", "nothing that must be there"),
        ("^ [a] $", "nothing that must be there"),
        ("", "no words"),
        ("{wee}", "no list named 'wee'"),
        ("{round}", "contains itself"),
        ("{broken}", "in the list 'broken'"),
        ("*", "not part of the language"),
    ],
)
def test_a_faulty_phrase_says_what_is_wrong(phrase: str, told: str) -> None:
    with pytest.raises(PhraseError, match=told):
        Parser(LISTS).read(phrase)
