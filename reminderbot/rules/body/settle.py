"""Setting a body down: it sinks until it is carried, knees and forearms swing to the floor, feet and hands are held."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reminderbot.rules.body import support
from reminderbot.rules.body.reach import to_ankle, to_height, to_wrist
from reminderbot.rules.body.skeleton import FOREARM, RADII, SHIN, THIGH, UPPER_ARM, Body, Limb, bent
from reminderbot.rules.body.stance import Stance
from reminderbot.rules.body.vectors import (
    UP,
    Turn,
    Vec,
    about_left,
    add,
    between,
    distance,
    level,
    minus,
    mixed,
    times,
)

_LIFT: Final = 0.05
"""How high a foot is lifted when it steps elsewhere."""
_STEP: Final = 0.08
"""A foot that moves by more than this is lifted."""
_HANGING: Final = 20.0
"""Degrees by which a loose foot points down."""
_SAME: Final = 0.01
"""Surfaces whose heights differ by less are one."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Where a wrist or ankle is held, and how its hand or foot lies there."""

    tip: Vec
    end: Turn
    toes: Vec | None = None
    below_knee: bool = False
    """The knee rests on something: only the shin may move."""
    loose: float = 0.0
    """How far (0 to 1) a foot hangs from its shin instead, in the middle of a step."""


def moved(body: Body, way: Vec) -> Body:
    """Return a body elsewhere."""
    limbs = {
        name: replace(limb, root=add(limb.root, way), middle=add(limb.middle, way), tip=add(limb.tip, way))
        for name, limb in body.limbs.items()
    }
    return replace(body, hips=add(body.hips, way), limbs=limbs)


def with_limb(body: Body, name: str, limb: Limb) -> Body:
    """Return a body with one limb changed."""
    return replace(body, limbs={**body.limbs, name: limb})


def too_high(body: Body, stance: Stance) -> float:
    """Return by how much a body must sink until it is carried; the stiffest of what carries it decides.

    On its feet it sinks until the leg that is farther out reaches the ground as well, and bends the other.
    """
    stiffest = min(map(_stiffness, stance.on), default=0)
    parts = [part for part in stance.on if _stiffness(part) == stiffest]
    gap = min((_gap(body, part, stance) for part in parts), default=0.0)
    missing = [_missing(body, part, stance, gap) for part in parts if part.split()[-1] in support.FEET]
    return gap + max(missing, default=0.0)


def _missing(body: Body, part: str, stance: Stance, sunk: float) -> float:
    """Return by how much a leg is too short to put its foot down once the body has sunk."""
    hip, ankle = body.limbs[limb_of(part) or ""].root, hold(body, part, stance, None).tip
    aside = math.hypot(hip[0] - ankle[0], hip[1] - ankle[1])
    reach = math.sqrt(max((THIGH + SHIN) ** 2 - aside**2, 0.0))
    return max(hip[2] - sunk - ankle[2] - reach, 0.0)


def _gap(body: Body, part: str, stance: Stance) -> float:
    if limb := limb_of(part):
        return body.limbs[limb].tip[2] - hold(body, part, stance, None).tip[2]
    return support.lowest(body, part)[2] - support.SURFACES[stance.on[part]]


def _stiffness(part: str) -> int:
    """Return how stiff the body is down to a part; 0 is the trunk, which cannot be bent to a surface at all."""
    what = part.split()[-1]
    order = (support.TRUNK, ("knee",), ("forearm",), support.FEET, ("hand",), ("head",))
    return next(rank for rank, kinds in enumerate(order) if what in kinds)


def anchors(before: Mapping[str, str], on: Mapping[str, str], moves: frozenset[str]) -> list[str]:
    """Return the parts that were carried before as well, and by which the body stays in its place."""
    were = {_whole(part) for part in before}
    stay = [part for part in on if _whole(part) in were and part not in moves and part != "head"]
    stiffest = min(map(_stiffness, stay), default=0)
    return [part for part in stay if _stiffness(part) == stiffest]


def _whole(part: str) -> str:
    """Return what a part belongs to: all ways in which a foot can stand are that leg's."""
    return "trunk" if part in support.TRUNK else limb_of(part) or part


