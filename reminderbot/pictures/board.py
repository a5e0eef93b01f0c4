"""A board for pictures of progress: words, marks and bars in few colours, saved as a small palette PNG.

The image holds numbers of colours, not colours: each ink has steps from faint to full over the same paper, which make
its edges smooth. Sixteen colours are four bits a pixel. Lengths are pixels of a picture ``WIDTH`` wide.
"""

import io
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final, TypeAlias

from PIL import Image, ImageDraw, ImageFont

WIDTH: Final = 900
"""Of every picture: two and a half for each of the 360 points of a narrow phone."""
MARGIN: Final = 30
_APART: Final = 30
"""Between two texts on one line."""

Color: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[int, int]


class Ink(IntEnum):
    """What is drawn with; readable on the paper, and told apart by brightness where colours are not seen."""

    TEXT = 0
    QUIET = 1
    DONE = 2
    COLD = 3


_PAPER: Final[Color] = (251, 249, 244)
_TRACK: Final[Color] = (226, 222, 212)
_INKS: Final[dict[Ink, Color]] = {
    Ink.TEXT: (38, 43, 48),
    Ink.QUIET: (104, 104, 104),
    Ink.DONE: (0, 122, 92),
    Ink.COLD: (0, 100, 190),
}
_STEPS: Final = 3
"""Shades of an ink, the last one full."""
_TRACK_NUMBER: Final = 1 + _STEPS * len(_INKS)
_NO_LETTER: Final = "\uffff"
"""No font has it: drawn as what stands for a letter that is not there."""
_PLAINER: Final = str.maketrans(
    {"–": "-", "—": "-", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "æ": "ae", "œ": "oe"}
)
"""The font has no accents either; these have no plain letter under one."""


def _palette() -> bytes:
    colors = [_PAPER]
    for ink in Ink:
        colors += [_mixed(_INKS[ink], step / _STEPS) for step in range(1, _STEPS + 1)]
    return bytes(value for color in [*colors, _TRACK] for value in color)


def _mixed(color: Color, share: float) -> Color:
    red, green, blue = (round(p + (c - p) * share) for p, c in zip(_PAPER, color, strict=True))
    return red, green, blue


_PALETTE: Final = _palette()


