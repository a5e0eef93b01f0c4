"""The way back after a hold: three habit days of walking, with every second nudge left out; then as before."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

DAYS = 3
"""Habit days of the way back, the one on which it begins included."""

KINDS = frozenset({"walk"})
"""Sorts of nudges that come on these days."""


def last_day(returns_on: date) -> date:
    """The last habit day of a way back that begins on this one."""
    return returns_on + timedelta(days=DAYS - 1)


def lasts(returns_on: date | None, day: date) -> bool:
    """Whether a habit day belongs to the way back that begins on ``returns_on``; never without one."""
    return returns_on is not None and returns_on <= day <= last_day(returns_on)


def is_left_out(sent: Iterable[bool]) -> bool:
    """Whether the next nudge of these days is void: whenever the one before it was sent.

    ``sent`` tells of each earlier nudge of the way back, in the order in which they fell due, whether it went out.
    The first one comes. After one that was left out for any other reason the next one comes, too.
    """
    return bool([False, *sent][-1])


def coming(points: Iterable[tuple[T, bool]], sent: Iterable[bool], *, walks: bool) -> Iterator[T]:
    """Yield the coming points that will go out, when nothing else keeps them.

    Args:
        points: in order, each with whether it belongs to the way back.
        sent: as for ``is_left_out``.
        walks: whether there is anything gentle enough for the days of the way back.
    """
    left_out = is_left_out(sent)
    for point, gentle in points:
        if not gentle:
            yield point
        elif walks:
            if not left_out:
                yield point
            left_out = not left_out


def still_to_come(points: int, sent: Iterable[bool]) -> int:
    """How many of the coming points of a grid will go out, when nothing else keeps them."""
    return points // 2 if is_left_out(sent) else (points + 1) // 2
