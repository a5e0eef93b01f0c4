"""How often reminders are wanted, against how it is now: `more often`, `fewer reminders`, `stretch less often`."""

import re
from typing import NamedTuple

from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.asking import POLITE, POLITE_END, REMINDER, REMINDERS
from reminderbot.rules.timewords.tidy import tidy

_LEAD = re.compile(rf"^\W*{POLITE}(?:to )?")
_TAIL = re.compile(rf"{POLITE_END}$")
_OFTEN = re.compile(
    r"(?:(?:you(?: are|'re)? )?(?:remind(?:ing)?|nudg(?:e|ing)|ping(?:ing)?)(?: me)?(?: to)? |be reminded(?: to)? "
    r"|make (?:it|them|that) )?(?:(?:my |the )?(?P<what>[a-z][\w -]{1,30}?)(?: come)? )?"
    r"(?:(?P<more>more (?:often|frequently)|not often enough|too (?:rarely|seldom))"
    r"|(?:less|not so) (?:often|frequently)|too (?:often|frequently)|more (?:rarely|seldom))"
)
_MANY = re.compile(
    r"(?:(?:send|give|have|get)(?: me)? |(?:that's|there are|these are|i get) )?"
    rf"(?:(?P<more>more(?: frequent)? {REMINDERS}|(?:too few|not enough) {REMINDERS})"
    rf"|(?:fewer|less|less frequent|not so many|(?:far |way |much )*too many) {REMINDERS}|fewer)"
)
_CLEAR = re.compile(rf"\b(?:{REMINDER}\b|remind|nudg|ping|make (?:it|them)|fewer)")


class Oftener(NamedTuple):
    """Whether more or fewer are wanted, and of what, in the words for it; it ``is_clear`` that reminders are meant."""

    what: str
    more: bool
    is_clear: bool


def read(text: str) -> Oftener | None:
    """Return what a text says of how often reminders are to come; None for other words."""
    if len(text) > LONGEST:
        return None
    words = _TAIL.sub("", _LEAD.sub("", tidy(text)))
    found = _OFTEN.fullmatch(words) or _MANY.fullmatch(words)
    if found is None:
        return None
    what = found.groupdict().get("what") or ""
    return Oftener(what, found["more"] is not None, bool(what) or _CLEAR.search(words) is not None)
