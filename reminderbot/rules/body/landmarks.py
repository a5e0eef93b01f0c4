"""Places on the body that a hand can hold, an arrow can start from and a colour can show: "left knee", "chest"."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from reminderbot.rules.body.skeleton import FOREARM, RADII, SHIN, SIDES, THIGH, UPPER_ARM, Body
from reminderbot.rules.body.skeleton import outward as outward_sign
from reminderbot.rules.body.vectors import Turn, Vec, add, apply, unit


class Mark(NamedTuple):
    """A place on the body."""

    inside: Vec
    """The point on the bone below it."""
    outward: Vec
    """Direction from there to the skin, of length 1."""
    depth: float
    """From the point to the skin."""

    @property
    def skin(self) -> Vec:
        """The point on the skin."""
        return add(self.inside, self.outward, self.depth)


class _Spot(NamedTuple):
    """Where a landmark is on its part: how far down from the part's upper end, and which way out (left is outward)."""

    part: str
    down: float
    out: Vec
    depth: float


_R: Final = RADII
_LIMB_SPOTS: Final[Mapping[str, _Spot]] = {
    "hip": _Spot("hip", -0.03, (-0.15, 1.0, 0.1), 0.056),
    "groin": _Spot("upper leg", 0.025, (1.0, -0.1, 0.15), _R["hip"]),
    "buttock": _Spot("hip", 0.0, (-1.0, 0.3, 0.0), _R["hip"]),
    "outer hip": _Spot("hip", -0.03, (-0.4, 1.0, 0.0), _R["hip"]),
    "thigh": _Spot("upper leg", THIGH * 0.55, (1.0, 0.0, 0.0), 0.046),
    "lower thigh": _Spot("upper leg", THIGH * 0.82, (1.0, 0.0, 0.0), 0.042),
    "inner thigh": _Spot("upper leg", THIGH * 0.5, (0.15, -1.0, 0.0), 0.047),
    "outer thigh": _Spot("upper leg", THIGH * 0.5, (0.0, 1.0, 0.0), 0.047),
    "hamstring": _Spot("upper leg", THIGH * 0.6, (-1.0, 0.0, 0.0), 0.046),
    "knee": _Spot("upper leg", THIGH - 0.004, (1.0, 0.0, -0.25), _R["knee"]),
    "inner knee": _Spot("upper leg", THIGH - 0.01, (0.2, -1.0, 0.0), _R["knee"]),
    "outer knee": _Spot("upper leg", THIGH - 0.01, (0.2, 1.0, 0.0), _R["knee"]),
    "shin": _Spot("lower leg", SHIN * 0.4, (1.0, 0.0, 0.0), 0.034),
    "calf": _Spot("lower leg", SHIN * 0.32, (-1.0, 0.0, 0.0), 0.036),
    "ankle": _Spot("lower leg", SHIN - 0.01, (0.7, 0.7, 0.0), _R["ankle"]),
    "front of ankle": _Spot("lower leg", SHIN - 0.01, (1.0, 0.0, 0.0), _R["ankle"]),
    "foot": _Spot("foot", -0.006, (1.0, 0.0, 0.2), 0.055),
    "sole": _Spot("foot", 0.02, (1.0, 0.0, -0.3), 0.05),
    "toes": _Spot("foot", 0.02, (1.0, 0.0, 0.0), 0.112),
    "heel": _Spot("foot", 0.022, (-1.0, 0.0, 0.0), 0.036),
    "shoulder": _Spot("upper arm", 0.0, (0.8, 0.4, 0.4), 0.042),
    "shoulder blade": _Spot("chest", 0.0, (-1.0, 0.75, 0.0), 0.075),
    "ribs": _Spot("chest", 0.07, (0.25, 1.0, 0.0), 0.105),
    "side": _Spot("middle", 0.02, (0.0, 1.0, 0.0), 0.09),
    "upper arm": _Spot("upper arm", UPPER_ARM * 0.6, (0.6, 0.8, 0.0), 0.03),
    "triceps": _Spot("upper arm", UPPER_ARM * 0.6, (-1.0, 0.0, 0.0), 0.03),
    "elbow": _Spot("upper arm", UPPER_ARM, (-1.0, 0.0, -0.3), _R["elbow"]),
    "forearm": _Spot("lower arm", FOREARM * 0.5, (1.0, 0.0, 0.0), 0.022),
    "wrist": _Spot("lower arm", FOREARM, (1.0, 0.0, 0.0), _R["wrist"]),
    "hand": _Spot("hand", 0.05, (1.0, 0.0, 0.0), _R["hand"]),
    "ear": _Spot("head", 0.0, (-0.1, 1.0, -0.1), _R["head"]),
}
_TRUNK_SPOTS: Final[Mapping[str, _Spot]] = {
    "pelvis": _Spot("pelvis", -0.02, (0.0, 0.0, 1.0), 0.0),
    "low belly": _Spot("pelvis", -0.035, (1.0, 0.0, 0.0), 0.06),
    "belly": _Spot("middle", 0.045, (1.0, 0.0, 0.0), 0.066),
    "lower back": _Spot("middle", 0.055, (-1.0, 0.0, 0.0), 0.062),
    "tail": _Spot("pelvis", 0.0, (-1.0, 0.0, 0.0), 0.058),
    "chest": _Spot("chest", 0.03, (1.0, 0.0, 0.0), 0.07),
    "upper back": _Spot("chest", 0.05, (-1.0, 0.0, 0.0), 0.07),
    "breastbone": _Spot("chest", 0.0, (1.0, 0.0, 0.0), 0.066),
    "neck": _Spot("head", 0.09, (-1.0, 0.0, 0.0), 0.034),
    "forehead": _Spot("head", 0.0, (1.0, 0.0, 0.5), _R["head"]),
    "chin": _Spot("head", 0.0, (0.8, 0.0, -0.8), _R["head"]),
    "back of head": _Spot("head", 0.0, (-1.0, 0.0, -0.1), _R["head"]),
    "top of head": _Spot("head", 0.0, (0.0, 0.0, 1.0), _R["head"]),
}

