"""From where a figure is seen: points in space become points on paper, without perspective."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from reminderbot.rules.body.vectors import Vec, dot

VIEWS: Final[Mapping[str, tuple[float, float]]] = {
    "side": (14.0, 10.0),
    "quarter": (48.0, 12.0),
    "front": (84.0, 10.0),
    "back": (-78.0, 12.0),
    "above": (4.0, 58.0),
}
"""Turn and height in degrees: turn 0 looks at the right side, 90 at the front."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A point on paper, in heights of the body: to the right, down, and how far away it is."""

    x: float
    y: float
    away: float


class Camera:
    """Looks at the body from one direction."""

    def __init__(self, turn: float, up: float) -> None:
        """Look from a direction in degrees (see VIEWS)."""
        a, e = math.radians(turn), math.radians(up)
        self.right: Vec = (math.cos(a), math.sin(a), 0.0)
        self.away: Vec = (-math.sin(a) * math.cos(e), math.cos(a) * math.cos(e), -math.sin(e))
        self.up: Vec = (-math.sin(a) * math.sin(e), math.cos(a) * math.sin(e), math.cos(e))

    def flat(self, point: Vec) -> Flat:
        """Return where a point is seen."""
        return Flat(dot(point, self.right), -dot(point, self.up), dot(point, self.away))


@dataclass(frozen=True, slots=True)
class Frame:
    """How paper becomes pixels: scale in pixels for one height of the body, and where the origin lies."""

    scale: float
    x: float
    y: float

    def pixel(self, at: Flat) -> tuple[float, float]:
        """Return the pixel of a point."""
        return (self.x + at.x * self.scale, self.y + at.y * self.scale)
