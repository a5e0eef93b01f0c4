"""The calendar of the last months: a habit's weeks as columns from Monday, a mark a day, and what they add up to."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from reminderbot.pictures import marks
from reminderbot.pictures.board import MARGIN, WIDTH, Board, Ink, width, wrapped

_TITLE, _WORDS, _SMALL = 40, 30, 27
_PITCH, _MARK, _FRAME = 45, 34, 43
_LEFT, _ACROSS, _WIDEST = 126, 720, 110
"""Middle of the first column, from there to the last one at most, and between two so few that all show their date."""
_BAR = 200
_MONTHS, _GRID, _FACTS, _COUNTS, _BLOCK, _MORE = 96, 132, 466, 510, 554, 34
"""Down from the top of a habit: baseline of the months, middle of Mondays, baselines of two lines, the next habit; and
how much further down that is where the second line goes on in a third.
"""


def draw(data: Mapping[str, Any]) -> bytes:
    """The picture of ``services.stats``, its words filled in, as a PNG.

    Raises ValueError, KeyError or TypeError for other data.
    """
    legend, habits = data["legend"], data["habits"]
    counts = [wrapped(habit["counts_text"], _SMALL, WIDTH - 2 * MARGIN) for habit in habits]
    heights = [_BLOCK + _MORE * (len(lines) > 1) for lines in counts]
    top = sum(heights)
    board = Board(top + marks.legend_height(legend) + MARGIN)
    for number, habit in enumerate(habits):
        _habit(board, sum(heights[:number]), habit, counts[number], data)
    marks.legend(board, top, legend)
    return board.png()


def _habit(
    board: Board, top: int, habit: Mapping[str, Any], counts: Sequence[str], data: Mapping[str, Any]
) -> None:
    board.write_apart(top + 56, habit["label"], habit["streak_text"], _TITLE)
    weeks = len(habit["days"]) // 7
    pitch = min(_WIDEST, _ACROSS // max(1, weeks - 1))
    name = _dates if pitch == _WIDEST else _months
    for week, words in name(_mondays(data, weeks), data["months_text"].split()):
        x = min(_LEFT - _PITCH // 2 + week * pitch, WIDTH - MARGIN - width(words, _WORDS))
        board.write((x, top + _MONTHS), words, _WORDS, Ink.QUIET)
    _weekdays(board, top + _GRID, data["weekdays_text"].split())
    for number, letter in enumerate(habit["days"]):
        center = (_LEFT + number // 7 * pitch, top + _GRID + number % 7 * _PITCH)
        if number == data["today"]:
            board.frame(center, _FRAME)
        marks.put(board, letter, center, _MARK)
    _facts(board, top, habit)
    for number, line in enumerate(counts):
        board.write((MARGIN, top + _COUNTS + number * _MORE), line, _SMALL, Ink.QUIET)


def _mondays(data: Mapping[str, Any], weeks: int) -> list[date]:
    first = date.fromisoformat(data["first"])
    return [first + timedelta(weeks=week) for week in range(weeks)]


def _dates(mondays: Sequence[date], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The date of each Monday, for above its week."""
    for week, monday in enumerate(mondays):
        yield week, f"{monday.day} {names[monday.month - 1]}"


def _months(mondays: Sequence[date], names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each month for above its first Monday, and one whose first Monday was before, where there is room."""
    for week, monday in enumerate(mondays):
        if monday.day <= 7 or (week == 0 and mondays[1].day > 7):
            yield week, names[monday.month - 1]


def _weekdays(board: Board, y: int, names: list[str]) -> None:
    """Name every other day: all of them would stand too close."""
    room = _LEFT - _FRAME // 2 - MARGIN - 6
    for number in range(0, len(names), 2):
        board.write((MARGIN, y + number * _PITCH + 10), names[number], _WORDS, Ink.QUIET, room=room)


def _facts(board: Board, top: int, habit: Mapping[str, Any]) -> None:
    bar = WIDTH - MARGIN - _BAR
    board.write_apart(top + _FACTS, habit["best_text"], habit["strength_text"], _WORDS, bar - 16)
    board.bar((bar, top + _FACTS - 18), _BAR, habit["strength"])