LANDMARKS: Final[frozenset[str]] = frozenset(
    [f"{side} {name}" for side in SIDES for name in _LIMB_SPOTS] + list(_TRUNK_SPOTS)
)
"""Every place on the body that has a name."""


def landmark(body: Body, name: str) -> Mark:
    """Return a place on the body. Raises KeyError for an unknown name."""
    if name in _TRUNK_SPOTS:
        return _at(body, "left", _TRUNK_SPOTS[name])
    side, _, spot = name.partition(" ")
    return _at(body, side, _LIMB_SPOTS[spot])


def _at(body: Body, side: str, spot: _Spot) -> Mark:
    origin, turn = _part(body, side, spot.part)
    out = unit((spot.out[0], spot.out[1] * outward_sign(side), spot.out[2]))
    return Mark(add(origin, turn[2], -spot.down), apply(turn, out), spot.depth)


def _part(body: Body, side: str, part: str) -> tuple[Vec, Turn]:
    leg, arm = body.limbs[f"{side} leg"], body.limbs[f"{side} arm"]
    match part:
        case "pelvis":
            return body.hips, body.pelvis
        case "hip":
            return leg.root, body.pelvis
        case "upper leg":
            return leg.root, leg.upper
        case "lower leg":
            return leg.middle, leg.lower
        case "foot":
            return leg.tip, leg.end
        case "upper arm":
            return arm.root, arm.upper
        case "lower arm":
            return arm.middle, arm.lower
        case "hand":
            return arm.tip, arm.end
        case "middle":
            return body.ribs, body.middle
        case "chest":
            return body.throat, body.chest
    return body.skull, body.head


_PATCHES: Final[Mapping[str, tuple[tuple[str, ...], float, float]]] = {
    "upper leg": (("side thigh",), 0.065, 0.03),
    "lower leg": (("side shin",), 0.05, 0.024),
    "hip": (("pelvis", "side thigh"), 0.014, 0.036),
    "pelvis": (("pelvis", "left thigh", "right thigh"), 0.014, 0.036),
    "foot": (("side foot",), 0.0, 0.018),
    "upper arm": (("side upper arm", "side sleeve"), 0.03, 0.02),
    "lower arm": (("side forearm",), 0.03, 0.018),
    "hand": (("side hand",), 0.01, 0.018),
    "middle": (("torso", "pelvis"), 0.035, 0.034),
    "chest": (("torso",), 0.03, 0.036),
    "head": (("neck", "face", "hair"), 0.02, 0.02),
    "groin": (("side thigh", "pelvis", "torso"), 0.045, 0.03),
    "low belly": (("pelvis", "left thigh", "right thigh", "torso"), 0.014, 0.036),
}
"""By place, else by the part it is on: the pieces a colour shows on, half its length along the part, its radius."""


class Patch(NamedTuple):
    """Where a colour shows on the body: on which parts as they are drawn, from where to where, how wide."""

    parts: tuple[str, ...]
    ends: tuple[Vec, Vec]
    radius: float
    outward: Vec


def patch(body: Body, name: str) -> Patch:
    """Return the patch of skin or cloth around a place. Raises KeyError for an unknown name."""
    side, _, spot = name.partition(" ")
    found = _TRUNK_SPOTS.get(name) or _LIMB_SPOTS[spot]
    parts, half, radius = _PATCHES.get(name) or _PATCHES.get(spot) or _PATCHES[found.part]
    place = landmark(body, name)
    along = _part(body, side if side in SIDES else "left", found.part)[1][2]
    centre = add(place.inside, place.outward, place.depth * 0.7)
    return Patch(
        tuple(part.replace("side", side) for part in parts),
        (add(centre, along, half), add(centre, along, -half)),
        radius,
        place.outward,
    )
