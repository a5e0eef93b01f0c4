"""The environment, ``.env`` and ``NAME_FILE`` files turned into one frozen Settings, or one sentence what is wrong."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

import dotenv
import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from reminderbot.rules import clock

FILE_MAX: Final = 64 * 1024
"""Bytes that a NAME_FILE may have."""
SPREAD_MAX: Final = 480
"""Minutes: the longest interval of a cadence."""
_DURATION: Final = re.compile(r"(\d{1,4})\s*(m|min|h)?", re.ASCII)
_SECRET_HEADER: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+:[A-Za-z0-9_-]+")


class SettingsError(Exception):
    """The settings can't be used; the text is one sentence with what to do, and holds no secret."""


def _token(text: str) -> str:
    if not _TOKEN.fullmatch(text):
        raise ValueError(
            "is not a bot token; copy the whole line that @BotFather sent, such as 123456:ABC-xyz"
        )
    return text


def _web_address(text: str) -> str:
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


def _bare_address(text: str) -> str:
    text = _web_address(text)
    if urlsplit(text).query or urlsplit(text).fragment:
        raise ValueError("must end before any ? or #; shorten it")
    return text


def _https_address(text: str) -> str:
    text = _web_address(text)
    if not text.startswith("https://"):
        raise ValueError("must begin with https://, since Telegram delivers nowhere else")
    return text


def _database(text: str) -> str:
    scheme = text.partition(":")[0].partition("+")[0]
    if scheme not in ("sqlite", "postgres", "postgresql") or "://" not in text:
        raise ValueError(
            "is not a database address; write sqlite:///path/to/bot.db or postgresql://host/name"
        )
    if scheme == "sqlite" and not _sqlite_path(text):
        raise ValueError(
            "names no file, and all would be forgotten at the end; write sqlite:///path/to/bot.db"
        )
    return text


def _sqlite_path(url: str) -> str:
    """The path in a SQLite address; empty for a database in memory."""
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    return "" if path.startswith(":memory:") or "mode=memory" in url else path


def _header_secret(text: str) -> str:
    if not _SECRET_HEADER.fullmatch(text):
        raise ValueError("must be 1 to 256 letters, digits, _ or -")
    return text


def _key(text: str) -> str:
    # Imported here: cryptography is slow to load and needed for this one variable.
    from reminderbot.store.vault import KEY_COMMAND, KeyFormatError, Vault

    try:
        Vault(text)
    except (KeyFormatError, ValueError):
        raise ValueError(f"is not a key of 32 bytes; print a fresh one with: {KEY_COMMAND}") from None
    return text


