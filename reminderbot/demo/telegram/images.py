"""What a file of a picture says about itself: its size, and whether it moves."""

from __future__ import annotations

import struct


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP; None when it is none of them."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:4] == b"GIF8" and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    return (512, 512) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def moves(content: bytes) -> bool:
    """Whether it is a film, or a GIF of more than one picture."""
    if content[4:8] == b"ftyp":
        return True
    try:
        return content[:4] == b"GIF8" and _gif_pictures(content) > 1
    except IndexError:  # it breaks off
        return False


def _gif_pictures(content: bytes) -> int:
    """How many pictures a GIF holds (GIF89a specification, https://www.w3.org/Graphics/GIF/spec-gif89a.txt)."""
    position, pictures = 13 + _table_bytes(content[10]), 0
    while content[position] != _GIF_END:
        if content[position] == _GIF_PICTURE:
            pictures += 1
            position += 11 + _table_bytes(content[position + 9])
        else:
            position += 2
        while content[position]:
            position += content[position] + 1
        position += 1
    return pictures


_GIF_PICTURE, _GIF_END = 0x2C, 0x3B


def _table_bytes(flags: int) -> int:
    """The length of a GIF's table of colours, of which these flags tell."""
    return 3 << (flags % 8 + 1) if flags & 0x80 else 0


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", content[position + 2 : position + 4])[0])
    return None
