"""What each mention of a message asserts: that it is there, or one of the ways in which it is not."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Set
from typing import Final, NamedTuple

from reminderbot.rules.triage.lexicon import FINDINGS
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.negation import Negations
from reminderbot.rules.triage.people import Who, experiencers
from reminderbot.rules.triage.reading import Mention, Reading, overlaps
from reminderbot.rules.triage.suppositions import suppositions
from reminderbot.rules.triage.verdict import Assertion

_VERB_REACH: Final = 3
_HEDGE_REACH: Final = 6
_CLAUSES_BESIDE: Final = 3
_STORY: Final = 6
"""Clauses after which a story may tell that something is over."""
_PAST_TENSE: Final = frozenset(
    "woke was were had couldnt went got lost did didnt came took started stopped".split()
)
_PRESENT_TENSE: Final = frozenset(
    """is are am im has have ive hes shes its theres cant wont dont doesnt isnt arent feel feels hurt hurts keep keeps
    getting gets""".split()
)
_DENIALS: Final = frozenset(
    "not isnt arent wasnt werent hasnt havent never hardly dont doesnt didnt wont".split()
)
_AGAIN: Final = frozenset("back again returned returning recurring".split())
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
                if name != "resolved" or not self._is_denied(cue):
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

    def _is_denied(self, end: Match) -> bool:
        """Say whether something is said not to be over: "not great since"."""
        return not _DENIALS.isdisjoint(self._reading.words(max(0, end.start - 1), end.start))

    def of(self, mention: Mention) -> Claim:
        """Return what a mention asserts."""
        claim = next((found for decide in self._order if (found := decide(mention))), PRESENT)
        if claim.assertion is Assertion.PAST and mention.concept.critical and self._comes_again(mention):
            claim = Claim(Assertion.UNCERTAIN, "history.again")
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
        # "If my foot started dragging": what it holds itself is supposed as well.
        if any(not overlaps(cue, mention) for cue in self._near("current", mention)):
            return Claim(Assertion.UNCERTAIN, "hypothetical.current")
        return Claim(Assertion.HYPOTHETICAL, "hypothetical")

    def _history(self, mention: Mention) -> Claim | None:
        kind, event = mention.concept.kind, mention.concept.event
        if kind in ("site", "cue") or (kind == "context" and event):
            return None
        is_over, is_current = self._has("resolved", mention), self._has("current", mention)
        if self._has("past_far", mention) and not is_current:
            return Claim(Assertion.PAST, "history.far")
        if self._is_told_of_then(mention):
            is_ended = any(cue.start > mention.start for cue in self._reading.cue("resolved"))
            return Claim(Assertion.PAST if is_ended else Assertion.UNCERTAIN, "history.told")
        if event or kind == "context":
            return None
        near = self._has("past_near", mention) or self._follows("past_verbs", _VERB_REACH, mention)
        if near and is_over:
            return Claim(Assertion.PAST, "history.over")
        if near and not is_current:
            return Claim(Assertion.UNCERTAIN, "history.near")
        return None

    def _comes_again(self, mention: Mention) -> bool:
        """Say whether something is said to be back, later on: "it all cleared up. Well, it's back"."""
        return any(
            cue.start > mention.end and not _AGAIN.isdisjoint(self._reading.words(cue.start, cue.end))
            for cue in self._reading.cue("current")
        )

    def _is_told_of_then(self, mention: Mention) -> bool:
        """Say whether it belongs to a story of long ago: "in 2016 I slipped a disc, woke up numb, had surgery"."""
        reading = self._reading
        sentence, clause = reading.sentences[mention.start], reading.clauses[mention.start]
        begins = [cue for cue in reading.cue("past_far") if reading.sentences[cue.start] == sentence]
        is_current = bool(self._by_clause.get(("current", clause)))
        if is_current or not any(cue.start < mention.start for cue in begins):
            return False
        begin = bisect_left(reading.clauses, clause)
        words = reading.words(begin, bisect_right(reading.clauses, clause))
        return not _PAST_TENSE.isdisjoint(words) and _PRESENT_TENSE.isdisjoint(words)

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
        reach = self._reach(mention, busy, _STORY if name == "resolved" else _CLAUSES_BESIDE)
        if name == "resolved":
            # "I'm ok but my back hurts": what is over was said before the "but".
            own = self._reading.clauses[mention.start]
            begin = max((clause for clause in self._turned if clause <= own), default=0)
            reach = range(max(begin, reach.start), reach.stop)
        for clause in reach:
            yield from self._by_clause.get((name, clause), ())

    def _reach(self, mention: Mention, busy: Set[int], further: int = _CLAUSES_BESIDE) -> range:
        first = own = self._reading.clauses[mention.start]
        last = self._reading.clauses[mention.end - 1]
        while first > 0 and first - 1 not in busy and own - first < _CLAUSES_BESIDE:
            first -= 1
        while last + 1 not in busy and last - own < further:
            last += 1
        return range(first, last + 1)


def _of_another(claim: Claim, who: Who) -> Claim:
    """Turn what is there, or may be, into somebody else's; what was is nobody's any more."""
    if who is Who.EITHER:
        return UNOWNED if claim == PRESENT else claim
    if who is Who.SELF or claim.assertion not in (Assertion.PRESENT, Assertion.UNCERTAIN):
        return claim
    if claim.reason.startswith("history"):
        return Claim(Assertion.PAST, "other.past")
    return Claim(Assertion.OTHER, who.value)
