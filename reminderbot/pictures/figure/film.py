"""The motion of an exercise: a small GIF that loops from start to end and back."""

import io
import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, cast

from PIL import Image, ImageChops

from reminderbot.library.poses import Figure
from reminderbot.pictures.figure.paint import ARROW, HALO, WARM
from reminderbot.pictures.figure.panel import Drawing
from reminderbot.pictures.figure.shapes import TOP, TROUSERS, Colour, mixed

WIDTH: Final = 360
"""Pixels: as many as a narrow phone has points."""
TALLEST: Final = 0.84
"""Height of a panel as a share of its width, at most; less than that of a still, so that the file stays small."""
STEPS: Final = 8
"""Drawings from start to end; back again they are shown in the other order."""
STEP_MS: Final = 90
START_MS: Final = 600
END_MS: Final = 900
COLOURS: Final = 32
"""Five bits a pixel; the last colour stands for "as before"."""
_ALIKE: Final = 12.0
"""Colours nearer than this are not told apart."""


def motion(figure: Figure, sides: str) -> bytes:
    """Return a GIF that loops from start to end and back; for `sides: each` first one side, then the other."""
    drawing = Drawing(figure, WIDTH, TALLEST)
    shares = [_eased(step / (STEPS - 1)) for step in range(STEPS)]
    panels = [drawing.panel(share, felt=share) for share in shares]
    palette = _palette([panels[0], panels[-1]])
    there = [_reduced(panel, palette) for panel in panels]
    frames = there + there[-2:0:-1]
    lasts = [START_MS, *[STEP_MS] * (STEPS - 2), END_MS, *[STEP_MS] * (STEPS - 2)]
    if sides == "each":
        frames += [frame.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for frame in frames]
        lasts *= 2
    return _gif(frames, lasts)


def _eased(share: float) -> float:
    """Return where a movement is that starts and ends softly."""
    return share * share * (3 - 2 * share)


def _palette(images: Sequence[Image.Image]) -> Image.Image:
    """Return an image with the colours of a motion: those of its arrows and warm patches, and the most frequent ones.

    A general method would mix paper and floor, whose areas are large, to save colours for the edges.
    """
    found: Counter[Colour] = Counter()
    for image in images:
        counted = cast("list[tuple[int, Colour]]", image.getcolors(image.width * image.height))
        found.update({colour: count for count, colour in counted})
    warm = [ARROW, HALO, *(mixed(cloth, WARM, share) for cloth in (TOP, TROUSERS) for share in (0.45, 0.85))]
    chosen: list[Colour] = []
    for colour, _ in found.most_common():
        if len(chosen) + len(warm) < COLOURS - 1 and all(
            math.dist(colour, other) > _ALIKE for other in chosen
        ):
            chosen.append(colour)
    chosen += warm
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in chosen for part in colour] + [*chosen[-1]] * (256 - len(chosen)))
    return palette


def _reduced(image: Image.Image, palette: Image.Image) -> Image.Image:
    """Return an image in the colours of a palette; those that fill it up stand for the last one."""
    flat = image.quantize(palette=palette, dither=Image.Dither.NONE)
    return flat.point([min(number, COLOURS - 2) for number in range(256)])


def _gif(frames: Sequence[Image.Image], lasts: Sequence[int]) -> bytes:
    """Return frames of one palette as a GIF; what stays as it was is left out of a frame."""
    clear = COLOURS - 1
    changes = [frames[0]]
    for before, frame in pairwise(frames):
        same = ImageChops.difference(_numbers(before), _numbers(frame)).point(lambda step: 0 if step else 255)
        change = frame.copy()
        change.paste(clear, mask=same)
        changes.append(change)
    out = io.BytesIO()
    changes[0].save(
        out,
        "GIF",
        save_all=True,
        append_images=changes[1:],
        duration=list(lasts),
        loop=0,
        transparency=clear,
        disposal=1,
        optimize=False,
    )
    return out.getvalue()


def _numbers(frame: Image.Image) -> Image.Image:
    """Return the numbers of a frame's colours as a grey image."""
    return Image.frombytes("L", frame.size, frame.tobytes())
