"""What the value of a variable has to be: each check gives it back as it is used, or raises ValueError.

The text of the error goes on behind the variable's name, as in: ``PORT must be 1 to 65535; change it``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

from reminderbot.rules import clock

SPREAD_MAX: Final = 480
"""Minutes: the longest interval of a cadence."""
_DURATION: Final = re.compile(r"(\d{1,4})\s*(m|min|h)?", re.ASCII)
_SECRET_HEADER: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9_-]+")
_PLAIN_PATH: Final = re.compile(r"[A-Za-z0-9/._~-]*")
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def token(text: str) -> str:
    """A bot token, as @BotFather writes it."""
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "is not a bot token; copy the whole line that @BotFather sent, such as 123456:ABC-xyz"
        )
    return text


def web_address(text: str) -> str:
    """An address on the web, without a slash at its end."""
    if (problem := _address_problem(text)) is not None:
        raise ValueError(f"{problem}; write something like https://example.org")
    return text.rstrip("/")


def _address_problem(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not a web address"
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s\x00-\x1f]", text):
        return "is not a web address"
    return "must not hold a user name or password" if parts.username is not None else None


def bare_address(text: str) -> str:
    """The same, with nothing behind its path."""
    text = web_address(text)
    if urlsplit(text).query or urlsplit(text).fragment:
        raise ValueError("must end before any ? or #; shorten it")
    return text


def delivery_address(text: str) -> str:
    """Where Telegram can deliver: https, or anything on this machine."""
    text = bare_address(text)
    parts = urlsplit(text)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise ValueError(
            "must begin with https://, since Telegram delivers nowhere else; http:// is for this machine alone, "
            "such as http://127.0.0.1:8080"
        )
    if not _PLAIN_PATH.fullmatch(parts.path):
        raise ValueError(
            "must have a path of plain letters and digits; write something like https://example.org/bot"
        )
    return text


def database(text: str) -> str:
    """The address of a database of a kind that can be used."""
    scheme = text.partition(":")[0].partition("+")[0]
    if scheme not in ("sqlite", "postgres", "postgresql") or "://" not in text:
        raise ValueError(
            "is not a database address; write sqlite:///path/to/bot.db or postgresql://host/name"
        )
    try:
        urlsplit(text).port  # noqa: B018 - raises
    except ValueError:
        raise ValueError(
            "can't be read; write signs such as / # [ or @ in the password as %2F, %23, %5B or %40"
        ) from None
    if scheme == "sqlite" and not sqlite_path(text):
        raise ValueError(
            "names no file, and all would be forgotten at the end; write sqlite:///path/to/bot.db"
        )
    return text


def sqlite_path(url: str) -> str:
    """The path in a SQLite address; empty for a database in memory."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    return "" if path.startswith(":memory:") or "mode=memory" in url else path


def header_secret(text: str) -> str:
    """A secret that Telegram sends in a header (Bot API, setWebhook)."""
    if not _SECRET_HEADER.fullmatch(text):
        raise ValueError("must be 1 to 256 letters, digits, _ or -")
    return text


def key(text: str) -> str:
    """An encryption key."""
    # Imported here: cryptography is slow to load and needed for this one variable.
    from reminderbot.store.vault import KEY_COMMAND, KeyFormatError, Vault

    try:
        Vault(text)
    except (KeyFormatError, ValueError):
        raise ValueError(f"is not a key of 32 bytes; print a fresh one with: {KEY_COMMAND}") from None
    return text


def folder(text: str) -> Path:
    """A path, made absolute."""
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError("names the home folder of nobody here; write the whole path") from None


def minutes(value: object) -> object:
    """A span in minutes, as people write it."""
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value.strip().lower())
    minutes = int(match[1]) * (60 if match[2] == "h" else 1) if match else -1
    if not 0 <= minutes <= SPREAD_MAX:
        raise ValueError(f"must be 0m to {SPREAD_MAX}m; write minutes such as 10m")
    return minutes


def whole_number(value: object) -> object:
    """Digits as a number."""
    if isinstance(value, str) and not (value.strip().isascii() and value.strip().isdigit()):
        raise ValueError("is not a whole number; write digits only")
    return int(value) if isinstance(value, str) else value


def yes_or_no(value: object) -> object:
    """A switch: yes or no, on or off, true or false, 1 or 0."""
    match str(value).strip().casefold():
        case "yes" | "on" | "true" | "1":
            return True
        case "no" | "off" | "false" | "0":
            return False
    raise ValueError("must be yes or no")


def between(low: int, high: int) -> AfterValidator:
    """A check that a number lies in a range."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"must be {low} to {high}; change it")
        return value

    return AfterValidator(check)


def zone(text: str) -> str:
    """The name of a time zone."""
    try:
        return clock.zone(text).key
    except clock.UnknownZoneError:
        raise ValueError("is not a time zone; write a name such as Europe/Berlin or UTC") from None


def chats(value: object) -> object:
    """Numbers of private chats, each once."""
    if not isinstance(value, str):
        return value
    words = [word for word in re.split(r"[\s,;]+", value) if word]
    if not all(word.isascii() and word.isdigit() and 0 < int(word) < 2**52 for word in words):
        raise ValueError("must be chat numbers of people, separated by commas, such as 123456,234567")
    return tuple(dict.fromkeys(map(int, words)))


def log_format(value: object) -> object:
    """How log lines are written."""
    lowered = value.lower() if isinstance(value, str) else value
    if lowered not in ("text", "json"):
        raise ValueError("must be text or json")
    return lowered


def hidden(check: Any) -> AfterValidator:
    """Check a secret's value and keep it hidden."""
    return AfterValidator(lambda secret: SecretStr(check(secret.get_secret_value())))
