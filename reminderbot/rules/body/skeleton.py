"""The body that is drawn: its proportions, and where its parts are when its joints are bent (forward kinematics).

Lengths are shares of the body's height, after Drillis and Contini (1966) as given by Winter, "Biomechanics and Motor
Control of Human Movement". Joint angles are degrees in the order of the International Society of Biomechanics (Wu et
al. 2002, 2005): bend forward, then out to the side, then turn about the limb's own axis.

Angles are named "left hip", "left hip-out", "spine bend" ...; what is not named is 0, the upright stand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from reminderbot.rules.body.vectors import (
    AHEAD,
    LEFT,
    UP,
    Turn,
    Vec,
    about_ahead,
    about_left,
    about_up,
    add,
    apply,
    cross,
    frame,
    minus,
    scaled,
    times,
    unit,
)

Angles: TypeAlias = Mapping[str, float]

SIDES: Final = ("left", "right")
CENTIMETRES: Final = 175
"""The height of a body of usual size."""
HIP: Final = 0.056
"""From the middle to a hip joint."""
SHOULDER: Final = 0.108
"""From the middle to a shoulder joint (biacromial breadth 0.259, the joints lie inside it)."""
PELVIS: Final = 0.070
"""From between the hips to the first joint of the back."""
LOWER_BACK: Final = 0.090
UPPER_BACK: Final = 0.128
"""From the second joint of the back to between the shoulders: together 0.288, hips to shoulders."""
NECK: Final = 0.062
SKULL: Final = 0.062
"""From the top of the neck to the middle of the head."""
UPPER_ARM: Final = 0.186
FOREARM: Final = 0.146
HAND: Final = 0.108
PALM: Final = 0.050
"""From the wrist to the middle of the hand."""
THIGH: Final = 0.245
SHIN: Final = 0.246
ANKLE: Final = 0.039
"""From the ankle down to the sole."""
FOOT: Final = 0.152
HEEL: Final = 0.036
"""From below the ankle back to the heel's end; the rest of the foot lies before it."""
BALL: Final = 0.082
"""From below the ankle to the ball of the foot."""

RADII: Final[Mapping[str, float]] = {
    "hip": 0.058,
    "belly": 0.062,
    "waist": 0.056,
    "chest": 0.068,
    "shoulder": 0.040,
    "neck": 0.030,
    "head": 0.064,
    "thigh": 0.054,
    "knee": 0.036,
    "calf": 0.036,
    "ankle": 0.022,
    "heel": 0.022,
    "ball": 0.017,
    "toes": 0.013,
    "elbow": 0.026,
    "wrist": 0.018,
    "hand": 0.020,
    "fingers": 0.013,
}
"""How thick the body is around each point."""


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg: shoulder or hip, elbow or knee, wrist or ankle, and how each of its parts lies.

    In each rotation ahead is the part's front, up points back along the part (for a foot: from sole to instep).
    """

    root: Vec
    middle: Vec
    tip: Vec
    upper: Turn
    lower: Turn
    end: Turn
    toes: Vec | None = None
    """Where the toes point when they are bent at the ball of the foot; None when they go on as the foot does."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body in space; lengths are shares of its height, the floor is at height 0."""

    hips: Vec
    """Between the hip joints."""
    pelvis: Turn
    middle: Turn
    """How the lower back lies."""
    chest: Turn
    head: Turn
    limbs: Mapping[str, Limb]
    """By "left arm", "left leg", "right arm", "right leg"."""

    @property
    def waist(self) -> Vec:
        """The first joint of the back."""
        return add(self.hips, self.pelvis[2], PELVIS)

    @property
    def ribs(self) -> Vec:
        """The second joint of the back."""
        return add(self.waist, self.middle[2], LOWER_BACK)

    @property
    def throat(self) -> Vec:
        """Between the shoulder joints, where the neck begins."""
        return add(self.ribs, self.chest[2], UPPER_BACK)

    @property
    def skull(self) -> Vec:
        """The middle of the head."""
        top = add(self.throat, unit(add(self.chest[2], self.head[2])), NECK)
        return add(add(top, self.head[2], SKULL), self.head[0], 0.012)


def posed(angles: Angles, hips: Vec = (0.0, 0.0, 0.0)) -> Body:
    """Return the body with its joints bent, the middle of its hips at a point."""
    pelvis = times(
        about_left(angles.get("body lean", 0.0)),
        about_ahead(angles.get("body tip", 0.0)),
        about_up(-angles.get("body roll", 0.0)),
    )
    half = _trunk_turn(angles, "spine", 0.5)
    middle = times(pelvis, half)
    chest = times(middle, half)
    head = times(chest, _trunk_turn(angles, "neck", 1.0))
    trunk = Body(hips, pelvis, middle, chest, head, {})
    limbs = {f"{side} arm": _arm(trunk, side, angles) for side in SIDES}
    limbs |= {f"{side} leg": _leg(trunk, side, angles) for side in SIDES}
    return Body(hips, pelvis, middle, chest, head, limbs)


