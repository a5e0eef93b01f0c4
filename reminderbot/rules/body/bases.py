"""The positions from which poses start: joint angles in degrees, and what carries the body."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from reminderbot.rules.body.skeleton import SIDES, Angles


class Base(NamedTuple):
    """A position to start from."""

    angles: Angles
    on: Mapping[str, str]
    """What touches what: part of the body, surface."""
    reach: Mapping[str, str] = MappingProxyType({})
    """Which hand goes to which place."""


def _both(**limbs: float) -> dict[str, float]:
    return {f"{side} {name.replace('_', '-')}": value for side in SIDES for name, value in limbs.items()}


def _pair(*parts: str, surface: str = "floor") -> dict[str, str]:
    return {f"{side} {part}": surface for side in SIDES for part in parts}


_HANGING: Final = _both(arm=4, arm_out=7, elbow=12)
_RESTING: Final = _both(arm=-4, arm_out=14, elbow=10)
_ON_THIGHS: Final = {f"{side} hand": f"{side} lower thigh" for side in SIDES}
_LYING: Final = {"back": "floor", "head": "floor"}

BASES: Final[Mapping[str, Base]] = {
    "standing": Base(_HANGING | _both(hip_out=2), _pair("foot")),
    "sitting": Base(
        _both(hip=90, hip_out=6, knee=88, arm=22, arm_out=10, elbow=48),
        {"seat": "chair"} | _pair("foot"),
        _ON_THIGHS,
    ),
    "long-sitting": Base(
        _both(hip=90, ankle=-10, hip_out=4, arm=-6, arm_out=6, arm_turn=-40, elbow=8),
        {"seat": "floor"} | _pair("heel", "hand"),
    ),
    "kneeling": Base(_HANGING | _both(knee=90, ankle=-60, hip_out=4), _pair("knee", "instep")),
    "heel-sitting": Base(
        _both(hip=74, hip_out=6, knee=154, ankle=-60, arm=20, arm_out=10, elbow=40),
        _pair("knee", "instep"),
        _ON_THIGHS,
    ),
    "half-kneeling": Base(
        _HANGING
        | _both(hip_out=3)
        | {"right knee": 90, "right heel-up": 70, "left hip": 90, "left knee": 90},
        {"right knee": "floor", "right toes": "floor", "left foot": "floor"},
    ),
    "all-fours": Base(
        {"body lean": 76, "neck bend": -18} | _both(hip=76, hip_out=2, knee=90, ankle=-60, arm=78),
        _pair("knee", "instep", "hand"),
    ),
    "plank": Base(
        {"body lean": 71, "neck bend": -12} | _both(arm=74, hip_out=3, heel_up=68), _pair("toes", "hand")
    ),
    "on-back": Base({"body lean": -90} | _RESTING | _both(hip_out=5, ankle=-15), _LYING),
    "knees-bent": Base(
        {"body lean": -90} | _RESTING | _both(hip=52, knee=112, hip_out=3), _LYING | _pair("foot")
    ),
    "on-front": Base(
        {"body lean": 90} | _both(arm=-4, arm_out=14, elbow=4, hip_out=5, ankle=-60), {"belly": "floor"}
    ),
    "on-side": Base(
        {"body tip": -84, "neck side": 8}
        | _both(hip=35, knee=60, ankle=-10)
        | {"left hip-out": -5, "right hip-out": -2, "left arm": 130, "left elbow": 120}
        | {"right arm": 55, "right arm-out": -20, "right elbow": 70},
        {"side": "floor", "right hand": "floor"},
    ),
}
"""By name. `half-kneeling` kneels on the right knee; `on-side` lies on the left side; the right side works."""
