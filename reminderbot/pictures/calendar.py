"""The calendar of the last months: a habit's weeks as columns from Monday, a mark a day, and what they add up to."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from reminderbot.pictures import marks
from reminderbot.pictures.board import MARGIN, WIDTH, Board, Ink, width

_TITLE, _WORDS, _SMALL = 40, 30, 27
_PITCH, _MARK, _FRAME = 45, 34, 43
_LEFT: Final = 118
"""Middle of the first column."""
_MONTHS, _GRID, _FACTS, _COUNTS, _BLOCK = 96, 132, 466, 512, 556
"""Down from the top of a habit: baseline of the months, middle of Mondays, baselines of two lines, the next habit."""


def draw(data: Mapping[str, Any]) -> bytes:
    """The picture of ``services.stats``, its words filled in, as a PNG.

    Raises ValueError, KeyError or TypeError for other data.
    """
    legend, habits = data["legend"], data["habits"]
    top = len(habits) * _BLOCK
    board = Board(top + marks.legend_height(legend) + MARGIN)
    for number, habit in enumerate(habits):
        _habit(board, number * _BLOCK, habit, data)
    marks.legend(board, top, legend)
    return board.png()


def _habit(board: Board, top: int, habit: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    right = WIDTH - MARGIN
    streak = habit["streak_text"]
    room = right - MARGIN - width(streak, _TITLE)
    board.write((MARGIN, top + 56), habit["label"], _TITLE, room=room - _PITCH)
    board.write((right, top + 56), streak, _TITLE, anchor="rs")
    first = date.fromisoformat(data["first"])
    _months(board, top + _MONTHS, first, len(habit["days"]) // 7, data["months_text"].split())
    _weekdays(board, top + _GRID, data["weekdays_text"].split())
    for number, letter in enumerate(habit["days"]):
        center = (_LEFT + number // 7 * _PITCH, top + _GRID + number % 7 * _PITCH)
        if number == data["today"]:
            board.frame(center, _FRAME)
        marks.put(board, letter, center, _MARK)
    _facts(board, top, habit)


def _months(board: Board, y: int, first: date, weeks: int, names: list[str]) -> None:
    """Name each month above the week in which it begins, and one that has begun before, where there is room."""
    sundays = [first + timedelta(weeks=week, days=6) for week in range(weeks)]
    for week, sunday in enumerate(sundays):
        if sunday.day <= 7 or (week == 0 and sundays[1].day > 7):
            board.write((_LEFT - _PITCH // 2 + week * _PITCH, y), names[sunday.month - 1], _WORDS, Ink.QUIET)


def _weekdays(board: Board, y: int, names: list[str]) -> None:
    """Name every other day: all of them would stand too close."""
    room = _LEFT - _MARK // 2 - MARGIN - 2
    for number in range(0, len(names), 2):
        board.write((MARGIN, y + number * _PITCH + 10), names[number], _WORDS, Ink.QUIET, room=room)


def _facts(board: Board, top: int, habit: Mapping[str, Any]) -> None:
    board.write((MARGIN, top + _FACTS), habit["best_text"], _WORDS)
    words, right = habit["strength_text"], WIDTH - MARGIN
    bar = 200
    board.write((right - bar - 16, top + _FACTS), words, _WORDS, anchor="rs")
    board.bar((right - bar, top + _FACTS - 18), bar, habit["strength"])
    board.write((MARGIN, top + _COUNTS), habit["counts_text"], _SMALL, Ink.QUIET, room=right - MARGIN)
