"""How often reminders are wanted, against how it is now: `more often`, `fewer reminders`, `stretch less often`."""

import re
from typing import NamedTuple

from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.tidy import tidy

_THINGS = r"(?:reminders|nudges|notifications|pings|prompts)"
_LEAD = re.compile(
    r"^(?:(?:please|pls|just|but|ok|okay|so|hi|can you|could you|would you|will you|can i|could i|let's|to"
    r"|i(?:'d| would) like(?: you)?(?: to)?|i (?:want|need)(?: you)?(?: to)?)\W+)*"
)
_TAIL = re.compile(r"(?:\W+(?:please|pls|thanks|thank you|from now on|if you can))*\W*$")
_OFTEN = re.compile(
    r"(?:(?:you(?: are|'re)? )?(?:remind(?:ing)?|nudg(?:e|ing)|ping(?:ing)?)(?: me)?(?: to)? |be reminded(?: to)? "
    r"|make (?:it|them|that) )?(?:(?:my |the )?(?P<what>[a-z][\w -]{1,30}?)(?: come)? )?"
    r"(?:(?P<more>more (?:often|frequently)|not often enough|too (?:rarely|seldom))"
    r"|(?:less|not so) (?:often|frequently)|too (?:often|frequently)|more (?:rarely|seldom))"
)
_MANY = re.compile(
    r"(?:(?:send|give|have|get)(?: me)? |(?:that's|there are|these are|i get) )?"
    rf"(?:(?P<more>more(?: frequent)? {_THINGS}|(?:too few|not enough) {_THINGS})"
    rf"|(?:fewer|less|less frequent|not so many|(?:far |way |much )*too many) {_THINGS}|fewer)"
)
_CLEAR = re.compile(r"\b(?:remind|nudg|ping|notif|prompt|make (?:it|them)|fewer)")


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
