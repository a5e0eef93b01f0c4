"""What may be read up or done as a whole: conditions (/learn) and sequences (/warmup, /cooldown, chair yoga)."""

from typing import Annotated

from pydantic import Field

from reminderbot.library.provenance import Entry, Id, Model, Sources
from reminderbot.library.texts import BeSeen, Helps, Paragraph, Sentence, Title


class Condition(Entry):
    """What a condition is, what helps and when to be seen: information, never a diagnosis."""

    title: Title
    about: Paragraph
    """What it is, in plain words."""
    helps: Helps
    """What helps, one line each."""
    be_seen: BeSeen
    """When to be seen, and how soon, one line each."""
    treatments: Sentence | None = None
    """One neutral sentence on injections and surgery, where they are offered for it."""
    triage: tuple[Id, ...] = ()
    """Conditions in content/triage/conditions/ whose answers "see a GP" lead here."""
    sources: Sources


class Move(Model):
    """One step of a sequence."""

    stretch: Id
    """The stretch that it shows."""
    seconds: Annotated[int, Field(ge=5, le=600)]
    """How long it is done in each round, both sides together."""


class Sequence(Entry):
    """Stretches one after the other, stepped through in one message."""

    title: Title
    about: Sentence
    """What it is good for, in one sentence."""
    minutes: Annotated[int, Field(ge=1, le=90)]
    """How long the whole takes, as people are told."""
    rounds: Annotated[int, Field(ge=1, le=10)] = 1
    """How many times the moves are gone through."""
    moves: Annotated[tuple[Move, ...], Field(min_length=2)]
    """In their order; a stretch may come more than once."""
    sources: Sources
