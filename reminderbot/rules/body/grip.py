"""Bringing hands and feet somewhere: to a place on the body, to a thing, to a point."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from reminderbot.rules.body.landmarks import LANDMARKS, landmark
from reminderbot.rules.body.reach import to_ankle, to_palm, to_wrist
from reminderbot.rules.body.settle import with_limb
from reminderbot.rules.body.skeleton import ANKLE, PALM, RADII, SIDES, Body, Limb
from reminderbot.rules.body.stance import Places, Target
from reminderbot.rules.body.support import WRIST
from reminderbot.rules.body.vectors import UP, Turn, Vec, across, add, frame, mixed, scaled, unit


class Grip(NamedTuple):
    """Where a palm or an ankle goes; for a hand that lies flat: where its wrist goes, and how the hand lies."""

    at: Vec
    hand: Turn | None = None


def in_order(reach: Mapping[str, Target]) -> list[str]:
    """Return which limb goes first: feet, then hands, then hands that hold the other hand."""

    def late(name: str) -> tuple[bool, bool]:
        target = reach[name]
        return name.endswith("hand"), isinstance(target, str) and target.endswith("hand")

    names = (f"{side} {what}" for what in ("foot", "hand") for side in SIDES)
    return sorted((name for name in names if name in reach), key=late)


def limb_name(name: str) -> str:
    """Return the limb ("left arm") that a hand or foot ends."""
    return name.replace("hand", "arm").replace("foot", "leg")


def tip(body: Body, name: str, *, flat: bool = False) -> Vec:
    """Return the point that is brought somewhere: the palm ("left hand"), the wrist if flat, or the ankle."""
    limb = body.limbs[limb_name(name)]
    if flat or name.endswith("foot"):
        return limb.tip
    return add(limb.tip, limb.lower[2], -PALM)


def goal(body: Body, name: str, target: Target, places: Places) -> Grip:
    """Return where a hand or foot is brought by a target. Raises KeyError for a thing that is not there."""
    if not isinstance(target, str):
        return Grip(target)
    is_hand = name.endswith("hand")
    if target in LANDMARKS:
        place = landmark(body, target)
        thick = RADII["hand"] * 0.7 if is_hand else RADII["ankle"]
        return Grip(add(place.inside, place.outward, place.depth + thick))
    at, faces = places[target](tip(body, name))
    if faces is None:
        return Grip(at)
    at, _ = places[target](tip(body, name, flat=True))
    if not is_hand:
        return Grip(add(at, faces, ANKLE))
    return Grip(add(at, faces, WRIST), _flat_on(faces, body.limbs[limb_name(name)]))


def _flat_on(faces: Vec, arm: Limb) -> Turn:
    """Return how a hand lies flat on a surface: upwards on a wall, else where the forearm points."""
    along = UP if abs(faces[2]) < 0.5 else scaled(arm.lower[2], -1)
    fingers = unit(across(along, faces))
    return frame(scaled(faces, -1), scaled(fingers, -1))


def brought(body: Body, name: str, grip: Grip, bend: float = 1.0) -> Body:
    """Return a body with a hand or foot somewhere; `bend` (0 to 1) is how far the hand has turned to lie flat."""
    limb = body.limbs[limb_name(name)]
    if name.endswith("foot"):
        return with_limb(body, limb_name(name), to_ankle(limb, grip.at))
    if grip.hand is None:
        return with_limb(body, limb_name(name), to_palm(limb, grip.at))
    straight = to_wrist(limb, grip.at, limb.end)
    return with_limb(body, limb_name(name), replace(straight, end=mixed(straight.lower, grip.hand, bend)))
