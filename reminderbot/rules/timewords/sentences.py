"""What sentences ask for: `can you remind me tomorrow at 9`, `no reminders on fridays`, `set stretch to 7:30`."""

import re
from typing import NamedTuple

from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.asking import POLITE, REMINDER, REMINDERS, may_tell, speaks_of_reminders
from reminderbot.rules.timewords.days import DAY_WORDS, EACH_WEEK
from reminderbot.rules.timewords.pauses import is_pause
from reminderbot.rules.timewords.tidy import tidy

_VERB = (
    r"(?:(?:remind|nudge|ping|buzz) me|reminded|nudged"
    r"|(?:set|add|make|create|schedule)(?: me)?(?: up)? (?:an? |another |the )?(?:reminder|nudge|alarm)(?: for me)?"
    r"|(?:send|give) me (?:an? |another )?(?:reminder|nudge))"
)
_LEAD = re.compile(rf"\W*{POLITE}(?:be )?{_VERB}\b(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_QUESTION = re.compile(r"\s*(?:what|how|why|who|whose|where|which|when|whether|if)\b", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:every|each|hourly|daily|everyday|at|on|from|between|tomorrow|tonight|today|this|next|in (?:\d|half|an?\b))\b"
    rf"|(?:{DAY_WORDS})\b|\d\d? (?:of )?[a-z]{{3,9}}\b.* at "
    rf"|(?:noon|\d\d?:\d\d|\d\d?(?::\d\d)?[ap]m) (?:(?:on |each |every |the )*(?:{DAY_WORDS}|to\w+)|every day)\b"
)
_HAS_TIME = re.compile(
    r"\d|\b(?:noon|midnight|hour|hourly|tonight|(?:tomorrow|this) (?:morning|afternoon|evening))\b"
)
# "Only at night" and "just in the morning" rather tell when something hurts.
_DAYTIMES = r"(?:mornings|afternoons|evenings)"
_ONLY = re.compile(rf"(?:please )?(?:(?:only|just) {_DAYTIMES}|{_DAYTIMES} only)(?: please)?")
_NOT = r"(?:do not|don['’]?t)"
_REMIND, _REMINDING = r"(?:remind|nudge|ping)", r"(?:reminding|nudging|pinging)"
_AWAY = (
    r"(?:(?:i['’]?m|i am|we['’]?re|we are) )?(?:always |usually )?"
    r"(?:away|off|out of (?:the )?office|on (?:my |annual )?(?:holiday|leave|vacation))"
)
_FREE = re.compile(
    rf"\W*(?:(?P<polite>{POLITE})(?:(?:(?:{_NOT}|never) {_REMIND}|stop {_REMINDING}) me(?: (?:to|of) (?P<of>[\w -]+?))?"
    rf"|(?P<off>pause(?: (?:me|it|all|everything))?|{_AWAY})"
    rf"|(?:(?:no|never)(?: any| more)?|{_NOT} (?:send|give)(?: me)?(?: any)?|(?:stop|pause)(?: the| my| all)?)"
    rf" (?P<what>[\w -]+?))|(?:please )?(?:not|never)) (?:(?:on|at) )?"
    rf"(?P<days>(?:{EACH_WEEK})(?:(?:,| and| or)* (?:{EACH_WEEK}))*)(?: please| any ?more)*\W*"
)
_DAYS_OFF = re.compile(
    rf"\W*{POLITE}(?:{_NOT} {_REMIND} me|stop {_REMINDING} me|{_NOT} send (?:me )?(?:any )?{REMINDERS}"
    rf"|no (?:more )?{REMINDERS})(?: any ?more)? (?P<when>.+?)(?: please| any ?more)*\W*",
    re.IGNORECASE,
)
_PLACED = re.compile(
    rf"\W*{POLITE}(?:change|set|move|shift|switch|put)(?: my| the)? (?P<what>[\w -]+?)(?: {REMINDER}| plan| time)?"
    r" to (?P<words>.+)",
    re.IGNORECASE,
)
_SWITCHED = re.compile(
    rf"\W*{POLITE}(?:turn|switch) (?:(?P<first>on|off) )?(?:my |the )?(?P<what>[\w -]+?)(?: {REMINDER})?"
    r"(?:(?: back)? (?P<last>on|off))?(?: again)?(?: please)?\W*",
    re.IGNORECASE,
)
# "I need to stop stretching" tells of a body: here no more than a "please" may stand in front.
_STOPPED = re.compile(
    rf"\W*(?:please )?stop (?:my |the )?(?P<what>[\w -]+?)(?: {REMINDER})?(?: please)?\W*", re.IGNORECASE
)


class Free(NamedTuple):
    """Days that are to be free: of what, and the words of the days, as after "except".

    It ``is_clear`` that reminders are meant: "not on fridays" may tell of an ache as well.
    """

    what: str
    days: str
    is_clear: bool = True


def asked_for(text: str) -> str | None:
    """Return what a text without a command asks to be reminded of; None when it asks for no reminder."""
    found = _LEAD.fullmatch(text) if len(text) <= LONGEST else None
    return None if found is None or _QUESTION.match(found["rest"]) else found["rest"].strip(" \t\n:,.!?")


def free_days(text: str) -> Free | None:
    """Return what is not to come on which days of each week: `no reminders on fridays`, `off on fridays`; else None."""
    words = text.lower()
    found = _FREE.fullmatch(words) if len(text) <= LONGEST else None
    if found is None or (found["what"] and may_tell(found["polite"], words)):
        return None
    is_clear = found["off"] is not None or speaks_of_reminders(words)
    return Free(found["what"] or found["of"] or "", found["days"].replace(" or ", " and "), is_clear)


def days_off(text: str) -> str | None:
    """Return the words of a pause: "no reminders tomorrow", "don't remind me next week"; None for other words."""
    found = _DAYS_OFF.fullmatch(text) if len(text) <= LONGEST else None
    pause = f"away {found['when'].lower()}" if found else ""
    return pause if is_pause(pause) else None


def begins(text: str) -> bool:
    """Whether a text without a command may be a plan or a moment as a whole: it begins like one, and names a time.

    Parts of the day are enough where there are to be no others: "only mornings please".
    """
    words = tidy(text)
    if len(words) > LONGEST:
        return False
    return bool(_WHOLE.match(words) and _HAS_TIME.search(words)) or _ONLY.fullmatch(words) is not None


def in_order(text: str) -> str:
    """Return a plan with what it is for in front: `set stretch to 7:30`, `turn off stretch`; other words stay."""
    if len(text) > LONGEST:
        return text
    if found := _PLACED.fullmatch(text):
        return f"{found['what']} {found['words']}"
    if found := _STOPPED.fullmatch(text):
        return f"{found['what']} off"
    found = _SWITCHED.fullmatch(text)
    switch = (found["first"] or found["last"]) if found else None
    return f"{found['what']} {switch.lower()}" if found and switch else text
