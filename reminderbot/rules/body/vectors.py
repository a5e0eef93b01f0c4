"""Points and rotations in space for the drawn body: x is ahead, y to the body's left, z up.

A rotation is its three columns: where ahead, left and up end up.
"""

import math
from typing import Final, TypeAlias

Vec: TypeAlias = tuple[float, float, float]
Turn: TypeAlias = tuple[Vec, Vec, Vec]

AHEAD: Final[Vec] = (1.0, 0.0, 0.0)
LEFT: Final[Vec] = (0.0, 1.0, 0.0)
UP: Final[Vec] = (0.0, 0.0, 1.0)
_TINY: Final = 1e-9


def add(a: Vec, b: Vec, times: float = 1.0) -> Vec:
    """Return a + times * b."""
    return (a[0] + times * b[0], a[1] + times * b[1], a[2] + times * b[2])


def minus(a: Vec, b: Vec) -> Vec:
    """Return a - b."""
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def scaled(a: Vec, times: float) -> Vec:
    """Return a vector made longer or shorter."""
    return (a[0] * times, a[1] * times, a[2] * times)


def dot(a: Vec, b: Vec) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    """Return the vector product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def length(a: Vec) -> float:
    """Return how long a vector is."""
    return math.sqrt(dot(a, a))


def distance(a: Vec, b: Vec) -> float:
    """Return how far two points are apart."""
    return length(minus(a, b))


def unit(a: Vec, otherwise: Vec = UP) -> Vec:
    """Return the direction of a vector; `otherwise` when it has none."""
    size = length(a)
    return scaled(a, 1 / size) if size > _TINY else otherwise


def between(a: Vec, b: Vec, share: float) -> Vec:
    """Return the point at a share of the way from a to b."""
    return add(a, minus(b, a), share)


def across(a: Vec, axis: Vec) -> Vec:
    """Return the part of a vector at right angles to an axis of length 1."""
    return add(a, axis, -dot(a, axis))


def apply(turn: Turn, a: Vec) -> Vec:
    """Return a vector turned."""
    x, y, z = turn
    return (
        x[0] * a[0] + y[0] * a[1] + z[0] * a[2],
        x[1] * a[0] + y[1] * a[1] + z[1] * a[2],
        x[2] * a[0] + y[2] * a[1] + z[2] * a[2],
    )


def times(first: Turn, *rest: Turn) -> Turn:
    """Return the product of rotations: each is made in the frame that those before it have turned."""
    product = first
    for turn in rest:
        product = (apply(product, turn[0]), apply(product, turn[1]), apply(product, turn[2]))
    return product


def inverse(turn: Turn) -> Turn:
    """Return the rotation back."""
    x, y, z = turn
    return ((x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2]))


def about_ahead(degrees: float) -> Turn:
    """Tip over to the right: up goes to the right."""
    c, s = _cos_sin(degrees)
    return (AHEAD, (0.0, c, s), (0.0, -s, c))


def about_left(degrees: float) -> Turn:
    """Pitch forward: up goes ahead."""
    c, s = _cos_sin(degrees)
    return ((c, 0.0, -s), LEFT, (s, 0.0, c))


def about_up(degrees: float) -> Turn:
    """Turn to the left: ahead goes to the left."""
    c, s = _cos_sin(degrees)
    return ((c, s, 0.0), (-s, c, 0.0), UP)


def swung(turn: Turn, start: Vec, end: Vec) -> Turn:
    """Return a rotation swung by the shortest way that takes one direction to another (both of length 1)."""
    axis, cosine = cross(start, end), dot(start, end)
    if cosine < _TINY - 1:
        return turn
    factor = 1 / (1 + cosine)

    def swing(a: Vec) -> Vec:
        return add(add(scaled(a, cosine), cross(axis, a)), axis, factor * dot(axis, a))

    return (swing(turn[0]), swing(turn[1]), swing(turn[2]))


def level(a: Vec) -> Vec:
    """Return a vector without what goes up or down."""
    return (a[0], a[1], 0.0)


def mixed(first: Turn, last: Turn, share: float) -> Turn:
    """Return a rotation at a share of the way between two that are not opposite."""
    return frame(between(first[0], last[0], share), between(first[2], last[2], share))


def frame(ahead: Vec, up: Vec) -> Turn:
    """Return the rotation whose up is exactly, and whose ahead is about, as given."""
    z = unit(up)
    x = unit(across(ahead, z), unit(across(LEFT, z), AHEAD))
    return (x, cross(z, x), z)


def _cos_sin(degrees: float) -> tuple[float, float]:
    radians = math.radians(degrees)
    return math.cos(radians), math.sin(radians)
