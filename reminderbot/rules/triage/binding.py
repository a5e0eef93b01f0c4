"""Which part of the body a sensation is felt in: the nearest in the sentence, and those joined to it."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from typing import Final, NamedTuple

from reminderbot.rules.triage.lexicon import FINDINGS
from reminderbot.rules.triage.reading import Mention, Reading

REACH: Final = 8
"""Words between a sensation and its site."""
_WIDE_REACH: Final = 12
"""The same for a site that only questions need."""
_LONGEST: Final = 12
"""Words of a site, at most."""
_JOINED: Final = 4
"""Words between two sites that are joined by "and" or a comma."""
_BESIDE: Final = 2
_BARE: Final = 4
"""Words of a sentence that is no more than a site."""
_SHORT: Final = 3
"""Words beside the complaint in a sentence that goes on about the site of the one before."""
_ADVERBS: Final = frozenset(
    """all totally completely just so still really very proper and now today a bit gone like feels is pretty
    quite""".split()
)
_POINTERS: Final = frozenset("it its there theyre they that area all everything whole".split())
"""Words that point back to a site in the sentence before."""


_MOVED: Final = frozenset("moved moving spread spreads spreading travelled shifted crept creeping".split())
_FILLERS: Final = frozenset("now its it is in on my the also both too and has been as well got have".split())
"""What may stand beside "now" between two sites without a word of its own."""


class Bond(NamedTuple):
    """A complaint and the sites that it is felt in."""

    complaint: Mention
    sites: tuple[Mention, ...]


def bonds(reading: Reading, denied: Set[Mention]) -> Iterator[Bond]:
    """Yield every complaint with its sites; one that is itself denied only where there is no other."""
    sites = [mention for mention in reading.mentions if mention.concept.kind == "site"]
    # Sites that only questions need are looked for apart, so that they never stand in the way of the others.
    for is_hint in (False, True):
        places = _Sites(reading, [site for site in sites if site.concept.hint is is_hint], denied, is_hint)
        for complaint in reading.mentions:
            if complaint.concept.kind in FINDINGS and (found := places.of(complaint)):
                yield Bond(complaint, found)


class _Sites:
    """The sites of a message, found from the words of a complaint."""

    def __init__(self, reading: Reading, sites: list[Mention], denied: Set[Mention], is_wide: bool) -> None:
        self._reading = reading
        self._denied = denied
        self._is_wide = is_wide
        self._by_start: dict[int, list[Mention]] = defaultdict(list)
        self._by_sentence: dict[int, list[Mention]] = defaultdict(list)
        for site in sites:
            self._by_start[site.start].append(site)
            self._by_sentence[reading.sentences[site.start]].append(site)
        self._known: dict[tuple[int, int], tuple[Mention, ...]] = {}

    def of(self, complaint: Mention) -> tuple[Mention, ...]:
        """Return the sites of a complaint; the same words always have the same."""
        span = (complaint.start, complaint.end)
        if span not in self._known:
            self._known[span] = tuple(self._found(complaint)) if self._by_start else ()
        return self._known[span]

    def _found(self, complaint: Mention) -> list[Mention]:
        span = (complaint.start, complaint.end)
        reached = list(self._near(complaint))
        near = [site for site in reached if site not in self._denied] or reached
        if self._is_wide and near:
            return [site for site in near if (site.start, site.end) != span]
        if near:
            far = {site: _remoteness(self._reading, complaint, site) for site in near}
            least = min(far.values())
            nearest = [site for site in near if far[site] == least]
            return nearest + list(_joined(self._reading, complaint, nearest, near))
        is_alone = self._reading.sentences[complaint.start] not in self._by_sentence
        return _sites_beside(self._reading, complaint, self._by_sentence) if is_alone else []

    def _near(self, complaint: Mention) -> Iterator[Mention]:
        """Yield the sites of the same sentence within reach, in their order."""
        sentence = self._reading.sentences[complaint.start]
        reach = _WIDE_REACH if self._is_wide else REACH
        for place in range(complaint.start - reach - _LONGEST, complaint.end + reach + 1):
            for site in self._by_start.get(place, ()):
                if self._reading.sentences[place] == sentence and _distance(complaint, site) <= reach:
                    yield site


def _sites_beside(
    reading: Reading, complaint: Mention, by_sentence: dict[int, list[Mention]]
) -> list[Mention]:
    """Return the site that another sentence names: "My groin hurts. It is numb." or "Numb. Down there." """
    sentence = reading.sentences[complaint.start]
    after = by_sentence.get(sentence + 1, [])
    if after and _is_bare(reading, sentence + 1):
        return after
    words = reading.words(*_span(reading, sentence))
    is_short = _is_complaint_alone(reading, complaint)
    if _POINTERS.isdisjoint(words) and not is_short:
        return []
    before = by_sentence.get(sentence - 1, [])
    # "My bum. Completely dead. Numb." goes on about the bum.
    if not before and is_short and _is_bare_complaint(reading, sentence - 1):
        before = by_sentence.get(sentence - 2, [])
    return before[-1:]


def _is_complaint_alone(reading: Reading, complaint: Mention) -> bool:
    """Say whether its sentence says nothing else: "Completely dead." """
    start, end = _span(reading, reading.sentences[complaint.start])
    others = (*reading.words(start, complaint.start), *reading.words(complaint.end, end))
    return len(others) <= _SHORT and _ADVERBS.issuperset(others)


def _is_bare_complaint(reading: Reading, sentence: int) -> bool:
    start, end = _span(reading, sentence)
    return end - start <= _SHORT and any(reading.within(start, end))


def _is_bare(reading: Reading, sentence: int) -> bool:
    """Say whether a sentence is a few words without a complaint."""
    start, end = _span(reading, sentence)
    if end - start > _BARE:
        return False
    return all(not mention.concept.is_complaint for mention in reading.within(start, end))


def _span(reading: Reading, sentence: int) -> tuple[int, int]:
    return bisect_left(reading.sentences, sentence), bisect_right(reading.sentences, sentence)


def _distance(complaint: Mention, site: Mention) -> int:
    return max(0, site.start - complaint.end, complaint.start - site.end)


def _remoteness(reading: Reading, complaint: Mention, site: Mention) -> tuple[bool, bool, bool, int]:
    """Order sites: those of the same clause, those without a nearer complaint, those named before, the nearest."""
    own = range(reading.clauses[complaint.start], reading.clauses[complaint.end - 1] + 1)
    is_apart = reading.clauses[site.start] not in own and reading.clauses[site.end - 1] not in own
    distance = _distance(complaint, site)
    is_taken = is_apart and _is_taken(reading, site, distance)
    return is_apart, is_taken, is_apart and site.start > complaint.start, distance


def _is_taken(reading: Reading, site: Mention, distance: int) -> bool:
    around = range(max(0, site.start - REACH), site.end + REACH)
    return any(
        other.concept.is_complaint
        and reading.clauses[other.start] == reading.clauses[site.start]
        and _distance(other, site) < distance
        for place in around
        for other in reading.starting.get(place, ())
    )


def _joined(
    reading: Reading, complaint: Mention, nearest: list[Mention], near: list[Mention]
) -> Iterator[Mention]:
    """Yield the sites that "and", "or" or commas join to the nearest, away from the complaint."""
    for chain in (near, near[::-1]):
        is_forward = chain is near
        last = nearest[-1] if is_forward else nearest[0]
        for site in chain:
            first, second = (last, site) if is_forward else (site, last)
            is_beyond = first.end <= second.start and (complaint.start < second.start) is is_forward
            if site in nearest or not is_beyond:
                continue
            if not _are_joined(reading, complaint, first, second) or _has_own(
                reading, complaint, site, is_forward
            ):
                break
            yield site
            last = site


def _are_joined(reading: Reading, complaint: Mention, first: Mention, second: Mention) -> bool:
    # "My foot was numb, now it is my groin": the complaint itself doesn't stand between.
    start = complaint.end if first.end <= complaint.start < second.start else first.end
    between = reading.within(start, second.start)
    if any(mention.concept.is_complaint for mention in between):
        return False
    words = reading.words(start, second.start)
    if _has_moved(words):
        return True
    if second.start - first.end > _JOINED:
        return False
    joiners = {place for cue in reading.cue("joiners") for place in range(cue.start, cue.end)}
    is_listed = any(token.before in (",", "/") for token in reading.tokens[first.end : second.start + 1])
    return is_listed or not words or not joiners.isdisjoint(range(first.end, second.start))


def _has_moved(words: Sequence[str]) -> bool:
    """Say whether what was felt in one site is now felt in the next: "now its moved to", "now its my"."""
    if len(words) > REACH:
        return False
    return not _MOVED.isdisjoint(words) or ("now" in words and _FILLERS.issuperset(words))


def _has_own(reading: Reading, complaint: Mention, site: Mention, is_forward: bool) -> bool:
    """Say whether a joined site has a complaint of its own: "numb knee and my groin hurts"."""
    begin, end = (site.end, site.end + _BESIDE + 2) if is_forward else (site.start - _BESIDE - 2, site.start)
    return any(
        other.concept.is_complaint and (other.start, other.end) != (complaint.start, complaint.end)
        for place in range(begin, end)
        for other in reading.starting.get(place, ())
    )
