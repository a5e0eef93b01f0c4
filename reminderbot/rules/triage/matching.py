"""Finds every phrase of the lexicon in a message, in one walk over its words.

Phrases are looked up by their first word. A phrase is followed by the set of places that it may have reached, so the
work grows with the message, never with the number of ways in which a phrase fits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reminderbot.rules.triage.normalise import HARD, SOFT, Token
from reminderbot.rules.triage.phrases import Choice, Gap, Node, Number, Sequence, Word

_BARRIERS = frozenset(
    "no not nor never without isnt arent wasnt werent dont doesnt didnt havent hasnt but however although".split()
)
"""Words that a gap never passes over, so that it can't leap from one clause into the denial of the next."""
_INTERJECTIONS = frozenset("no nope nah not yes yep yeah ok okay done".split())
"""With a comma behind them these are answers of their own: "no, feeling fine" is not "no feeling"."""
_STEM_KEY = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and whose it is."""

    owner: str
    nodes: Sequence
    needed: tuple[Node, ...]
    """What must occur after its first node, in any case."""


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
        for owner, nodes in phrases:
            # A first node that must be there is what a phrase is found by.
            others = nodes[1:] if _must_be(nodes[0]) else nodes
            self._add(Phrase(owner, nodes, tuple(node for node in others if _must_be(node))))

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
        for word in _firsts(phrase.nodes):
            if not isinstance(word, Word):
                self._numbers.append(phrase)
            elif word.stem:
                self._stems[word.text[:_STEM_KEY]].append((word.text, phrase))
            else:
                self._words[word.text].append(phrase)


def _must_be(node: Node) -> bool:
    return not isinstance(node, Gap) and not (isinstance(node, Choice) and node.optional)


def _firsts(nodes: Sequence) -> set[Word | Number]:
    found: set[Word | Number] = set()
    for node in nodes:
        if isinstance(node, Word | Number):
            found.add(node)
        elif isinstance(node, Choice):
            found |= {Word(word) for word in node.words} | {Word(stem, stem=True) for stem in node.stems}
            found |= {Word(word) for word in node.by_first}
            for option in node.longer:
                found |= _firsts(option)
        if _must_be(node):
            return found
    return found


class _Walk:
    """One message being searched."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._vocabulary = frozenset(word for token in tokens for word in (token.text, token.also) if word)
        self._stops = _stops(tokens)
        self._occurs: dict[int, bool] = {}
        self._ends: dict[tuple[int, int], tuple[int, ...]] = {}

    def matches(self, index: Index) -> Iterable[Match]:
        """Yield the longest match of each owner at each word."""
        alive: dict[tuple[str, str], list[Phrase]] = {}
        for start, token in enumerate(self._tokens):
            key = (token.text, token.also)
            if key not in alive:
                alive[key] = [phrase for phrase in index.candidates(token) if self._may_be(phrase)]
            longest: dict[str, int] = {}
            for phrase in alive[key]:
                if ends := self._follow(phrase.nodes, start, self._stops[start]):
                    longest[phrase.owner] = max(longest.get(phrase.owner, 0), *ends)
            for owner, end in longest.items():
                yield Match(owner, start, end)

    def _may_be(self, phrase: Phrase) -> bool:
        return all(self._may_occur(node) for node in phrase.needed)

    def _may_occur(self, node: Node) -> bool:
        if id(node) not in self._occurs:
            self._occurs[id(node)] = self._occurs_now(node)
        return self._occurs[id(node)]

    def _occurs_now(self, node: Node) -> bool:
        if isinstance(node, Word):
            return self._has_stem((node.text,)) if node.stem else node.text in self._vocabulary
        if isinstance(node, Choice):
            if not self._vocabulary.isdisjoint(node.words) or self._has_stem(node.stems):
                return True
            known = (
                option for word, some in node.by_first.items() if word in self._vocabulary for option in some
            )
            return node.optional or any(
                all(map(self._may_occur, option)) for option in (*node.longer, *known)
            )
        return True

    def _has_stem(self, stems: tuple[str, ...]) -> bool:
        return bool(stems) and any(word.startswith(stems) for word in self._vocabulary)

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
        if place >= stop:
            return (place,) if isinstance(node, Choice) and node.optional else ()
        if isinstance(node, Choice):
            key = (id(node), place)
            if key not in self._ends:
                self._ends[key] = tuple(self._chosen(node, place, stop))
            return self._ends[key]
        return (place + 1,) if _fits(node, self._tokens[place]) else ()

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
            for option in choice.by_first.get(text, ()):
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
