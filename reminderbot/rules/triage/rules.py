"""Which rules fire, which ask, and which only inform."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from reminderbot.rules.triage.assertion import UNOWNED, Claim
from reminderbot.rules.triage.binding import Bond
from reminderbot.rules.triage.lexicon import Item, Lexicon, Rule, Term
from reminderbot.rules.triage.people import Who
from reminderbot.rules.triage.reading import Mention
from reminderbot.rules.triage.verdict import Assertion, Level


class Standing(Enum):
    """How a term stands in a message."""

    HERE = auto()
    """Said to be there."""
    EITHER = auto()
    """Said to be there, of nobody by name, in a sentence that goes on about somebody else."""
    THERE = auto()
    """Said of somebody else."""
    DOUBTFUL = auto()
    """In doubt, and critical."""
    SUPPOSED = auto()
    """Asked about, or history."""


class Outcome(Enum):
    """What becomes of a rule."""

    FIRES = auto()
    FIRES_FOR_ANOTHER = auto()
    ASKS = auto()
    INFORMS = auto()


@dataclass(frozen=True, slots=True)
class Ruling:
    """A rule, and what becomes of it."""

    rule: Rule
    outcome: Outcome


_WEIGHT: Final[Mapping[Assertion, int]] = {
    Assertion.PRESENT: 0,
    Assertion.UNCERTAIN: 1,
    Assertion.OTHER: 2,
    Assertion.PAST: 3,
    Assertion.HYPOTHETICAL: 4,
    Assertion.POSITIONAL: 5,
    Assertion.IDIOM: 6,
    Assertion.NEGATED: 7,
}
"""Of a sensation and its site the heavier assertion decides for both."""
_BESIDE: Final = 1
"""Sentences between an excuse and what it excuses: squats three sentences before explain no numb groin."""
_TOLD: Final = frozenset({Standing.HERE, Standing.THERE})
_OF_ANOTHER: Final = frozenset({Standing.THERE, Standing.EITHER})
_POSSIBLE: Final = frozenset({Standing.HERE, Standing.DOUBTFUL})


class _Place(NamedTuple):
    """What a site says; the same said twice within reach of a complaint counts once."""

    site: str
    critical: bool
    claim: Claim


class Facts:
    """How every concept, and every sensation at a site, stands in a message."""

    def __init__(
        self,
        claims: Mapping[Mention, Claim],
        bonds: Iterable[Bond],
        context: Set[str],
        sentences: Sequence[int],
    ) -> None:
        """Take what mentions assert, which belong together, the risks told before, and each word's sentence."""
        self._standings: dict[Term, set[Standing]] = defaultdict(set)
        self._told: dict[Term, set[int]] = defaultdict(set)
        self._sentences = sentences
        for mention, claim in claims.items():
            self._add(Term(mention.concept.id), claim, mention.concept.critical, mention)
        known: dict[tuple[Mention, ...], Set[_Place]] = {}
        for complaint, sites in bonds:
            if sites not in known:
                known[sites] = {
                    _Place(site.concept.id, site.concept.critical, claims[site]) for site in sites
                }
            self._bind(complaint, claims[complaint], known[sites])
        for concept in context:
            self._standings[Term(concept)].add(Standing.HERE)

    @property
    def terms(self) -> Set[Term]:
        """The terms that stand in any way."""
        return self._standings.keys()

    def of(self, item: Item) -> Set[Standing]:
        """Return the ways in which an item of a rule stands that must be there."""
        return {
            standing for term in item.terms if term in self._standings for standing in self._standings[term]
        }

    def is_excused(self, rule: Rule) -> bool:
        """Say whether an excuse of a rule is told, in a sentence beside what it excuses."""
        excuses = [
            term for item in rule.needs if item.absent for term in item.terms if term in self._standings
        ]
        if all(_TOLD.isdisjoint(self._standings[term]) for term in excuses):
            return False
        named = {place for item in rule.needs if not item.absent for place in self._places(item.terms)}
        return any(
            not _TOLD.isdisjoint(self._standings[term])
            and (not self._told[term] or _are_beside(self._told[term], named))
            for term in excuses
        )

    def _places(self, terms: Iterable[Term]) -> Iterator[int]:
        for term in terms:
            yield from self._told.get(term, ())

    def _bind(self, complaint: Mention, claim: Claim, places: Iterable[_Place]) -> None:
        for place in places:
            heavier = max(claim, place.claim, key=lambda claim: _WEIGHT[claim.assertion])
            critical = complaint.concept.critical or place.critical
            self._add(Term(complaint.concept.id, place.site), heavier, critical, complaint)

    def _add(self, term: Term, claim: Claim, critical: bool, mention: Mention) -> None:
        if standings := _standings(claim, critical):
            self._standings[term].update(standings)
            self._told[term].add(self._sentences[mention.start])


def _are_beside(some: Iterable[int], others: Set[int]) -> bool:
    return any(abs(one - other) <= _BESIDE for one in some for other in others)


def _standings(claim: Claim, critical: bool) -> tuple[Standing, ...]:
    match claim.assertion:
        case Assertion.PRESENT:
            return (Standing.HERE, Standing.EITHER) if claim == UNOWNED else (Standing.HERE,)
        case Assertion.OTHER if claim.reason == Who.OTHER:
            return (Standing.THERE,)
        case Assertion.UNCERTAIN if critical:
            return (Standing.DOUBTFUL,)
        case Assertion.PAST | Assertion.HYPOTHETICAL if not claim.reason.startswith(Who.OTHER):
            return (Standing.SUPPOSED,)
    return ()


def judged(lexicon: Lexicon, facts: Facts) -> list[Ruling]:
    """Return what becomes of the rules that apply, strongest first."""
    rulings = [
        Ruling(rule, outcome)
        for rule in lexicon.rules_about(facts.terms)
        if (outcome := _outcome(rule, facts))
    ]
    return sorted(rulings, key=_strength)


def _strength(ruling: Ruling) -> tuple[bool, int, int]:
    has_fired = ruling.outcome in (Outcome.FIRES, Outcome.FIRES_FOR_ANOTHER)
    return (not has_fired, -ruling.rule.level.rank, ruling.outcome.value)


def _outcome(rule: Rule, facts: Facts) -> Outcome | None:
    found: list[Set[Standing]] = []
    for item in rule.needs:
        if item.absent:
            continue
        standings = facts.of(item)
        if not standings:
            return None
        found.append(standings)
    if facts.is_excused(rule):
        return None
    if all(Standing.HERE in standings for standings in found):
        return Outcome.FIRES
    if _is_of_another(rule, found):
        return Outcome.FIRES_FOR_ANOTHER
    if rule.level is Level.GP:
        return None
    return Outcome.INFORMS if any(_POSSIBLE.isdisjoint(standings) for standings in found) else Outcome.ASKS


def _is_of_another(rule: Rule, found: Sequence[Set[Standing]]) -> bool:
    """Say whether all is said of somebody else in danger; in an emergency, or for a question, in part of nobody."""
    if rule.level is Level.GP:
        return False
    if rule.level is Level.URGENT:
        return all(Standing.THERE in standings for standings in found)
    is_named = any(Standing.THERE in standings for standings in found)
    return is_named and not any(_OF_ANOTHER.isdisjoint(standings) for standings in found)
