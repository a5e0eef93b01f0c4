"""From a message to words: one spelling for each, with its place in the message and the break before it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

SOFT = frozenset((",", ":", "-"))
"""Breaks inside a sentence: a comma, a bracket or an emoji; a colon; a dash."""
HARD = frozenset((".", "?", "\n"))
"""Breaks between sentences: a stop, a question mark, a line's end."""

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´′＇ʹ‛"), "'")
_LOOK_ALIKES = str.maketrans(
    "асԁеһіјкмоԛрѕтуԝхАВЕНІЈКМОРЅТУХαικνορτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧıł",
    "acdehijkmoqpstuwxabehijkmopstyxaiknoptuxabezhikmnoptyxil",
)
"""Letters of other alphabets that look like Latin ones."""
_PICTURES = {"🍑": " bum ", "🍆": " willy ", "💩": " poo ", "🦵": " leg ", "🦶": " foot ", "🚽": " toilet "}
"""Emoji that stand for a word."""
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_PIECE = re.compile(
    r"""
    (?P<short>\b(?:w/o|b/c)(?!\w)|\bw/)
    | (?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    | (?P<number>\d+(?:[.,:]\d+)*)
    | (?P<sign>\n|[^\w\s]+|_+)
    """,
    re.VERBOSE,
)
_SHORT = {"w/o": "without", "b/c": "because", "w/": "with"}
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_NEGATED = "do does did is are was were have has had could should would".split()
NOT = "not"
_DENIALS = dict.fromkeys("isnt arent wasnt werent aint havent hasnt hadnt".split(), NOT)
"""Words that hold the "not" of "not feeling it": "isn't feeling it"."""
_PAIRS = (
    {(verb, "not"): f"{verb}nt" for verb in _NEGATED}
    | {(f"{verb}n", "t"): f"{verb}nt" for verb in _NEGATED}
    | {("can", "not"): "cant", ("can", "t"): "cant", ("will", "not"): "wont", ("won", "t"): "wont"}
    | {("i", "m"): "im", ("i", "ve"): "ive"}
    | {("no", "fit"): "cant", ("no", "can"): "cant", ("not", "can"): "cant", ("no", "dey"): "dont"}
)
"""Two words that are one: "can not", an apostrophe typed as a space or as its neighbour on the keyboard, pidgin."""
_SPLIT = {
    "i'll": ("i", "will"),
    "we'll": ("we", "will"),
    "he'll": ("he", "will"),
    "she'll": ("she", "will"),
    "we're": ("we", "are"),
    "i'd": ("i", "would"),
    "we'd": ("we", "would"),
    "cannot": ("cant",),
}
"""Words that would be others without their apostrophe, and the one that needs none."""
_ONE_WORD = frozenset("it's he's she's that's what's there's let's who's where's how's here's".split())
"""Words whose `'s` belongs to them."""


_PARTICIPLES = frozenset("gone turned been swollen become".split())
"""Behind a plural that was typed without its apostrophe: "legs gone numb"."""
_SHORTEST_OWNER = 4
"""Letters: "legs"."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a message."""

    text: str
    start: int
    """Character of the message, from 0."""
    end: int
    before: str = ""
    """The break before it: `,` `:` `-` `.` `?` a line's end, `/` between alternatives, or none."""
    also: str = ""
    """Another spelling that it may stand for; empty when there is none."""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in their one spelling."""
    words = tuple(text.split(" "))
    if all(map(_is_plain, words)) and _PAIRS.keys().isdisjoint(pairwise(words)):
        return words
    return tuple(token.text for token in tokenise(text))


def _is_plain(word: str) -> bool:
    """Say whether a word is its own spelling, without looking closer."""
    return (
        word.isascii() and word.isalpha() and word.islower() and word not in _SPLIT and not _RUN.search(word)
    )


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words of a message in their one spelling."""
    plain, places = _fold(text)
    return tuple(_joined(list(_split(plain, places))))


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the text without case, accents and look-alike signs, and for each character its place in the original."""
    if text.isascii():
        return text.lower().replace("`", "'"), list(range(len(text) + 1))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_APOSTROPHES).translate(_LOOK_ALIKES)):
        if _INVISIBLE.match(character):
            continue
        for plain in _PICTURES.get(character) or unicodedata.normalize("NFKD", character).casefold():
            if not unicodedata.combining(plain):
                characters.append(plain)
                places.append(place)
    return "".join(characters), [*places, len(text)]


def _split(plain: str, places: list[int]) -> Iterator[Token]:
    pending = ""
    for piece in _PIECE.finditer(plain):
        found, words = piece[0], _spellings(piece)
        if piece.lastgroup == "sign":
            pending = max(pending, _break(found, _stands_apart(plain, piece)), key=_STRENGTH.__getitem__)
        for word in words:
            start, end = places[piece.start()], places[piece.end() - 1] + 1
            yield Token(_RUN.sub(r"\1", word), start, end, pending, _owner(found) or _also(word))
            pending = ""


def _spellings(piece: re.Match[str]) -> tuple[str, ...]:
    found = piece[0]
    if piece.lastgroup == "sign":
        return ("and",) if found in ("&", "+") else ()
    if piece.lastgroup == "short":
        return (_SHORT[found],)
    return _SPLIT.get(found) or (found.replace("'", ""),)


def _owner(found: str) -> str:
    """Return the noun of "back's": it may be "the back is", or "of the back"."""
    return found[:-2] if found.endswith("'s") and found not in _ONE_WORD else ""


def _also(word: str) -> str:
    # A letter held down stands for one, and in "peee" or "feeel" for two.
    return _RUN.sub(r"\1\1", word) if _RUN.search(word) else _DENIALS.get(word, "")


def _stands_apart(plain: str, piece: re.Match[str]) -> bool:
    before, after = plain[max(0, piece.start() - 1) : piece.start()], plain[piece.end() : piece.end() + 1]
    return not before.strip() or not after.strip()


def _break(sign: str, is_apart: bool) -> str:
    if "\n" in sign:
        return "\n"
    if "?" in sign:
        return "?"
    if "!" in sign or ";" in sign:
        return "."
    if "." in sign or "。" in sign:
        return "," if ".." in sign else "."
    if ":" in sign:
        return ":"
    if sign[0] in "-–—‐‑‒―−":
        return "-" if is_apart or sign[0] in "–—―" or len(sign) > 1 else ""
    if sign == "/":
        return "/"
    if set(sign) <= set("'\"“”„«»*#@%°_~^\\"):
        return ""
    return ","


_STRENGTH = {"": 0, "/": 1, ",": 2, "-": 3, ":": 4, ".": 5, "\n": 6, "?": 7}


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens with the pairs that are one word joined."""
    skip = False
    for token, after in pairwise([*tokens, Token("", 0, 0)]):
        if skip:
            skip = False
            continue
        # In "can;t" the sign stands for an apostrophe.
        is_apart = after.before and after.start != token.end + 1
        joined = "" if is_apart else _PAIRS.get((token.text, after.text), "")
        skip = bool(joined)
        whole = replace(token, text=joined, end=after.end, also=_DENIALS.get(joined, ""))
        yield whole if joined else _owned(token, after)


def _owned(token: Token, after: Token) -> Token:
    """Return the "legs" of "legs gone numb" with a second reading: the "leg's" that it may stand for."""
    is_owner = after.text in _PARTICIPLES and not after.before and token.text.endswith("s") and not token.also
    return replace(token, also=token.text[:-1]) if is_owner and len(token.text) >= _SHORTEST_OWNER else token
