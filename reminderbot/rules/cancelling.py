"""Words that cancel single reminders, `cancel the 3 pm reminder`, `cancel all reminders for today`, or ask for a list.

What begins with "stop" is never among them: that is about the plan.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from reminderbot.rules.timewords import WordsError, once
from reminderbot.rules.timewords.apart import LONGEST, apart
from reminderbot.rules.timewords.asking import POLITE, POLITE_END, REMINDER, REMINDERS
from reminderbot.rules.timewords.once import Pointed
from reminderbot.rules.timewords.tidy import tidy

_SINGLE = r"(?:single|one[- ]?off|one[- ]?time)"
_CANCEL = re.compile(
    rf"\W*{POLITE}(?P<verb>cancel|delete|remove|drop|clear)\s+(?P<rest>.+?){POLITE_END}", re.DOTALL
)
_LIST = re.compile(
    rf"\W*{POLITE}(?:(?:show|list)(?: me)?\s+)?(?:(?:all|the|my)\s+)*{_SINGLE}\s+{REMINDER}{POLITE_END}"
)
_MANY = re.compile(rf"\b(?:all|every|each|any|{REMINDERS})\b")
_LIMITED = re.compile(
    r"\b(?:except\w*|exclud\w+|but|not|\w+n't|dont|never|without|unless|until|till?|before|after|since|from|between|past"
    r"|by|than|as|starting|within|to(?= \d)|besides|instead|keep\w*|leav(?:e|ing)|minus|if|when|while|and|or"
    rf"|then(?= )|remind|another|new|set 1|(?:every|each)(?! (?:1|of|{_SINGLE}|{REMINDER})\b))\b"
)
"""Of words that are not only about what is to be cancelled; in tidy words, in which half past four is no "past"."""
_OF_DAY = re.compile(r"(?<=[a-z])['’]s\b")
_BESIDES = re.compile(
    rf"\b(?:all|every|each|any|of|the|my|that|those|these|this(?= {REMINDER})|{_SINGLE}|{REMINDER}|for|just|only"
    r"|rest|remaining|one$)(?!\w)"
)
_LEFT_OVER = re.compile(r"\bto\b(?= (?:at|on|in|by|today|tomorrow|\d)|$)")
"""Of "to move at 3", without what is to be done."""


class Asked(NamedTuple):
    """What is to be cancelled: the words that tell which, and how many of those there may be.

    ``is_many``: all that the words tell of. ``is_single``: single reminders are named as such. ``is_clear``: it speaks
    of reminders, whatever the other words are. ``is_limited``: it tells of others too, as of those that are to stay.
    """

    words: str
    is_many: bool
    is_single: bool
    is_clear: bool
    is_limited: bool


class Which(NamedTuple):
    """One way to take the words: when the reminders come, and what they are for."""

    when: Pointed
    purpose: str


def read(text: str) -> Asked | None:
    """Return what a text wants to be cancelled; None for one that cancels nothing.

    Where no reminder is named, only "cancel" itself is taken for it: `drop at 3` can be anything.
    """
    found = _CANCEL.fullmatch(text.lower()) if len(text) <= LONGEST else None
    said = _OF_DAY.sub("", found["rest"]) if found else ""
    is_clear = re.search(rf"\b{REMINDER}\b", said) is not None
    if found is None or not (is_clear or found["verb"] == "cancel"):
        return None
    words, is_many = tidy(" ".join(_BESIDES.sub(" ", said).split())), _MANY.search(said) is not None
    return Asked(
        words,
        is_many=is_many,
        is_single=re.search(rf"\b{_SINGLE}\b", said) is not None,
        is_clear=is_clear,
        # "3 reminders" tells how many, not when.
        is_limited=_LIMITED.search(tidy(said)) is not None or (is_many and words.isdecimal()),
    )


def asks_for_list(text: str) -> bool:
    """Whether a text asks which single reminders there are."""
    return len(text) <= LONGEST and _LIST.fullmatch(text.lower()) is not None


def ways(words: str, now: datetime) -> Iterator[Which]:
    """Yield the ways in which words can tell when reminders come.

    Args:
        words: those of what was asked, with or without the name of a habit.
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
