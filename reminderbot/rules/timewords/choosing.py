"""Words that choose between things that were offered: `the first`, `19:00`, `7pm`, `evening`, `once`, `stretch`."""

import re
from collections.abc import Sequence

from reminderbot.rules.timewords.clocks import parse_clock
from reminderbot.rules.timewords.days import ONE_DAY, days_text
from reminderbot.rules.timewords.errors import WordsError
from reminderbot.rules.yesno import NO, YES

_NOON = 12 * 60
_LONGEST = 40
_PLACES = {
    **dict.fromkeys(("1", "first", "1st", "former"), 0),
    **dict.fromkeys(("2", "second", "2nd", "latter"), 1),
    **dict.fromkeys(("3", "third", "3rd"), 2),
    **dict.fromkeys(("4", "fourth", "4th"), 3),
    "last": -1,
}
_EARLY = ("am", "morning")
_LATE = ("pm", "afternoon", "evening", "night")
_WEEKLY = [f"every {days_text(frozenset({day}))}" for day in range(7)]
_OFTEN = {
    **dict.fromkeys(("every day", "everyday", "each day", "daily", "always"), "every day"),
    **dict.fromkeys(("every week", "each week", "weekly"), "every week"),
    **dict.fromkeys(("once", "just once", "only once", "once today", "only today", "just today"), "once"),
    **{word: _WEEKLY[day] for word, day in ONE_DAY.items() if word.endswith("days")},
    **{f"{each} {word}": _WEEKLY[day] for word, day in ONE_DAY.items() for each in ("every", "each")},
}
_YES = (*YES, "right", "exactly")
_NONE = (*NO, "neither", "none", "none of them", "nothing", "never mind", "forget it", "cancel")
_AROUND = re.compile(
    r"^\W*(?:(?:the|at|in|on|i|mean|meant|it'?s|please|ok|okay|that)\b[\s,]*)*|(?:\s*\b(?:one|please))*\W*$"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")


def may_choose(text: str, names: Sequence[str]) -> bool:
    """Whether words could choose something at all; ``names`` are in lower case what else may be offered by its name."""
    words = _bare(text)
    return 0 < len(words) <= _LONGEST and (
        words in {*_PLACES, *_OFTEN.values(), *_EARLY, *_LATE, *_YES, *_NONE, *names}
        or _minute(words) is not None
    )


def is_none(text: str) -> bool:
    """Whether words choose nothing of what is offered."""
    return _bare(text) in _NONE


def chosen(text: str, names: Sequence[str], *, is_guess: bool = False) -> int | None:
    """Return the place of what the words choose among the names of what is offered; None when they choose none, or two.

    By its name, by a time with which a name begins, by its place, or by the half of the day; where the first is offered
    as a guess, also by a yes.
    """
    words, lower = _bare(text), [name.lower() for name in names]
    said, half = _minute(words), words in _LATE if words in (*_EARLY, *_LATE) else None
    ways = (
        [place for place, name in enumerate(lower) if name == words],
        [place for place, name in enumerate(lower) if words == "every week" and name in _WEEKLY],
        [place for place, name in enumerate(lower) if said is not None and _begins(name) == said],
        [_PLACES[words] % len(names)] if words in _PLACES and _PLACES[words] < len(names) else [],
        [place for place, name in enumerate(lower) if half is not None and _half(name) == half],
        [0] if is_guess and words in _YES else [],
    )
    return next((found[0] for found in ways if len(found) == 1), None)


def _bare(text: str) -> str:
    words = _AROUND.sub("", text.strip().lower())
    return _OFTEN.get(words, words)


def _minute(words: str) -> int | None:
    """The time of the clock that words are, or with which a window begins."""
    try:
        return parse_clock(words.partition("-")[0])
    except WordsError:
        return None


def _begins(name: str) -> int | None:
    """The first time of the clock in a name, in minutes after midnight."""
    found = _CLOCK.search(name)
    return _minute(found[0]) if found else None


def _half(name: str) -> bool | None:
    """Whether a name begins with a time after noon; None without one."""
    minute = _begins(name)
    return None if minute is None else minute >= _NOON
