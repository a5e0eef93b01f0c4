"""Whether a text is in another language than English, as far as its words tell. What Telegram calls a person's
language is the language of their phone's menus, so it is not asked."""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

UNKNOWN: Final = ""
"""A language that is not English, and none of those that have texts."""

FEWEST: Final = 4
"""Words below which no language is told: a name or a city would look foreign."""

ENGLISH_SHARE: Final = 0.35
"""Share of common English words from which a text counts as English; other languages share a few short ones."""

_ANYWHERE: Final = frozenset(
    ("ok", "okay", "no", "lol", "haha", "hm", "hmm", "a", "me", "si", "la", "es", "hola")
)
"""Words that are said in many languages, or look like English ones."""
_LONGEST: Final = 400
_WORD: Final = re.compile(r"[぀-ヿ㐀-鿿฀-๿]|[^\W\d_]+(?:['’][^\W\d_]+)*")
"""Scripts that put no space between words count by the letter."""


def foreign(text: str, english: Set[str], others: Mapping[str, Sequence[str]]) -> str | None:
    """Return the language of a text that is not in English, ``UNKNOWN`` for one without texts; None for English.

    Args:
        text: what somebody wrote; a short one counts as English.
        english: common English words, in lower case.
        others: function words of each language that has texts, by its code.
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text[:_LONGEST].lower())]
    if len(words) < FEWEST:
        return None
    if sum(_is_in(word, english) for word in words) >= ENGLISH_SHARE * len(words):
        return None
    hits = {code: sum(word in set(known) for word in words) for code, known in others.items()}
    best, *others_like_it = [
        code for code, count in hits.items() if count and count == max(hits.values())
    ] or [UNKNOWN]
    return UNKNOWN if others_like_it else best


def answered_in(text: str, before: str, english: Set[str], others: Mapping[str, Sequence[str]]) -> str:
    """Return the language to answer a text in: its own, ``before`` where it says too little to tell.

    Args:
        text: what somebody wrote.
        before: the language of what was said before, such as ``en``.
        english: common English words, in lower case.
        others: function words of each language that has texts, by its code.
    """
    found = foreign(text, english, others)
    if found is not None:
        return found if found in others else before
    words = [
        word for word in _WORD.findall(text[:_LONGEST].lower().replace("’", "'")) if word not in _ANYWHERE
    ]
    return "en" if sum(_is_in(word, english) for word in words) * 2 > len(words) else before


def _is_in(word: str, english: Set[str]) -> bool:
    return word in english or word.replace("'", "") in english or word.partition("'")[0] in english
