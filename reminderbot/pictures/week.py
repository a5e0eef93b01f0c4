"""The week in one picture: seven days with their marks for each habit, how much was done, and its strength as a bar."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from reminderbot.pictures import marks
from reminderbot.pictures.board import MARGIN, WIDTH, Board, Ink, shortened, width

_TITLE, _LABEL, _WORDS = 46, 40, 30
_HEAD: Final = 132
"""Down to the first habit."""
_NAMES, _DAYS, _FACTS, _BLOCK = 110, 168, 254, 300
"""Down from the top of a habit: baseline of the weekdays, middle of the marks, baseline of the strength, the next."""
_COLUMN, _MARK, _FRAME = 120, 62, 78
_BAR: Final = 240
_BESIDE, _STRENGTH = 224, 300
"""Where the bar begins, unless the words before it are longer, and how long those may be."""


def draw(data: Mapping[str, Any]) -> bytes:
    """The picture of ``services.week``, its words filled in, as a PNG.

    Raises ValueError, KeyError or TypeError for other data.
    """
    legend, habits = data["legend"], data["habits"]
    top = _HEAD + len(habits) * _BLOCK
    board = Board(top + marks.legend_height(legend) + MARGIN)
    board.write((MARGIN, 66), data["title_text"], _TITLE, room=WIDTH - 2 * MARGIN)
    board.write((MARGIN, 112), data["span_text"], _WORDS, Ink.QUIET, room=WIDTH - 2 * MARGIN)
    for number, habit in enumerate(habits):
        _habit(board, _HEAD + number * _BLOCK, habit, data)
    marks.legend(board, top, legend)
    return board.png()


def _habit(board: Board, top: int, habit: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    board.write_apart(top + 56, habit["label"], habit["done_text"], _LABEL)
    first, names = date.fromisoformat(data["first"]), data["weekdays_text"].split()
    for number, letter in enumerate(habit["days"]):
        x = MARGIN + _COLUMN // 2 + number * _COLUMN
        name = names[(first + timedelta(days=number)).weekday()]
        board.write((x, top + _NAMES), name, _WORDS, Ink.QUIET, anchor="ms", room=_COLUMN)
        if number == data["today"]:
            board.frame((x, top + _DAYS), _FRAME)
        marks.put(board, letter, (x, top + _DAYS), _MARK)
    words = shortened(habit["strength_text"], _WORDS, _STRENGTH)
    board.write((MARGIN, top + _FACTS), words, _WORDS)
    beside = MARGIN + max(_BESIDE, width(words, _WORDS) + 16)
    board.bar((beside, top + _FACTS - 18), _BAR, habit["strength"])
    right = WIDTH - MARGIN
    room = right - beside - _BAR - 16
    board.write((right, top + _FACTS), habit["change_text"], _WORDS, Ink.QUIET, anchor="rs", room=room)