class Board:
    """A picture being drawn, from the top left corner."""

    def __init__(self, height: int) -> None:
        """Begin with empty paper of the usual width."""
        self._image = Image.new("L", (WIDTH, height), 0)
        self._pen = ImageDraw.Draw(self._image)

    def write(
        self, at: Point, text: str, size: int, ink: Ink = Ink.TEXT, *, anchor: str = "ls", room: int = WIDTH
    ) -> None:
        """Write a line of at most ``room`` pixels, and never beyond the margins.

        ``anchor`` is as Pillow has it, by default left on the baseline. A text with a letter that the font does not
        have is left out: what stands below the picture says it too.
        """
        to_left, to_right = at[0] - MARGIN, WIDTH - MARGIN - at[0]
        there = {"l": to_right, "r": to_left, "m": 2 * min(to_left, to_right)}[anchor[0]]
        if text := shortened(text, size, min(room, there)):
            tile, left, top = _lettering(text, size, ink, anchor)
            self._image.paste(tile, (at[0] + left, at[1] + top))

    def write_apart(self, y: int, left: str, right: str, size: int, end: int = WIDTH - MARGIN) -> None:
        """Write two texts on one baseline, from the left margin on and up to ``end``; each has half of it at least."""
        whole = end - MARGIN - _APART
        room = min(width(plain(right), size), max(whole // 2, whole - width(plain(left), size)))
        self.write((end, y), right, size, anchor="rs", room=room)
        self.write((MARGIN, y), left, size, room=whole - room)

    def put(self, tile: Image.Image, center: Point) -> None:
        """Put an inked tile around a point."""
        self._image.paste(tile, (center[0] - tile.width // 2, center[1] - tile.height // 2))

    def frame(self, center: Point, side: int) -> None:
        """Draw a square with round corners around a point."""
        x, y, half = *center, side // 2
        box = (x - half, y - half, x + half, y + half)
        self._pen.rounded_rectangle(box, side // 5, outline=_number(Ink.TEXT, _STEPS), width=4)

    def bar(self, at: Point, width: int, share: float, height: int = 14) -> None:
        """Draw a bar of which a share, 0 to 1, is full."""
        x, y = at
        for part, color in ((1.0, _TRACK_NUMBER), (share, _number(Ink.DONE, _STEPS))):
            if part:
                end = x + max(height, round(width * part))
                self._pen.rounded_rectangle((x, y, end, y + height), height // 2, fill=color)

    def png(self) -> bytes:
        """The finished picture."""
        self._image.putpalette(_PALETTE)
        file = io.BytesIO()
        self._image.save(file, "PNG", compress_level=3)
        return file.getvalue()


def inked(cover: Image.Image, ink: Ink) -> Image.Image:
    """A tile for ``Board.put``: of an image that says how much of each pixel is covered, 0 to 255."""
    return cover.point(_shades(ink))


# Most words stand in every picture, and to draw them again takes longer than all the rest.
@lru_cache(maxsize=256)
def _lettering(text: str, size: int, ink: Ink, anchor: str) -> tuple[Image.Image, int, int]:
    """A line as a tile, and where its corner lies from where the line is written."""
    face = font(size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor=anchor))
    cover = Image.new("L", (right - left + 2, bottom - top + 2), 0)
    ImageDraw.Draw(cover).text((1 - left, 1 - top), text, fill=255, font=face, anchor=anchor)
    return inked(cover, ink), left - 1, top - 1


@lru_cache(maxsize=len(Ink))
def _shades(ink: Ink) -> list[int]:
    steps = (round(cover * _STEPS / 255) for cover in range(256))
    return [_number(ink, step) if step else 0 for step in steps]


def _number(ink: Ink, step: int) -> int:
    return ink * _STEPS + step


@lru_cache(maxsize=16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own font: there are no font files."""
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # noqa: S101 - with a size it is scalable
    return found


@lru_cache(maxsize=1024)
def width(text: str, size: int) -> int:
    """How many pixels a text takes."""
    return round(font(size).getlength(text))


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """A text as the font can write it, without accents; empty when it lacks a letter."""
    spread = unicodedata.normalize("NFKD", text.translate(_PLAINER))
    found = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return found if all(map(_has, found)) else ""


@lru_cache(maxsize=1024)
def shortened(text: str, size: int, room: int) -> str:
    """A plain text cut so that it fits, with an ellipsis: after a word, unless that would take half of it away."""
    text = plain(text)
    if width(text, size) <= room:
        return text
    cut = text
    while cut and width(f"{cut}…", size) > room:
        cut = cut[:-1]
    whole = cut if text[len(cut)].isspace() else cut.rpartition(" ")[0]
    return (whole if 2 * len(whole) > len(cut) else cut).rstrip(" ,;:") + "…"


def wrapped(text: str, size: int, room: int) -> list[str]:
    """A plain text in one line, or in two, the first of which fits.

    That one ends between two words; with a sentence, where one ends late enough and the rest fits as well.
    """
    words = plain(text).split()
    fits = max((end for end in range(1, len(words) + 1) if _takes(words[:end], size) <= room), default=0)
    if fits in (0, len(words)):
        return [" ".join(words)] if words else []
    ends = [end for end in range(fits, fits // 2, -1) if words[end - 1].endswith(".")]
    first = next((end for end in ends if _takes(words[end:], size) <= room), fits)
    return [" ".join(words[:first]), " ".join(words[first:])]


def _takes(words: list[str], size: int) -> int:
    return width(" ".join(words), size)


@lru_cache(maxsize=1024)
def _has(letter: str) -> bool:
    return letter.isspace() or _drawn(letter) != _drawn(_NO_LETTER)


def _drawn(letter: str) -> tuple[Point, bytes]:
    mask = font(20).getmask(letter)
    return mask.size, bytes(mask)
