"""Painting pieces on a canvas: rounded hulls with a soft outline, things, shadow, colour where it is felt, arrows."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from reminderbot.pictures.figure.camera import Camera, Flat, Frame
from reminderbot.pictures.figure.order import far_to_near
from reminderbot.pictures.figure.outlines import Pixel, around, bent
from reminderbot.pictures.figure.outlines import arrow as arrow_outline
from reminderbot.pictures.figure.shapes import PAINTS, Ball, Colour, Piece, darker, shaded
from reminderbot.rules.body.props import Box, Round
from reminderbot.rules.body.vectors import Vec, add, scaled

WARM: Final[Colour] = (240, 96, 64)
ARROW: Final[Colour] = (226, 78, 60)
HALO: Final[Colour] = (255, 252, 246)
"""Around arrows."""
_STRAP: Final[Colour] = (150, 96, 160)
_DARK: Final[Colour] = (40, 52, 70)

_OUTLINE: Final = 0.0055
_SOFT: Final = 0.012
_ARROW_WIDTH: Final = 0.016
_HALO_WIDTH: Final = 0.008
_STRAP_WIDTH: Final = 0.013
"""Widths, as shares of the body's height; `_SOFT` is the edge of a warm patch."""
_NO_SHADOW: Final = 0.2
"""What is higher above the floor throws no shadow that is seen."""
_SHADOW: Final = 46
_PATCH: Final = 235
"""How much of what lies below a shadow and a warm patch hide, of 255."""
_PROP_BACK: Final = 0.07
"""Things are drawn as if they were this much farther away: the body lies on them."""
_BACKDROP: Final = frozenset({"mat", "wall"})


