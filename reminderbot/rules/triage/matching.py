"""Finds every phrase of the lexicon in a message, in one walk over its words.

Phrases are looked up by their first word. A phrase is followed by the set of places that it may have reached, so the
work grows with the message, never with the number of ways in which a phrase fits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reminderbot.rules.triage.normalise import HARD, NOT, SOFT, Token
from reminderbot.rules.triage.phrases import Choice, Edge, Gap, Node, Number, Sequence, Word, is_needed
from reminderbot.rules.yesno import NO, YES

_BARRIERS = frozenset(
    "no not nor never without isnt arent wasnt werent dont doesnt didnt havent hasnt but however although".split()
)
"""Words that a gap never passes over, so that it can't leap from one clause into the denial of the next."""
_INTERJECTIONS = frozenset((*YES, *NO, "not", "ok", "okay", "done"))
"""With a comma behind them these are answers of their own: "no, feeling fine" is not "no feeling"."""
_STEM_KEY = 2
_EDGES = HARD | SOFT


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and whose it is."""

    owner: str
    nodes: Sequence
    needed: tuple[Node, ...]
    """What must occur after its first node, in any case; the nearest first."""
    least: int
    """Words at least from its start to where the nearest of these begins."""
    most: int
    """Words at most."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to before `end` of a message say what the owner stands for."""

    owner: str
    start: int
    end: int


class Index:
    """Phrases by their first words."""

    def __init__(self, phrases: Iterable[tuple[str, Sequence]]) -> None:
        """Take (owner, phrase) pairs."""
        self._words: dict[str, list[Phrase]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, Phrase]]] = defaultdict(list)
        self._numbers: list[Phrase] = []
        spans: dict[Choice, tuple[int, int]] = {}
        for owner, nodes in phrases:
            # A first node that must be there is what a phrase is found by.
            first = 1 if is_needed(nodes[0]) else 0
            needed = [place for place in range(first, len(nodes)) if is_needed(nodes[place])]
            least, most = _span(nodes[: needed[0]] if needed else (), spans)
            self._add(Phrase(owner, nodes, tuple([nodes[place] for place in needed]), least, most))

    def find(self, tokens: tuple[Token, ...]) -> list[Match]:
        """Return the longest match of each owner at each word, in the order of the message."""
        return list(_Walk(tokens).matches(self))

    def candidates(self, token: Token) -> list[Phrase]:
        """Return the phrases that may begin with this word."""
        found: dict[int, Phrase] = {}
        for text in filter(None, (token.text, token.also)):
            found |= {id(phrase): phrase for phrase in self._words.get(text, ())}
            for stem, phrase in self._stems.get(text[:_STEM_KEY], ()):
                if text.startswith(stem):
                    found[id(phrase)] = phrase
        if token.text[0].isdigit():
            found |= {id(phrase): phrase for phrase in self._numbers}
        return list(found.values())

    def _add(self, phrase: Phrase) -> None:
        for first in _firsts(phrase.nodes):
            if first == "#":
                self._numbers.append(phrase)
            elif first.endswith("*"):
                self._stems[first[:-1][:_STEM_KEY]].append((first[:-1], phrase))
            else:
                self._words[first].append(phrase)


def _is_of_concept(phrase: Phrase) -> bool:
    return "@" not in phrase.owner


def _span(nodes: Sequence, known: dict[Choice, tuple[int, int]]) -> tuple[int, int]:
    """Return how many words a sequence takes, at least and at most."""
    spans = [_span_of(node, known) for node in nodes]
    return sum(least for least, _ in spans), sum(most for _, most in spans)


def _span_of(node: Node, known: dict[Choice, tuple[int, int]]) -> tuple[int, int]:
    if isinstance(node, Gap):
        return 0, node.most
    if isinstance(node, Edge):
        return 0, 0
    if not isinstance(node, Choice):
        return 1, 1
    if node not in known:
        spans = [_span(option, known) for option in (*node.led, *node.longer)]
        spans += [(1, 1)] if node.words or node.stems else []
        spans += [(0, 0)] if node.optional else []
        known[node] = min(least for least, _ in spans), max(most for _, most in spans)
    return known[node]


