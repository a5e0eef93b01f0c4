"""What the negators of a message reach."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from reminderbot.rules.triage.lexicon import FINDINGS
from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.normalise import HARD, SOFT
from reminderbot.rules.triage.reading import Mention, Reading
from reminderbot.rules.yesno import NO

REACH: Final = 6
"""Words that a negator reaches over; "or" and a list's comma begin anew."""
SHORT_REACH: Final = 2
_LIST = frozenset(["or", "nor"])
_SUBJECTS = frozenset(
    "i im ive id its it it theres they theyre he she hes shes who which because cos".split()
)
_VERBS = frozenset(
    """is are was were has have had feels feel felt went goes gone keeps wont cant hurts hurt aches isnt arent
    gives gave getting gets got started became become""".split()
)
_BARE = frozenset(NO)
"""An answer, when a new subject follows: "no my groin is numb"."""
_PLAIN_NO = frozenset("nope nah none never".split())
"""Behind a question these deny it, whatever follows; "no" may begin a sign of its own: "numb? no feeling at all"."""
_NONE_OF_ALL = frozenset(("none", "of", all_of) for all_of in "these those them that this it".split())
"""Behind a list these deny all of it: "numbness, weak legs - none of these I have"."""
_GOING_ON = _SUBJECTS | frozenset("both all just everything thats only".split())
"""Words with which one goes on after an answer: "foot drop? no, both feet lift"."""
_NEVER = frozenset("never havent hadnt".split())
_ENDS = frozenset("but and now until till in so this today yet".split())
"""After "never had it before" these show that the sentence has no noun to come: not "before my operation"."""
_FIRST_TIME = 8
"""Words between a mention and "before", at most."""
_RELATIVES = frozenset("that thats which whats".split())
_PREPOSITIONS = frozenset(
    "in on of around round between down at to from under near inside into across with by".split()
)
_LIST_WORDS = 4
_FURTHEST = 24
"""Words beyond which no list goes on."""


class Denial(NamedTuple):
    """How a mention is denied."""

    code: str
    is_doubtful: bool