@dataclass(frozen=True, slots=True)
class Tint:
    """A warm patch, seen wherever these pieces are."""

    pieces: tuple[str, ...]
    balls: tuple[Ball, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class _Laid:
    ends: tuple[Flat, Flat]
    radius: float
    rank: int


class Canvas:
    """A picture being painted; `camera` says what is seen from where, `frame` where on the paper."""

    def __init__(self, image: Image.Image, camera: Camera, frame: Frame) -> None:
        """Paint on an image."""
        self._image, self._camera, self._frame = image, camera, frame
        self._draw = ImageDraw.Draw(image)

    def backdrop(self, things: Iterable[Box | Round]) -> None:
        """Paint what always lies behind the body."""
        for thing in things:
            if thing.paint in _BACKDROP:
                self._thing(thing)

    def shadow(self, pieces: Sequence[Piece]) -> None:
        """Paint the shadow that the body throws on the floor."""
        low = [
            [((x, y, 0.0), radius) for (x, y, _), radius in hull]
            for piece in pieces
            for hull in piece.hulls
            if min(z for (_, _, z), _ in hull) < _NO_SHADOW
        ]
        self._glaze([self._hull(hull, flat=True) for hull in low], _DARK, 0, _SHADOW, ())

    def figure(self, pieces: Sequence[Piece], things: Sequence[Box | Round], tints: Sequence[Tint]) -> None:
        """Paint the body and the things around it, the farthest first."""
        sorted_things = [thing for thing in things if thing.paint not in _BACKDROP]
        laid = [self._laid(piece) for piece in pieces] + [self._laid_thing(thing) for thing in sorted_things]
        done: dict[str, Piece] = {}
        for place in far_to_near(laid):
            if place >= len(pieces):
                self._thing(sorted_things[place - len(pieces)])
                continue
            piece = pieces[place]
            self._piece(piece)
            for seam, owner in _seams(piece, done.values()):
                self._draw.polygon(self._hull(seam), fill=owner.colour)
                self._tints(tints, owner, done, [seam])
            done[piece.name] = piece
            self._tints(tints, piece, done, None)

    def _piece(self, piece: Piece) -> None:
        edge = darker(piece.colour, 0.42)
        for hull in piece.hulls:
            self._draw.polygon(self._hull(hull, _OUTLINE), fill=edge)
        for hull in piece.hulls:
            self._draw.polygon(self._hull(hull), fill=piece.colour)
        for centre, radius, colour in piece.dots:
            self._draw.polygon(self._hull(((centre, radius),)), fill=colour)

    def _tints(
        self,
        tints: Sequence[Tint],
        piece: Piece,
        done: dict[str, Piece],
        only: Sequence[Sequence[Ball]] | None,
    ) -> None:
        """Lay on the patches of a piece once all they lie on is there, or again where they were painted over."""
        for tint in tints:
            if piece.name in tint.pieces and done.keys() >= set(tint.pieces):
                within = only or [hull for name in tint.pieces for hull in done[name].hulls]
                limits = [self._hull(hull) for hull in within]
                self._glaze([self._hull(tint.balls)], WARM, _SOFT, round(_PATCH * tint.strength), limits)

    def _glaze(
        self,
        patches: Sequence[Sequence[Pixel]],
        colour: Colour,
        soft: float,
        strength: int,
        limits: Sequence[Sequence[Pixel]],
    ) -> None:
        """Lay a thin colour over patches, their edge so soft (in heights), only inside the limits if there are any."""
        if not patches:
            return
        blur = soft * self._frame.scale
        across, down = zip(*(point for outline in patches for point in outline), strict=True)
        left, top = int(min(across) - 3 * blur), int(min(down) - 3 * blur)
        size = int(max(across) + 3 * blur) - left + 2, int(max(down) + 3 * blur) - top + 2
        glow = _mask(size, patches, (left, top), strength)
        if blur:
            glow = glow.filter(ImageFilter.BoxBlur(blur))
        if limits:
            glow = ImageChops.multiply(glow, _mask(size, limits, (left, top), 255))
        self._image.paste(colour, (left, top), glow)

    def strap(self, points: Sequence[Vec]) -> None:
        """Paint a strap along points."""
        if points:
            line = [self._pixel(point) for point in points]
            self._draw.line(line, _STRAP, max(2, round(_STRAP_WIDTH * self._frame.scale)), joint="curve")

    def arrow(self, start: Vec, end: Vec, curve: float) -> None:
        """Paint a bold arrow from one point to another, bent by some degrees."""
        path = bent(self._pixel(start), self._pixel(end), curve)
        width = _ARROW_WIDTH * self._frame.scale
        for extra, colour in ((_HALO_WIDTH * self._frame.scale, HALO), (0.0, ARROW)):
            self._draw.polygon(arrow_outline(path, width, extra), fill=colour)

    def _pixel(self, point: Vec) -> Pixel:
        return self._frame.pixel(self._camera.flat(point))

    def _laid(self, piece: Piece) -> _Laid:
        ends = self._camera.flat(piece.axis[0]), self._camera.flat(piece.axis[1])
        return _Laid(ends, max(radius for hull in piece.hulls for _, radius in hull), piece.rank)

    def _laid_thing(self, thing: Box | Round) -> _Laid:
        if isinstance(thing, Round):
            at = self._camera.flat(thing.centre)
            return _Laid((at, at), thing.radius, 0)
        ends, radius = _long_axis(thing)
        first, last = (self._camera.flat(add(end, self._camera.away, _PROP_BACK)) for end in ends)
        return _Laid((first, last), radius, -1)

    def _thing(self, thing: Box | Round) -> None:
        colour = PAINTS[thing.paint]
        if isinstance(thing, Round):
            ball = ((thing.centre, thing.radius),)
            self._draw.polygon(self._hull(ball, _OUTLINE), fill=darker(colour, 0.35))
            self._draw.polygon(self._hull(ball), fill=colour)
            return
        corners = [self._pixel(corner) for corner in thing.corners]
        for face, light in _FACES:
            points = [corners[place] for place in face]
            if _area(points) > 0:
                self._draw.polygon(points, fill=shaded(colour, light))

    def _hull(self, balls: Sequence[Ball], extra: float = 0.0, *, flat: bool = False) -> list[Pixel]:
        scale = self._frame.scale
        squash = abs(self._camera.away[2]) if flat else 1.0
        circles = [(*self._pixel(centre), (radius + extra) * scale) for centre, radius in balls]
        return around(circles, squash)


def _seams(piece: Piece, done: Iterable[Piece]) -> Iterator[tuple[Sequence[Ball], Piece]]:
    """Yield where a piece's outline lies on pieces painted before that it belongs to, and whose colour is there."""
    for other in done:
        yield from ((seam.there, other) for seam in piece.seams if seam.to == other.name)
        yield from ((seam.here, other) for seam in other.seams if seam.to == piece.name and seam.here)


def _mask(
    size: tuple[int, int], outlines: Sequence[Sequence[Pixel]], corner: Pixel, strength: int
) -> Image.Image:
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    for outline in outlines:
        draw.polygon([(x - corner[0], y - corner[1]) for x, y in outline], fill=strength)
    return mask


_FACES: Final = (
    ((0, 1, 5, 4), 0.12),
    ((1, 2, 6, 5), 0.2),
    ((2, 3, 7, 6), 0.12),
    ((3, 0, 4, 7), 0.2),
    ((4, 5, 6, 7), 0.0),
)


def _area(points: Sequence[Pixel]) -> float:
    """Return twice the signed area: positive for a face turned to the viewer."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return -sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)


def _long_axis(box: Box) -> tuple[tuple[Vec, Vec], float]:
    corners = box.corners
    middles = [
        (
            _mean(corners[0], corners[3], corners[4], corners[7]),
            _mean(corners[1], corners[2], corners[5], corners[6]),
        ),
        (
            _mean(corners[0], corners[1], corners[4], corners[5]),
            _mean(corners[2], corners[3], corners[6], corners[7]),
        ),
        (_mean(*corners[:4]), _mean(*corners[4:])),
    ]
    spans = sorted(middles, key=lambda ends: math.dist(*ends))
    return spans[-1], math.dist(*spans[0]) / 2 + 0.01


def _mean(*points: Vec) -> Vec:
    total = (0.0, 0.0, 0.0)
    for point in points:
        total = add(total, point)
    return scaled(total, 1 / len(points))
