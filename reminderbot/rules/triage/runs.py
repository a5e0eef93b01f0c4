"""Takes runs of words apart that were typed without a space: "legswontmove"."""

from collections.abc import Iterator
from dataclasses import replace

from reminderbot.rules.triage.lexicon import Spelling
from reminderbot.rules.triage.normalise import Token

LONGEST = 24
"""Letters of a word, at most."""
LETTERS = frozenset("ai")
"""Letters that are words."""
_SHORTEST_RUN = 5
_SHORTEST_PART = 3
_MOST_PARTS = 4
_SIGNS = frozenset(
    """cant wont dont didnt doesnt isnt no not numb wet pee wee poo legs leg back bum arm face chest pain feel
    dead""".split()
)
"""Short words that show that a run of letters tells of the body."""
_JOINTS = frozenset(
    "cant wont dont didnt doesnt isnt no not my is are myself feel all down the in and it has gone have i".split()
)
"""Small words of which a run of letters holds one, and a compound such as "backpack" none."""


def parted(token: Token, spelling: Spelling) -> Iterator[Token]:
    """Yield the words of "legswontmove", if that is what it is."""
    text = token.text
    is_whole = is_word(text, spelling) or text in spelling.variants or not text.isalpha()
    if is_whole or not _SHORTEST_RUN <= len(text) <= LONGEST or token.end - token.start != len(text):
        yield token
        return
    is_plural = text.endswith("s") and is_word(text[:-1], spelling)
    words = () if is_plural else _split(text, spelling)
    place = token.start
    for word in words or (text,):
        before = token.before if place == token.start else ""
        yield replace(token, text=word, start=place, end=place + len(word), before=before)
        place += len(word)


def _split(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Return the fewest words that a text is made of, one clinical, one small; nothing when it isn't."""
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(text) + 1):
        found: tuple[str, ...] | None = None
        for begin in range(max(0, end - LONGEST), end):
            before, word = best[begin], text[begin:end]
            # A letter is a word only in front: "icantfeel".
            is_apart = begin and len(word) == 1
            if before is None or is_apart or not _is_part(word, spelling) or len(before) >= _MOST_PARTS:
                continue
            if found is None or len(before) + 1 < len(found):
                found = (*before, word)
        best.append(found)
    words = best[-1] or ()
    is_sign = not spelling.clinical.isdisjoint(words) or not _SIGNS.isdisjoint(words)
    return words if is_sign and not _JOINTS.isdisjoint(words) else ()


def _is_part(word: str, spelling: Spelling) -> bool:
    if len(word) < _SHORTEST_PART:
        return word in _JOINTS
    return is_word(word, spelling) or word in _SIGNS


def is_word(text: str, spelling: Spelling) -> bool:
    """Say whether it is an English or a clinical word."""
    return text in LETTERS or text in spelling.common or text in spelling.clinical
