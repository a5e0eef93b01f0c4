"""Which rules fire, which ask, and which only inform."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from reminderbot.rules.triage.assertion import PRESENT, UNOWNED, Claim
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
_ALL: Final = frozenset(Standing)
_TOLD: Final = frozenset({Standing.HERE, Standing.THERE})
_OF_ANOTHER: Final = frozenset({Standing.THERE, Standing.EITHER})
_POSSIBLE: Final = frozenset({Standing.HERE, Standing.DOUBTFUL})


class Facts:
    """How every concept, and every sensation at a site, stands in a message."""

    def __init__(self, claims: Mapping[Mention, Claim], bonds: Iterable[Bond], context: Set[str]) -> None:
        """Take what mentions assert, which belong together, and the risks told before."""
        self._standings: dict[Term, set[Standing]] = defaultdict(set)
        for mention, claim in claims.items():
            self._add(Term(mention.concept.id), claim, mention.concept.critical)
        for complaint, site in bonds:
            claim = max(claims[complaint], claims[site], key=lambda claim: _WEIGHT[claim.assertion])
            critical = complaint.concept.critical or site.concept.critical
            self._add(Term(complaint.concept.id, site.concept.id), claim, critical)
        for concept in context:
            self._add(Term(concept), PRESENT, critical=False)

    @property
    def terms(self) -> Set[Term]:
        """The terms that stand in any way."""
        return self._standings.keys()

    def of(self, item: Item) -> Set[Standing]:
        """Return the ways in which an item of a rule stands."""
        found = {
            standing for term in item.terms if term in self._standings for standing in self._standings[term]
        }
        if not item.absent:
            return found
        return _ALL if _TOLD.isdisjoint(found) else frozenset()

    def _add(self, term: Term, claim: Claim, critical: bool) -> None:
        if standings := _standings(claim, critical):
            self._standings[term].update(standings)


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
        standings = facts.of(item)
        if not standings:
            return None
        found.append(standings)
    if all(Standing.HERE in standings for standings in found):
        return Outcome.FIRES
    if _is_of_another(rule, found):
        return Outcome.FIRES_FOR_ANOTHER
    if rule.level is Level.GP:
        return None
    return Outcome.INFORMS if any(_POSSIBLE.isdisjoint(standings) for standings in found) else Outcome.ASKS


def _is_of_another(rule: Rule, found: Sequence[Set[Standing]]) -> bool:
    """Say whether all is said of somebody else; in an emergency, or for a question, in part of nobody by name."""
    told = [standings for item, standings in zip(rule.needs, found, strict=True) if not item.absent]
    if rule.level in (Level.URGENT, Level.GP):
        return all(Standing.THERE in standings for standings in found)
    is_named = any(Standing.THERE in standings for standings in told)
    return is_named and not any(_OF_ANOTHER.isdisjoint(standings) for standings in found)
