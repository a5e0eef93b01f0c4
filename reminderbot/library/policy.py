"""The on-call policy: who is told, and when. Read from ``content/policy/oncall.yaml``; a case keeps its own copy.

Spans are `timedelta` here, and words such as ``10m`` in YAML and JSON.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)

FILE: Final = "policy/oncall.yaml"
"""Where the policy stands in the content folder."""
NEXT_MORNING: Final = "next-morning"
"""A follow-up on the first morning after the case was opened, by the subscriber's own clock."""
_UNITS: Final[Mapping[str, timedelta]] = MappingProxyType(
    {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
)
_SPAN: Final = re.compile(r"([1-9][0-9]{0,3})([smhd])")

LadderName: TypeAlias = Literal["emergency", "urgent"]


def parse_span(words: object) -> timedelta:
    """Return the span behind words such as 45s, 10m, 4h, 3d. Raises ValueError with a sentence."""
    match = _SPAN.fullmatch(words) if isinstance(words, str) else None
    if match is None:
        raise ValueError(f"{words!r} is not a span; write it as 45s, 10m, 4h or 3d")
    return int(match[1]) * _UNITS[match[2]]


def span_words(span: timedelta) -> str:
    """Return a span of whole seconds as words, in the largest unit that leaves no rest: 90m, 3d."""
    unit = next(name for name, length in _UNITS.items() if not span % length)
    return f"{span // _UNITS[unit]}{unit}"


def _follow_up(words: object) -> object:
    return words if words == NEXT_MORNING else parse_span(words)


def _follow_up_words(when: timedelta | str) -> str:
    return span_words(when) if isinstance(when, timedelta) else when


_SPAN_SCHEMA: Final = {"type": "string", "pattern": f"^{_SPAN.pattern}$"}
Span = Annotated[
    timedelta, BeforeValidator(parse_span), PlainSerializer(span_words), WithJsonSchema(_SPAN_SCHEMA)
]
FollowUp = Annotated[
    timedelta | Literal["next-morning"],
    BeforeValidator(_follow_up),
    PlainSerializer(_follow_up_words),
    WithJsonSchema({"anyOf": [{"const": NEXT_MORNING}, _SPAN_SCHEMA]}),
]
Count = Annotated[int, Field(ge=1, le=100)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class LadderPolicy(_Model):
    """How a case of one level climbs from step to step."""

    card_wait: Span
    """On call is told when the card's attempt has ended, and after this span at the latest."""
    card_repeat: Span | None = None
    """The card comes once more after this silence; none: never."""
    intervals: Annotated[tuple[Span, ...], Field(min_length=1)]
    """Between one round and the next while nobody acknowledges; the last one goes on."""
    rounds: Count
    """After so many rounds: nobody answered."""
    acknowledged_for: Span
    """An acknowledgement holds so long."""
    expired_rounds: Count
    """After so many acknowledgements that ran out: nobody answered."""
    follow_ups: tuple[FollowUp, ...] = ()
    """When the subscriber is asked how it went, counted from the opening of the case."""

    def interval(self, told: int) -> timedelta:
        """Return the span between round `told` (from 1) and the next one."""
        return self.intervals[min(told, len(self.intervals)) - 1]

    def to_json(self) -> str:
        """Return it as the JSON text that a case keeps."""
        return self.model_dump_json(exclude_none=True)

    @classmethod
    def from_json(cls, text: str) -> "LadderPolicy":
        """Return the ladder that a case has kept. Raises ValueError for anything that is not one."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise ValueError(f"a kept on-call policy cannot be read: {error.error_count()} faults") from None


class Policy(_Model):
    """The on-call policy for all levels."""

    emergency: LadderPolicy
    urgent: LadderPolicy
    unconfirmed: LadderName
    """The ladder of a case that comes from a question without an answer."""
    ask_silence: Span
    """Silence after that question until the card, the hold and the unconfirmed case."""
    overdue_after: Span
    """A case whose next step is later than this is reported by the audit job."""

    def for_level(self, level: str) -> LadderPolicy:
        """Return the ladder for emergency, urgent or unconfirmed. Raises KeyError for a level without cases."""
        ladders = {"emergency": self.emergency, "urgent": self.urgent}
        return ladders[self.unconfirmed if level == "unconfirmed" else level]
