"""What carries the body: how high each part lies over the surface it touches, and where a limb goes to touch it."""

import math
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from reminderbot.rules.body.skeleton import (
    ANKLE,
    BALL,
    RADII,
    SHOULDER,
    SIDES,
    Body,
    Limb,
    foot_point,
    hand_point,
)
from reminderbot.rules.body.vectors import AHEAD, UP, Turn, Vec, add, between, frame, scaled, unit

SURFACES: Final[Mapping[str, float]] = {
    "floor": 0.0,
    "chair": 0.236,
    "table": 0.42,
    "step": 0.1,
    "block": 0.1,
    "cushion": 0.045,
}
"""Heights of what a part of the body can rest on."""
TRUNK: Final = ("seat", "back", "belly", "side", "shoulders")
FEET: Final = ("foot", "toes", "heel", "instep")
"""Ways in which a foot stands: flat, on its ball, on its heel, or with its top on the floor."""
PARTS: Final = (
    *TRUNK,
    "head",
    *(f"{side} {part}" for side in SIDES for part in ("knee", "forearm", *FEET, "hand")),
)
"""Everything that can touch a surface, in the order in which it is set down."""
HEEL_UP: Final = 38.0
"""Degrees by which a foot on its ball is raised, unless told otherwise."""
WRIST: Final = 0.024
_INSTEP: Final = 0.03
_INSTEP_TILT: Final = 18.0
"""Degrees: a foot is thinner at its toes, so its sole slopes when it lies on its top."""
_HEEL: Final = 0.021


class Ball(NamedTuple):
    """A round part of the body."""

    centre: Vec
    radius: float


def trunk_balls(body: Body) -> dict[str, Ball]:
    """Return the round shapes of hips, chest, shoulders and head."""
    found = {"head": Ball(body.skull, RADII["head"])}
    for side in SIDES:
        leg, arm = body.limbs[f"{side} leg"], body.limbs[f"{side} arm"]
        found[f"{side} hip"] = Ball(leg.root, RADII["hip"])
        found[f"{side} shoulder"] = Ball(arm.root, RADII["shoulder"])
        inner = between(body.throat, arm.root, 0.45)
        found[f"{side} chest"] = Ball(add(inner, body.chest[2], -SHOULDER * 0.55), RADII["chest"])
    return found


_TOUCHING: Final[Mapping[str, tuple[str, ...]]] = {
    "seat": ("hip",),
    "back": ("hip", "chest"),
    "belly": ("hip", "chest"),
    "side": ("hip", "shoulder"),
    "shoulders": ("chest", "shoulder"),
    "head": ("head",),
}


def lowest(body: Body, part: str) -> Vec:
    """Return the point of a part that is to touch the surface; for the trunk its middle, as deep as it goes."""
    if part in _TOUCHING:
        balls = trunk_balls(body)
        low = [ball for name, ball in balls.items() if name.split()[-1] in _TOUCHING[part]]
        x, y = (sum(ball.centre[axis] for ball in low) / len(low) for axis in (0, 1))
        return (x, y, min(ball.centre[2] - ball.radius for ball in low))
    side, _, what = part.partition(" ")
    leg, arm = body.limbs[f"{side} leg"], body.limbs[f"{side} arm"]
    match what:
        case "knee":
            return add(leg.middle, UP, -RADII["knee"])
        case "forearm":
            return add(arm.middle, UP, -RADII["elbow"])
        case "hand":
            return add(arm.tip, UP, -WRIST)
        case "foot":
            return foot_point(leg, BALL)
        case "toes":
            return foot_point(leg, BALL)
        case "heel":
            return add(heel(leg), UP, -_HEEL)
    return add(leg.tip, UP, -_INSTEP)


def standing_foot(leg: Limb, way: str, heel_up: float) -> Turn:
    """Return how a foot lies that stands in one of the ways of FEET; it points where it pointed before.

    `heel_up` is by how many degrees the heel is raised when it stands on its toes.
    """
    if way == "heel":
        return leg.end
    if way == "instep":
        away = _flat(scaled(leg.lower[2], -1), leg.end[0])
        return _instep(away)
    heading = _flat(leg.end[0], leg.lower[2])
    return pitched(heading, heel_up if way == "toes" else 0.0)


def heel(leg: Limb) -> Vec:
    """Return the middle of a heel."""
    return foot_point(leg, -0.016, _HEEL)


def _instep(away: Vec) -> Turn:
    # The sole looks up, the toes point away from the knee.
    cosine, sine = math.cos(math.radians(_INSTEP_TILT)), math.sin(math.radians(_INSTEP_TILT))
    ahead = add(scaled(away, cosine), UP, -sine)
    return frame(ahead, add(scaled(away, -sine), UP, -cosine))


def pitched(heading: Vec, degrees: float) -> Turn:
    """Return how a foot lies that points in a level direction, its heel raised by some degrees."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    ahead = add(scaled(heading, cosine), UP, -sine)
    return frame(ahead, add(scaled(heading, sine), UP, cosine))


def ankle_over(contact: Vec, way: str, foot: Turn) -> Vec:
    """Return where the ankle is when a foot touches a surface at a point."""
    if way == "instep":
        return add(contact, UP, _INSTEP)
    if way == "heel":
        return add(add(add(contact, UP, _HEEL), foot[0], 0.016), foot[2], ANKLE - _HEEL)
    return add(add(contact, foot[0], -BALL), foot[2], ANKLE)


def wrist_over(contact: Vec) -> Vec:
    """Return where the wrist is when the hand rests on a point."""
    return add(contact, UP, WRIST)


def flat_hand(arm: Limb, chest: Turn) -> Turn:
    """Return how a hand lies flat: fingers where the forearm or the chest point."""
    fingers = _flat(scaled(arm.lower[2], -1), chest[2])
    return frame(scaled(UP, -1), scaled(fingers, -1))


def _flat(towards: Vec, otherwise: Vec) -> Vec:
    level = (towards[0], towards[1], 0.0)
    if math.hypot(towards[0], towards[1]) > 0.35:
        return unit(level)
    return unit((otherwise[0], otherwise[1], 0.0), unit(level, AHEAD))


def body_points(body: Body) -> Iterator[tuple[str, Vec, float]]:
    """Yield the round shapes at all joints: name, centre, radius."""
    for name, ball in trunk_balls(body).items():
        yield name, ball.centre, ball.radius
    for side in SIDES:
        leg, arm = body.limbs[f"{side} leg"], body.limbs[f"{side} arm"]
        yield f"{side} knee", leg.middle, RADII["knee"]
        yield f"{side} ankle", leg.tip, RADII["ankle"]
        yield f"{side} toes", foot_point(leg, 0.1, 0.013), RADII["toes"]
        yield f"{side} heel", heel(leg), _HEEL
        yield f"{side} elbow", arm.middle, RADII["elbow"]
        yield f"{side} hand", hand_point(arm, 0.05), RADII["hand"]
