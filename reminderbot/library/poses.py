"""How a figure is written in a card: base positions, joint angles in degrees, what touches what, colour and arrows."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from reminderbot.library.joints import Attitude, Bare, Limbs, Neck, Spine, named
from reminderbot.rules.body.bases import BASES
from reminderbot.rules.body.landmarks import LANDMARKS
from reminderbot.rules.body.skeleton import SIDES
from reminderbot.rules.body.stance import Stance
from reminderbot.rules.body.support import FEET, PARTS, TRUNK
from reminderbot.rules.body.vectors import Vec

if TYPE_CHECKING:
    from reminderbot.rules.body.props import Prop as Thing
    from reminderbot.rules.body.scene import Scene

BaseName: TypeAlias = Literal[
    "standing",
    "sitting",
    "long-sitting",
    "kneeling",
    "heel-sitting",
    "half-kneeling",
    "all-fours",
    "plank",
    "on-back",
    "knees-bent",
    "on-front",
    "on-side",
]
Surface: TypeAlias = Literal["floor", "chair", "table", "step", "block", "cushion", "air"]
Reacher: TypeAlias = Literal["left hand", "right hand", "left foot", "right foot"]
ThingPlace: TypeAlias = Literal["floor", "wall", "table", "chair back", "chair seat", "free"]
Way: TypeAlias = Literal["ahead", "back", "left", "right", "up", "down"]
View: TypeAlias = Literal["side", "quarter", "front", "back", "above"]
PropKind: TypeAlias = Literal["mat", "chair", "wall", "table", "ball", "block", "step", "cushion", "wedge"]

WAYS: Final[Mapping[str, Vec]] = {
    "ahead": (1.0, 0.0, 0.0),
    "back": (-1.0, 0.0, 0.0),
    "left": (0.0, 1.0, 0.0),
    "right": (0.0, -1.0, 0.0),
    "up": (0.0, 0.0, 1.0),
    "down": (0.0, 0.0, -1.0),
}
"""The directions of arrows, as the standing body sees them."""
FREE: Final = "free"
"""Written in `reach` for a hand or foot that lets go."""
AIR: Final = "air"
"""Written in `on` for a part that is lifted."""
_PLURALS: Final = {
    "feet": "foot",
    "hands": "hand",
    "knees": "knee",
    "forearms": "forearm",
    "heels": "heel",
    "insteps": "instep",
    "toes": "toes",
}
_PARTS: Final = (*_PLURALS, *PARTS)
_TARGETS: Final = (*get_args(ThingPlace), *sorted(LANDMARKS))


def _known_mark(name: str) -> str:
    if name not in LANDMARKS:
        raise ValueError(
            f"{name!r} is no place on the body; stretches/FIGURES.md lists them (left knee, chest ...)"
        )
    return name


def _known_target(target: object) -> object:
    if isinstance(target, str) and target not in get_args(ThingPlace):
        return _known_mark(target)
    return target


def _known_part(name: str) -> str:
    if name not in _PARTS:
        raise ValueError(f"{name!r} carries nobody; write one of {', '.join(_PARTS)}")
    return name


LandmarkName = Annotated[
    str, AfterValidator(_known_mark), WithJsonSchema({"type": "string", "enum": sorted(LANDMARKS)})
]
Part = Annotated[str, AfterValidator(_known_part), WithJsonSchema({"type": "string", "enum": list(_PARTS)})]
Point: TypeAlias = tuple[float, float, float]
Target = Annotated[
    Annotated[str, WithJsonSchema({"type": "string", "enum": list(_TARGETS)})] | Point,
    BeforeValidator(_known_target),
]


class Pose(Bare):
    """A pose; whatever is not named stays as in the base (start) or in the start (end)."""

    base: BaseName | None = None
    body: Attitude = Attitude()
    spine: Spine = Spine()
    neck: Neck = Neck()
    both: Limbs = Limbs()
    left: Limbs = Limbs()
    right: Limbs = Limbs()
    on: Mapping[Part, Surface] = {}
    """What rests on what; `air` lifts it."""
    reach: Mapping[Reacher, Target] = {}
    """Which hand or foot goes to which place; `free` lets go."""
    moves: tuple[Part, ...] = ()
    """What touches something in both poses but steps or slides elsewhere; all else stays where it is."""

    def angles(self) -> dict[str, float]:
        """Return the angles this pose names, by the names of the rules."""
        found: dict[str, float] = {}
        for sides, limbs in (
            (("left", "right"), self.both),
            (("left",), self.left),
            (("right",), self.right),
        ):
            for name, value in named(limbs):
                found |= {f"{side} {name}": value for side in sides}
        for part, bend in (("body", self.body), ("spine", self.spine), ("neck", self.neck)):
            found |= {f"{part} {name}": value for name, value in named(bend)}
        return found


class Arrow(Bare):
    """A bold arrow for the pull or the movement."""

    at: LandmarkName
    """Where it starts."""
    to: Way | Point
    length: Annotated[float, Field(gt=0, le=0.5)] = 0.13
    """As a share of the body's height."""
    curve: Annotated[float, Field(ge=-120, le=120)] = 0.0
    """Degrees by which it bends; positive to the left as it flies."""


