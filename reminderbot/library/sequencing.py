"""How far somebody has come in a sequence: what stands as the card of its reminder, ``warmup:3``."""

from typing import Final, NamedTuple

from reminderbot.library.learning import Sequence
from reminderbot.library.loader import Library
from reminderbot.library.models import Habit, Stretch

_EXERCISES: Final = ("stretches", "sequences")


class Course(NamedTuple):
    """A sequence that somebody goes through."""

    sequence: Sequence
    number: int = 0
    """Of the move that was shown last, counted through all rounds from 1; 0 before the first."""

    @property
    def text(self) -> str:
        """As the card of a reminder; a colon is in no id, so it is never taken for a card of the same name."""
        return f"{self.sequence.id}:{self.number}"


def has_stretches(habit: Habit) -> bool:
    """Whether what a habit shows are stretches, by themselves or as moves of a sequence."""
    return habit.cards in _EXERCISES


def course(library: Library, card: str | None) -> Course | None:
    """The course that a reminder's card is; none for any other card, or when the content no longer has it."""
    name, colon, number = (card or "").partition(":")
    sequence = library.sequences.get(name) if colon else None
    return Course(sequence, int(number)) if sequence else None


def stretch(library: Library, card: str | None) -> Stretch | None:
    """The stretch that a reminder's card is, or in a course the one that was shown last."""
    ids = stretches(library, card)
    found = library.card(ids[-1]) if ids else None
    return found if isinstance(found, Stretch) else None


def stretches(library: Library, card: str | None) -> tuple[str, ...]:
    """The ids of what may have been done with a reminder's card: itself, or the moves of a course up to the last."""
    found = course(library, card)
    if found is None:
        return (card,) if card and ":" not in card else ()
    moves = found.sequence.moves * found.sequence.rounds
    return tuple(move.stretch for move in moves[: found.number])
