"""The language of phrases, in which content says what people type.

`word` is that word; `stem*` any word that begins so; `#` any number; `(a|b c|d*)` one of these; `[x]` and `[a|b]`
the same, or nothing; `~` up to three words between, `~6` up to six; `{pee}` a named list; `^` behind a stop or a
comma, or where the message begins, `$` before one, or where it ends. Compiled, a phrase can only
walk forward over words, by sets of places: no text makes it slow.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reminderbot.rules.triage.normalise import words_of

GAP = 3
"""Words that a bare `~` may pass over."""
_WIDEST_GAP = 8
_PIECE = re.compile(r"[()\[\]|]|\{[a-z0-9_-]*\}|~\d*|[#^$]|[^\s()\[\]|{}~#^$]+|[{}]")


class PhraseError(ValueError):
    """A phrase that cannot be read; its text is a sentence."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or the beginning of one."""

    text: str
    stem: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """Any number in digits."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words that do not matter."""

    most: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Where a sentence, or a part of it between commas, begins or ends."""

    is_end: bool


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several sequences; the single words among them apart, because most are.

    There are thousands, of a few words each: tuples take a quarter of the memory of sets and mappings.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    firsts: tuple[str, ...]
    """The plain words that the longer ones in `led` begin with."""
    led: "tuple[Sequence, ...]"
    longer: "tuple[Sequence, ...]"
    """All other sequences."""
    optional: bool


Node: TypeAlias = Word | Number | Gap | Edge | Choice
Sequence: TypeAlias = tuple[Node, ...]


class Parser:
    """Reads phrases; lists and equal choices are read once and shared."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        """Take the named lists, unread."""
        self._lists = lists
        self._choices: dict[str, Choice] = {}
        self._words: dict[str, Word] = {}
        self._alone: dict[str, Word] = {}
        """Words by what was written, where it was one word."""
        self._open: list[str] = []

    def read(self, phrase: str) -> Sequence:
        """Return a phrase as nodes. Raises PhraseError."""
        pieces = _PIECE.findall(phrase)
        nodes, rest = self._sequence(pieces, 0)
        if rest < len(pieces):
            raise PhraseError(f"{phrase!r} has {pieces[rest]!r} where no bracket is open")
        if not nodes:
            raise PhraseError(f"{phrase!r} has no words")
        if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
            raise PhraseError(f"{phrase!r} begins or ends with ~; remove it")
        if not any(map(is_needed, nodes)):
            raise PhraseError(f"{phrase!r} has nothing that must be there")
        return nodes

    def _sequence(self, pieces: list[str], at: int) -> tuple[Sequence, int]:
        nodes: list[Node] = []
        plain: list[str] = []
        while at < len(pieces) and pieces[at] not in (")", "]", "|"):
            piece = pieces[at]
            if _is_plain(piece):
                plain.append(piece)
                at += 1
                continue
            if plain:
                nodes += self._spelled(plain)
                plain.clear()
            node, at = self._node(pieces, at)
            nodes.append(node)
        if plain:
            nodes += self._spelled(plain)
        return tuple(nodes), at

    def _spelled(self, plain: list[str]) -> list[Word]:
        if len(plain) == 1 and (known := self._alone.get(plain[0])):
            return [known]
        # Read together, so that "can not" becomes the one word that it is in a message.
        spelled = words_of(" ".join(plain))
        words = [self._words.get(word) or self._words.setdefault(word, Word(word)) for word in spelled]
        if len(plain) == len(words) == 1:
            self._alone[plain[0]] = words[0]
        return words

    def _node(self, pieces: list[str], at: int) -> tuple[Node, int]:
        piece = pieces[at]
        if piece in ("(", "["):
            return self._choice(pieces, at)
        if piece.startswith("{"):
            return self._list(piece[1:-1]), at + 1
        if piece.startswith("~"):
            return _gap(piece), at + 1
        if piece == "#":
            return Number(), at + 1
        if piece in ("^", "$"):
            return Edge(is_end=piece == "$"), at + 1
        if piece.endswith("*") and len(words := words_of(piece[:-1])) == 1:
            return Word(words[0], stem=True), at + 1
        raise PhraseError(f"{piece!r} is not part of the language of phrases")

    def _choice(self, pieces: list[str], at: int) -> tuple[Choice, int]:
        begin, closing = at, ")" if pieces[at] == "(" else "]"
        options: list[Sequence] = []
        while True:
            option, at = self._sequence(pieces, at + 1)
            if not option:
                raise PhraseError("an alternative is empty; write [x] for something that may be missing")
            options.append(option)
            if at == len(pieces):
                raise PhraseError(f"the bracket {pieces[begin]!r} is never closed")
            if pieces[at] == "|":
                continue
            if pieces[at] != closing:
                raise PhraseError(f"{pieces[begin]!r} is closed by {pieces[at]!r}")
            return self._shared(" ".join(pieces[begin : at + 1]), options, closing == "]"), at + 1

    def _list(self, name: str) -> Choice:
        if name not in self._lists:
            raise PhraseError(f"there is no list named {name!r} in lists.yaml")
        if name in self._open:
            raise PhraseError(f"the list {name!r} contains itself")
        key = f"{{{name}}}"
        if key not in self._choices:
            self._open.append(name)
            try:
                options = [self.read(phrase) for phrase in self._lists[name]]
            except PhraseError as error:
                raise PhraseError(f"in the list {name!r}: {error}") from None
            finally:
                self._open.pop()
            return self._shared(key, options, optional=False)
        return self._choices[key]

    def _shared(self, key: str, options: list[Sequence], optional: bool) -> Choice:
        if key not in self._choices:
            self._choices[key] = _choice_of(options, optional)
        return self._choices[key]


def is_needed(node: Node) -> bool:
    """Say whether words must be there for it."""
    return not isinstance(node, Gap | Edge) and not (isinstance(node, Choice) and node.optional)


def _is_plain(piece: str) -> bool:
    return piece[0] not in "([{}~#^$" and not piece.endswith("*")


def _gap(piece: str) -> Gap:
    most = int(piece[1:] or GAP)
    if not 1 <= most <= _WIDEST_GAP:
        raise PhraseError(f"{piece!r} must pass over 1 to {_WIDEST_GAP} words")
    return Gap(most)


def _choice_of(options: list[Sequence], optional: bool) -> Choice:
    words: dict[str, None] = {}  # each once, in their order
    stems: list[str] = []
    led: list[tuple[str, Sequence]] = []
    longer: list[Sequence] = []
    for option in options:
        first = option[0]
        if len(option) == 1 and isinstance(first, Word):
            if first.stem:
                stems.append(first.text)
            else:
                words[first.text] = None
        elif isinstance(first, Word) and not first.stem:
            led.append((first.text, option))
        else:
            longer.append(option)
    firsts, sequences = zip(*led, strict=True) if led else ((), ())
    return Choice(tuple(words), tuple(stems), firsts, sequences, tuple(longer), optional)
