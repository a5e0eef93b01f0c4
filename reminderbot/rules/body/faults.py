"""What a body cannot do: joints beyond what people reach, hands that do not arrive, supports in the air.

The ranges begin with the normal ones of the American Academy of Orthopaedic Surgeons ("Joint Motion: Method of
Measuring and Recording") and Norkin and White ("Measurement of Joint Motion"), and are widened to what practised
people reach with the help of their weight or hands: kneeling between the heels, frog, half pigeon, deep squat.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from reminderbot.rules.body.grip import tip
from reminderbot.rules.body.scene import Scene
from reminderbot.rules.body.skeleton import CENTIMETRES, SIDES, Body, Limb, outward
from reminderbot.rules.body.stance import Stance
from reminderbot.rules.body.support import SURFACES, body_points, lowest
from reminderbot.rules.body.vectors import Turn, Vec, distance, dot, inverse, times

Fault: TypeAlias = tuple[tuple[str, ...], str]

RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "hip": (-32, 146),  # normal -30 to 120; thigh against the belly with the knee bent: 145
    "hip-out": (-46, 90),  # normal -30 to 45; front split and frog reach 90
    "hip-turn": (-62, 102),  # normal -45 to 45; lotus turns the bent thigh further
    "knee": (0, 163),  # normal 0 to 135 or 150; heels against the buttocks: 160
    "ankle": (-82, 46),  # normal -50 to 20; 40 under the body's weight, and pointed under it
    "arm": (-66, 192),  # normal -60 to 180
    "arm-out": (-76, 186),  # normal to 180; hugging crosses the chest
    "arm-turn": (-102, 102),  # normal -70 to 90
    "elbow": (0, 156),  # normal 0 to 150
}
"""Degrees that a joint may have, by the name of the angle."""
_ARRIVED: Final = 0.023
"""A support or a hand may be this far from where it should be: 4 cm."""
_SUNK: Final = 0.018
_SIDEWAYS: Final = 42.0
"""Degrees by which a foot may point to the side of its shin."""


def stance_faults(scene: Scene, share: float, stance: Stance) -> Iterator[Fault]:
    """Yield field and sentence for everything wrong with one of a scene's poses (share 0 or 1)."""
    body = scene.body(share)
    yield from _out_of_range(body)
    yield from _in_the_air(body, stance)
    yield from _not_reached(scene, body, stance)
    for name, centre, radius in body_points(body):
        if (height := centre[2] - radius) < -_SUNK:
            yield ("on",), f"leaves the {name} {_cm(-height)} below the floor"


def joint_angles(body: Body) -> dict[str, float]:
    """Return the angles that the joints of arms and legs really have, by the names of ``body.Angles``."""
    found: dict[str, float] = {}
    for side in SIDES:
        arm, leg = body.limbs[f"{side} arm"], body.limbs[f"{side} leg"]
        found |= {f"{side} hip{name}": angle for name, angle in _ball_joint(body.pelvis, leg, side).items()}
        shoulder = _overhead(_ball_joint(body.chest, arm, side))
        found |= {f"{side} arm{name}": angle for name, angle in shoulder.items()}
        found[f"{side} knee"] = _between(leg.upper[2], leg.lower[2])
        found[f"{side} elbow"] = _between(arm.upper[2], arm.lower[2])
        toes = leg.end[0]
        found[f"{side} ankle"] = math.degrees(math.atan2(dot(toes, leg.lower[2]), dot(toes, leg.lower[0])))
    return found


def _ball_joint(parent: Turn, limb: Limb, side: str) -> dict[str, float]:
    """Return how a limb lies in its socket: forward, out, turned. Straight to the side only `out` means something."""
    x, y, z = times(inverse(parent), limb.upper)
    sign = outward(side)
    out = math.degrees(math.asin(max(-1.0, min(1.0, -z[1])))) * sign
    if abs(out) > 65:
        return {"-out": out}
    forward = math.degrees(math.atan2(-z[0], z[2]))
    turned = math.degrees(math.atan2(x[1], y[1])) * sign
    return {"": forward + 360 if forward < -120 else forward, "-out": out, "-turn": turned}


def _overhead(angles: dict[str, float]) -> dict[str, float]:
    """Return a shoulder's angles told the other way, up along the side instead of the front, where that is meant."""
    least, most = RANGES["arm-turn"]
    if least <= angles.get("-turn", 0.0) <= most:
        return angles
    forward, turned = angles[""] - 180, angles["-turn"]
    return {"": forward, "-out": 180 - angles["-out"], "-turn": turned - math.copysign(180, turned)}


def _between(a: Vec, b: Vec) -> float:
    return math.degrees(math.acos(max(-1.0, min(1.0, dot(a, b)))))


def _out_of_range(body: Body) -> Iterator[Fault]:
    for name, angle in joint_angles(body).items():
        side, joint = name.split()
        least, most = RANGES[joint]
        if not least - 0.5 <= angle <= most + 0.5:
            yield (side, joint), f"comes to {angle:.0f} degrees; people reach {least:.0f} to {most:.0f}"
    for side in SIDES:
        leg = body.limbs[f"{side} leg"]
        aside = math.degrees(math.asin(max(-1.0, min(1.0, dot(leg.end[0], leg.lower[1])))))
        if abs(aside) > _SIDEWAYS:
            yield (side, "ankle"), f"is twisted {abs(aside):.0f} degrees to the side"


def _in_the_air(body: Body, stance: Stance) -> Iterator[Fault]:
    for part, surface in stance.on.items():
        gap = lowest(body, part)[2] - SURFACES[surface]
        if abs(gap) > _ARRIVED:
            yield ("on", part), f"is {_cm(abs(gap))} {'above' if gap > 0 else 'below'} the {surface}"


def _not_reached(scene: Scene, body: Body, stance: Stance) -> Iterator[Fault]:
    for name, target in stance.reach.items():
        goal = scene.goal(body, name, target)
        away = distance(tip(body, name, flat=goal.hand is not None), goal.at)
        if away > _ARRIVED:
            yield ("reach", name), f"stays {_cm(away)} short of it"


def _cm(share: float) -> str:
    return f"{share * CENTIMETRES:.0f} cm"