def way_to(goals: Mapping[str, Vec], body: Body) -> Vec:
    """Return by how much a body must move along the floor until its parts are, on average, where they are to be."""
    way = (0.0, 0.0, 0.0)
    for part, goal in goals.items():
        way = add(way, minus(goal, support.lowest(body, part)), 1 / len(goals))
    return level(way)


def bones(on: Mapping[str, str]) -> Sequence[str]:
    """Return the knees and forearms among what carries the body."""
    return [part for part in on if part.split()[-1] in ("knee", "forearm")]


def bone_down(body: Body, part: str, surface: str, weight: float) -> Body:
    """Swing a thigh until its knee rests on a surface, or an arm until its forearm does; `weight` 0..1 is how far."""
    height = support.SURFACES[surface]
    side, what = part.split()
    if what == "knee":
        leg = body.limbs[f"{side} leg"]
        knee = _swung(leg.root, leg.middle, THIGH, height + RADII["knee"], weight)
        ankle = add(knee, minus(leg.tip, leg.middle))
        return with_limb(body, f"{side} leg", bent(leg, knee, ankle, is_leg=True))
    arm = body.limbs[f"{side} arm"]
    elbow = _swung(arm.root, arm.middle, UPPER_ARM, height + RADII["elbow"], weight)
    wrist = add(elbow, minus(arm.tip, arm.middle))
    wrist = _swung(elbow, wrist, FOREARM, height + RADII["wrist"], weight)
    return with_limb(body, f"{side} arm", bent(arm, elbow, wrist, is_leg=False))


def _swung(start: Vec, end: Vec, span: float, height: float, weight: float) -> Vec:
    return to_height(start, end, span, end[2] + weight * (height - end[2]))


def limb_of(part: str) -> str | None:
    """Return the limb ("left leg") whose tip is held when a part is carried; None when no tip is."""
    side, _, what = part.partition(" ")
    if what in support.FEET:
        return f"{side} leg"
    return f"{side} arm" if what == "hand" else None


def hold(body: Body, part: str, stance: Stance, stays: Body | None) -> Hold:
    """Return how a hand or foot rests on its surface: below where it is, or where it was in the body before."""
    side, what = part.split()
    limb = body.limbs[limb_of(part) or ""]
    if what == "hand":
        end, there = support.flat_hand(limb, body.chest), support.lowest(body, part)
    else:
        end = support.standing_foot(limb, what, stance.angles.get(f"{side} heel-up", support.HEEL_UP))
        there = support.lowest(with_limb(body, f"{side} leg", replace(limb, end=end)), part)
    height = support.SURFACES[stance.on[part]]
    if stays and abs((was := support.lowest(stays, part))[2] - height) < _SAME:
        there = was
    contact = (there[0], there[1], height)
    if what == "hand":
        return Hold(support.wrist_over(contact), end)
    toes = level(end[0]) if what == "toes" else None
    return Hold(support.ankle_over(contact, what, end), end, toes, f"{side} knee" in stance.on)


def held(limb: Limb, to: Hold, *, is_leg: bool) -> Limb:
    """Return a limb whose tip is held."""
    if not is_leg:
        return to_wrist(limb, to.tip, to.end)
    if to.below_knee:
        ankle = to_height(limb.middle, limb.tip, SHIN, to.tip[2])
        return replace(bent(limb, limb.middle, ankle, is_leg=True, end=to.end), toes=to.toes)
    leg = to_ankle(limb, to.tip, to.end)
    hanging = times(leg.lower, about_left(_HANGING))
    return replace(leg, end=mixed(leg.end, hanging, to.loose), toes=to.toes)


def on_the_way(limb: Limb, first: Hold | None, last: Hold | None, share: float, *, is_leg: bool) -> Hold:
    """Return a hold between two; where one is missing the limb is free. A foot that steps is lifted."""
    free = Hold(limb.tip, limb.end)
    start, end = first or free, last or free
    tip, loose = between(start.tip, end.tip, share), 0.0
    if first and last and is_leg and distance(start.tip, end.tip) > _STEP:
        loose = math.sin(math.pi * share)
        tip = add(tip, UP, _LIFT * loose)
    turn = mixed(start.end, end.end, share)
    toes = level(turn[0]) if start.toes or end.toes else None
    return Hold(tip, turn, toes, start.below_knee and end.below_knee, loose)
