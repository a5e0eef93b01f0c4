"""A body and the things around it as rounded pieces, each with its colour and the line along which it lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from reminderbot.pictures.figure.camera import Camera
from reminderbot.rules.body.props import Box, Round
from reminderbot.rules.body.skeleton import (
    FOREARM,
    HIP,
    RADII,
    SHIN,
    SIDES,
    UPPER_ARM,
    Body,
    Limb,
    foot_point,
    hand_point,
)
from reminderbot.rules.body.vectors import Turn, Vec, add, apply, between, dot

Ball: TypeAlias = tuple[Vec, float]
Colour: TypeAlias = tuple[int, int, int]

SKIN: Final[Colour] = (240, 196, 165)
TOP: Final[Colour] = (74, 144, 184)
TROUSERS: Final[Colour] = (62, 76, 112)
HAIR: Final[Colour] = (92, 64, 54)
EYE: Final[Colour] = (60, 44, 42)
LIPS: Final[Colour] = (178, 92, 84)
PAINTS: Final[Mapping[str, Colour]] = {
    "mat": (176, 212, 200),
    "wall": (244, 236, 222),
    "chair": (205, 160, 112),
    "leg": (164, 124, 86),
    "block": (190, 168, 210),
    "cushion": (232, 186, 150),
    "ball": (242, 200, 104),
}
_HEM: Final = 0.84
"""Where the trousers end, as a share of the shin."""
FAR_CLOTH: Final = 0.17
FAR_SKIN: Final = 0.09
"""How much darker a limb on the far side is: just so much that two legs are told apart."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a piece grows out of another: whichever is drawn later, its outline is painted over there."""

    to: str
    there: tuple[Ball, ...]
    """On the other piece."""
    here: tuple[Ball, ...] = ()
    """On this piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One rounded piece: hulls around balls, drawn as one."""

    name: str
    hulls: tuple[tuple[Ball, ...], ...]
    colour: Colour
    axis: tuple[Vec, Vec]
    rank: int = 0
    """Of two pieces equally far away, the one with the higher rank is drawn later."""
    seams: tuple[Seam, ...] = ()
    dots: tuple[tuple[Vec, float, Colour], ...] = ()


def darker(colour: Colour, share: float) -> Colour:
    """Return a colour mixed with a dark blue."""
    return mixed(colour, (34, 40, 66), share)


def shaded(colour: Colour, share: float) -> Colour:
    """Return a colour mixed with a warm brown, as wood in the shade."""
    return mixed(colour, (110, 84, 60), share)


def mixed(first: Colour, last: Colour, share: float) -> Colour:
    """Return a colour between two."""
    return (
        round(first[0] + (last[0] - first[0]) * share),
        round(first[1] + (last[1] - first[1]) * share),
        round(first[2] + (last[2] - first[2]) * share),
    )


def pieces(body: Body, camera: Camera) -> list[Piece]:
    """Return the body in pieces."""
    found = [_pelvis(body), _torso(body), _neck(body), *_head(body, camera)]
    for side in SIDES:
        shade = _far(body, side, camera)
        found += _leg(body.limbs[f"{side} leg"], side, body, shade)
        found += _arm(body.limbs[f"{side} arm"], side, shade)
    return found


def _far(body: Body, side: str, camera: Camera) -> float:
    """Return 1 for a side that is turned away, 0 for one that is not."""
    out = body.pelvis[1] if side == "left" else (-body.pelvis[1][0], -body.pelvis[1][1], -body.pelvis[1][2])
    return min(max((dot(out, camera.away) - 0.3) / 0.4, 0.0), 1.0)


def _across(
    at: Vec, turn: Turn, half: float, radius: float, lift: float = 0.0, front: float = 0.0
) -> list[Ball]:
    middle = add(add(at, turn[2], lift), turn[0], front)
    return [(add(middle, turn[1], half), radius), (add(middle, turn[1], -half), radius)]


def _pelvis(body: Body) -> Piece:
    low = _across(body.hips, body.pelvis, HIP * 0.72, 0.056)
    seat = _across(body.hips, body.pelvis, HIP * 0.75, 0.05, 0.0, -0.012)
    high = _across(body.waist, body.pelvis, 0.036, 0.054, -0.012)
    return Piece("pelvis", ((*low, *seat, *high),), TROUSERS, (body.hips, body.waist), 1)


def _torso(body: Body) -> Piece:
    waist = _across(body.waist, body.middle, 0.036, 0.055, 0.022)
    ribs = _across(body.ribs, body.chest, 0.044, 0.061)
    breast = _across(body.throat, body.chest, 0.05, 0.064, -0.06, 0.004)
    middle = add(body.throat, body.chest[2], -0.03)
    top = [(between(middle, body.limbs[f"{side} arm"].root, 0.72), 0.04) for side in SIDES]
    collar = (add(body.throat, body.chest[2], 0.022), 0.03)
    hulls = ((*waist, *ribs), (*ribs, *breast, *top), (*top, collar))
    return Piece("torso", hulls, TOP, (body.waist, body.throat), 2)


def _neck(body: Body) -> Piece:
    start, end = add(body.throat, body.chest[2], -0.005), body.skull
    return Piece("neck", (((start, 0.03), (between(start, end, 0.7), 0.029)),), SKIN, (start, end), 1)


