"""Content of tests' own: a short warm-up, and chair yoga twice a week for who wants it."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from reminderbot.library.learning import Sequence
from reminderbot.library.models import Habit
from reminderbot.services.work import Surroundings

SOURCES = [{"title": "Getting warm", "publisher": "A health service"}]


def sequence(name: str, title: str, *moves: tuple[str, int], **more: Any) -> Sequence:
    """A sequence of stretches that ship, each for so many seconds."""
    steps = [{"stretch": stretch, "seconds": seconds} for stretch, seconds in moves]
    said = {"title": {"en": title}, "about": {"en": f"{title} for everybody."}, "minutes": 5}
    return Sequence.model_validate(
        {"id": name, "moves": steps, "sources": SOURCES} | said | more, strict=False
    )


WARMUP = sequence("warmup", "Warm-up", ("march-on-the-spot", 30), ("squat-warm-up", 40), ("chair-twist", 60))
"""Its second move spares no knee."""

YOGA = sequence(
    "chair-yoga", "Chair yoga", ("seated-chest-opener", 60), ("chair-twist", 80), minutes=45, rounds=2
)

YOGA_HABIT = {
    "id": "chair-yoga",
    "label": {"en": "Chair yoga"},
    "title": {"en": "Time for chair yoga"},
    "noun": {"en": "chair yoga"},
    "words": ["yoga"],
    "cards": "sequences",
    "sequence": "chair-yoga",
    "cadence": "at 17:00 tue,thu",
    "starts": "off",
    "threshold": 1,
    "late": 360,
    "quiet_after": "21:00",
    "snooze": 30,
}


def with_sequences(around: Surroundings, *sequences: Sequence) -> Surroundings:
    """The same surroundings with these sequences, and move, stretch and chair yoga for habits."""
    library = around.library
    yoga = Habit.model_validate(YOGA_HABIT, strict=False)
    habits = {"chair-yoga": yoga} | {name: library.habits[name] for name in ("move", "stretch")}
    known = MappingProxyType({one.id: one for one in (YOGA, *sequences)})
    return replace(around, library=replace(library, habits=MappingProxyType(habits), sequences=known))
