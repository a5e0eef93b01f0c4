"""Taking apart what is asked for: `to stretch every day at 7:30` is about a time, and for something."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reminderbot.rules.timewords.days import DAY_WORDS
from reminderbot.rules.timewords.daytimes import DAYTIMES
from reminderbot.rules.timewords.tidy import tidy

LONGEST = 200
"""Characters up to which a text is looked through for what it asks for, and taken apart."""

MOST = 50
"""Ways to take words apart that are looked at: whoever writes in earnest says when within a few words."""

_FIRST = re.compile(r"^(?:for|again|once|me|it'?s|just)\b\s*")
_CONNECTED = re.compile(
    r"(?:^|\s)(?:to|for|about|of|that(?: i| it'?s)?)\s+(?:be |do |have |take |go )?(?=[a-z])"
)
_TIME = (
    r"(?:(?:every|each|hourly|daily|at|by|in|on|from|between|this|next|last|yesterday|tomorrow|today|tonight|noon"
    rf"|{DAY_WORDS})\b|\d)"
)
_TIME_BEGINS = re.compile(rf"\s+(?=(?:the )?{_TIME})")
_NO_PURPOSE = re.compile(rf"(?:the )?{_TIME}|.*\b(?:every|each|hourly|{DAY_WORDS})\b")
"""What a reminder is never for: a time, so that words which spoil one are not left out as if they were a purpose."""
_TIMES_A_DAY = re.compile(r"\b(?:once|twice|\d+ times) (?:1 |each |every )?day\b(?=.*\d)")
_RECURS = re.compile(rf"\b(?:every|each|hourly|only|(?:{'|'.join(DAYTIMES)})s|{DAY_WORDS})\b")
_MOVING = re.compile(
    r"\b(?:mov(?:e|ing)|get(?:ting)? up|stand(?:ing)?|walk(?:ing)?|stretch(?:ing)?|exercis(?:e|es|ing)|break|posture"
    r"|sit(?:ting)? (?:up|straight)|legs?|back|neck|shoulders?|hips?|yoga)\b"
)


class Parts(NamedTuple):
    """What is asked for, taken apart: the words of its time, and what it is for."""

    time: str
    purpose: str


def recurs(words: str) -> bool:
    """Whether words of a plan say that it comes again and again, and not only at some times."""
    return _RECURS.search(words) is not None


def is_moving(purpose: str) -> bool:
    """Whether what a reminder is for is about moving, whatever the habit: `get up`, `take a walk`."""
    return _MOVING.search(purpose) is not None


def apart(text: str) -> Iterator[Parts]:
    """Yield the ways to take a text apart, but for a long one: the whole as a time, then short purposes first."""
    if len(text) > LONGEST:
        return
    words = _TIMES_A_DAY.sub("every day", _FIRST.sub("", tidy(text)))
    yield Parts(words, "")
    ends = [found.start() for found in _TIME_BEGINS.finditer(words)]
    starts = [(found.start(), found.end()) for found in _CONNECTED.finditer(words)] or [(0, 0)]
    cuts = [
        (end - first, start, first, end)
        for start, first in starts
        for end in (*ends, len(words))
        if end > first
    ]
    for _length, start, first, end in sorted(cuts)[: MOST - 1]:
        purpose = words[first:end].strip(" ,")
        if not _NO_PURPOSE.match(purpose):
            yield Parts(" ".join((*words[:start].split(), *words[end:].split())).strip(" ,"), purpose)
