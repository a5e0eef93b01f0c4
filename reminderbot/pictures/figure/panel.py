"""An exercise as seen from its side: everything that is painted in one panel, at any moment of the movement."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from PIL import Image, ImageDraw

from reminderbot.library.poses import WAYS, Angle, Arrow, Figure
from reminderbot.pictures.figure.camera import VIEWS, Camera, Frame
from reminderbot.pictures.figure.paint import Canvas, Tint
from reminderbot.pictures.figure.shapes import pieces
from reminderbot.rules.body.landmarks import landmark, patch
from reminderbot.rules.body.props import Box, Prop, Round, shapes
from reminderbot.rules.body.skeleton import Body
from reminderbot.rules.body.support import body_points
from reminderbot.rules.body.vectors import Vec, add, dot, unit

FINER: Final = 2
"""Everything is painted this much larger, then made smaller: soft edges."""
PAPER: Final = (250, 246, 238)
FLOOR: Final = (240, 233, 220)
TALLEST: Final = 1.0
FLATTEST: Final = 0.54
"""Height of a panel as a share of its width, at most and at least: from a square to 16:9."""
_MARGIN: Final = 0.055
"""Free at each side, as a share of the panel's width."""
_LARGEST: Final = 1.15
"""Length of the body at most, as a share of the panel's width."""
_FLOOR_BEHIND: Final = 0.11
"""How far the floor is seen behind the body, in heights of the body."""
_FROM_ABOVE: Final = 0.5
"""Sine of the height from which one looks down rather than across."""
_ON_MAT: Final = 0.2
"""What of the body is lower than this has the mat below it."""
_FROM_SKIN: Final = 0.03
"""Between an arrow and the body."""
_SEEN: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Moments of the movement at which the panel must hold everything."""


class Drawing:
    """A figure ready to be painted at any share of its movement, always at the same scale and place."""

    def __init__(self, figure: Figure, width: int, tallest: float = TALLEST) -> None:
        """Work out both poses, and the panel that holds all of the movement.

        Its width is in pixels, `tallest` its height at most as a share of that.
        """
        self.figure = figure
        self.scene = figure.scene()
        self.camera = _camera(figure)
        bodies = [self.scene.body(share) for share in (_SEEN if figure.end else _SEEN[:1])]
        props = [_under(prop.thing(), bodies) for prop in figure.props]
        self.things: list[Box | Round] = [shape for prop in props for shape in shapes(prop)]
        self.size, self._frame = self._fitted(list(self._extent(bodies)), width, tallest)

    def panel(self, share: float, felt: float) -> Image.Image:
        """Return the panel at a share of the movement; `felt` (0 to 1) is how strongly colour and arrows show."""
        width, height = (side * FINER for side in self.size)
        image = Image.new("RGB", (width, height), PAPER)
        ImageDraw.Draw(image).rectangle((0, self._horizon(), width, height), fill=FLOOR)
        body = self.scene.body(share)
        parts = pieces(body, self.camera)
        canvas = Canvas(image, self.camera, self._frame)
        canvas.backdrop(self.things)
        canvas.shadow(parts)
        canvas.figure(parts, self.things, self._tints(body, felt) if felt > 0 else ())
        canvas.strap([landmark(body, name).skin for name in self.figure.strap])
        if felt > 0.5:
            for arrow in self.figure.pull:
                canvas.arrow(*_arrow(body, arrow), arrow.curve)
        return image.reduce(FINER)

    def _extent(self, bodies: Sequence[Body]) -> Iterator[tuple[float, float, float]]:
        """Yield what must be seen: place on paper (heights to the right and down), and the radius around it."""
        seen: list[tuple[Vec, float]] = []
        for body in bodies:
            seen += [ball for piece in pieces(body, self.camera) for hull in piece.hulls for ball in hull]
        for thing in self.things:
            if isinstance(thing, Round):
                seen.append((thing.centre, thing.radius))
            elif thing.paint != "wall":
                seen += [(corner, 0.0) for corner in thing.corners]
        seen += [(_arrow(bodies[-1], arrow)[1], 0.03) for arrow in self.figure.pull]
        for point, radius in seen:
            at = self.camera.flat(point)
            yield at.x, at.y, radius

    def _fitted(
        self, extent: Sequence[tuple[float, float, float]], width: int, tallest: float
    ) -> tuple[tuple[int, int], Frame]:
        left, right = min(x - r for x, _, r in extent), max(x + r for x, _, r in extent)
        top, bottom = min(y - r for _, y, r in extent), max(y + r for _, y, r in extent)
        inner = width * (1 - 2 * _MARGIN)
        scale = min(
            inner / (right - left), width * (tallest - 2 * _MARGIN) / (bottom - top), width * _LARGEST
        )
        height = round(max(scale * (bottom - top) + width * 2 * _MARGIN, width * FLATTEST) / 2) * 2
        x = width / 2 - scale * (left + right) / 2
        y = (
            height
            - width * _MARGIN
            - scale * bottom
            - (height - 2 * width * _MARGIN - scale * (bottom - top)) / 3
        )
        return (width, height), Frame(scale * FINER, x * FINER, y * FINER)

    def _horizon(self) -> float:
        """Return where the floor ends, in pixels; from far above nothing but floor is seen."""
        if -self.camera.away[2] > _FROM_ABOVE:
            return 0.0
        at = self.camera.flat((0.0, 0.0, 0.0))
        return self._frame.pixel(replace(at, y=at.y - _FLOOR_BEHIND))[1]

    def _tints(self, body: Body, felt: float) -> tuple[Tint, ...]:
        return tuple(_tint(body, name, felt, self.camera) for name in self.figure.tint)


def _camera(figure: Figure) -> Camera:
    """Return from where a figure is seen; a wall ahead of the body is seen on the side that the hands touch."""
    if isinstance(figure.view, Angle):
        return Camera(figure.view.turn, figure.view.up)
    turn, up = VIEWS[figure.view]
    behind_wall = figure.view == "side" and any(
        prop.kind == "wall" and abs(prop.turn) < 90 for prop in figure.props
    )
    return Camera(-turn if behind_wall else turn, up)


def _under(thing: Prop, bodies: Sequence[Body]) -> Prop:
    """Return a thing as it is; a mat as long as the body on it, arms included, and as broad as the rest of it."""
    if thing.kind != "mat":
        return thing
    ends = [name_at for body in (bodies[0], bodies[-1]) for name_at in _low(body)]
    legs_and_trunk = [at for name, at in ends if not name.endswith(("hand", "elbow"))]
    spans = [_span(legs_and_trunk, axis) for axis in (0, 1)]
    long = 0 if spans[0][1] - spans[0][0] >= spans[1][1] - spans[1][0] else 1
    spans[long] = _span([at for _, at in ends], long)
    half = tuple(
        max(high - low, least) / 2 + 0.07 for (low, high), least in zip(spans, (0.4, 0.24), strict=True)
    )
    ahead, left = ((low + high) / 2 for low, high in spans)
    return replace(thing, ahead=ahead, left=left, turn=0.0, half=(half[0], half[1]))


def _low(body: Body) -> Iterator[tuple[str, Vec]]:
    return ((name, at) for name, at, _ in body_points(body) if at[2] < _ON_MAT)


def _span(points: Sequence[Vec], axis: int) -> tuple[float, float]:
    values = [point[axis] for point in points] or [0.0]
    return min(values), max(values)


def _arrow(body: Body, arrow: Arrow) -> tuple[Vec, Vec]:
    way = unit(WAYS[arrow.to] if isinstance(arrow.to, str) else arrow.to)
    start = add(landmark(body, arrow.at).skin, way, _FROM_SKIN)
    return start, add(start, way, arrow.length)


def _tint(body: Body, name: str, felt: float, camera: Camera) -> Tint:
    where = patch(body, name)
    hidden = dot(where.outward, camera.away) > 0.45
    balls = tuple((end, where.radius) for end in where.ends)
    return Tint(where.parts, balls, felt * (0.75 if hidden else 1.0))
