"""What stands after an answer in words: "stretch", "30m stretch", "yesterday"."""

import re
from dataclasses import dataclass

from reminderbot.library.loader import Library
from reminderbot.library.models import Habit
from reminderbot.rules.timewords import WordsError, parse_duration

YESTERDAY = "yesterday"

_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Request:
    """What was named: a habit, yesterday, a span in minutes; ``rest`` is what was not understood."""

    habit: str | None = None
    yesterday: bool = False
    minutes: int | None = None
    rest: str = ""


def read(library: Library, text: str) -> Request:
    """Read what stands after an answer; nothing in it has to be understood."""
    habit, yesterday, rest = None, False, []
    for word in text.lower().split():
        bare = _EDGES.sub("", word)
        named = find_habit(library, bare) if habit is None else None
        if named:
            habit = named
        elif bare == YESTERDAY:
            yesterday = True
        else:
            rest.append(word)
    minutes = _minutes(" ".join(rest))
    return Request(habit, yesterday, minutes, "" if minutes is not None else " ".join(rest))


def find_habit(library: Library, name: str) -> str | None:
    """The habit that a word names: by its id, label, noun or further words."""
    return next((habit.id for habit in library.habits.values() if name in _names(habit)), None)


def _names(habit: Habit) -> set[str]:
    return {habit.id, str(habit.label).lower(), str(habit.noun).lower(), *habit.words}


def _minutes(text: str) -> int | None:
    try:
        return int(parse_duration(text).total_seconds()) // 60 if text else None
    except WordsError:
        return None
