"""One message, taken apart: its words, sentences and clauses, what it mentions, and the small words that decide."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from reminderbot.rules.triage import numbers
from reminderbot.rules.triage.answers import stated
from reminderbot.rules.triage.lexicon import Concept, Lexicon
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.normalise import HARD, SOFT, Token, tokenise
from reminderbot.rules.triage.typos import corrected

_SUBJECTS: Final = frozenset(
    "i im ive id my now its it theres theyre he she hes shes his her they then also".split()
)
"""After "and" these begin a clause of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words that name a concept."""

    concept: Concept
    start: int
    """First word."""
    end: int
    """Word after the last one."""
    is_idiom: bool = False
    """Whether the words are part of a figure of speech."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, taken apart."""

    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    """In the order of the message; complaints, sites, contexts and the cues of rules."""
    cues: Mapping[str, tuple[Match, ...]]
    """The small words, by the names of cues.yaml; those that something longer has used up are left out."""
    sentences: tuple[int, ...]
    """For each word the number of its sentence."""
    clauses: tuple[int, ...]
    """For each word the number of its clause."""
    foreign: tuple[Match, ...]
    """Matches of the lexicons of other languages."""
    starting: Mapping[int, tuple[Mention, ...]]
    """The mentions again, by their first word."""

    def cue(self, name: str) -> tuple[Match, ...]:
        """Return the places of a cue, in the order of the message."""
        return self.cues.get(name, ())

    def words(self, start: int, end: int) -> list[str]:
        """Return the words from a place to before another."""
        return [token.text for token in self.tokens[start:end]]

    def within(self, start: int, end: int) -> Iterator[Mention]:
        """Yield the mentions that begin between two places and end before the second."""
        for place in range(start, end):
            for mention in self.starting.get(place, ()):
                if mention.end <= end:
                    yield mention


def read(lexicon: Lexicon, text: str) -> Reading:
    """Take a message apart."""
    tokens = stated(corrected(tokenise(text), lexicon.spelling))
    by_owner: dict[str, list[Match]] = defaultdict(list)
    for match in (*lexicon.index.find(tokens), *numbers.find(tokens)):
        by_owner[match.owner].append(match)
    foreign = tuple(match for owner, found in by_owner.items() if _is_foreign(owner) for match in found)
    cues = {owner[1:]: _outermost(found) for owner, found in by_owner.items() if owner.startswith("@")}
    found = _mentions(lexicon, by_owner, cues, foreign)
    mentions = tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))
    kept = _unused(cues, mentions, tokens)
    starting: dict[int, tuple[Mention, ...]] = {}
    for mention in mentions:
        starting[mention.start] = (*starting.get(mention.start, ()), mention)
    return Reading(
        tokens,
        mentions,
        kept,
        _sentences(tokens),
        _clauses(tokens, kept.get("turns", ())),
        foreign,
        starting,
    )


def overlaps(one: Match | Mention, other: Match | Mention) -> bool:
    """Say whether two share a word."""
    return one.start < other.end and other.start < one.end


def _is_foreign(owner: str) -> bool:
    return owner[2:3] in ("@", ":", "?")


