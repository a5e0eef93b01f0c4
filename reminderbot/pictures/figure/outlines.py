"""Outlines on paper: around circles, and of an arrow; in pixels."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

Pixel: TypeAlias = tuple[float, float]
Circle: TypeAlias = tuple[float, float, float]
"""Centre and radius."""

_CORNERS: Final = 40
_CIRCLE: Final = tuple(
    (math.cos(k * math.tau / _CORNERS), math.sin(k * math.tau / _CORNERS)) for k in range(_CORNERS)
)
_ARC_STEPS: Final = 14


def around(circles: Sequence[Circle], squash: float) -> list[Pixel]:
    """Return the convex outline around circles: in every direction, the point of the circle that reaches farthest."""
    points = []
    for c, s in _CIRCLE:
        across = c * squash
        x, y, radius = max(circles, key=lambda at: at[0] * across + at[1] * s + at[2] * squash)
        points.append((x + radius * c, y + radius * s * squash))
    return points


def bent(start: Pixel, end: Pixel, curve: float) -> list[Pixel]:
    """Return an arc between two points that turns by some degrees."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    bulge = math.tan(math.radians(curve) / 4) / 2
    points = []
    for step in range(_ARC_STEPS + 1):
        t = step / _ARC_STEPS
        lift = 4 * t * (1 - t) * bulge
        points.append((start[0] + dx * t + dy * lift, start[1] + dy * t - dx * lift))
    return points


def arrow(path: Sequence[Pixel], width: float, extra: float) -> list[Pixel]:
    """Return the outline of an arrow along a path; `extra` makes it larger all around."""
    whole = sum(math.dist(a, b) for a, b in pairwise(path))
    head = min(width * 2.1, whole * 0.6)
    shaft = _cut(path, head)
    half = width / 2 + extra
    left, right = _beside(shaft, half), _beside(shaft, -half)
    (x, y), (tx, ty) = shaft[-1], path[-1]
    size = math.dist((x, y), (tx, ty)) or 1.0
    ux, uy = (tx - x) / size, (ty - y) / size
    wing = width * 1.25 + extra * 1.6
    back, tip = extra, extra * 1.7
    wings = [
        (x - uy * wing - ux * back, y + ux * wing - uy * back),
        (tx + ux * tip, ty + uy * tip),
        (x + uy * wing - ux * back, y - ux * wing - uy * back),
    ]
    return [*left, *wings, *reversed(right)]


def _cut(path: Sequence[Pixel], short: float) -> list[Pixel]:
    """Return a path without its last bit."""
    kept = list(path)
    while len(kept) > 2 and math.dist(kept[-1], path[-1]) < short:
        kept.pop()
    return kept


def _beside(path: Sequence[Pixel], aside: float) -> list[Pixel]:
    points = []
    for place, (x, y) in enumerate(path):
        a, b = path[max(place - 1, 0)], path[min(place + 1, len(path) - 1)]
        size = math.dist(a, b) or 1.0
        points.append((x - (b[1] - a[1]) / size * aside, y + (b[0] - a[0]) / size * aside))
    return points
