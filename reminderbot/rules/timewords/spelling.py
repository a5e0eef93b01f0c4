"""Slips of the pen in the words of times: `tomorow`, `remnd`, `evry`, `wensday`."""

import re
from collections.abc import Collection

from reminderbot.rules.likeness import slip
from reminderbot.rules.timewords.apart import LONGEST
from reminderbot.rules.timewords.dates import MONTHS
from reminderbot.rules.timewords.days import ONE_DAY
from reminderbot.rules.timewords.daytimes import DAYTIMES

_TIMES = frozenset(
    {
        *(
            "every",
            "everyday",
            "daily",
            "hourly",
            "today",
            "tonight",
            "tomorrow",
            "midnight",
            "before",
            "between",
        ),
        *("until", "hours", "minutes", "weekday", "weekdays", "weekend", "weekends", "workday", "workdays"),
        *("remind", "reminder", "reminders", "often", "holiday", "holidays", "vacation"),
        *(word for word in ONE_DAY if len(word) > 5),
        *(name for part in DAYTIMES if part != "night" for name in (part, f"{part}s")),
        *(month for month in MONTHS if month != "march"),
    }
)
"""Words that are put right. Not those that are a letter away from many others: night, march, after."""

_KNOWN_SLIPS = {
    "evry": "every",
    "tmrw": "tomorrow",
    "tommorow": "tomorrow",
    "wensday": "wednesday",
    "wensdays": "wednesdays",
    "wendsday": "wednesday",
    "wedensday": "wednesday",
}
"""Slips that are farther off, and those of short words, each with what it can mean alone."""

_OTHER_WORDS = frozenset(
    """dairy daisy emery mourning moaning eventing sundry sundae toady remand rewind rebind remainder remainders
    reminded minuet minuets vocation untie modes moved mover movers movies nudged stretched stretcher stretchers
    stretchy weakly
    """.split()
)
"""Words of their own, a letter away from one of a time or of a habit."""

_WORD = re.compile(r"(?<![\w/'’])[A-Za-z]{4,12}(?![\w'’])")
_TWO_WORDS = re.compile(r"(?<![\w/'’])(?=([A-Za-z]+ [A-Za-z]+)(?![\w'’]))")


def spelt(text: str, names: Collection[str] = ()) -> str:
    """Return a text with the words right in it that tell of a time or a habit: "evry 30 mins"; all others stay.

    Only what misses a single one of them by a letter is put right, and nothing in a long text.

    Args:
        text: as it was written.
        names: what habits are called, in lower case, in one word or two.
    """
    if len(text) > LONGEST:
        return text
    known = _TIMES.union(name for name in names if " " not in name)
    text = _WORD.sub(lambda found: _right(found[0], known), text)
    pairs = frozenset(name for name in names if " " in name)
    for found in _TWO_WORDS.finditer(text) if pairs else ():
        if meant := slip(found[1].lower(), pairs):
            return text[: found.start()] + meant + text[found.end(1) :]
    return text


def _right(word: str, known: frozenset[str]) -> str:
    lower = word.lower()
    if lower in _OTHER_WORDS or {lower.removesuffix("s"), f"{lower}s"} & known:
        return word
    return _KNOWN_SLIPS.get(lower) or slip(lower, known) or word
