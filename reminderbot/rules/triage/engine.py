"""Triage of one message: alone, and together with those of the last minutes; the most serious reading counts."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final

from reminderbot.rules.triage import foreign
from reminderbot.rules.triage.assertion import Claim, Claims
from reminderbot.rules.triage.binding import bonds
from reminderbot.rules.triage.lexicon import Lexicon
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.reading import Mention, Reading, read
from reminderbot.rules.triage.rules import Facts, Outcome, Ruling, judged
from reminderbot.rules.triage.verdict import Assertion, Evidence, Level, Verdict

LONGEST: Final = 4096
"""Characters of a text's beginning, and again of its end, that are read: Telegram sends no more."""
_MOST_EVIDENCE: Final = 40
_MOST_EARLIER: Final = 12
_FRAGMENT: Final = 6
"""Words up to which a message may be the next piece of a sentence begun before."""
_ENGLISH: Final = "en"
_NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class _Finding:
    """One rule, or one phrase of another language, that fires or asks."""

    rule: str
    condition: str
    level: Level
    fires: bool
    asks: bool
    mental: bool
    third: bool
    language: str = _ENGLISH


@dataclass(frozen=True, slots=True)
class _Part:
    """A text that is read, and which part of the message stands where in it."""

    text: str
    shift: int = 0
    """Characters by which the message stands later in it."""
    cut: int | None = None
    """Character from which on the words stand elsewhere in the message, when its middle is left out."""
    jump: int = 0


def judge(
    lexicon: Lexicon,
    text: str,
    *,
    context: Set[str] = frozenset(),
    earlier: Sequence[str] = (),
    forwarded: bool = False,
) -> Verdict:
    """Return the level of a message, whether a question is due, and why.

    Args:
        lexicon: what is known.
        text: the message; of a very long one beginning and end are read.
        context: risks told in the last 24 h, as ids of context concepts.
        earlier: the messages of the last minutes, oldest first; they are read together with this one as well.
        forwarded: the words are somebody else's.
    """
    verdicts = [_judge(lexicon, part, context, forwarded) for part in _parts(text, earlier)]
    return max(verdicts, key=lambda verdict: (verdict.level.rank, verdict.ask, not verdict.third))


def _parts(text: str, earlier: Sequence[str]) -> Iterator[_Part]:
    """Yield the message, then it behind the earlier ones, as sentences and, where they are short, as one."""
    part = _shortened(text)
    yield part
    before = [message for message in earlier[-_MOST_EARLIER:] if message.strip()]
    if not before or not text.strip():
        return
    for glue, messages in (("\n", before), (" ", list(_fragments([*before, text]))[:-1])):
        opening = "".join(f"{message[-LONGEST:]}{glue}" for message in messages)[-LONGEST:]
        if opening:
            yield _Part(opening + part.text, len(opening), part.cut, part.jump)


def _shortened(text: str) -> _Part:
    if len(text) <= 2 * LONGEST:
        return _Part(text)
    return _Part(f"{text[:LONGEST]}\n{text[-LONGEST:]}", 0, LONGEST, len(text) - 2 * LONGEST - 1)


def _fragments(messages: Sequence[str]) -> list[str]:
    """Return the last messages that are short and may be pieces of one sentence."""
    pieces: list[str] = []
    for message in reversed(messages):
        is_short = len(message) < LONGEST and len(message.split()) <= _FRAGMENT
        if not is_short or (pieces and message.rstrip().endswith((".", "!", "?"))):
            break
        pieces.insert(0, message)
    return pieces


