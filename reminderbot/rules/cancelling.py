"""Words that cancel single reminders, `cancel the 3 pm reminder`, `cancel all reminders for today`, or ask for a list.

What begins with "stop" is never among them: that is about the plan.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from reminderbot.rules.timewords import WordsError, once
from reminderbot.rules.timewords.apart import LONGEST, apart
from reminderbot.rules.timewords.once import Pointed
from reminderbot.rules.timewords.tidy import tidy

_ASKS = r"(?:(?:please|can you|could you|would you|i want to|i['’]?d like to)\W+)*"
_SINGLE = r"(?:single|one[- ]?off|one[- ]?time)"
_NOUN = r"(?:reminders?|nudges?)"
_CANCEL = re.compile(
    rf"\W*{_ASKS}(?:cancel|delete|remove|drop|clear)\s+(?P<rest>.+?)(?:,? please)?\W*", re.DOTALL
)
_LIST = re.compile(
    rf"\W*{_ASKS}(?:(?:show|list)(?: me)?\s+)?(?:(?:all|the|my)\s+)*{_SINGLE}\s+{_NOUN}(?:,? please)?\W*"
)
_MANY = re.compile(r"\b(?:all|every|each|any|reminders|nudges)\b")
_OF_DAY = re.compile(r"(?<=[a-z])['’]s\b")
_BESIDES = re.compile(
    rf"\b(?:all|every|each|any|of|the|my|that|those|these|this(?= {_NOUN})|{_SINGLE}|{_NOUN}|for|just|only|one$)(?!\w)"
)
_LEFT_OVER = re.compile(r"\bto\b(?= (?:at|on|in|by|today|tomorrow|\d)|$)")
"""Of "to move at 3", without what is to be done."""


class Wish(NamedTuple):
    """What is to be cancelled: the words that tell which, and how many of those there may be.

    ``is_many``: all that the words tell of. ``is_single``: single reminders are named as such. ``is_clear``: it speaks
    of reminders, whatever the other words are.
    """

    words: str
    is_many: bool
    is_single: bool
    is_clear: bool


class Which(NamedTuple):
    """One way to take the words: when the reminders come, and what they are for."""

    when: Pointed
    purpose: str


def read(text: str) -> Wish | None:
    """Return what a text wants to be cancelled; None for one that cancels nothing."""
    found = _CANCEL.fullmatch(text.lower()) if len(text) <= LONGEST else None
    if found is None:
        return None
    said = _OF_DAY.sub("", found["rest"])
    return Wish(
        tidy(" ".join(_BESIDES.sub(" ", said).split())),
        is_many=_MANY.search(said) is not None,
        is_single=re.search(rf"\b{_SINGLE}\b", said) is not None,
        is_clear=re.search(rf"\b{_NOUN}\b", said) is not None,
    )


def asks_for_list(text: str) -> bool:
    """Whether a text asks which single reminders there are."""
    return len(text) <= LONGEST and _LIST.fullmatch(text.lower()) is not None


def ways(words: str, now: datetime) -> Iterator[Which]:
    """Yield the ways in which words can tell when reminders come.

    Args:
        words: those of a wish, with or without the name of a habit.
        now: naive wall time where the person is.

    Raises:
        WordsError: `no_such_day` (word).
    """
    for time, purpose in apart(_LEFT_OVER.sub("", words)):
        try:
            when = once.pointed(time, now)
        except WordsError as error:
            if error.code != "bad_time":
                raise
            continue
        if when:
            yield Which(when, purpose)