class Prop(Bare):
    """A thing beside the body; distances are shares of the body's height, from below the hips of the start."""

    kind: PropKind
    ahead: Annotated[float, Field(ge=-2, le=2)] = 0.0
    left: Annotated[float, Field(ge=-2, le=2)] = 0.0
    up: Annotated[float, Field(ge=0, le=1)] = 0.0
    turn: Annotated[float, Field(ge=-180, le=180)] = 0.0
    """Degrees to the left; 0 is a chair that faces where the body faces."""
    size: Annotated[float, Field(gt=0, le=3)] = 1.0

    def thing(self) -> "Thing":
        """Return it for the rules."""
        from reminderbot.rules.body.props import Prop as Thing  # here: a bot that starts draws nothing

        return Thing(self.kind, self.ahead, self.left, self.up, self.turn, self.size)


class Angle(Bare):
    """From where one looks, when no name fits; degrees."""

    turn: Annotated[float, Field(ge=-180, le=180)]
    """0 sees the right side, 90 the front, -90 the back."""
    up: Annotated[float, Field(ge=-10, le=90)] = 12.0


class Figure(Bare):
    """What a card draws; the right side is the working one, the left follows mirrored."""

    view: View | Angle = "side"
    props: tuple[Prop, ...] = ()
    start: Pose
    end: Pose | None = None
    tint: tuple[LandmarkName, ...] = ()
    """Where the stretch or the work is felt."""
    strap: tuple[LandmarkName, ...] = ()
    """A towel or strap along these places."""
    pull: tuple[Arrow, ...] = ()

    @model_validator(mode="after")
    def _has_what_it_uses(self) -> "Figure":
        if self.end and self.end.base:
            raise ValueError("has a base in its end, which goes on from the start; name what changes instead")
        kinds = {prop.kind for prop in self.props}
        for stance in self.stances():
            targets = {target for target in stance.reach.values() if isinstance(target, str)} - LANDMARKS
            for thing in sorted(
                {*stance.on.values(), *(target.split()[0] for target in targets)} - {"floor"}
            ):
                if thing not in kinds:
                    raise ValueError(f"uses a {thing}, but has none; add `{{kind: {thing}}}` to its props")
        return self

    def stances(self) -> tuple[Stance, Stance]:
        """Return both poses with everything filled in."""
        base = BASES[self.start.base or "standing"]
        start = _after(Stance(base.angles, base.on, dict(base.reach)), self.start)
        return start, _after(start, self.end) if self.end else start

    def scene(self) -> "Scene":
        """Return both poses set down, and the way between them."""
        from reminderbot.rules.body.props import places  # here: a bot that starts draws nothing
        from reminderbot.rules.body.scene import Scene

        return Scene(*self.stances(), places(prop.thing() for prop in self.props))


def _after(before: Stance, pose: Pose) -> Stance:
    """Return what a pose makes of the one before it."""
    on, reach = dict(before.on), dict(before.reach)
    for name, surface in pose.on.items():
        for part in _each(name):
            for rival in _rivals(part):
                on.pop(rival, None)
                reach.pop(rival, None)
            if surface != AIR:
                on[part] = surface
    for limb, target in pose.reach.items():
        for rival in _rivals(limb):
            on.pop(rival, None)
        reach.pop(limb, None)
        if target != FREE:
            reach[limb] = target
    moves = frozenset(part for name in pose.moves for part in _each(name))
    return Stance({**before.angles, **pose.angles()}, on, reach, moves)


def _each(name: str) -> list[str]:
    """Return the parts behind a name: `feet` are two."""
    return [f"{side} {_PLURALS[name]}" for side in SIDES] if name in _PLURALS else [name]


def _rivals(part: str) -> tuple[str, ...]:
    """Return a part, and all that can't touch anything while it does: a foot stands in one way at a time."""
    side, _, what = part.partition(" ")
    for kinds in (FEET, ("hand", "forearm")):
        if what in kinds:
            return tuple(f"{side} {kind}" for kind in kinds)
    return TRUNK if part in TRUNK else (part,)


def faults(figure: Figure) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what no body could do: the field inside the figure, and a sentence."""
    from reminderbot.rules.body.faults import stance_faults  # here: a bot that starts draws nothing

    scene = figure.scene()
    for where, told in stance_faults(scene, 0.0, scene.start):
        yield ("start", *where), told
    if figure.end:
        for where, told in stance_faults(scene, 1.0, scene.end):
            yield ("end", *where), told