def _judge(lexicon: Lexicon, part: _Part, context: Set[str], forwarded: bool) -> Verdict:
    reading = read(lexicon, part.text)
    claims_of = Claims(reading, forwarded)
    claims = {mention: claims_of.of(mention) for mention in reading.mentions}
    denied = {mention for mention, claim in claims.items() if claim.assertion is Assertion.NEGATED}
    rulings = judged(lexicon, Facts(claims, bonds(reading, denied), context, reading.sentences))
    hits = list(foreign.hits(lexicon, reading))
    findings = sorted([*_findings(rulings), *_foreign(hits, forwarded)], key=_strength, reverse=True)
    fired = [finding for finding in findings if finding.fires]
    level = fired[0].level if fired else Level.NONE
    asking = [finding for finding in findings if _is_due(finding, level)]
    first = next(iter(fired or asking), None)
    shown = [*fired, *(finding for finding in asking if not finding.fires)]
    return Verdict(
        level=level,
        ask=bool(asking),
        rules=tuple(dict.fromkeys(finding.rule for finding in shown)),
        evidence=tuple(islice(_evidence(part, reading, claims, hits), _MOST_EVIDENCE)),
        condition=first.condition if first else None,
        mental=any(finding.mental for finding in shown),
        third=first.third if first else False,
        informational=not shown and _is_supposed(rulings, hits),
        context=frozenset(_risks(claims)),
        language=first.language if first else _ENGLISH,
        version=lexicon.version,
    )


def _strength(finding: _Finding) -> tuple[int, bool, int]:
    """Order findings: those that fire by level, the person's own first, then those that ask by level."""
    rank = finding.level.rank
    return rank if finding.fires else 0, finding.fires and not finding.third, rank


def _is_due(finding: _Finding, level: Level) -> bool:
    """Say whether a finding's question is worth putting beside what is certain."""
    is_open = finding.asks and level is not Level.EMERGENCY
    only_asks = finding.level is Level.NONE and level is Level.NONE
    return is_open and (finding.fires or only_asks or finding.level.rank > level.rank)


def _is_supposed(rulings: Sequence[Ruling], hits: Sequence[foreign.Hit]) -> bool:
    """Say whether a red flag is asked about, or history."""
    if any(ruling.outcome is Outcome.INFORMS for ruling in rulings):
        return True
    return any(hit.assertion in (Assertion.PAST, Assertion.HYPOTHETICAL) for hit in hits)


def _risks(claims: dict[Mention, Claim]) -> Iterator[str]:
    for mention, claim in claims.items():
        if mention.concept.kind == "context" and claim.assertion is Assertion.PRESENT:
            yield mention.concept.id


def _findings(rulings: Sequence[Ruling]) -> Iterator[_Finding]:
    for ruling in rulings:
        rule, outcome = ruling.rule, ruling.outcome
        if outcome is Outcome.INFORMS:
            continue
        asks = outcome is Outcome.ASKS
        yield _Finding(
            rule.id,
            rule.condition,
            rule.level,
            fires=not asks,
            asks=asks or rule.ask,
            mental=rule.mental,
            third=outcome is Outcome.FIRES_FOR_ANOTHER,
        )


def _foreign(hits: Sequence[foreign.Hit], forwarded: bool) -> Iterator[_Finding]:
    for hit in hits:
        if hit.assertion in (Assertion.PRESENT, Assertion.UNCERTAIN):
            topic, fires = hit.topic, hit.assertion is Assertion.PRESENT
            yield _Finding(
                topic.rule,
                topic.condition,
                topic.level,
                fires=fires,
                asks=not fires,
                mental=topic.mental,
                third=forwarded,
                language=hit.language,
            )


def _evidence(
    part: _Part, reading: Reading, claims: dict[Mention, Claim], hits: Sequence[foreign.Hit]
) -> Iterator[Evidence]:
    spans: list[tuple[Mention | Match, str, Assertion, str]] = [
        (mention, mention.concept.id, *claim)
        for mention, claim in claims.items()
        if mention.concept.kind != "cue"
    ]
    spans += [(hit.match, hit.topic.rule, hit.assertion, hit.reason) for hit in hits]
    for span, concept, assertion, reason in sorted(spans, key=lambda item: item[0].start):
        start, end = reading.tokens[span.start].start, reading.tokens[span.end - 1].end
        place = (
            (_NOWHERE, _NOWHERE) if start < part.shift else (_place(part, start), _place(part, end - 1) + 1)
        )
        yield Evidence(concept, part.text[start:end], *place, assertion, reason)


def _place(part: _Part, character: int) -> int:
    own = character - part.shift
    return own + part.jump if part.cut is not None and own > part.cut else own
