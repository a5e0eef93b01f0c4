"""Bending two bones so that their end arrives somewhere (inverse kinematics); lengths never change."""

import math
from typing import Final

from reminderbot.rules.body.skeleton import FOREARM, PALM, SHIN, THIGH, UPPER_ARM, Limb, bent
from reminderbot.rules.body.vectors import Turn, Vec, across, add, cross, minus, scaled, swung, unit
from reminderbot.rules.body.vectors import length as size

_SLACK: Final = 0.0005
"""A limb is never stretched to its very last bit: its hinge would no longer know its way."""


def to_palm(limb: Limb, goal: Vec) -> Limb:
    """Return an arm whose palm, in line with the forearm, is at a point, or as near as the arm allows."""
    middle, end = _two_bones(limb, goal, UPPER_ARM, FOREARM + PALM, is_leg=False)
    wrist = add(middle, unit(minus(end, middle)), FOREARM)
    moved = bent(limb, middle, wrist, is_leg=False)
    return Limb(moved.root, middle, wrist, moved.upper, moved.lower, moved.lower)


def to_wrist(limb: Limb, goal: Vec, hand: Turn) -> Limb:
    """Return an arm whose wrist is at a point (or near it), with the hand lying as given."""
    middle, wrist = _two_bones(limb, goal, UPPER_ARM, FOREARM, is_leg=False)
    return bent(limb, middle, wrist, is_leg=False, end=hand)


def to_ankle(limb: Limb, goal: Vec, foot: Turn | None = None) -> Limb:
    """Return a leg whose ankle is at a point (or near it), with the foot lying as given, or as it was to the shin."""
    middle, ankle = _two_bones(limb, goal, THIGH, SHIN, is_leg=True)
    return bent(limb, middle, ankle, is_leg=True, end=foot)


def _two_bones(limb: Limb, goal: Vec, upper: float, lower: float, *, is_leg: bool) -> tuple[Vec, Vec]:
    way = minus(goal, limb.root)
    reach = min(max(size(way), abs(upper - lower) + _SLACK), upper + lower - _SLACK)
    to = unit(way, scaled(limb.upper[2], -1))
    now = unit(minus(limb.tip, limb.root), to)
    hinge = unit(across(swung(limb.upper, now, to)[1], to), limb.upper[1])
    bulge = cross(to, hinge) if is_leg else cross(hinge, to)
    along = (upper**2 - lower**2 + reach**2) / (2 * reach)
    out = math.sqrt(max(upper**2 - along**2, 0.0))
    middle = add(add(limb.root, to, along), bulge, out)
    return middle, add(limb.root, to, reach)


def to_height(start: Vec, towards: Vec, span: float, height: float) -> Vec:
    """Return the end of one bone swung up or down so that it ends at a height, as far as its length allows."""
    rise = min(max(height - start[2], -span), span)
    flat = unit((towards[0] - start[0], towards[1] - start[1], 0.0), (1.0, 0.0, 0.0))
    return add((start[0], start[1], start[2] + rise), flat, math.sqrt(max(span**2 - rise**2, 0.0)))
