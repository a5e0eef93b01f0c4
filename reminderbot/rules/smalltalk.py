"""Greetings and thanks: said in passing, and nice to have answered."""

import re
from enum import Enum


class Talk(Enum):
    """What somebody says without wanting anything."""

    HELLO = "hello"
    THANKS = "thanks"


_FORMS = {
    Talk.HELLO: re.compile(r"\W*(?:hi|hello|hey|good (?:morning|evening))\b(?:\W+\w+)?\W*", re.IGNORECASE),
    Talk.THANKS: re.compile(r"\W*(?:thanks|thank you|thx|cheers)\b(?:\W+\w+){0,3}\W*", re.IGNORECASE),
}


def read(words: str) -> Talk | None:
    """Return what the words are when they are no more than small talk, else None."""
    return next((talk for talk, form in _FORMS.items() if form.fullmatch(words)), None)
