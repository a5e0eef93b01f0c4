"""The environment, ``.env`` and ``NAME_FILE`` files turned into one frozen Settings, or one sentence what is wrong."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

import dotenv
import platformdirs
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from reminderbot.settings import checks

FILE_MAX: Final = 64 * 1024
"""Bytes that a NAME_FILE may have."""


class SettingsError(Exception):
    """The settings can't be used; the text is one sentence with what to do, and holds no secret."""


class Role(StrEnum):
    """What a process does."""

    RUN = "run"  # everything; polls, or has updates delivered when WEBHOOK_URL is set
    WEB = "web"  # has updates delivered, and stores them
    WORKER = "worker"  # answers, ticks and sends; any number of them


class Settings(BaseModel):
    """Everything that the environment decides. A field's name in capitals is its variable's name."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    telegram_bot_token: Annotated[SecretStr, checks.hidden(checks.token)] | None = None
    telegram_api_url: Annotated[str, AfterValidator(checks.bare_address)] = "https://api.telegram.org"
    database_url: Annotated[SecretStr, checks.hidden(checks.database)] | None = None
    database_pool: Annotated[int, BeforeValidator(checks.whole_number), checks.between(1, 100)] = 5
    """Connections to a database server that each process opens at most."""
    webhook_url: Annotated[str, AfterValidator(checks.delivery_address)] | None = None
    webhook_secret: Annotated[SecretStr, checks.hidden(checks.header_secret)] | None = None
    port: Annotated[int, BeforeValidator(checks.whole_number), checks.between(1, 65_535)] = 8080
    reminderbot_home: Annotated[Path, BeforeValidator(checks.folder)] = Field(
        default_factory=lambda: platformdirs.user_data_path("reminderbot", appauthor=False)
    )
    reminderbot_content: Annotated[Path, BeforeValidator(checks.folder)] | None = None
    reminderbot_key: Annotated[SecretStr, checks.hidden(checks.key)] | None = None
    send_rate: Annotated[int, BeforeValidator(checks.whole_number), checks.between(1, 1000)] = 25
    """Messages per second over all chats."""
    allow_paid_broadcast: Annotated[bool, BeforeValidator(checks.yes_or_no)] = False
    """Whether Telegram may be paid for messages beyond 30 a second."""
    nudge_spread: Annotated[int, BeforeValidator(checks.minutes)] = 0
    """Minutes over which nudges of one moment are spread."""
    default_timezone: Annotated[str, AfterValidator(checks.zone)] = "UTC"
    admin_chats: Annotated[tuple[int, ...], BeforeValidator(checks.chats)] = ()
    heartbeat_url: Annotated[SecretStr, checks.hidden(checks.web_address)] | None = None
    log_format: Annotated[Literal["text", "json"], BeforeValidator(checks.log_format)] = "text"

    def token(self) -> str:
        """The bot token; raises SettingsError when there is none."""
        if self.telegram_bot_token is None:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN is not set; get a token from @BotFather in Telegram, "
                "or try `reminderbot demo`, which needs none."
            )
        return self.telegram_bot_token.get_secret_value()

    def webhook(self) -> tuple[str, str]:
        """Where this bot is reached from outside, and the webhook's secret; raises SettingsError without either."""
        if self.webhook_url is None:
            raise SettingsError(
                "WEBHOOK_URL is not set; set it to the https:// address at which this process is reached, "
                "or poll with `reminderbot run`."
            )
        if self.webhook_secret is None:
            raise SettingsError(
                "WEBHOOK_URL needs WEBHOOK_SECRET; set it to 32 or more random letters and digits."
            )
        return self.webhook_url, self.webhook_secret.get_secret_value()

    def require(self, role: Role) -> None:
        """Raise SettingsError when something is missing that a role needs."""
        self.token()
        if role is not Role.RUN and self.database_file() is not None:
            raise SettingsError(
                f"`reminderbot {role}` shares a database server with other processes; set DATABASE_URL to "
                "postgresql://host/name, or run everything in one process with `reminderbot run`."
            )
        if role is Role.WEB or (role is Role.RUN and self.webhook_url):
            self.webhook()

    def database(self) -> str:
        """The database's address: DATABASE_URL, else a SQLite file in the data folder."""
        if self.database_url is None:
            return f"sqlite:///{self.reminderbot_home / 'reminderbot.db'}"
        return self.database_url.get_secret_value()

    def database_file(self) -> Path | None:
        """The SQLite file; none when the database is a server."""
        if not self.database().startswith("sqlite"):
            return None
        return Path(checks.sqlite_path(self.database())).absolute()

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
        return Settings.model_validate({name.lower(): text for name, text in found.items()})
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


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
