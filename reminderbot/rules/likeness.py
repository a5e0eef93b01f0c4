"""Which of some names somebody means who writes one from memory: a part of it, or with a letter wrong."""

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz.distance import DamerauLevenshtein

ALIKE = 0.7
"""How alike two words have to be, from 0 to 1: one letter wrong of four, two of eight."""

PART_LETTERS = 4
"""From so many letters on, a part of a word stands for it: arthritis for osteoarthritis."""

LONG_PART = 6
"""From so many letters on, the end of a word may have a letter wrong too: arthritus for osteoarthritis."""

MEANT = 0.5
"""Which part of what was written a name has to account for, by letters."""

MOST_WORDS = 8
"""A name has no more."""

SURE_LETTERS = 5
"""From so many letters on, a word with one letter wrong can be told from another word."""

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    _WORD.findall(
        "a about an and are as at be but by for from has have how i in into is it its me my no not of on "
        "or so that the their them then there they this to what when where which who why will with you "
        "your"
    )
)
"""Words that stand in any name: they say nothing about which one is meant."""


def nearest(text: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys whose names are nearest to a text, several when they are equally near; none when no name is.

    A name that is just the text comes alone. A text of many words is no name.
    """
    wanted = _words(text)
    known = {key: [_words(name) for name in those] for key, those in names.items()}
    if same := [key for key, those in known.items() if wanted in those]:
        return same[:1]
    shares = _shares(wanted, known)
    best = max(shares.values(), default=0.0)
    return [key for key, share in shares.items() if share == best] if best > MEANT else []


def slip(word: str, names: Collection[str]) -> str | None:
    """The one name that a word in lower case misses by a letter: wrong, left out, too many, or swapped with the next.

    None for a name itself, for a short word, and where several names are as near.
    """
    if word in names or len(word) < SURE_LETTERS:
        return None
    near = [name for name in names if len(name) >= SURE_LETTERS and _is_one_off(word, name)]
    return near[0] if len(near) == 1 else None


def _shares(wanted: list[str], known: Mapping[str, list[list[str]]]) -> dict[str, float]:
    """Which part of what was written each key accounts for."""
    if len(wanted) > MOST_WORDS:
        return {}
    return {key: _share(wanted, [word for name in those for word in name]) for key, those in known.items()}


def _words(text: str) -> list[str]:
    words = _WORD.findall(text.lower().replace("'", "").replace("’", ""))
    return [word for word in words if word not in _SMALL]


def _share(wanted: list[str], known: list[str]) -> float:
    """The part of the letters that stand in words which are known."""
    found = sum(len(word) for word in wanted if any(_is_near(word, other) for other in known))
    return found / (sum(map(len, wanted)) or 1)


def _is_near(word: str, other: str) -> bool:
    if len(word) >= PART_LETTERS and word in other:
        return True
    ends = range(len(word) - 1, len(word) + 2) if len(word) >= LONG_PART else ()
    return _is_slip(word, other) or any(_is_slip(word, other[-size:]) for size in ends)


def _is_one_off(word: str, name: str) -> bool:
    return word[0] == name[0] and DamerauLevenshtein.distance(word, name, score_cutoff=1) == 1


def _is_slip(word: str, other: str) -> bool:
    # The first letter is seldom wrong, and a scan is not what can be.
    return word[0] == other[0] and DamerauLevenshtein.normalized_similarity(word, other) >= ALIKE
