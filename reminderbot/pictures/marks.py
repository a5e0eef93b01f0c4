"""The mark of a day, told apart by its shape before its colour: a disc, half a disc, a ring, a star, a dot.

Marks come as letters (``rules.marks``); the legend explains them, and the frame around today.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from reminderbot.pictures.board import MARGIN, WIDTH, Board, Ink, Point, inked, width
from reminderbot.rules.marks import Mark

_FINER: Final = 4
"""Marks are drawn so many times larger and then made smaller, so that their edges are smooth."""
_FULL: Final = 255
_WORDS: Final = 30
_ENTRY, _NEXT, _LINE, _GAP = 36, 10, 54, 18
"""Of the legend: its marks, the words beside them, its lines, and what lies between two entries."""
TODAY: Final = "today"
"""Stands in a legend for the frame around a day, where a mark's letter stands otherwise."""

Pen = ImageDraw.ImageDraw


@lru_cache(maxsize=64)
def tile(mark: Mark, size: int) -> Image.Image:
    """A mark as a tile for ``Board.put``, ``size`` pixels wide and high. Raises KeyError for a blank one."""
    ink, shape = _SHAPES[mark]
    cover = Image.new("L", (size * _FINER, size * _FINER), 0)
    shape(ImageDraw.Draw(cover), size * _FINER)
    return inked(cover.resize((size, size), Image.Resampling.BOX), ink)


def _disc(pen: Pen, size: int) -> None:
    pen.ellipse((0, 0, size - 1, size - 1), fill=_FULL)


def _half(pen: Pen, size: int) -> None:
    pen.ellipse((0, 0, size - 1, size - 1), outline=_FULL, width=size // 9)
    pen.chord((0, 0, size - 1, size - 1), 0, 180, fill=_FULL)


def _ring(pen: Pen, size: int) -> None:
    edge = size // 5
    pen.ellipse((edge, edge, size - 1 - edge, size - 1 - edge), outline=_FULL, width=size // 12)


def _star(pen: Pen, size: int) -> None:
    middle, far, thick = size / 2, size * 0.46, size // 9
    for number in range(6):
        angle = math.pi * (number / 3 + 0.5)
        _ray(pen, middle, angle, 0, far, thick)
        for turn in (-0.6, 0.6):
            _branch(pen, middle, angle, turn, size, thick)


def _ray(pen: Pen, middle: float, angle: float, near: float, far: float, thick: int) -> None:
    ends = [(middle + r * math.cos(angle), middle - r * math.sin(angle)) for r in (near, far)]
    pen.line(ends, fill=_FULL, width=thick)


def _branch(pen: Pen, middle: float, angle: float, turn: float, size: int, thick: int) -> None:
    x, y = middle + size * 0.26 * math.cos(angle), middle - size * 0.26 * math.sin(angle)
    end = (x + size * 0.2 * math.cos(angle + turn), y - size * 0.2 * math.sin(angle + turn))
    pen.line([(x, y), end], fill=_FULL, width=round(thick * 0.8))


def _dot(pen: Pen, size: int) -> None:
    edge = round(size * 0.34)
    pen.ellipse((edge, edge, size - 1 - edge, size - 1 - edge), fill=_FULL)


_SHAPES: Final[Mapping[Mark, tuple[Ink, Callable[[Pen, int], None]]]] = {
    Mark.KEPT: (Ink.DONE, _disc),
    Mark.PART: (Ink.DONE, _half),
    Mark.REST: (Ink.QUIET, _ring),
    Mark.FROZEN: (Ink.COLD, _star),
    Mark.MISSED: (Ink.QUIET, _dot),
}


def put(board: Board, letter: str, center: Point, size: int) -> None:
    """Put the mark of a letter around a point; nothing for a blank one. Raises ValueError for an unknown letter."""
    mark = Mark(letter)
    if mark is not Mark.BLANK:
        board.put(tile(mark, size), center)


def legend_height(words: Mapping[str, str]) -> int:
    """How much room ``legend`` needs."""
    return _LINE * len(_lines(words))


def legend(board: Board, top: int, words: Mapping[str, str]) -> None:
    """Explain marks, by their letters, and ``TODAY``, in as many lines as it takes."""
    for number, line in enumerate(_lines(words)):
        x, y = MARGIN, top + number * _LINE + _LINE // 2
        for letter in line:
            center = (x + _ENTRY // 2, y)
            if letter == TODAY:
                board.frame(center, _ENTRY)
            else:
                put(board, letter, center, _ENTRY)
            board.write((x + _ENTRY + _NEXT, y + _WORDS // 3), words[letter], _WORDS, Ink.QUIET)
            x += _entry(words[letter])


def _lines(words: Mapping[str, str]) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    room = WIDTH - 2 * MARGIN
    for letter, word in words.items():
        if lines[-1] and room < _entry(word) - _GAP:
            lines.append([])
            room = WIDTH - 2 * MARGIN
        lines[-1].append(letter)
        room -= _entry(word)
    return lines


def _entry(word: str) -> int:
    return _ENTRY + _NEXT + width(word, _WORDS) + _GAP