def _folder(text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError:
        raise ValueError("names the home folder of nobody here; write the whole path") from None


def _minutes(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value.strip().lower())
    minutes = int(match[1]) * (60 if match[2] == "h" else 1) if match else -1
    if not 0 <= minutes <= SPREAD_MAX:
        raise ValueError(f"must be 0m to {SPREAD_MAX}m; write minutes such as 10m")
    return minutes


def _whole_number(value: object) -> object:
    if isinstance(value, str) and not (value.strip().isascii() and value.strip().isdigit()):
        raise ValueError("is not a whole number; write digits only")
    return int(value) if isinstance(value, str) else value


def _between(low: int, high: int) -> AfterValidator:
    def check(value: int) -> int:
        if not low <= value <= high:
            raise ValueError(f"must be {low} to {high}; change it")
        return value

    return AfterValidator(check)


def _zone(text: str) -> str:
    try:
        return clock.zone(text).key
    except clock.UnknownZoneError:
        raise ValueError("is not a time zone; write a name such as Europe/Berlin or UTC") from None


def _chats(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = [word for word in re.split(r"[\s,;]+", value) if word]
    if not all(word.isascii() and word.isdigit() and 0 < int(word) < 2**52 for word in words):
        raise ValueError("must be chat numbers of people, separated by commas, such as 123456,234567")
    return tuple(dict.fromkeys(map(int, words)))


def _log_format(value: object) -> object:
    lowered = value.lower() if isinstance(value, str) else value
    if lowered not in ("text", "json"):
        raise ValueError("must be text or json")
    return lowered


def _hidden(check: Any) -> AfterValidator:
    """Check a secret's value and keep it hidden."""
    return AfterValidator(lambda secret: SecretStr(check(secret.get_secret_value())))


class Settings(BaseModel):
    """Everything that the environment decides. A field's name in capitals is its variable's name."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram_bot_token: Annotated[SecretStr, _hidden(_token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(_bare_address)] = "https://api.telegram.org"
    database_url: Annotated[SecretStr, _hidden(_database)] | None = None
    webhook_url: Annotated[str, AfterValidator(_https_address)] | None = None
    webhook_secret: Annotated[SecretStr, _hidden(_header_secret)] | None = None
    port: Annotated[int, BeforeValidator(_whole_number), _between(1, 65_535)] = 8080
    reminderbot_home: Annotated[Path, BeforeValidator(_folder)] = Field(
        default_factory=lambda: platformdirs.user_data_path("reminderbot", appauthor=False)
    )
    reminderbot_content: Annotated[Path, BeforeValidator(_folder)] | None = None
    reminderbot_key: Annotated[SecretStr, _hidden(_key)] | None = None
    send_rate: Annotated[int, BeforeValidator(_whole_number), _between(1, 1000)] = 25
    """Messages per second over all chats."""
    nudge_spread: Annotated[int, BeforeValidator(_minutes)] = 0
    """Minutes over which nudges of one moment are spread."""
    default_timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    admin_chats: Annotated[tuple[int, ...], BeforeValidator(_chats)] = ()
    heartbeat_url: Annotated[SecretStr, _hidden(_web_address)] | None = None
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_log_format)] = "text"

    def token(self) -> str:
        """The bot token; raises SettingsError when there is none."""
        if self.telegram_bot_token is None:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather in Telegram, "
                "or try `reminderbot demo`, which needs none."
            )
        return self.telegram_bot_token.get_secret_value()

    def database(self) -> str:
        """The database's address: DATABASE_URL, else a SQLite file in the data folder."""
        if self.database_url is None:
            return f"sqlite:///{self.reminderbot_home / 'reminderbot.db'}"
        return self.database_url.get_secret_value()

    def database_file(self) -> Path | None:
        """The SQLite file; none when the database is a server."""
        if not self.database().startswith("sqlite"):
            return None
        return Path(_sqlite_path(self.database())).absolute()

    def secrets(self) -> tuple[str, ...]:
        """Every value that must never be printed."""
        hidden = (self.telegram_bot_token, self.webhook_secret, self.reminderbot_key, self.heartbeat_url)
        password = urlsplit(self.database()).password
        return tuple(secret.get_secret_value() for secret in hidden if secret) + (
            (password,) if password else ()
        )


NAMES: Final[tuple[str, ...]] = tuple(name.upper() for name in Settings.model_fields)
"""Every variable that is read."""


def load(environ: Mapping[str, str], dotenv_file: Path | None) -> Settings:
    """Read the settings: ``environ`` first, then ``.env``, each variable also as NAME_FILE.

    An empty variable counts as unset. Raises SettingsError with one sentence that names the variable.
    """
    sources = [environ, _dotenv(dotenv_file)]
    found = {name: text for name in NAMES if (text := _value(name, sources)) is not None}
    try:
        settings = Settings.model_validate({name.lower(): text for name, text in found.items()})
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    if settings.webhook_url and not settings.webhook_secret:
        raise SettingsError(
            "WEBHOOK_URL needs WEBHOOK_SECRET; set it to 32 or more random letters and digits."
        )
    return settings


def _dotenv(path: Path | None) -> Mapping[str, str]:
    if path is None or not path.is_file():
        return {}
    try:
        # No interpolation: a $ in a password is a $.
        values = dotenv.dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, ValueError):
        raise SettingsError(f"{path} can't be read; make it a readable text file, or remove it.") from None
    return {name: text for name, text in values.items() if text is not None}


def _value(name: str, sources: list[Mapping[str, str]]) -> str | None:
    """The first source with NAME or NAME_FILE decides."""
    for source in sources:
        text, file = source.get(name, "").strip(), source.get(f"{name}_FILE", "").strip()
        if text and file:
            raise SettingsError(f"{name} and {name}_FILE are both set; remove one of them.")
        if file:
            return _read(f"{name}_FILE", Path(file))
        if text:
            return text
    return None


def _read(name: str, path: Path) -> str:
    try:
        with path.expanduser().open("rb") as file:
            content = file.read(FILE_MAX + 1)
        text = content.decode("utf-8-sig").strip()
    except (OSError, RuntimeError):
        raise SettingsError(
            f"{name} names a file that can't be read; correct the path or its permissions."
        ) from None
    except ValueError:
        raise SettingsError(f"{name} names a file that is not text; write the value alone into it.") from None
    if not text or len(content) > FILE_MAX:
        raise SettingsError(f"{name} names a file that is empty or too long; write the value alone into it.")
    return text


def _sentence(error: ValidationError) -> str:
    detail = error.errors(include_url=False, include_input=False)[0]
    reason = detail.get("ctx", {}).get("error", "can't be used")
    return f"{str(detail['loc'][0]).upper()} {reason}."


def key_for(settings: Settings) -> str:
    """The encryption key: REMINDERBOT_KEY, else the one in its own file beside a local SQLite file.

    Raises SettingsError when there is none and none may be made.
    """
    from reminderbot.store.vault import KEY_COMMAND, KeyFormatError, Vault, key_beside

    if settings.reminderbot_key is not None:
        return settings.reminderbot_key.get_secret_value()
    file = settings.database_file()
    if file is None:
        raise SettingsError(
            f"REMINDERBOT_KEY is not set; print a key with: {KEY_COMMAND} - keep it, and set it."
        )
    try:
        key = key_beside(file)
        Vault(key)
    except KeyFormatError:
        raise SettingsError(f"{file}.key holds no key; put the key back, or set REMINDERBOT_KEY.") from None
    except (OSError, ValueError):
        raise SettingsError(
            f"{file}.key can't be read or made; mend its permissions, or set REMINDERBOT_KEY."
        ) from None
    return key


def present_key(settings: Settings) -> str | None:
    """The key that would be used, without making one; none when there is none yet. Raises SettingsError."""
    file = settings.database_file()
    missing = file is None or not file.with_name(f"{file.name}.key").is_file()
    return None if missing and settings.reminderbot_key is None else key_for(settings)


def make_folders(settings: Settings) -> None:
    """Make the folder of the database, and an empty file for it, for their owner only; leave what is there.

    SQLite gives the files that it puts beside a database the rights of that file. Raises SettingsError when the
    folder or the file can't be made.
    """
    file = settings.database_file()
    if file is None:
        return
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        usable = os.access(file.parent, os.W_OK | os.X_OK)
        if usable and not file.exists():
            file.touch(mode=0o600)
    except OSError:
        usable = False
    if not usable:
        raise SettingsError(
            f"The folder {file.parent} can't be written; set REMINDERBOT_HOME to one that can."
        )
