"""Whether words tell of a pain or a stiffness somewhere: what is left to answer kindly where nothing else was found."""

from typing import Final

from reminderbot.rules.triage import Assertion, Lexicon, Verdict

_FELT: Final = frozenset(("pain", "stiff", "tight-hard"))
"""Sensations that count at a place of the body."""

_TOLD: Final = frozenset(
    ("back-pain", "hip-ache", "one-leg-pain", "joint-pain", "belly-pain", "sciatica", "headache-word")
)
"""Symptoms that name their place themselves."""


def is_ache(lexicon: Lexicon, text: str, verdict: Verdict) -> bool:
    """Return whether the person has it now, as triage reads these words, and asks nothing; whatever its level."""
    here = {one.concept for one in verdict.evidence if one.assertion is Assertion.PRESENT}
    concepts = [lexicon.concepts[name] for name in here if name in lexicon.concepts]
    has_place = any(concept.kind == "site" for concept in concepts)
    return "?" not in text and bool(here & _TOLD or (here & _FELT and has_place))
