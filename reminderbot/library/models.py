"""What the content folder may say about habits and the three sorts of cards.

The folder a card lies in is its sort (nudges, stretches, facts).
"""

from datetime import time
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from reminderbot.library.poses import Figure
from reminderbot.library.provenance import Entry, Id, Model, Sources
from reminderbot.library.texts import (
    CAPTION_UNITS,
    Lines,
    NudgeText,
    Short,
    Text,
    Title,
    Written,
    utf16_units,
)

Avoid: TypeAlias = Literal[
    "knee-injury",
    "hip-replacement",
    "pregnancy",
    "osteoporosis",
    "dizziness",
    "back-surgery",
    "ankle-injury",
    "wrist-injury",
    "shoulder-injury",
]
"""Reasons to leave a card out; `pregnancy` covers a recent birth."""
Area: TypeAlias = Literal[
    "hip flexors",
    "glutes",
    "outer hip",
    "hip rotators",
    "adductors",
    "hamstrings",
    "quadriceps",
    "calves",
    "lower back",
    "upper back",
    "core",
    "whole body",
]
"""Parts of the body; `outer hip` is gluteus medius and minimus, `glutes` the large one behind."""
Position: TypeAlias = Literal["standing", "chair", "kneeling", "floor", "any"]
DeskPosition: TypeAlias = Literal["standing", "chair", "any"]
Level: TypeAlias = Literal["easy", "medium", "hard"]
NudgeKind: TypeAlias = Literal[
    "stand", "walk", "stairs", "water", "breathe", "posture", "hip", "legs", "upper", "eyes", "call", "pause"
]
Place: TypeAlias = Literal["desk", "standing", "home"]
"""Where somebody works: sitting at a desk, on their feet, or from home."""
Sport: TypeAlias = Literal["runner", "cyclist"]
CardsName: TypeAlias = Literal["nudges", "stretches", "facts", "sequences", "week"]

AVOID_ANSWERS: Final[tuple[Avoid, ...]] = get_args(Avoid)
"""The tags behind the answers to "Anything to avoid?", in the order in which they are offered."""
AVOID_TAGS: Final[frozenset[str]] = frozenset(AVOID_ANSWERS)
"""Every tag that `avoid_if` may hold."""
_CLOCK: Final = {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
CAPTION_FRAME: Final = 200
"""UTF-16 units of a caption kept free for what a message adds to an exercise (hold, sides, greeting)."""


def _clock(value: object) -> object:
    try:
        return time.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"{value!r} is not a time of day; write it as 21:00") from None


def _cadence(text: str) -> str:
    # Imported here so that reading cards does not wait for the parser of cadences.
    from reminderbot.rules.timewords import parse_cadence

    try:
        parse_cadence(text, None)
    except ValueError as error:
        reason = f"{error}, {word!r}" if (word := getattr(error, "args_", {}).get("word")) else f"{error}"
        raise ValueError(f"{text!r} is not a cadence ({reason.replace('_', ' ')})") from None
    return text


class _Card(Entry):
    position: Position = "any"
    level: Level = "easy"
    avoid_if: tuple[Avoid, ...] = ()
    """Whom it is never shown to; `pregnancy` covers a recent birth. In doubt, one more."""


class Nudge(_Card):
    """A short prompt to get up or move, doable in clothes at a desk in two minutes."""

    kind: NudgeKind
    text: NudgeText
    position: DeskPosition = "any"
    places: tuple[Place, ...] = ()
    """Only for people who work there; empty means everybody."""


