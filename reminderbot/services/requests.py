"""What stands after an answer in words: "stretch", "30m stretch", "yesterday", "on monday"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reminderbot.library.loader import Library
from reminderbot.library.models import Habit
from reminderbot.rules.timewords import WordsError, parse_duration
from reminderbot.rules.timewords.asking import REMINDER
from reminderbot.rules.timewords.past import split_past_day

_ALL = re.compile(rf"(?:(?:(?:any|more) )?(?:{REMINDER}|messages))?")
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Request:
    """What was named: a habit, a day, a span in minutes; ``rest`` is what was not understood."""

    habit: str | None
    day: date
    """The habit day that the answer is for; today unless another one was named."""
    minutes: int | None
    rest: str


def read(library: Library, text: str, today: date) -> Request:
    """Read what stands after an answer; nothing in it has to be understood.

    Raises WordsError for a day that is too far back.
    """
    habit, others = take_habit(library, text.lower())
    day, rest = split_past_day(others, today)
    minutes = _minutes(rest)
    return Request(habit, day, minutes, "" if minutes is not None else rest)


def take_habit(library: Library, text: str) -> tuple[str | None, str]:
    """The first habit that a text in lower case names, in one word or two, and the text without its name.

    None that asks nothing: there is nothing in it to answer.
    """
    words = text.split()
    for at in range(len(words)):
        for end in (at + 2, at + 1):
            named = find_habit(library, _EDGES.sub("", " ".join(words[at:end])))
            if named and library.habits[named].counts:
                return named, " ".join([*words[:at], *words[end:]])
    return None, " ".join(words)


def habit_in_front(library: Library, text: str) -> tuple[str | None, str]:
    """The habit that a text begins with, in two words or one, and the rest; none, and all of it, without one."""
    words = text.split()
    for length in (2, 1):
        if habit := find_habit(library, " ".join(words[:length]).lower()):
            return habit, " ".join(words[length:])
    return None, text.strip()


def habit_at_end(library: Library, text: str) -> tuple[str, str] | None:
    """The words before the habit with which a text ends, in two words or one, and its name; none without one."""
    words = text.split()
    for length in range(min(2, len(words) - 1), 0, -1):
        name = _EDGES.sub("", " ".join(words[-length:])).lower()
        if find_habit(library, name):
            return " ".join(words[:-length]), name
    return None


def every_name(library: Library) -> frozenset[str]:
    """All that habits can be called, in lower case."""
    return frozenset(name for habit in library.habits.values() for name in _names(habit))


def which(library: Library, words: str) -> str | None:
    """The habit that words in lower case mean; empty where they mean all of them, none where something else."""
    return find_habit(library, words) or ("" if _ALL.fullmatch(words) else None)


def find_habit(library: Library, name: str) -> str | None:
    """The habit that a name in lower case means: its id, label, noun or one of its further words."""
    return next((habit.id for habit in library.habits.values() if name in _names(habit)), None)


def names(library: Library, habits: Iterable[str]) -> list[str]:
    """What habits are called in a list of those that somebody may name; each name finds its habit."""
    return [str(library.habits[habit].noun) for habit in habits]


def _names(habit: Habit) -> set[str]:
    return {habit.id, str(habit.label).lower(), str(habit.noun).lower(), *habit.words}


def _minutes(text: str) -> int | None:
    try:
        return int(parse_duration(text).total_seconds()) // 60 if text else None
    except WordsError:
        return None