def _trunk_turn(angles: Angles, part: str, share: float) -> Turn:
    return times(
        about_left(share * angles.get(f"{part} bend", 0.0)),
        about_ahead(share * angles.get(f"{part} side", 0.0)),
        about_up(-share * angles.get(f"{part} twist", 0.0)),
    )


def outward(side: str) -> int:
    """Return 1 for the left, -1 for the right: the sign of y to that side."""
    return 1 if side == "left" else -1


def _ball_joint(angles: Angles, side: str, joint: str) -> Turn:
    sign = outward(side)
    return times(
        about_left(-angles.get(f"{side} {joint}", 0.0)),
        about_ahead(sign * angles.get(f"{side} {joint}-out", 0.0)),
        about_up(sign * angles.get(f"{side} {joint}-turn", 0.0)),
    )


def _cm(angles: Angles, side: str, name: str) -> float:
    return angles.get(f"{side} {name}", 0.0) / CENTIMETRES


def _arm(trunk: Body, side: str, angles: Angles) -> Limb:
    upper = times(trunk.chest, _ball_joint(angles, side, "arm"))
    lower = times(upper, about_left(-angles.get(f"{side} elbow", 0.0)))
    aside = apply(trunk.chest, (_cm(angles, side, "shoulder-ahead"), SHOULDER * outward(side), -0.022))
    shoulder = add(add(trunk.throat, aside), trunk.chest[2], _cm(angles, side, "shoulder-up"))
    elbow = add(shoulder, upper[2], -UPPER_ARM)
    return Limb(shoulder, elbow, add(elbow, lower[2], -FOREARM), upper, lower, lower)


def _leg(trunk: Body, side: str, angles: Angles) -> Limb:
    upper = times(trunk.pelvis, _ball_joint(angles, side, "hip"))
    lower = times(upper, about_left(angles.get(f"{side} knee", 0.0)))
    foot = times(lower, about_left(-angles.get(f"{side} ankle", 0.0)))
    hip = add(trunk.hips, trunk.pelvis[1], HIP * outward(side))
    knee = add(hip, upper[2], -THIGH)
    return Limb(hip, knee, add(knee, lower[2], -SHIN), upper, lower, foot)


def bent(limb: Limb, middle: Vec, tip: Vec, *, is_leg: bool, end: Turn | None = None) -> Limb:
    """Return a limb with its middle joint and tip elsewhere; its parts turn with them, its hinge stays a hinge."""
    before, thigh, shin = limb.upper, unit(minus(limb.root, middle)), unit(minus(middle, tip))
    hinge = cross(thigh, shin) if is_leg else cross(shin, thigh)
    straight = cross(hinge, thigh) if sum(part * part for part in hinge) > 1e-4 else before[0]
    upper = frame(straight, thigh)
    lower = (unit(cross(upper[1], shin), upper[0]), upper[1], shin)
    if end is None:
        # The foot or hand keeps its angle to the shin or forearm.
        seen = [(_part(limb.lower, axis)) for axis in limb.end]
        end = (apply(lower, seen[0]), apply(lower, seen[1]), apply(lower, seen[2]))
    return Limb(limb.root, middle, tip, upper, lower, end)


def _part(turn: Turn, a: Vec) -> Vec:
    return (
        sum(p * q for p, q in zip(turn[0], a, strict=True)),
        sum(p * q for p, q in zip(turn[1], a, strict=True)),
        sum(p * q for p, q in zip(turn[2], a, strict=True)),
    )


def foot_point(limb: Limb, ahead: float, up: float = 0.0) -> Vec:
    """Return a point of a foot, measured from the sole below the ankle towards the toes and up."""
    if limb.toes is None or ahead <= BALL:
        return add(add(limb.tip, limb.end[0], ahead), limb.end[2], up - ANKLE)
    ball = add(add(limb.tip, limb.end[0], BALL), limb.end[2], -ANKLE)
    return add(add(ball, limb.toes, ahead - BALL), UP, up)


def hand_point(limb: Limb, along: float) -> Vec:
    """Return a point of a hand, measured from the wrist towards the fingers."""
    return add(limb.tip, limb.end[2], -along)


__all__ = ["AHEAD", "LEFT", "UP", "Body", "Limb", "posed", "scaled"]
