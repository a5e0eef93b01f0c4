"""A small picture for people to send, made here so that no file has to be kept."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from itertools import chain

WIDTH, HEIGHT = 160, 120
SKY_TOP, SKY_LOW, SUN, HILL = (92, 148, 190), (250, 214, 170), (255, 240, 200), (47, 110, 92)
Colour = tuple[int, int, int]


@cache
def sunrise() -> bytes:
    """A sun above a hill, as a PNG of 160 x 120 pixels (https://www.w3.org/TR/png/)."""
    lines = (b"\0" + bytes(chain.from_iterable(_colour(x, y) for x in range(WIDTH))) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _colour(x: int, y: int) -> Colour:
    if y > 84 + (x - 110) ** 2 / 300:
        return HILL
    if (x - 62) ** 2 + (y - 66) ** 2 < 20**2:
        return SUN
    red, green, blue = (low + (high - low) * y // HEIGHT for low, high in zip(SKY_TOP, SKY_LOW, strict=True))
    return red, green, blue