class Stretch(_Card):
    """An exercise with up to three steps."""

    title: Title
    area: Annotated[tuple[Area, ...], Field(min_length=1)]
    """Where it is felt; `outer hip` is gluteus medius and minimus, `glutes` the large muscle behind."""
    position: Position
    level: Level
    kind: Literal["static", "dynamic", "strength"]
    """`static` is held, `dynamic` and `strength` move."""
    hold: Annotated[int, Field(ge=1, le=120)] | None = None
    """Seconds to hold each repetition; none for movements without a hold."""
    repetitions: Annotated[int, Field(ge=1, le=30)] = 1
    sides: Literal["both", "each", "none"]
    """`each`: one side, then the other; `both`: the two sides at once; `none`: it has no sides."""
    steps: Lines
    """What to do; `hold`, `repetitions` and `sides` tell the dose, so the steps don't."""
    cues: Lines | None = None
    """What to look out for."""
    stop_if: Text
    """When to stop; it begins with "Stop if" in English."""
    short: Short | None = None
    """One line under its picture: what to do, and where it is felt."""
    figure: Figure | None = None
    """How it is drawn."""
    only_for: tuple[Sport, ...] = ()
    """Only for people who do one of these; empty means everybody."""
    sources: Sources

    @field_validator("figure")
    @classmethod
    def _has_a_line_below(cls, figure: Figure | None, info: ValidationInfo) -> Figure | None:
        # A line that is there and wrong is not in the data, and is complained about itself.
        if figure is not None and info.data.get("short", figure) is None:
            raise ValueError("needs a line to stand under it; add `short:`")
        return figure

    @model_validator(mode="after")
    def _fits_under_a_picture(self) -> "Stretch":
        for language in sorted(self.title.languages):
            lines = [*self.steps.get(language), *(self.cues.get(language) if self.cues else ())]
            whole = "\n".join([self.title.get(language), *lines, self.stop_if.get(language)])
            most = CAPTION_UNITS - CAPTION_FRAME
            if (units := utf16_units(whole)) > most:
                raise ValueError(f"is {units} UTF-16 units in {language}; {most} fit under a picture")
        return self


class Fact(_Card):
    """Something worth knowing, with its source."""

    title: Title
    text: Text
    only_for: tuple[Sport, ...] = ()
    """Only for people who do one of these; empty means everybody."""
    sources: Sources


Card: TypeAlias = Nudge | Stretch | Fact


class Habit(Model):
    """A thing to be reminded of; another file in content/habits makes another habit."""

    id: Id
    label: Title
    """Short name, as on a button or in a list: Move."""
    title: Title
    """Head of its reminder: Time to move."""
    noun: Title
    """In a sentence, one of it, in lower case: move ("your next move")."""
    words: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], ...] = ()
    """Further words by which commands may name it, besides its id: nudge, nudges."""
    cards: CardsName
    """The folder its cards come from; `sequences` shows the one named below, `week` a picture of the week."""
    only: tuple[NudgeKind, ...] = ()
    """Only nudges of these kinds; empty means all."""
    sequence: Id | None = None
    """The sequence that it shows."""
    starts: Literal["on", "off"] = "on"
    """`off`: a new subscriber does not get it until it is switched on."""
    counts: bool = True
    """Whether it asks to be done; if not, it has no buttons, no streak and no part in what is counted."""
    cadence: Annotated[Written, AfterValidator(_cadence)]
    """Its cadence for a new subscriber, in the words of /remind."""
    threshold: Annotated[float, Field(gt=0, le=1)]
    """Share of done among done and missed from which a day is kept."""
    late: Annotated[int, Field(ge=1, le=1440)]
    """Minutes after which a late reminder is not sent."""
    quiet_after: Annotated[time, BeforeValidator(_clock), WithJsonSchema(_CLOCK)]
    """Local time after which a late reminder is not sent at all."""
    snooze: Annotated[int, Field(ge=1, le=240)]
    """Minutes after which a snoozed reminder comes back, unless another span is named."""
    positions: Annotated[tuple[Position, ...], Field(min_length=1)] = ("standing", "chair")
    """Positions allowed at the desk, inside office hours; `any` cards always are."""
    exercise: bool = True
    """Whether a hold stops it."""

    @property
    def has_deck(self) -> bool:
        """Whether each reminder takes the next card of a deck; else it shows its sequence, or the week."""
        return self.cards not in ("sequences", "week")

    @model_validator(mode="after")
    def _fits_its_cards(self) -> "Habit":
        if self.only and self.cards != "nudges":
            raise ValueError("`only` chooses among nudges; remove it or set cards: nudges")
        if (self.cards == "sequences") != (self.sequence is not None):
            raise ValueError("`cards: sequences` and `sequence:` go together; write both or neither")
        if self.cards == "week" and self.counts:
            raise ValueError("a picture of the week is nothing to do; add counts: false")
        return self
