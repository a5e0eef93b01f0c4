"""One pose as it is asked for, before a body is set down in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from reminderbot.rules.body.skeleton import Angles
from reminderbot.rules.body.vectors import Vec

Target: TypeAlias = str | Vec
"""A place on the body or on a thing by name, or a point: ahead, left and up from the floor below the first hips."""
Spot: TypeAlias = tuple[Vec, Vec | None]
"""A point on a thing, and which way its surface faces there; None where a hand does not lie flat but grips."""
Places: TypeAlias = Mapping[str, Callable[[Vec], Spot]]
"""By name, what finds the spot on a thing that is nearest to a point."""


@dataclass(frozen=True, slots=True)
class Stance:
    """One pose: joint angles in degrees, what rests on which surface, which hand or foot goes where."""

    angles: Angles
    on: Mapping[str, str]
    reach: Mapping[str, Target] = field(default_factory=dict)
    moves: frozenset[str] = frozenset()
    """Parts that touch a surface in the pose before and in this one, but elsewhere."""
