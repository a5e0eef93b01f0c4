"""What triage says about a message, and why."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How soon somebody should be seen."""

    EMERGENCY = "emergency"
    """Now."""
    URGENT = "urgent"
    """Today."""
    GP = "gp"
    """Within days."""
    NONE = "none"
    """No finding."""

    @property
    def rank(self) -> int:
        """Order the levels: 0 for none, 3 for emergency."""
        return ("none", "gp", "urgent", "emergency").index(self.value)


class Assertion(StrEnum):
    """What a mention says about its concept."""

    PRESENT = "present"
    NEGATED = "negated"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    OTHER = "other"
    IDIOM = "idiom"
    POSITIONAL = "positional"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention: where it stands in the message, and what it asserts."""

    concept: str
    text: str
    """The words as they were typed."""
    start: int
    """Character of the message, from 0; -1 when the words stand in an earlier message."""
    end: int
    """Character after the last one; -1 when the words stand in an earlier message."""
    assertion: Assertion
    reason: str
    """A code for what decided: `present`, `negated.before`, `history.far` ..."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What triage says about a message."""

    level: Level
    """What is certain without an answer."""
    ask: bool
    """Whether a critical symptom is in doubt, so that one question is due."""
    rules: tuple[str, ...]
    """`condition.rule` of those that fired or ask, strongest first."""
    evidence: tuple[Evidence, ...]
    """The mentions, in the order of the message."""
    condition: str | None
    """That of the strongest rule, fired or else asking: its reason and question are shown."""
    mental: bool
    """Whether the wording and the number for mental health are due."""
    third: bool
    """Whether it is somebody else who is in danger now: no hold."""
    informational: bool
    """Whether red flags are asked about, or history, and nothing fires: the safety card answers."""
    context: frozenset[str]
    """Risks told in this text (pregnancy, cancer), to be remembered for 24 h."""
    language: str
    """`en`, or the language of the emergency lexicon that hit."""
    version: str
    """Of the lexicon."""
