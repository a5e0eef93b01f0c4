"""The emergency lexicons of other languages: whole phrases, and the few words that take them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reminderbot.rules.triage.lexicon import Lexicon, Topic
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.normalise import SOFT
from reminderbot.rules.triage.reading import Reading
from reminderbot.rules.triage.verdict import Assertion

REACH: Final = 4
"""Words that a negator reaches over."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of another language in a message."""

    language: str
    topic: Topic
    match: Match
    assertion: Assertion
    reason: str


def hits(lexicon: Lexicon, reading: Reading) -> Iterator[Hit]:
    """Yield what the other languages find."""
    for match in reading.foreign:
        language, sign, name = match.owner[:2], match.owner[2], match.owner[3:]
        if sign != "@":
            topic = lexicon.topics[f"{language}:{name}"]
            assertion, reason = _claim(reading, match, language, topic)
            if sign == "?" and assertion is Assertion.PRESENT:
                assertion, reason = Assertion.UNCERTAIN, "phrase.doubtful"
            yield Hit(language, topic, match, assertion, reason)


def _claim(reading: Reading, match: Match, language: str, topic: Topic) -> tuple[Assertion, str]:
    cues = [
        cue
        for cue in reading.foreign
        if cue.owner.startswith(f"{language}@") and _is_beside(reading, cue, match)
    ]

    def places(name: str) -> list[Match]:
        return [cue for cue in cues if cue.owner == f"{language}@{name}" and not _is_inside(cue, match)]

    if not topic.inverted and any(
        _reaches(reading, cue, match, places("stoppers")) for cue in places("negators")
    ):
        return Assertion.NEGATED, "negated.before"
    if any(cue.end <= match.start for cue in places("hypothetical")) and not places("current"):
        return Assertion.HYPOTHETICAL, "hypothetical"
    if places("past") and not places("current"):
        return Assertion.PAST, "history.far"
    return Assertion.PRESENT, "present"


def _is_beside(reading: Reading, cue: Match, match: Match) -> bool:
    return reading.sentences[cue.start] == reading.sentences[match.start]


def _is_inside(cue: Match, match: Match) -> bool:
    return match.start <= cue.start and cue.end <= match.end


def _reaches(reading: Reading, negator: Match, match: Match, stoppers: list[Match]) -> bool:
    if not 0 <= match.start - negator.end <= REACH:
        return False
    tokens = reading.tokens[negator.end : match.start + 1]
    is_apart = any(token.before in SOFT for token in tokens)
    return not is_apart and not any(negator.end <= stop.start <= match.start for stop in stoppers)
