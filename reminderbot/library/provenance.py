"""Where a file of content comes from, who looked at it and when it is to be looked at again."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from reminderbot.library.texts import Written

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A name in lower case with hyphens; it is also the name of the file."""


def iso_day(value: object) -> object:
    """Return the day behind a text such as 2026-01-31. Raises ValueError with a sentence for anything else."""
    if not isinstance(value, str):
        raise ValueError("is not a date; write it as 2026-01-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{value!r} is not a date; write it as 2026-01-31") from None


Day = Annotated[date, BeforeValidator(iso_day)]
"""A date, written as 2026-01-31."""


class Model(BaseModel):
    """Frozen; refuses unknown fields, and converts nothing: a text is a text, a number a number."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Source(Model):
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


Sources = Annotated[tuple[Source, ...], Field(min_length=1)]
"""At least one source."""


class Review(Model):
    """One clinician's review of a card."""

    who: Written
    role: Written
    date: Day


class Entry(Model):
    """A file with an id, sources and reviews."""

    id: Id
    sources: tuple[Source, ...] = ()
    reviewed: tuple[Review, ...] = ()
    """Empty means: not yet reviewed by a clinician."""
    review_by: Day | None = None
    """When somebody should look at it again; from the day after, `check` warns."""

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has reviewed it."""
        return bool(self.reviewed)
