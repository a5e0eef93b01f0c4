"""Structured logs: one line an event with a stable ``action``, without tokens and without anybody's words."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Collection
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

MASK: Final = "[hidden]"
SHORTEST_SECRET: Final = 8
"""Characters; a shorter value would hide harmless words as well."""
WORDS: Final = frozenset({"text", "words", "args", "payload", "caption", "first_name", "username"})
"""Fields that would hold what people wrote or their names; they are left out of every line."""
QUIET: Final = ("httpx", "httpcore", "apscheduler", "telegram", "aiohttp", "alembic", "asyncio", "sqlalchemy")
"""Libraries that speak up only from warnings on: at lower levels they print addresses with the token in them."""
_TOKEN: Final = re.compile(r"\d+(?::|%3[Aa])[A-Za-z0-9_-]{30,}")


def mask(text: str, secrets: Collection[str] = ()) -> str:
    """Hide everything that looks like a bot token, and each given secret."""
    text = _TOKEN.sub(MASK, text)
    for secret in secrets:
        if len(secret) >= SHORTEST_SECRET:
            text = text.replace(secret, MASK)
    return text


def configure(
    form: Literal["text", "json"], secrets: Collection[str] = (), stream: TextIO | None = None
) -> None:
    """Send all logs, the libraries' too, to ``stream`` (standard error) as text or as one JSON object a line."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(_as_json if form == "json" else _as_text, tuple(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    # A job that is still at work when its next second comes is not begun twice: nothing to warn of.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _with_action,
            _without_words,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _formatter(render: Callable[[EventDict], str], secrets: tuple[str, ...]) -> logging.Formatter:
    def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
        # Masked as the very last step, so that nothing, exception texts included, comes in behind it.
        return mask(render(event), secrets)

    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _foreign,
            structlog.processors.format_exc_info,
        ],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, masked],
    )


def _foreign(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A library's own line: its free text can't be an action."""
    record: logging.LogRecord = event["_record"]
    event["detail"] = event.pop("event")
    event["action"] = f"library.{record.name.partition('.')[0]}"
    return event


def _with_action(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Our own line: its sentence is the detail, or the action where none is named."""
    said = event.pop("event")
    event["detail" if "action" in event else "action"] = said
    return event


def _without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    for name in WORDS & event.keys():
        del event[name]
    return event


def _as_json(event: EventDict) -> str:
    return json.dumps(dict(event), default=str, ensure_ascii=False)


def _as_text(event: EventDict) -> str:
    head = [str(event.pop("at")), f"{event.pop('level'):<7}", str(event.pop("action"))]
    trace = event.pop("exception", None)
    fields = [f"{name}={_short(value)}" for name, value in event.items()]
    return " ".join([*head, *fields]) + (f"\n{trace}" if trace else "")


def _short(value: Any) -> str:
    text = str(value)
    return text if re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)
