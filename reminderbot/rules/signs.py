"""Which of several findings were told apart: each in words of its own, and not one complaint read in two ways."""

from collections.abc import Iterator, Sequence
from typing import Final

from reminderbot.rules.triage import Assertion, Evidence, Lexicon, judge
from reminderbot.rules.triage.lexicon import Rule

_TOLD: Final = (Assertion.PRESENT, Assertion.OTHER)


def apart(lexicon: Lexicon, words: str, rules: Sequence[str]) -> list[str]:
    """Return the conditions that are told in other words than the first one; that one itself goes before them.

    Args:
        lexicon: what triage knows.
        words: what somebody wrote.
        rules: ids of rules that fired, strongest first; each condition is named once.
    """
    told = [one for one in judge(lexicon, words).evidence if one.assertion in _TOLD]
    known = {rule.id: rule for rule in lexicon.rules if rule.id in rules}
    spans: dict[str, list[set[int]]] = {}
    for rule in (known[name] for name in rules if name in known):
        spans.setdefault(rule.condition, []).append(set(_places(rule, told)))
    first = next(iter(spans), None)
    return [name for name in spans if name == first or _is_apart(spans[str(first)], spans[name])]


def _places(rule: Rule, told: Sequence[Evidence]) -> Iterator[int]:
    """The characters that a rule may rest on."""
    terms = [term for item in rule.needs if not item.absent for term in item.terms]
    needed = {term.concept for term in terms} | {term.site for term in terms}
    for one in told:
        if one.concept in needed:
            yield from range(one.start, one.end)


def _is_apart(some: Sequence[set[int]], others: Sequence[set[int]]) -> bool:
    return any(one and other and one.isdisjoint(other) for one in some for other in others)
