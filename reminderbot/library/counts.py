"""How much there is in the content, as people who own it ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reminderbot.library.loader import Library
from reminderbot.library.models import Stretch
from reminderbot.library.places import Places


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a sort."""

    name: str
    """What is counted, in the plural: nudges."""
    number: int
    parts: Mapping[str, int] = field(default_factory=dict)
    """How many of them are something in particular; one may be several things."""

    def __str__(self) -> str:
        """Return it in words: ``28 stretches, of them 19 standing or on a chair``."""
        parts = ", ".join(f"{number} {name}" for name, number in self.parts.items())
        return f"{self.number} {self.name}, of them {parts}" if parts else f"{self.number} {self.name}"


def counts(library: Library, places: Places) -> tuple[Count, ...]:
    """Return what there is, sort by sort."""
    moves = sum(len(sequence.moves) for sequence in library.sequences.values())
    return (
        Count("habits", len(library.habits)),
        Count("nudges", len(library.cards["nudges"])),
        Count("stretches", len(library.stretches), _of_stretches(library.stretches)),
        Count("facts", len(library.cards["facts"])),
        Count("conditions to read up", len(library.conditions)),
        Count("sequences", len(library.sequences), {"moves": moves} if moves else {}),
        Count("messages", len(library.messages)),
        Count("red flags", len(library.triage.conditions)),
        Count("red-flag examples", len(library.triage.cases)),
        Count("cities", len(places.cities)),
    )


def _of_stretches(stretches: Sequence[Stretch]) -> dict[str, int]:
    return {
        "standing or on a chair": sum(card.position in ("standing", "chair", "any") for card in stretches),
        "dynamic": sum(card.kind == "dynamic" for card in stretches),
        "strength": sum(card.kind == "strength" for card in stretches),
        "for the adductors": sum("adductors" in card.area for card in stretches),
        "for gluteus medius": sum("outer hip" in card.area for card in stretches),
        "with a figure": sum(card.figure is not None for card in stretches),
    }
