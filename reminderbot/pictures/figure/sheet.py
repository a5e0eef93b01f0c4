"""The still of an exercise: start and end side by side, and below them the other side, as a PNG."""

import io
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from reminderbot.library.poses import Figure
from reminderbot.pictures.figure.panel import FINER, Drawing

WIDTH: Final = 480
"""Pixels across a panel; two of them lie side by side."""
_COLOURS: Final = 96
_LINE: Final = (226, 217, 200)
_INK: Final = (62, 76, 112)
_WHITE: Final = (255, 255, 255)
_BADGE: Final = 13
"""Pixels, radius."""


def still(figure: Figure, sides: str) -> bytes:
    """Return a PNG with start and end side by side; for `sides: each` the other side as well, mirrored."""
    drawing = Drawing(figure, WIDTH)
    panels = (
        [drawing.panel(0.0, felt=0.0), drawing.panel(1.0, felt=1.0)]
        if figure.end
        else [drawing.panel(0.0, 1.0)]
    )
    others = [_mirrored(panel) for panel in panels] if sides == "each" else []
    rows = [panels, others] if figure.end else [panels + others]
    whole = _laid([row for row in rows if row])
    if figure.end:
        _number(whole, 1, 0)
        _number(whole, 2, WIDTH)
    if others:
        _other_side(whole, (WIDTH, drawing.size[1]) if figure.end else (WIDTH, 2 * _BADGE))
    out = io.BytesIO()
    whole.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def _mirrored(image: Image.Image) -> Image.Image:
    return image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)


def _laid(rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Return panels of one size laid in rows, with thin lines between them."""
    width, height = rows[0][0].size
    whole = Image.new("RGB", (width * len(rows[0]), height * len(rows)), _LINE)
    for row, panels in enumerate(rows):
        for column, panel in enumerate(panels):
            whole.paste(panel, (column * width, row * height))
    draw = ImageDraw.Draw(whole)
    for column in range(1, len(rows[0])):
        draw.line([(column * width, 0), (column * width, whole.height)], _LINE, 2)
    for row in range(1, len(rows)):
        draw.line([(0, row * height), (whole.width, row * height)], _LINE, 2)
    return whole


def _number(whole: Image.Image, number: int, left: int) -> None:
    """Put a number into the upper corner of the panel that begins there."""
    badge = _round_badge(2 * _BADGE)
    draw = ImageDraw.Draw(badge)
    font = ImageFont.load_default(1.35 * _BADGE * FINER)
    draw.text((_BADGE * FINER, _BADGE * FINER), str(number), _WHITE, font, anchor="mm")
    _stick(whole, badge, (left + 2 * _BADGE, 2 * _BADGE))


def _other_side(whole: Image.Image, middle: tuple[int, int]) -> None:
    """Put the sign for "and the same to the other side" somewhere: two arrows, one to each side."""
    badge = _round_badge(4 * _BADGE)
    draw = ImageDraw.Draw(badge)
    unit = _BADGE * FINER
    for way, level in ((1, 0.68), (-1, 1.32)):
        points = (
            (-0.95, -0.1),
            (0.35, -0.1),
            (0.35, -0.36),
            (1.0, 0.0),
            (0.35, 0.36),
            (0.35, 0.1),
            (-0.95, 0.1),
        )
        draw.polygon([((2 + way * x) * unit, (level + y) * unit) for x, y in points], fill=_WHITE)
    _stick(whole, badge, middle)


def _round_badge(width: int) -> Image.Image:
    badge = Image.new("RGBA", (width * FINER, 2 * _BADGE * FINER), (*_INK, 0))
    box = (0, 0, badge.width - 1, badge.height - 1)
    ImageDraw.Draw(badge).rounded_rectangle(box, _BADGE * FINER, fill=(*_INK, 255))
    return badge


def _stick(whole: Image.Image, badge: Image.Image, middle: tuple[int, int]) -> None:
    small = badge.reduce(FINER)
    whole.paste(small, (middle[0] - small.width // 2, middle[1] - small.height // 2), small)
