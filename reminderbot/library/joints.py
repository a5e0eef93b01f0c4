"""The joints of a figure, as a physio names them; degrees, 0 is the upright stand with hanging arms.

The bounds keep typing errors out; what a body can do with them all is for ``rules.body.faults``.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Bare(BaseModel):
    """Frozen; refuses unknown fields; converts nothing; `hip_out` is written `hip-out`."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
    )


class Attitude(Bare):
    """How the pelvis, and with it the whole body, is held; degrees."""

    lean: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Forward; 90 lies on the front, -90 on the back."""
    tip: Annotated[float, Field(ge=-100, le=100)] | None = None
    """To the right."""
    roll: Annotated[float, Field(ge=-180, le=180)] | None = None
    """About the body's own length, the front turning to its right."""


class Spine(Bare):
    """The back, from pelvis to shoulders; degrees."""

    bend: Annotated[float, Field(ge=-60, le=90)] | None = None
    """Forward (rounding); negative arches."""
    side: Annotated[float, Field(ge=-45, le=45)] | None = None
    """To the right."""
    twist: Annotated[float, Field(ge=-70, le=70)] | None = None
    """To the right."""


class Neck(Bare):
    """The neck; degrees."""

    bend: Annotated[float, Field(ge=-60, le=60)] | None = None
    """Chin to chest; negative looks up."""
    side: Annotated[float, Field(ge=-45, le=45)] | None = None
    """Ear to the right shoulder."""
    twist: Annotated[float, Field(ge=-80, le=80)] | None = None
    """Looking to the right."""


class Limbs(Bare):
    """The joints of one side, or of both; degrees, 0 is the upright stand with hanging arms."""

    hip: Annotated[float, Field(ge=-30, le=145)] | None = None
    """Thigh forward."""
    hip_out: Annotated[float, Field(ge=-45, le=90)] | None = None
    """Thigh out to the side."""
    hip_turn: Annotated[float, Field(ge=-60, le=100)] | None = None
    """Thigh turned outwards: kneecap out, or foot in when the knee is bent."""
    knee: Annotated[float, Field(ge=0, le=162)] | None = None
    ankle: Annotated[float, Field(ge=-75, le=40)] | None = None
    """Toes up; negative points them."""
    heel_up: Annotated[float, Field(ge=0, le=100)] | None = None
    """How far the heel is raised when the foot stands on its toes."""
    arm: Annotated[float, Field(ge=-65, le=190)] | None = None
    """Upper arm forward and up; 180 is overhead."""
    arm_out: Annotated[float, Field(ge=-60, le=185)] | None = None
    """Upper arm out to the side; negative crosses the chest."""
    arm_turn: Annotated[float, Field(ge=-100, le=100)] | None = None
    """Upper arm turned outwards; with a bent elbow the hand swings out."""
    elbow: Annotated[float, Field(ge=0, le=155)] | None = None
    shoulder_up: Annotated[float, Field(ge=-3, le=5)] | None = None
    """Centimetres (of a body of 175) by which the shoulder is shrugged."""
    shoulder_ahead: Annotated[float, Field(ge=-5, le=6)] | None = None
    """Centimetres by which the shoulder is drawn forward; negative is back."""


def named(joints: Bare) -> Iterator[tuple[str, float]]:
    """Yield the angles that somebody wrote down, by their names."""
    for name, value in joints.model_dump(by_alias=True, exclude_none=True).items():
        yield name, float(value)
