"""What can be said of what suits somebody: where they work, what they do, how hard it may be, what to avoid."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from reminderbot.library.choosing import CHOICES
from reminderbot.library.loader import Library
from reminderbot.library.models import AVOID_ANSWERS

AVOID, NOTHING = "avoid", "nothing"
"""The question what to avoid, and the answer that there is nothing."""

UNSAID = "unsaid"
"""The answer that sets a choice back to what it was before anything was said."""

OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    **{what: (*values, UNSAID) for what, values in CHOICES.items()},
    AVOID: (*AVOID_ANSWERS, NOTHING),
}
"""The answers to each question, in the order in which they are offered."""


class Said(NamedTuple):
    """An answer to a question; without one only the question was named."""

    what: str
    option: str | None


def chosen(who: Any, what: str) -> str:
    """What the row of a subscriber says of a choice."""
    value = getattr(who, what)
    return value if value in CHOICES[what] else UNSAID


def read(library: Library, text: str) -> Said | None:
    """Read words as a question, an answer, or both: `level`, `gentle`, `level gentle`; none when they are none.

    An answer goes by its name or by the label of its button; one that answers several questions needs its question.
    """
    words = " ".join(text.lower().split())
    what, _, answer = words.partition(" ")
    if words in OPTIONS:
        return Said(words, None)
    asked = {what: OPTIONS[what]} if what in OPTIONS else OPTIONS
    named = answer if what in OPTIONS else words
    found = [
        Said(each, option)
        for each, options in asked.items()
        for option in options
        if named in (option, _label(library, each, option))
    ]
    return found[0] if len(found) == 1 else None


def _label(library: Library, what: str, option: str) -> str:
    question = library.messages["avoid.question" if what == AVOID else f"settings.{what}"]
    return question.button(option.replace("-", "_"), {"mark": ""}).lower()
