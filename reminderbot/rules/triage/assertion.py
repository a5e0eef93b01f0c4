"""What each mention of a message asserts: that it is there, or one of the ways in which it is not."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from typing import Final, NamedTuple

from reminderbot.rules.triage.lexicon import FINDINGS
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.negation import Negations
from reminderbot.rules.triage.people import Who, experiencers
from reminderbot.rules.triage.reading import Mention, Reading, overlaps
from reminderbot.rules.triage.verdict import Assertion

_VERB_REACH: Final = 3
_HEDGE_REACH: Final = 6
_CLAUSES_BESIDE: Final = 3
_LONG_CUE: Final = 3
_AFFIRMING: Final = frozenset({"current", "persistent"})


class Claim(NamedTuple):
    """What a mention asserts, and the code of what decided."""

    assertion: Assertion
    reason: str


PRESENT: Final = Claim(Assertion.PRESENT, "present")
_IDIOM: Final = Claim(Assertion.IDIOM, "idiom")
_IN_DOUBT: Final = Claim(Assertion.UNCERTAIN, "idiom.doubtful")
"""A figure of speech, and a site in its clause that is too critical for one."""
UNOWNED: Final = Claim(Assertion.PRESENT, "present.unowned")
"""There, and said of nobody by name in a sentence that goes on about somebody else."""


class Claims:
    """Decides what the mentions of one message assert."""

    def __init__(self, reading: Reading, forwarded: bool) -> None:
        """Look at the message as a whole."""
        self._reading = reading
        self._negations = Negations(reading)
        self._who = experiencers(reading, forwarded)
        self._supposed = suppositions(reading)
        self._by_clause: dict[tuple[str, int], list[Match]] = defaultdict(list)
        for name, found in reading.cues.items():
            for cue in found:
                self._by_clause[name, reading.clauses[cue.start]].append(cue)
        complaints = [mention for mention in reading.mentions if mention.concept.is_complaint]
        self._complaining = frozenset(reading.clauses[mention.start] for mention in complaints)
        self._stating = frozenset(
            reading.clauses[mention.start] for mention in complaints if not self._negations.of(mention)
        )
        self._telling = self._complaining | {
            reading.clauses[mention.start]
            for mention in reading.mentions
            if mention.concept.kind == "context"
        }
        self._turned = frozenset(reading.clauses[turn.start] for turn in reading.cue("turns"))
        self._order: tuple[Callable[[Mention], Claim | None], ...] = (
            self._idiom,
            self._negation,
            self._hypothesis,
            self._history,
            self._position,
            self._hedge,
        )

    def of(self, mention: Mention) -> Claim:
        """Return what a mention asserts."""
        claim = next((found for decide in self._order if (found := decide(mention))), PRESENT)
        return _of_another(claim, self._who[mention.start])

    def _idiom(self, mention: Mention) -> Claim | None:
        if mention.is_idiom:
            is_felt = mention.concept.kind == "sensation" and self._is_beside_critical_site(mention)
            return _IN_DOUBT if is_felt else _IDIOM
        if mention.concept.doms and self._reading.cue("doms"):
            worse = self._has("persistent", mention)
            return None if worse else Claim(Assertion.IDIOM, "doms")
        return None

    def _is_beside_critical_site(self, mention: Mention) -> bool:
        """Say whether its clause names a critical site outside a figure of speech: "my groin is numb lol"."""
        clause = self._reading.clauses[mention.start]
        # In "sat on my bum" the site is a seat.
        seats = {cue.end for cue in self._by_clause.get(("positional", clause), ())}
        return any(
            other.concept.kind == "site" and other.concept.critical and not other.is_idiom
            for other in self._reading.mentions
            if self._reading.clauses[other.start] == clause and other.start not in seats
        )

    def _negation(self, mention: Mention) -> Claim | None:
        denial = self._negations.of(mention)
        if not denial:
            return None
        if not denial.is_doubtful:
            return Claim(Assertion.NEGATED, denial.code)
        return None if mention.concept.kind == "site" else Claim(Assertion.UNCERTAIN, "negated.doubtful")

    def _hypothesis(self, mention: Mention) -> Claim | None:
        if mention.concept.kind == "cue" or mention.start not in self._supposed:
            return None
        if self._has("actual", mention):
            return None
        if self._has("current", mention):
            return Claim(Assertion.UNCERTAIN, "hypothetical.current")
        return Claim(Assertion.HYPOTHETICAL, "hypothetical")

    def _history(self, mention: Mention) -> Claim | None:
        kind, event = mention.concept.kind, mention.concept.event
        if kind in ("site", "cue") or (kind == "context" and event):
            return None
        is_over, is_current = self._has("resolved", mention), self._has("current", mention)
        if self._has("past_far", mention) and not is_current:
            return Claim(Assertion.PAST, "history.far")
        if event or kind == "context":
            return None
        near = self._has("past_near", mention) or self._follows("past_verbs", _VERB_REACH, mention)
        if near and is_over:
            return Claim(Assertion.PAST, "history.over")
        if near and not is_current:
            return Claim(Assertion.UNCERTAIN, "history.near")
        return None

    def _follows(self, name: str, reach: int, mention: Mention) -> bool:
        """Say whether a cue stands so many words before a mention in its clause, or fewer."""
        cues = self._by_clause.get((name, self._reading.clauses[mention.start]), ())
        return any(cue.end <= mention.start <= cue.end + reach for cue in cues)

    def _position(self, mention: Mention) -> Claim | None:
        if mention.concept.kind not in FINDINGS or self._has("persistent", mention):
            return None
        is_over = self._has("resolved", mention) and not (mention.concept.event and self._has_sequel(mention))
        if self._has("positional", mention):
            if is_over:
                return Claim(Assertion.POSITIONAL, "position.over")
            if mention.concept.kind == "sensation":
                return Claim(Assertion.UNCERTAIN, "position.open")
        return Claim(Assertion.UNCERTAIN, "over") if is_over else None

    def _has_sequel(self, event: Mention) -> bool:
        """Say whether the sentence goes on to a complaint by a "but": "came off my bike, ok but my back hurts"."""
        sentence = self._reading.sentences[event.start]
        sequels = self._turned & self._complaining
        return any(
            turn.start > event.start
            and self._reading.sentences[turn.start] == sentence
            and self._reading.clauses[turn.start] in sequels
            for turn in self._reading.cue("turns")
        )

    def _hedge(self, mention: Mention) -> Claim | None:
        is_doubtful = self._follows("hedges", _HEDGE_REACH, mention)
        return Claim(Assertion.UNCERTAIN, "hedge") if is_doubtful else None

    def _has(self, name: str, mention: Mention) -> bool:
        # What a symptom holds itself can say that it is there ("numb now"), not that it is over.
        return any(name in _AFFIRMING or not overlaps(cue, mention) for cue in self._near(name, mention))

    def _near(self, name: str, mention: Mention) -> Iterator[Match]:
        """Yield the cues in the clause of a mention, and in the clauses beside it that mention nothing themselves."""
        # What says that something is there reaches across a clause that only denies something else.
        busy = self._stating if name in _AFFIRMING else self._complaining
        if name.startswith("past"):
            busy = self._telling
        reach = self._reach(mention, busy)
        if name == "resolved":
            # "I'm ok but my back hurts": what is over was said before the "but".
            own = self._reading.clauses[mention.start]
            begin = max((clause for clause in self._turned if clause <= own), default=0)
            reach = range(max(begin, reach.start), reach.stop)
        for clause in reach:
            yield from self._by_clause.get((name, clause), ())

    def _reach(self, mention: Mention, busy: Set[int]) -> range:
        first = own = self._reading.clauses[mention.start]
        last = self._reading.clauses[mention.end - 1]
        while first > 0 and first - 1 not in busy and own - first < _CLAUSES_BESIDE:
            first -= 1
        while last + 1 not in busy and last - own < _CLAUSES_BESIDE:
            last += 1
        return range(first, last + 1)


def suppositions(reading: Reading) -> frozenset[int]:
    """Return the words that follow "what if", "can it cause" and the like.

    A supposition lasts for its clause, and on to the sentence's end unless the talk turns to oneself or by a "but".
    """
    # The last word of "could I become" may be the first of "become paralysed".
    cues = reading.cue("hypothetical")
    begins = {cue.end - (cue.end - cue.start >= _LONG_CUE) for cue in cues} | set(_general_questions(reading))
    turns = {turn.start for name in ("selves", "turns") for turn in reading.cue(name)}
    found: set[int] = set()
    since, has_turned = -1, False
    for place, (sentence, clause) in enumerate(zip(reading.sentences, reading.clauses, strict=True)):
        if place in begins:
            since, has_turned = place, False
        elif since < 0 or sentence != reading.sentences[since]:
            since = -1
            continue
        has_turned = has_turned or place in turns
        if has_turned and clause != reading.clauses[since]:
            since = -1
            continue
        found.add(place)
    return frozenset(found)


def _general_questions(reading: Reading) -> Iterator[int]:
    """Yield the first words of questions that are about nobody: "is chest pain always serious"."""
    selves = {place for cue in reading.cue("selves") for place in range(cue.start, cue.end)}
    for question in reading.cue("questions"):
        if selves.isdisjoint(range(question.start, question.end)):
            yield question.start


def _of_another(claim: Claim, who: Who) -> Claim:
    """Turn what is there, or may be, into somebody else's; what was is nobody's any more."""
    if who is Who.EITHER:
        return UNOWNED if claim == PRESENT else claim
    if who is Who.SELF or claim.assertion not in (Assertion.PRESENT, Assertion.UNCERTAIN):
        return claim
    if claim.reason.startswith("history"):
        return Claim(Assertion.PAST, "other.past")
    return Claim(Assertion.OTHER, who.value)
