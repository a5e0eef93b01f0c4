"""Questions that are answered in the same message, read as the statements that they come to.

"Can you pee? No" says "can't pee"; "do you have numbness? Yes, down there" says "have numbness, down there".
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Final

from reminderbot.rules.triage.normalise import HARD, Token
from reminderbot.rules.yesno import NO, YES

_YES: Final = frozenset((*YES, "yh", "ye", "aye"))
_NO: Final = frozenset(NO)
_DENIED: Final = {
    "can": "cant",
    "could": "couldnt",
    "do": "dont",
    "did": "didnt",
    "have": "havent",
    "will": "wont",
}
_YOU: Final = frozenset("you u ya i".split())
"""Whom a question addresses that people answer about themselves."""
_OPENING: Final = 3
"""Words before the question proper: "ok so can you feel it"."""


def stated(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words of a message with its answered questions as statements."""
    said: list[Token] = []
    begin, is_answered = 0, False
    for token in tokens:
        if token.before == "?" and (statement := _statement(said[begin:], token.text)) is not None:
            said[begin:] = statement
            is_answered = True
            continue
        if is_answered or token.before in HARD:
            begin = len(said)
        said.append(replace(token, before="?") if is_answered else token)
        is_answered = False
    return tuple(said)


def _statement(question: Sequence[Token], answer: str) -> list[Token] | None:
    """Return what a question and its answer come to; nothing when the answer has to stand by itself."""
    texts = [token.text for token in question]
    pairs = enumerate(islice(pairwise(texts), _OPENING + 1))
    place = next((place for place, (verb, who) in pairs if verb in _DENIED and who in _YOU), None)
    if answer in _YES:
        return [*question] if place is None else [*question[:place], *question[place + 2 :]]
    if answer not in _NO or place is None:
        return None
    verb, you = question[place : place + 2]
    denied = replace(verb, text=_DENIED[verb.text], also="", end=you.end)
    return [*question[:place], denied, *question[place + 2 :]]