def _outermost(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Leave out what stands inside another of them."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if not kept or match.end > kept[-1].end:
            kept.append(match)
    return tuple(kept)


def _mentions(
    lexicon: Lexicon,
    by_owner: Mapping[str, list[Match]],
    cues: Mapping[str, tuple[Match, ...]],
    foreign: tuple[Match, ...],
) -> Iterator[Mention]:
    # What another language says, its own lexicon decides.
    spoken = (match for match in foreign if match.owner[2] != "@")
    alike = _Cover((*cues.get("look_alikes", ()), *spoken))
    idioms = _Cover(cues.get("idioms", ()))
    found = {name: _outermost(by_owner[name]) for name in by_owner.keys() & lexicon.concepts.keys()}
    sites = [lexicon.concepts[name] for name in found if lexicon.concepts[name].kind == "site"]
    # What only questions need never stands in the way of a site of a rule that is certain.
    wider = {
        is_hint: _Cover(match for site in sites if is_hint or not site.hint for match in found[site.id])
        for is_hint in (False, True)
    }

    def _is_alike(concept: Concept, match: Match) -> bool:
        # "Years" is none in "years old"; a "resistance band" still explains heavy legs.
        return alike.has_wider(match) if concept.kind == "cue" else alike.hides(match)

    def _is_part(concept: Concept, match: Match) -> bool:
        return concept.kind == "site" and wider[concept.hint].has_wider(match)

    for name in sorted(found):
        concept = lexicon.concepts[name]
        for match in found[name]:
            if _is_alike(concept, match) or _is_part(concept, match):
                continue
            yield Mention(concept, match.start, match.end, idioms.hides(match))


class _Cover:
    """Spans, and by word the widest of them."""

    def __init__(self, spans: Iterable[Match | Mention]) -> None:
        self._at: dict[int, list[Match | Mention]] = defaultdict(list)
        for span in spans:
            for place in range(span.start, span.end):
                self._at[place].append(span)

    def hides(self, match: Match) -> bool:
        """Say whether a span shares a word with it, unless it holds more than all of that span."""
        spans = [span for place in range(match.start, match.end) for span in self._at.get(place, ())]
        return any(not _is_wider(match, span) for span in spans)

    def uses_up(self, match: Match) -> bool:
        """Say whether a span shares a word with it and has others besides."""
        spans = [span for place in range(match.start, match.end) for span in self._at.get(place, ())]
        return any(span.start < match.start or match.end < span.end for span in spans)

    def has_wider(self, match: Match) -> bool:
        """Say whether a span holds more than all of it."""
        return any(_is_wider(span, match) for span in self._at.get(match.start, ()))


def _is_wider(one: Match | Mention, other: Match | Mention) -> bool:
    inside = one.start <= other.start and other.end <= one.end
    return inside and one.end - one.start > other.end - other.start


def _unused(
    cues: Mapping[str, tuple[Match, ...]], mentions: tuple[Mention, ...], tokens: tuple[Token, ...]
) -> Mapping[str, tuple[Match, ...]]:
    """Leave out cues whose words are used up: a negator that is part of a symptom, "now" in "gone now"."""
    complaints = [mention for mention in mentions if mention.concept.is_complaint]
    # A "when i sit" that stands for a site is a position all the same.
    sites = [
        mention
        for mention in mentions
        if mention.concept.kind == "site" and tokens[mention.start].text != "when"
    ]
    spoken = (*cues.get("idioms", ()), *cues.get("look_alikes", ()))
    used: dict[str, tuple[Match | Mention, ...]] = {
        "negators": (*complaints, *spoken, *_harmless(cues, complaints), *cues.get("resolved", ())),
        "current": (*spoken, *cues.get("resolved", ())),
        "hypothetical": (*spoken, *cues.get("hedges", ())),
        "resolved": tuple(complaints),
        "stoppers": tuple(complaints),
        "turns": tuple(complaints),
        "positional": (*sites, *spoken),
        "selves": (*cues.get("others", ()), *cues.get("animals", ())),
        "others": (*cues.get("animals", ()), *cues.get("proxies", ())),
    }
    used["short_negators"] = (*used["negators"], *cues.get("negators", ()))
    covers = {name: _Cover(used.get(name, spoken)) for name in cues}
    return {
        name: tuple(match for match in found if not covers[name].uses_up(match))
        for name, found in cues.items()
    }


def _harmless(cues: Mapping[str, tuple[Match, ...]], complaints: Iterable[Mention]) -> Iterator[Match]:
    """Yield what looks like a negation and is none; "no change" denies all the same in "no [change in peeing]"."""
    begun = {mention.start for mention in complaints}
    for cue in cues.get("pseudo_negations", ()):
        if begun.isdisjoint(range(cue.start + 1, cue.end)):
            yield cue


def _sentences(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    number, numbered = 0, []
    for token in tokens:
        number += token.before in HARD
        numbered.append(number)
    return tuple(numbered)


def _clauses(tokens: tuple[Token, ...], turns: tuple[Match, ...]) -> tuple[int, ...]:
    begins = {match.start for match in turns}
    number, numbered = 0, []
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        is_new = token.before in HARD or token.before in SOFT or place in begins
        number += is_new or (token.text == "and" and after in _SUBJECTS)
        numbered.append(number)
    return tuple(numbered)
