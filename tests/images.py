"""The smallest pictures that Telegram would take, made here so that no test waits for a figure to be drawn."""

import struct

from reminderbot.demo.telegram.picture import sunrise

_GIF_TABLE = b"\xff\xff\xff\0\0\0"
_GIF_PICTURE = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"


def gif(width: int = 320, height: int = 240, pictures: int = 2) -> bytes:
    """A GIF with a dot in its corner: it moves when it has more than one picture."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + _GIF_TABLE
    return head + _GIF_PICTURE * pictures + b";"


def png() -> bytes:
    """A PNG of 160 x 120 pixels."""
    return sunrise()


def wide_png(width: int, height: int) -> bytes:
    """The head of a PNG that claims to be so large."""
    return png()[:16] + struct.pack(">II", width, height) + png()[24:]
