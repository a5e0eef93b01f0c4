"""What the content folder may say: habits and the three sorts of cards.

The folder a card lies in is its sort (nudges, stretches, facts). All models are frozen, refuse unknown
fields, and convert nothing: a text is a text, a number a number.
"""

from datetime import date, time
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from reminderbot.library.texts import CAPTION_UNITS, Lines, NudgeText, Text, Title, Written, utf16_units

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A name in lower case with hyphens; it is also the name of the file."""
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
Position: TypeAlias = Literal["standing", "chair", "kneeling", "floor", "any"]
DeskPosition: TypeAlias = Literal["standing", "chair", "any"]
Level: TypeAlias = Literal["easy", "medium", "hard"]
NudgeKind: TypeAlias = Literal[
    "stand", "walk", "stairs", "water", "breathe", "posture", "hip", "legs", "upper", "eyes", "call", "pause"
]
DeckName: TypeAlias = Literal["nudges", "stretches", "facts"]

AVOID_TAGS: Final[frozenset[str]] = frozenset(get_args(Avoid))
"""Every tag that `avoid_if` may hold."""
AVOID_ANSWERS: Final[tuple[Avoid, ...]] = (
    "knee-injury",
    "hip-replacement",
    "pregnancy",
    "osteoporosis",
    "dizziness",
)
"""The tags behind the answers to "Anything to avoid?", in the order in which they are offered."""
CAPTION_FRAME: Final = 200
"""UTF-16 units of a caption kept free for what a message adds to an exercise (hold, sides, greeting)."""


def iso_day(value: object) -> object:
    """Return the day behind a text such as 2026-01-31. Raises ValueError with a sentence for anything else."""
    if not isinstance(value, str):
        raise ValueError("is not a date; write it as 2026-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a date; write it as 2026-01-31") from None


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


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Source(_Model):
    """Where a card comes from; at least a publisher, an address or a DOI, so that somebody can look it up."""

    title: Written
    publisher: Written | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> "Source":
        if not (self.publisher or self.url or self.doi):
            raise ValueError("cannot be looked up; add publisher, url or doi")
        return self


class Review(_Model):
    """One clinician's review of a card."""

    who: Written
    role: Written
    date: Annotated[date, BeforeValidator(iso_day)]


class _Card(_Model):
    id: Id
    position: Position = "any"
    level: Level = "easy"
    avoid_if: tuple[Avoid, ...] = ()
    sources: tuple[Source, ...] = ()
    reviewed: tuple[Review, ...] = ()
    """Empty means: not yet reviewed by a clinician."""

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has reviewed it."""
        return bool(self.reviewed)


class Nudge(_Card):
    """A short prompt to get up or move, doable in clothes at a desk in two minutes."""

    kind: NudgeKind
    text: NudgeText
    position: DeskPosition = "any"


class Stretch(_Card):
    """An exercise with up to three steps."""

    title: Title
    area: Annotated[tuple[Area, ...], Field(min_length=1)]
    position: Position
    level: Level
    kind: Literal["static", "dynamic", "strength"]
    hold: Annotated[int, Field(ge=1, le=120)] | None = None
    """Seconds to hold each repetition; none for movements without a hold."""
    repetitions: Annotated[int, Field(ge=1, le=30)] = 1
    sides: Literal["both", "each", "none"]
    """`each`: one side, then the other; `both`: the two sides at once; `none`: it has no sides."""
    steps: Lines
    cues: Lines | None = None
    stop_if: Text
    figure: Id | None = None
    """Name of its picture, when it has one."""
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

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
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


Card: TypeAlias = Nudge | Stretch | Fact


class Habit(_Model):
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
    cards: DeckName
    """The folder its cards come from."""
    only: tuple[NudgeKind, ...] = ()
    """Only nudges of these kinds; empty means all."""
    cadence: Annotated[Written, AfterValidator(_cadence)]
    """Its cadence for a new subscriber, in the words of /remind."""
    threshold: Annotated[float, Field(gt=0, le=1)]
    """Share of done among done and missed from which a day is kept."""
    late: Annotated[int, Field(ge=1, le=1440)]
    """Minutes after which a late reminder is not sent."""
    quiet_after: Annotated[time, BeforeValidator(_clock)]
    """Local time after which a late reminder is not sent at all."""
    snooze: Annotated[int, Field(ge=1, le=240)]
    """Minutes after which a snoozed reminder comes back, unless another span is named."""
    positions: Annotated[tuple[Position, ...], Field(min_length=1)] = ("standing", "chair")
    """Positions allowed at the desk, inside office hours; `any` cards always are."""
    exercise: bool = True
    """Whether a hold stops it."""

    @model_validator(mode="after")
    def _only_fits(self) -> "Habit":
        if self.only and self.cards != "nudges":
            raise ValueError("`only` chooses among nudges; remove it or set cards: nudges")
        return self