class Negations:
    """The words of a message that are denied."""

    def __init__(self, reading: Reading) -> None:
        """Find out how far each negator reaches."""
        self._reading = reading
        self._by_word: dict[int, tuple[Match, bool]] = {}
        stops = {match.start for match in reading.cue("stoppers")}
        for name, reach in (("short_negators", SHORT_REACH), ("negators", REACH)):
            for negator in reading.cue(name):
                for place, is_doubtful in self._scope(negator, reach, stops):
                    self._by_word[place] = (negator, is_doubtful)
        self._answered = dict(self._answers())

    def of(self, mention: Mention) -> Denial | None:
        """Return how a mention is denied, or nothing."""
        if code := self._answered.get(mention.start):
            return Denial(code, is_doubtful=False)
        found = self._by_word.get(mention.start)
        if not found:
            is_hint = mention.concept.hint and mention.concept.kind in FINDINGS
            return self._of_its_core(mention) if is_hint else None
        negator, is_doubtful = found
        if mention.concept.kind == "site" and self._has_complaint(negator.start, mention.start):
            return None
        between = self._between(negator, mention)
        indirect = bool(between) and not self._is_listed(negator.end, mention.start)
        if (place := self._first_time(negator, mention)) is None:
            return Denial("negated.before", is_doubtful or indirect)
        return None if self._is_current(place) else Denial("negated.before", is_doubtful=True)

    def _of_its_core(self, hint: Mention) -> Denial | None:
        """Return how the complaint is denied that a hint puts a negator before: "not having [trouble peeing]"."""
        for place in range(hint.start + 1, hint.end):
            found = self._by_word.get(place)
            if not found or found[0].start < hint.start or found[1]:
                continue
            if any(mention.concept.is_complaint for mention in self._reading.starting.get(place, ())):
                return Denial("negated.before", is_doubtful=False)
        return None

    def _first_time(self, negator: Match, mention: Mention) -> int | None:
        """Return the word "before" of "never had it before", which tells of something new; else nothing."""
        words = self._reading.words(negator.start, negator.end)
        if _NEVER.isdisjoint(words):
            return None
        tokens = self._reading.tokens
        for place in range(mention.end, min(len(tokens), mention.end + _FIRST_TIME)):
            if tokens[place].before in HARD:
                return None
            if tokens[place].text == "before":
                after = tokens[place + 1] if place + 1 < len(tokens) else None
                return place if after is None or after.before or after.text in _ENDS else None
        return None

    def _is_current(self, place: int) -> bool:
        """Say whether the sentence goes on about now."""
        sentences = self._reading.sentences
        return any(
            cue.start > place and sentences[cue.start] == sentences[place]
            for cue in self._reading.cue("current")
        )

    def _has_complaint(self, start: int, end: int) -> bool:
        """Say whether a negator before a site belongs to something that is felt there: "no pain in my groin"."""
        return any(other.concept.kind in FINDINGS for other in self._reading.within(start, end))

    def _between(self, negator: Match, mention: Mention) -> list[Mention]:
        """Return the complaints that the negator reaches first."""
        return [
            other for other in self._reading.within(negator.end, mention.start) if other.concept.is_complaint
        ]

    def _is_listed(self, start: int, end: int) -> bool:
        tokens = self._reading.tokens[start : end + 1]
        return any(token.text in _LIST or token.before in (",", "/") for token in tokens)

    def _scope(self, negator: Match, reach: int, stops: set[int]) -> Iterator[tuple[int, bool]]:
        """Yield each word that is reached, and whether that is doubtful."""
        tokens, left, is_doubtful = self._reading.tokens, reach, False
        for place in range(negator.end, min(len(tokens), negator.end + _FURTHEST)):
            token = tokens[place]
            if token.before in HARD or place in stops or self._is_beyond(negator, place):
                return
            if token.before in SOFT or token.before == "/":
                if place == negator.end or not (token.before == "/" or self._goes_on(place)):
                    return
                left = reach
            if token.text in _LIST:
                left = reach
            is_doubtful = is_doubtful or token.text == "and"
            if not left:
                return
            left -= 1
            yield place, is_doubtful

    def _is_beyond(self, negator: Match, place: int) -> bool:
        """Say whether a word belongs to something that the negator isn't about."""
        if place == negator.end:
            return self._reading.tokens[negator.start].text in _BARE and self._is_new_subject(place)
        # "Not my leg that is numb" denies the leg, not that something is numb.
        is_aside = self._reading.tokens[place].text in _RELATIVES and self._is_site_denied(negator.end, place)
        return is_aside or self._is_new_subject(place)

    def _is_site_denied(self, start: int, end: int) -> bool:
        kinds = {mention.concept.kind for mention in self._reading.within(start, end)}
        return "site" in kinds and kinds.isdisjoint(FINDINGS)

    def _goes_on(self, place: int) -> bool:
        """Say whether a comma is inside a list of denied things: "no fever, chills or sweats"."""
        tokens = self._reading.tokens
        if tokens[place].text in _LIST:
            return True
        words = 0
        for number, token in enumerate(tokens[place : place + 3 * _LIST_WORDS]):
            if number and token.before in HARD | SOFT:
                break
            if token.text == "not":
                # "No chills, bowel or bladder not under my control": what denies something itself is no item.
                return False
        for number, token in enumerate(tokens[place : place + 3 * _LIST_WORDS]):
            if token.before in HARD or token.text in _SUBJECTS or token.text in _VERBS or token.text == "and":
                return False
            words = 0 if number and token.before in SOFT else words + 1
            if token.text in _LIST:
                return True
            if words > _LIST_WORDS:
                return False
        return False

    def _is_new_subject(self, place: int) -> bool:
        words = list(self._reading.words(place, place + 5))
        if words[0] in _SUBJECTS:
            return True
        before = self._reading.tokens[place - 1].text
        is_owned = words[0] in ("my", "the", "both") and before not in _PREPOSITIONS
        return is_owned and not _VERBS.isdisjoint(words[1:4])

    def _answers(self) -> Iterator[tuple[int, str]]:
        """Yield the first words of mentions that an answer behind them denies: "numbness? no", "bladder: fine"."""
        tokens = self._reading.tokens
        stops = {match.start for match in self._reading.cue("stoppers")}
        for answer in self._reading.cue("negated_after"):
            if not answer.start:
                continue
            before = tokens[answer.start].before
            if before and tuple(self._reading.words(answer.start, answer.start + 3)) in _NONE_OF_ALL:
                yield from self._denied(answer.start, "?")
                continue
            ends = answer.end == len(tokens) or tokens[answer.end].before or answer.end in stops
            if before in ("?", ":", "-"):
                is_plain = before == "?" and tokens[answer.start].text in _PLAIN_NO
                if ends or is_plain or tokens[answer.end].text in _GOING_ON:
                    yield from self._denied(answer.start, before)
            elif ends and not before:
                yield from self._denied_beside(answer.start)

    def _denied(self, end: int, sign: str) -> Iterator[tuple[int, str]]:
        breaks = HARD if sign == "?" else HARD | SOFT
        begin = end - 1
        while begin and self._reading.tokens[begin].before not in breaks:
            begin -= 1
        for mention in self._reading.within(begin, end):
            yield mention.start, "negated.after"

    def _denied_beside(self, end: int) -> Iterator[tuple[int, str]]:
        for mention in self._reading.within(max(0, end - _FURTHEST), end):
            if mention.end == end and not mention.concept.inverted:
                yield mention.start, "negated.after"
