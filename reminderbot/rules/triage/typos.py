"""Reads misspelt words as the clinical words that they stand for; the list is closed and English is left alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.distance import DamerauLevenshtein

from reminderbot.rules.triage.lexicon import Spelling
from reminderbot.rules.triage.normalise import Token
from reminderbot.rules.triage.runs import LETTERS, LONGEST, is_word, parted

SHORTEST = 5
"""Letters; shorter words have listed variants only."""
_LONG = 9
"""Letters from which two slips are forgiven instead of one."""
_DOUBLED = re.compile(r"([a-z])\1")
_CONTRACTIONS = frozenset("theyre theres theyve theyll youre youve weve thats whats wheres heres".split())
"""Words of their own without their apostrophe: "theyre" is no slip of "there"."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for row, letters in enumerate(_ROWS):
        for column, letter in enumerate(letters):
            for other_row in _ROWS[max(0, row - 1) : row + 2]:
                near[letter].update(other_row[max(0, column - 1) : column + 2])
    return {letter: frozenset(others) for letter, others in near.items()}


_NEAR = _neighbours()


def corrected(tokens: tuple[Token, ...], spelling: Spelling) -> tuple[Token, ...]:
    """Return the words with slips of the space bar and listed variants replaced, near misses given a second reading."""
    parts = (part for token in tokens for part in parted(token, spelling))
    meant: dict[str, str] = {}
    return tuple(word for token in _respaced(parts, spelling) for word in _readings(token, spelling, meant))


def _respaced(tokens: Iterable[Token], spelling: Spelling) -> Iterator[Token]:
    """Yield the words, with "gro in" and "ches tpain" put right."""
    left: Token | None = None
    for token in tokens:
        if left is None:
            left = token
        elif whole := _whole(left, token, spelling):
            left = whole
        else:
            left, token = _moved(left, token, spelling)
            yield left
            left = token
    if left is not None:
        yield left


def _whole(left: Token, right: Token, spelling: Spelling) -> Token | None:
    """Return two halves as the clinical word that they are."""
    word = left.text + right.text
    if word not in spelling.clinical or not _is_slip(left, right, spelling):
        return None
    return replace(left, text=word, also="", end=right.end)


def _moved(left: Token, right: Token, spelling: Spelling) -> tuple[Token, Token]:
    """Return two words with the space between them a letter further on or back, where both are clinical then."""
    text = left.text + right.text
    if _is_slip(left, right, spelling) and spelling.clinical.isdisjoint((left.text, right.text)):
        for shift, place in ((1, right.start + 1), (-1, left.end - 1)):
            first, second = text[: len(left.text) + shift], text[len(left.text) + shift :]
            if all(word in spelling.clinical or word in LETTERS for word in (first, second)):
                moved = replace(right, text=second, also="", start=place)
                return replace(left, text=first, also="", end=place), moved
    return left, right


def _is_slip(left: Token, right: Token, spelling: Spelling) -> bool:
    is_apart = right.before or right.start != left.end + 1
    return not is_apart and not (is_word(left.text, spelling) and is_word(right.text, spelling))


def _readings(token: Token, spelling: Spelling, meant: dict[str, str]) -> Iterator[Token]:
    """Yield what a word stands for; slips are looked up once a message."""
    for text in filter(None, (token.text, token.also)):
        words = spelling.variants.get(text, ())
        if len(words) == 1:
            yield replace(token, also=words[0])
            return
        if words:
            yield replace(token, text=words[0], also="")
            yield from (replace(token, text=word, also="", before="") for word in words[1:])
            return
    is_known = token.also or token.text in spelling.common or token.text in _CONTRACTIONS
    if not is_known and token.text not in meant:
        meant[token.text] = _meant(token.text, spelling)
    near = "" if is_known else meant[token.text]
    yield replace(token, also=near) if near else token


def _meant(text: str, spelling: Spelling) -> str:
    """Return the word that a misspelt one is meant for; nothing when there is none."""
    return _undoubled(text, spelling) or nearest(text, spelling.words)


def _undoubled(text: str, spelling: Spelling) -> str:
    """Return the word of a key that stuck: "righht" is right, "ddead" is dead."""
    single = _DOUBLED.sub(r"\1", text)
    return single if single != text and is_word(single, spelling) else ""


def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word that this one is a slip of: one letter, or two from nine letters on; else nothing."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return ""
    most = 2 if len(word) >= _LONG else 1
    begins = _NEAR.get(word[0], frozenset(word[0]))
    best, least = "", most + 1
    for other in known:
        if other[0] in begins and abs(len(other) - len(word)) <= most:
            slips = DamerauLevenshtein.distance(word, other, score_cutoff=most)
            if slips < least:
                best, least = other, slips
    return best if least else ""
