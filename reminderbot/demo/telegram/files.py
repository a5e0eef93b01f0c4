"""Files at the server: uploads become reusable file ids, and can be fetched again."""

from __future__ import annotations

import hashlib

from reminderbot.demo.telegram.checks import refuse
from reminderbot.demo.telegram.images import moves, picture_size
from reminderbot.demo.telegram.params import Params, Upload
from reminderbot.demo.telegram.state import ApiError, Json, Message, StoredFile

UPLOAD_MAX = 50 * 1024 * 1024
PHOTO_MAX = 10 * 1024 * 1024
PHOTO_SIDES_MAX = 10_000
PHOTO_RATIO_MAX = 20
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
        if kind == "photo":
            _check_photo(size)
        if kind == "animation" and not moves(upload.content):
            kind = "document"  # what Telegram can make no film of is shown as a file
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

    def take(self, kind: str, value: str, params: Params) -> StoredFile:
        """The file a call means by a value: sent along, or by the id of an earlier one."""
        upload = params.files.get(value.removeprefix("attach://") if value.startswith("attach://") else kind)
        if upload is not None:
            self.uploads += 1
            return self.add(kind, upload)
        if value not in self._by_id:
            raise refuse("wrong file identifier/HTTP URL specified")
        if self._by_id[value].kind != kind:
            raise refuse(f"can't use file of type {self._by_id[value].kind.title()} as {kind.title()}")
        return self._by_id[value]


def show(message: Message, stored: StoredFile) -> None:
    """Make a file what a message shows."""
    message.kind, message.media, message.file_id = stored.kind, media_of(stored), stored.file_id


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
    if stored.kind == "animation":  # Telegram makes a film of a GIF
        film = {"file_name": f"{stored.name}.mp4", "mime_type": "video/mp4", "duration": 1}
        return {**base, **film, **stored.details}
    return {**base, "file_name": stored.name, "mime_type": stored.mime}


def _check_photo(size: tuple[int, int] | None) -> None:
    if size is None:
        raise refuse("IMAGE_PROCESS_FAILED")
    if sum(size) > PHOTO_SIDES_MAX or max(size) > PHOTO_RATIO_MAX * min(size):
        raise refuse("PHOTO_INVALID_DIMENSIONS")
