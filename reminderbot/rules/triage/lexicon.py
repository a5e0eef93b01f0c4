"""Everything that triage knows, compiled from content and frozen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from reminderbot.rules.triage.matching import Index
from reminderbot.rules.triage.verdict import Level

FINDINGS: Final = ("sensation", "symptom")
"""Kinds of concepts that say that something is wrong."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that people say; its phrases live in the index."""

    id: str
    kind: str
    """site, sensation, symptom, context or cue."""
    inverted: bool = False
    """The negator belongs to the symptom: "can't pee"."""
    critical: bool = False
    """Doubt about it is put as a question."""
    event: bool = False
    """It happened once: "had" does not make it history."""
    doms: bool = False
    """Beside talk of the gym it means sore muscles."""
    hint: bool = False
    """No rule that is certain needs it, only those that ask: it never stands in the way of others."""

    @property
    def is_complaint(self) -> bool:
        """Whether it says that something is wrong, and is more than a hint."""
        return self.kind in FINDINGS and not self.hint


@dataclass(frozen=True, slots=True)
class Term:
    """One concept of a rule, bound to a site when one is named."""

    concept: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One condition of a rule: any of the terms holds, or, when `absent`, none does."""

    terms: tuple[Term, ...]
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Items that together mean a level."""

    id: str
    """`condition.rule`."""
    condition: str
    level: Level
    needs: tuple[Item, ...]
    ask: bool = False
    """Asks as well when it fires."""
    mental: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One emergency in another language."""

    rule: str
    """`language.topic`."""
    condition: str
    level: Level
    mental: bool = False
    inverted: bool = False


@dataclass(frozen=True, slots=True)
class Spelling:
    """The closed lists behind the typo pass."""

    words: tuple[str, ...] = ()
    """What a near miss may be read as; five letters or more."""
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A spelling, and the words that it stands for."""
    common: frozenset[str] = frozenset()
    """English words that are never a typo."""
    clinical: frozenset[str] = field(init=False, default=frozenset())
    """The words that slips are read as."""

    def __post_init__(self) -> None:
        """Collect what is meant by slips and variants."""
        meant = (word for words in self.variants.values() for word in words)
        object.__setattr__(self, "clinical", frozenset([*self.words, *meant]))


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Lexicon:
    """Concepts, rules, cues, spellings and other languages; nothing in it changes."""

    concepts: Mapping[str, Concept]
    rules: tuple[Rule, ...]
    index: Index
    """Every phrase; its owner is `concept`, `@cue`, `es:topic`, `es?topic` or `es@cue`."""
    spelling: Spelling = field(default_factory=Spelling)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """By `es:topic`."""
    version: str = ""
    _by_term: Mapping[Term, tuple[int, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Index the rules by the terms of the first item that each of them can't do without."""
        by_term: dict[Term, tuple[int, ...]] = {}
        for number, rule in enumerate(self.rules):
            first = next(item for item in rule.needs if not item.absent)
            for term in first.terms:
                by_term[term] = (*by_term.get(term, ()), number)
        object.__setattr__(self, "_by_term", by_term)

    def rules_about(self, terms: Iterable[Term]) -> list[Rule]:
        """Return the rules that may apply to a message in which these terms stand, in their order."""
        numbers = {number for term in terms for number in self._by_term.get(term, ())}
        return [self.rules[number] for number in sorted(numbers)]


BUILT_IN = (
    Concept("temperature-38", "symptom"),
    Concept("age-over-70", "context"),
    Concept("age-under-45", "context"),
)
"""Concepts that are numbers, so that no phrase can hold them."""
