"""Small words that are said in passing beside a safety card: thanks, okay, a laugh, a thumb. They ask for nothing.

And those that say, some time after one, that nothing has got better.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from reminderbot.rules import plain
from reminderbot.rules.yesno import NO, YES


class Aside(StrEnum):
    """What is said in passing."""

    THANKS = "thanks"
    OKAY = "okay"
    LIGHT = "light"
    """A laugh, a no, or signs without a word."""


LONGEST: Final = 40
"""Characters; a text beyond this says more."""

_SHOUTED: Final = re.compile(r"(.)\1{2,}")
_THANKS: Final = (
    r"(?:(?:ok|okay|oh|great|no|many|lovely) )?(?:thanks?|thank you|thankyou|thx|tnx|ty|tysm|cheers|ta|merci|danke|"
    r"gracias|muchas gracias|obrigad[oa]|grazie)(?: (?:a lot|a bunch|so much|very much|bot|you|mate|again|anyway|lol))?"
)
_OKAY: Final = (
    r"ok(?: ok)?|okay|okey|kk?|sure|fine|right|alright|all right|will do|got it|i see|understood|noted|"
    rf"{'|'.join(YES)}|good|great|cool|hmm?|mhm|vale|claro|gut|bien|bem|bene|va bene|d accord"
)
_LIGHT: Final = rf"lol|lmao|rofl|ha(?: ?ha)*|he(?: ?he)+|xd|jaja(?:ja)*|mdr|{'|'.join(NO)}"
_FORMS: Final[Mapping[Aside, re.Pattern[str]]] = {
    Aside.THANKS: re.compile(_THANKS),
    Aside.OKAY: re.compile(_OKAY),
    Aside.LIGHT: re.compile(_LIGHT),
}

_STILL: Final = re.compile(
    r"(?:(?:it|this|that|they|i|im|its|thats|my \w+(?: \w+)?) )?(?:(?:is|am|are|s|m|feels?) )?(?:all |just )?"
    r"(?:still (?:the |about the |pretty much the )?(?:same|there|here|numb|weak|tingly|tingling|sore|painful|bad|"
    r"hurts?|hurting|odd|funny|dead|burning|swollen|wrong|not right|not gone|not better|not any better|no better|"
    r"no change)|no better|not (?:any |getting |getting any )?better|(?:isnt|hasnt) (?:got |getting |gone |any )*"
    r"(?:better|away)|no (?:change|improvement)|unchanged|the same as before|same as before|(?:getting )?worse|"
    r"(?:come |coming )?back|(?:got|gone) worse)(?: (?:now|again|today|yet|at all|though|as before|than before))?"
)


def is_no_better(text: str) -> bool:
    """Return whether a whole text says that something is as bad as before, or worse: "it is still numb"."""
    return len(text) <= LONGEST and _STILL.fullmatch(plain.words(text)) is not None


def read(text: str) -> Aside | None:
    """Return what a whole text is in passing; None when it says anything more, or nothing."""
    if len(text) > LONGEST or not text.strip():
        return None
    words = " ".join(re.findall(r"[^\W_]+", _SHOUTED.sub(r"\1\1", text.lower())))
    if not words:
        return Aside.LIGHT
    return next((aside for aside, form in _FORMS.items() if form.fullmatch(words)), None)
