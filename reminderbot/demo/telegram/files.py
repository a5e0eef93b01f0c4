"""Files at the server: uploads become reusable file ids, and can be fetched again."""

from __future__ import annotations

import hashlib
import struct

from reminderbot.demo.telegram.checks import refuse
from reminderbot.demo.telegram.params import Params, Upload
from reminderbot.demo.telegram.state import ApiError, Json, StoredFile

UPLOAD_MAX = 50 * 1024 * 1024
PHOTO_MAX = 10 * 1024 * 1024
FOLDERS = {"photo": "photos", "animation": "animations", "document": "documents", "voice": "voice"}
SUFFIXES = {"photo": ".jpg", "animation": ".gif", "document": "", "voice": ".oga"}


class FileStore:
    """All files of one bot, by file id and by download path."""

    def __init__(self) -> None:
        """Start empty."""
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self.uploads = 0

    def get(self, file_id: str) -> StoredFile:
        """The file of an id. Raises ApiError (400) for an unknown one."""
        if file_id not in self._by_id:
            raise refuse("wrong file_id or the file is temporarily unavailable")
        return self._by_id[file_id]

    def find(self, file_id: str) -> StoredFile | None:
        """The file of an id, or None."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """The file under a download path."""
        return self._by_path.get(path)

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep an upload. Raises ApiError (413 too large, 400 for a photo that is no picture)."""
        if len(upload.content) > (PHOTO_MAX if kind == "photo" else UPLOAD_MAX):
            raise ApiError(413, "Request Entity Too Large")
        size = picture_size(upload.content)
        if kind == "photo" and size is None:
            raise refuse("IMAGE_PROCESS_FAILED")
        number = len(self._by_id) + 1
        mark = hashlib.sha256(upload.content).hexdigest()[:16]
        stored = StoredFile(
            file_id=f"OF{kind[:2].upper()}{mark}-{number:06d}",
            unique_id=f"U{mark}",
            path=f"{FOLDERS[kind]}/file_{number}{SUFFIXES[kind]}",
            name=upload.name,
            mime=upload.mime,
            content=upload.content,
            kind=kind,
            details=dict(zip(("width", "height"), size or (320, 320), strict=True)),
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def take(self, kind: str, params: Params) -> StoredFile:
        """The file a send method means: sent along, or by the id of an earlier one."""
        value = str(params.get(kind) or "")
        upload = params.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
        if upload is not None:
            self.uploads += 1
            return self.add(kind, upload)
        if value not in self._by_id:
            raise refuse("wrong file identifier/HTTP URL specified")
        if self._by_id[value].kind != kind:
            raise refuse(f"can't use file of type {self._by_id[value].kind.title()} as {kind.title()}")
        return self._by_id[value]


def media_of(stored: StoredFile) -> Json | list[Json]:
    """The media object of a message: a list of sizes for a photo, one object for the others."""
    base: Json = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
    }
    if stored.kind == "photo":
        return [{**base, **stored.details}]
    if stored.kind == "voice":
        return {**base, "duration": 2, "mime_type": stored.mime}
    named = {**base, "file_name": stored.name, "mime_type": stored.mime}
    return {**named, **stored.details, "duration": 1} if stored.kind == "animation" else named


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP; None when it is none of them."""
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        return struct.unpack(">II", content[16:24])
    if content[:4] == b"GIF8" and len(content) >= 10:
        return struct.unpack("<HH", content[6:10])
    if content[:2] == b"\xff\xd8":
        return _jpeg_size(content)
    return (512, 512) if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    position = 2
    while position + 9 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + int(struct.unpack(">H", content[position + 2 : position + 4])[0])
    return None