def _head(body: Body, camera: Camera) -> Iterator[Piece]:
    def at(ahead: float, left: float, up: float) -> Vec:
        return add(body.skull, apply(body.head, (ahead, left, up)))

    from_behind = dot(apply(body.head, (0.022, 0.0, -0.02)), camera.away) > 0.009
    hair = (((at(-0.006, 0, 0.008), 0.065), (at(-0.014, 0, -0.014), 0.055)),)
    bun = at(-0.056, 0, 0.052)
    face = (((at(0.016, 0, 0.0), 0.052), (at(0.022, 0, -0.026), 0.037)), ((at(0.066, 0, -0.012), 0.011),))
    line = (at(0, 0, -0.03), at(0, 0, 0.03))
    dots = tuple((at(*spot), radius, colour) for spot, radius, colour in _features(body, camera))
    yield Piece("hair", hair, HAIR, line, 5 if from_behind else 3)
    yield Piece("bun", (((bun, 0.028),),), HAIR, (bun, bun), 6 if from_behind else 2)
    yield Piece("face", face, SKIN, line, 4, dots=dots)


def _features(body: Body, camera: Camera) -> Iterator[tuple[Vec, float, Colour]]:
    """Yield eyes, ears and a smile, each only where it is turned towards the viewer; a profile has the near eye."""

    def turned(ahead: float, left: float, up: float) -> float:
        return -dot(apply(body.head, (ahead, left, up)), camera.away)

    for side in (1, -1):
        if turned(0.8, 0.6 * side, 0.05) > 0.35:
            yield (0.06, 0.0195 * side, 0.004), 0.0062, EYE
        if turned(0.0, side, 0.0) > 0.25:
            yield (-0.012, 0.05 * side, -0.012), 0.013, darker(SKIN, 0.1)
    if turned(0.9, 0.0, -0.43) > 0.5:
        for step in (-2, -1, 0, 1, 2):
            bow = 0.0016 * step * step
            yield (0.063 - bow * 1.2, 0.0058 * step, -0.0335 + bow), 0.0028, LIPS


def _leg(limb: Limb, side: str, body: Body, shade: float) -> Iterator[Piece]:
    cloth = darker(TROUSERS, shade * FAR_CLOTH)
    root = between(between(limb.root, body.hips, 0.14), limb.middle, 0.035)
    thigh = ((root, 0.052), (between(limb.root, limb.middle, 0.35), 0.053), (limb.middle, 0.038))
    hip = Seam("pelvis", ((root, 0.048), (between(root, body.hips, 0.5), 0.048)))
    yield Piece(f"{side} thigh", (thigh,), cloth, (root, limb.middle), seams=(hip,))
    calf = add(between(limb.middle, limb.tip, 0.3), limb.lower[0], -0.007)
    shin = ((limb.middle, 0.037), (calf, 0.036), (between(limb.middle, limb.tip, _HEM), 0.027))
    above, below = between(limb.middle, limb.root, 0.3), between(limb.middle, limb.tip, 0.25)
    kneecap = (limb.middle, 0.035)
    knee = Seam(f"{side} thigh", (kneecap, (above, 0.041)), (kneecap, (below, 0.034)))
    yield Piece(f"{side} shin", (shin,), cloth, (limb.middle, limb.tip), seams=(knee,))
    yield _foot(limb, side, darker(SKIN, shade * FAR_SKIN))


def _foot(limb: Limb, side: str, colour: Colour) -> Piece:
    heel, ankle = (foot_point(limb, -0.016, 0.021), 0.021), (limb.tip, 0.022)
    ball, toes = (foot_point(limb, 0.072, 0.019), 0.0185), (foot_point(limb, 0.108, 0.014), 0.0135)
    above_ankle = (between(limb.middle, limb.tip, 0.8), 0.02)
    hem = ((between(limb.middle, limb.tip, share), 0.027) for share in (_HEM - 0.12, _HEM - 0.02))
    line = (foot_point(limb, -0.02, 0.02), foot_point(limb, 0.1, 0.02))
    hulls = ((above_ankle, ankle, heel), (heel, ankle, ball), (ball, toes))
    return Piece(f"{side} foot", hulls, colour, line, seams=(Seam(f"{side} shin", tuple(hem)),))


def _arm(limb: Limb, side: str, shade: float) -> Iterator[Piece]:
    skin, cloth = darker(SKIN, shade * FAR_SKIN), darker(TOP, shade * FAR_CLOTH)
    upper = ((limb.root, 0.03), (limb.middle, 0.0255))
    yield Piece(f"{side} upper arm", (upper,), skin, (limb.root, limb.middle), 0)
    cuff = between(limb.root, limb.middle, 0.5)
    yield Piece(f"{side} sleeve", (((limb.root, 0.037), (cuff, 0.034)),), cloth, (limb.root, cuff), 1)
    lower = ((limb.middle, 0.0255), (between(limb.middle, limb.tip, 0.25), 0.026), (limb.tip, 0.018))
    above, below = (
        (between(limb.middle, limb.root, 0.3), 0.0255),
        (between(limb.middle, limb.tip, 0.3), 0.0245),
    )
    elbow = Seam(f"{side} upper arm", ((limb.middle, 0.0245), above), ((limb.middle, 0.0245), below))
    yield Piece(f"{side} forearm", (lower,), skin, (limb.middle, limb.tip), 0, (elbow,))
    hand = ((limb.tip, 0.018), (hand_point(limb, 0.045), 0.021), (hand_point(limb, 0.088), 0.013))
    thumb_side = 1 if side == "right" else -1
    thumb = add(hand_point(limb, 0.05), limb.end[1], 0.022 * thumb_side)
    wrist = ((limb.tip, 0.0175), (between(limb.tip, limb.middle, 0.25), 0.02))
    yield Piece(
        f"{side} hand",
        (hand, ((hand_point(limb, 0.02), 0.012), (thumb, 0.0095))),
        skin,
        (limb.tip, hand_point(limb, 0.08)),
        1,
        (Seam(f"{side} forearm", wrist),),
    )


__all__ = ["FOREARM", "RADII", "SHIN", "UPPER_ARM", "Box", "Piece", "Round", "Seam", "pieces"]
