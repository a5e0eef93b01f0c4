"""Encryption of what people write: Fernet (AES-128-CBC with HMAC-SHA256) under REMINDERBOT_KEY."""

import base64
import binascii
import json
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

KEY_COMMAND = 'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
"""Prints a fresh key; named in every refusal."""


class KeyFormatError(ValueError):
    """The key is not 32 bytes in URL-safe base64."""


class LostKeyError(Exception):
    """A value was written with another key and can't be read."""


def new_key() -> str:
    """A fresh random key: 32 bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def key_beside(database: Path) -> str:
    """The key kept beside a local SQLite file, made with mode 0600 when there is none yet."""
    path = database.with_name(database.name + ".key")
    if not path.exists():
        _make_key(path)
    return path.read_text(encoding="ascii").strip()


def _make_key(path: Path) -> None:
    """Write a fresh key, unless another process is first: it is there whole or not at all, and never replaced."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(new_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a new name, fails where a key is already.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


class Vault:
    """Turns JSON values into encrypted bytes and back."""

    def __init__(self, key: str) -> None:
        """Take the key as text; raises KeyFormatError when it is not 32 bytes in URL-safe base64."""
        padded = key.strip() + "=" * (-len(key.strip()) % 4)
        try:
            size = len(base64.urlsafe_b64decode(padded))
        except (binascii.Error, ValueError):
            size = 0
        if size != 32:
            raise KeyFormatError
        self._fernet = Fernet(padded)

    def seal(self, value: object) -> bytes:
        """Encrypt a JSON value."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def open(self, sealed: bytes) -> object:
        """Decrypt a JSON value; raises LostKeyError when it was written with another key or is damaged."""
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise LostKeyError from error
