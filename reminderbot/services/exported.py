"""The file that /export makes, read again: what stands where, and which values are possible at all.

Nothing in it is trusted: whoever sends a file may have written it. What a value means here, and whether it may be
taken over, is decided in ``services.sifting``.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NaiveDatetime,
    ValidationError,
)

from reminderbot.library.models import Level, Place, Sport
from reminderbot.rules import clock
from reminderbot.store.tables import Delivery, Hold, Origin, Outcome

VERSION: Final = 1
"""Of the form of the file; another one where an older program would misread it."""

HEADER: Final = "reminderbot"
"""Under this name stands what the file is; beside it each table, as a list of rows."""

MOST_A_DAY: Final = 300
"""Of one thing in one habit: a plan has at most one reminder in 15 minutes, and nobody moves more often by far."""

_Count = Annotated[int, Field(ge=0, le=MOST_A_DAY)]
_Name = Annotated[str, Field(max_length=64)]


class WrongFileError(Exception):
    """Nothing can be taken over from this file; ``template`` says why, and what to do."""

    def __init__(self, template: str) -> None:
        """Keep the message's template."""
        super().__init__(template)
        self.template = template


def _known_zone(name: str) -> str:
    clock.zone(name)
    return name


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Header(_Row):
    """What a file says of itself."""

    version: int = Field(ge=1)


class Export(_Row):
    """A whole file. Its rows are looked at one by one, so that a strange one spoils no other."""

    reminderbot: Header
    subscriber: Sequence[Any] = ()
    cadence: Sequence[Any] = ()
    day: Sequence[Any] = ()
    reminder: Sequence[Any] = ()
    dropped_card: Sequence[Any] = ()
    safety: Sequence[Any] = ()


class About(_Row):
    """What is set; none where the file says nothing, or nothing possible."""

    zone: Annotated[str, Field(max_length=64), AfterValidator(_known_zone)] | None = None
    zone_confirmed: bool = False
    day_start: Annotated[int, Field(ge=0, le=clock.DAY_STARTS[-1])] | None = None
    place: Place | None = None
    sport: Sport | Literal["neither"] | None = None
    level: Level | None = None
    avoid: Annotated[list[_Name], Field(max_length=50)] | None = None
    silent: bool | None = None
    card_due_at: AwareDatetime | None = None
    """Tells, whatever it is, that a card of today was pinned there."""


class Plan(_Row):
    """When a habit is due."""

    habit: _Name
    plan: Annotated[str, Field(max_length=300)]
    off: bool


class Day(_Row):
    """What happened in one habit on one habit day."""

    habit: _Name
    habit_day: date
    prompted: _Count
    done: _Count
    own: _Count
    skipped: _Count
    missed: _Count
    void: _Count
    snoozed: _Count


class Reminder(_Row):
    """One reminder of the last days, which is over."""

    habit: _Name
    habit_day: date
    due_at: AwareDatetime
    origin: Origin
    state: Literal[Delivery.SENT, Delivery.UNKNOWN, Delivery.DROPPED]
    outcome: Outcome
    answered_at: AwareDatetime | None
    card: Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9:._-]*$")] | None


class Single(_Row):
    """A single reminder that was asked for there, and is still to come."""

    habit: _Name
    due_at: AwareDatetime
    asked_at: AwareDatetime
    asked_for: NaiveDatetime | None = None
    state: Literal[Delivery.PENDING]
    outcome: None


class Dropped(_Row):
    """A card that never comes again."""

    card: _Name
    why: Literal["worse", "gp"]


class Safety(_Row):
    """Where somebody stands between ordinary days and a hold."""

    hold: Hold
    level: str | None = None
    mental: bool = False
    returns_on: date | None = None


def read(content: bytes) -> Export:
    """Read a file; raises WrongFileError for one that is damaged, or not made by /export of a version known here."""
    try:
        found = Export.model_validate_json(content)
    except ValidationError as error:
        is_json = all(problem["type"] != "json_invalid" for problem in error.errors(include_input=False))
        raise WrongFileError("import.foreign" if is_json else "import.damaged") from None
    if found.reminderbot.version > VERSION:
        raise WrongFileError("import.newer")
    return found
