"""Things beside the body: chair, mat, wall ... as boxes and balls in space, and where a hand finds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from reminderbot.rules.body.stance import Spot
from reminderbot.rules.body.support import SURFACES
from reminderbot.rules.body.vectors import UP, Turn, Vec, about_up, add, apply, minus

SEAT_HALF: Final = 0.125
"""Half the width of a chair's seat."""
BACKREST: Final = 0.255
"""From the seat up to the top of the backrest."""
_LEG: Final = 0.011


@dataclass(frozen=True, slots=True)
class Prop:
    """A thing: its kind, where it stands from below the hips of the first pose, and how it is turned (degrees)."""

    kind: str
    ahead: float = 0.0
    left: float = 0.0
    up: float = 0.0
    turn: float = 0.0
    size: float = 1.0
    half: tuple[float, float] = (0.5, 0.19)
    """Half the length and breadth of a mat."""

    def place(self, point: Vec) -> Vec:
        """Return a point of the thing's own frame in space."""
        return add(apply(about_up(self.turn), point), (self.ahead, self.left, self.up))

    def inside(self, point: Vec) -> Vec:
        """Return a point of space in the thing's own frame."""
        turn: Turn = about_up(-self.turn)
        return apply(turn, minus(point, (self.ahead, self.left, self.up)))


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its corners, lower four first, and what it is (its colour)."""

    corners: tuple[Vec, ...]
    paint: str


@dataclass(frozen=True, slots=True)
class Round:
    """A ball."""

    centre: Vec
    radius: float
    paint: str


def _box(prop: Prop, low: Vec, high: Vec, paint: str) -> Box:
    corners = tuple(
        prop.place((x, y, z))
        for z in (low[2], high[2])
        for x, y in ((low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1]))
    )
    return Box(corners, paint)


def shapes(prop: Prop) -> list[Box | Round]:
    """Return what a thing is made of."""
    size = prop.size
    match prop.kind:
        case "mat":
            return [_box(prop, (-prop.half[0], -prop.half[1], -0.012), (*prop.half, -0.001), "mat")]
        case "chair":
            return _chair(prop)
        case "wall":
            return [_box(prop, (0.0, -0.45 * size, 0.0), (0.02, 0.45 * size, 1.08), "wall")]
        case "table":
            return _table(prop)
        case "ball":
            return [Round(prop.place((0.0, 0.0, 0.06 * size)), 0.06 * size, "ball")]
        case "wedge":
            return [_wedge(prop)]
        case "step":
            return [_box(prop, (-0.12, -0.22 * size, 0.0), (0.12, 0.22 * size, SURFACES["step"]), "block")]
        case "block":
            return [_box(prop, (-0.04, -0.065, 0.0), (0.04, 0.065, SURFACES["block"]), "block")]
    return [
        _box(
            prop,
            (-0.11 * size, -0.12 * size, 0.0),
            (0.11 * size, 0.12 * size, SURFACES["cushion"]),
            "cushion",
        )
    ]


def _wedge(prop: Prop) -> Box:
    """A firm cushion whose slope rises to the back: a box whose upper front edge lies on the floor."""
    deep, half, high = 0.17 * prop.size, 0.15 * prop.size, 0.34 * prop.size
    whole = _box(prop, (-deep, -half, 0.0), (deep, half, high), "cushion").corners
    return Box((*whole[:4], whole[4], whole[1], whole[2], whole[7]), "cushion")


def _chair(prop: Prop) -> list[Box | Round]:
    top, half = SURFACES["chair"], SEAT_HALF
    back, front = -0.105, 0.135
    parts: list[Box | Round] = [
        _box(prop, (x - _LEG, y - _LEG, 0.0), (x + _LEG, y + _LEG, top - 0.02), "leg")
        for x in (back, front - _LEG)
        for y in (-half + _LEG, half - _LEG)
    ]
    parts += [
        _box(prop, (back - _LEG, y - _LEG, top), (back + _LEG, y + _LEG, top + BACKREST - 0.02), "leg")
        for y in (-half + _LEG, half - _LEG)
    ]
    parts.append(_box(prop, (back - _LEG, -half, top + 0.13), (back + _LEG, half, top + BACKREST), "chair"))
    parts.append(_box(prop, (back - _LEG, -half, top - 0.024), (front, half, top), "chair"))
    return parts


def _table(prop: Prop) -> list[Box | Round]:
    top, half, deep = SURFACES["table"], 0.3 * prop.size, 0.15
    parts: list[Box | Round] = [
        _box(prop, (x - _LEG, y - _LEG, 0.0), (x + _LEG, y + _LEG, top - 0.02), "leg")
        for x in (-deep + 0.03, deep - 0.03)
        for y in (-half + 0.03, half - 0.03)
    ]
    return [*parts, _box(prop, (-deep, -half, top - 0.024), (deep, half, top), "chair")]


def places(props: Iterable[Prop]) -> dict[str, Callable[[Vec], Spot]]:
    """Return what finds a spot on the floor and on each thing that a hand can go to."""
    found: dict[str, Callable[[Vec], Spot]] = {"floor": _flat_on(Prop("floor"), _near_floor, UP)}
    for prop in props:
        match prop.kind:
            case "wall":
                found["wall"] = _flat_on(prop, lambda own: (0.0, own[1], own[2]), (-1.0, 0.0, 0.0))
            case "table":
                found["table"] = _flat_on(prop, _near_table, UP)
            case "chair":
                found["chair back"] = _held_at(prop, _near_backrest)
                found["chair seat"] = _held_at(prop, _near_seat)
    return found


def _near_floor(own: Vec) -> Vec:
    return (own[0], own[1], 0.0)


def _near_table(own: Vec) -> Vec:
    return (_clamped(own[0], 0.1), own[1], SURFACES["table"])


def _near_backrest(own: Vec) -> Vec:
    return (-0.105, _clamped(own[1], 0.09), SURFACES["chair"] + BACKREST + 0.012)


def _near_seat(own: Vec) -> Vec:
    return (_clamped(own[0], 0.09), SEAT_HALF if own[1] > 0 else -SEAT_HALF, SURFACES["chair"] + 0.01)


def _flat_on(prop: Prop, nearest: Callable[[Vec], Vec], faces: Vec) -> Callable[[Vec], Spot]:
    return lambda near: (prop.place(nearest(prop.inside(near))), apply(about_up(prop.turn), faces))


def _held_at(prop: Prop, nearest: Callable[[Vec], Vec]) -> Callable[[Vec], Spot]:
    return lambda near: (prop.place(nearest(prop.inside(near))), None)


def _clamped(value: float, most: float) -> float:
    return min(max(value, -most), most)
