"""Which piece hides which: compared where the two cross on paper, so that crossed limbs come out right."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from reminderbot.pictures.figure.camera import Flat

NEAR: float = 0.006
"""Pieces whose distance differs by less are ordered by rank."""


class Laid(Protocol):
    """A piece on paper."""

    @property
    def ends(self) -> tuple[Flat, Flat]:
        """The ends of its axis."""

    @property
    def radius(self) -> float:
        """How far it reaches beyond its axis."""

    @property
    def rank(self) -> int:
        """Of two pieces equally far away, the higher is drawn later."""


class _Crossing(NamedTuple):
    apart: float
    first: float
    last: float


def far_to_near(laid: Sequence[Laid]) -> list[int]:
    """Return the places in the sequence in the order in which the pieces are drawn."""
    count = len(laid)
    behind: list[set[int]] = [set() for _ in range(count)]
    for a in range(count):
        for b in range(a + 1, count):
            nearer = _compared(laid[a], laid[b])
            if nearer < 0:
                behind[b].add(a)
            elif nearer > 0:
                behind[a].add(b)
    middle = [(piece.ends[0].away + piece.ends[1].away) / 2 for piece in laid]
    order: list[int] = []
    left = set(range(count))
    while left:
        free = [place for place in left if not behind[place] & left] or list(left)
        chosen = max(free, key=lambda place: (middle[place], -laid[place].rank, -place))
        order.append(chosen)
        left.remove(chosen)
    return order


def _compared(a: Laid, b: Laid) -> int:
    """Return -1 when a is drawn before b, 1 when after, 0 when it does not matter."""
    crossing = _crossing(a.ends, b.ends)
    if crossing.apart > a.radius + b.radius:
        return 0
    if abs(crossing.first - crossing.last) < NEAR:
        return (a.rank > b.rank) - (a.rank < b.rank)
    return -1 if crossing.first > crossing.last else 1


def _crossing(a: tuple[Flat, Flat], b: tuple[Flat, Flat]) -> _Crossing:
    """Return how near two lines come on paper, and how far away each is there."""
    ux, uy = a[1].x - a[0].x, a[1].y - a[0].y
    vx, vy = b[1].x - b[0].x, b[1].y - b[0].y
    wx, wy = a[0].x - b[0].x, a[0].y - b[0].y
    uu, uv, vv, uw, vw = (
        ux * ux + uy * uy,
        ux * vx + uy * vy,
        vx * vx + vy * vy,
        ux * wx + uy * wy,
        vx * wx + vy * wy,
    )
    span = uu * vv - uv * uv
    s = _clamped((uv * vw - vv * uw) / span) if span > 1e-9 else 0.5
    t = _clamped((uv * s + vw) / vv) if vv > 1e-9 else 0.0
    s = _clamped((uv * t - uw) / uu) if uu > 1e-9 else 0.0
    dx, dy = wx + s * ux - t * vx, wy + s * uy - t * vy
    away = a[0].away + s * (a[1].away - a[0].away), b[0].away + t * (b[1].away - b[0].away)
    return _Crossing((dx * dx + dy * dy) ** 0.5, *away)


def _clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)