def _firsts(nodes: Sequence) -> set[str]:
    """Return what a sequence may begin with, as it is written: `word`, `stem*` or `#`."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Word):
            found.add(f"{node.text}*" if node.stem else node.text)
        elif isinstance(node, Number):
            found.add("#")
        elif isinstance(node, Choice):
            found.update(node.words, node.firsts, (f"{stem}*" for stem in node.stems))
            for option in node.longer:
                found |= _firsts(option)
        if is_needed(node):
            return found
    return found


class _Walk:
    """One message being searched."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._everywhere = (1 << len(tokens)) - 1
        self._places: dict[str, int] = defaultdict(int)
        for place, token in enumerate(tokens):
            for word in filter(None, (token.text, token.also)):
                self._places[word] |= 1 << place
        self._stops = _stops(tokens)
        self._begun: dict[int, int] = {}
        self._ends: dict[tuple[int, int], tuple[int, ...]] = {}

    def matches(self, index: Index) -> Iterable[Match]:
        """Yield the longest match of each owner at each word."""
        alive: dict[tuple[str, str], list[Phrase]] = {}
        for start, token in enumerate(self._tokens):
            key = (token.text, token.also)
            if key not in alive:
                alive[key] = [phrase for phrase in index.candidates(token) if self._may_be(phrase)]
                if token.also == NOT:
                    # To symptoms "isn't" is a "not"; what each of them denies, the small words tell apart.
                    plain = index.candidates(replace(token, also=""))
                    alive[key] = [
                        phrase for phrase in alive[key] if _is_of_concept(phrase) or phrase in plain
                    ]
            longest: dict[str, int] = {}
            stop = self._stops[start]
            for phrase in alive[key]:
                if self._goes_on(phrase, start, stop) and (ends := self._follow(phrase.nodes, start, stop)):
                    longest[phrase.owner] = max(longest.get(phrase.owner, 0), *ends)
            for owner, end in longest.items():
                yield Match(owner, start, end)

    def _may_be(self, phrase: Phrase) -> bool:
        return all(map(self._begins, phrase.needed))

    def _goes_on(self, phrase: Phrase, start: int, stop: int) -> bool:
        """Say whether what a phrase needs next begins within its reach."""
        if not phrase.needed:
            return True
        width = min(phrase.most, stop - 1 - start) - phrase.least + 1
        return width > 0 and bool(self._begins(phrase.needed[0]) >> start + phrase.least & (1 << width) - 1)

    def _begins(self, node: Node) -> int:
        """Return the places at which a node may begin, as the bits of a number."""
        if id(node) not in self._begun:
            self._begun[id(node)] = self._beginnings(node)
        return self._begun[id(node)]

    def _beginnings(self, node: Node) -> int:
        if isinstance(node, Word):
            return self._with_stems((node.text,)) if node.stem else self._places.get(node.text, 0)
        if isinstance(node, Choice):
            places, known = self._with_stems(node.stems), self._places
            for word in node.words:
                places |= known.get(word, 0)
            for first, option in zip(node.firsts, node.led, strict=True):
                if first in known:
                    places |= self._first_places(option)
            for option in node.longer:
                places |= self._first_places(option)
            return places
        return self._everywhere

    def _first_places(self, nodes: Sequence) -> int:
        """Return the places at which a sequence may begin; none when a word of it never occurs."""
        if not all(self._begins(node) for node in nodes if is_needed(node)):
            return 0
        places = 0
        for node in nodes:
            places |= self._begins(node)
            if is_needed(node):
                return places
        return self._everywhere

    def _with_stems(self, stems: tuple[str, ...]) -> int:
        places = 0
        if stems:
            for word, found in self._places.items():
                if word.startswith(stems):
                    places |= found
        return places

    def _follow(self, nodes: Sequence, start: int, stop: int) -> tuple[int, ...]:
        """Return the places that a phrase from `start` may end before; none when it isn't there."""
        places: tuple[int, ...] = (start,)
        for node in nodes:
            if len(places) == 1:
                places = self._after(node, places[0], stop)
            else:
                places = tuple({end for place in places for end in self._after(node, place, stop)})
            if not places:
                break
        return places

    def _after(self, node: Node, place: int, stop: int) -> tuple[int, ...]:
        """Return the places that a node can reach from a place."""
        if isinstance(node, Gap):
            return self._passed(node.most, place, stop)
        if isinstance(node, Edge):
            return (place,) if self._is_edge(node, place) else ()
        if place >= stop:
            return (place,) if isinstance(node, Choice) and node.optional else ()
        if isinstance(node, Choice):
            if not self._begins(node) >> place & 1:
                return (place,) if node.optional else ()
            key = (id(node), place)
            if key not in self._ends:
                self._ends[key] = tuple(self._chosen(node, place, stop))
            return self._ends[key]
        return (place + 1,) if _fits(node, self._tokens[place]) else ()

    def _is_edge(self, edge: Edge, place: int) -> bool:
        if place == (len(self._tokens) if edge.is_end else 0):
            return True
        return place < len(self._tokens) and self._tokens[place].before in _EDGES

    def _passed(self, most: int, place: int, stop: int) -> tuple[int, ...]:
        places = [place]
        for passed in range(place, min(place + most, stop - 1)):
            if self._tokens[passed].text in _BARRIERS:
                break
            places.append(passed + 1)
        return tuple(places)

    def _chosen(self, choice: Choice, place: int, stop: int) -> set[int]:
        token = self._tokens[place]
        ends = {place} if choice.optional else set()
        for text in filter(None, (token.text, token.also)):
            if text in choice.words or (choice.stems and text.startswith(choice.stems)):
                ends.add(place + 1)
            for first, option in zip(choice.firsts, choice.led, strict=True):
                if first == text:
                    ends.update(self._follow(option, place, stop))
        for option in choice.longer:
            ends.update(self._follow(option, place, stop))
        return ends


def _fits(node: Word | Number, token: Token) -> bool:
    if isinstance(node, Number):
        return token.text[0].isdigit()
    if node.stem:
        return token.text.startswith(node.text) or token.also.startswith(node.text)
    return node.text in (token.text, token.also)


def _stops(tokens: tuple[Token, ...]) -> list[int]:
    """Return for each word the place that a phrase from it can't pass."""
    stops = [len(tokens)] * len(tokens)
    for place in range(len(tokens) - 2, -1, -1):
        after = tokens[place + 1].before
        ends = after in HARD or (after in SOFT and tokens[place].text in _INTERJECTIONS)
        stops[place] = place + 1 if ends else stops[place + 1]
    return stops
