"""Reading a call's parameters: which names a method takes, and what they mean.

The names come from `inspect.signature(telegram.Bot.<method>)`, so a parameter that the Bot API does not know
is refused
here instead of being ignored as Telegram would. Values arrive as strings over HTTP and as objects in process;
both
become the same Python values.
"""

from __future__ import annotations

import inspect
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import telegram

from reminderbot.demo.telegram.state import ApiError, Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file sent along with a call."""

    name: str
    content: bytes
    mime: str


@dataclass(slots=True)
class Params:
    """The checked parameters of one call, and the files that came with it."""

    method: str
    values: Json
    files: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a parameter, or the default where it was left out."""
        return self.values.get(name, default)

    @property
    def chat_id(self) -> int | None:
        """The chat the call is about, where it names one by number."""
        value = self.values.get("chat_id")
        return value if isinstance(value, int) else None


@cache
def kinds_of(method: str) -> dict[str, tuple[str, bool]] | None:
    """For a method such as "sendMessage".

    Parameter name -> (kind of value, required). None: no such method.
    """
    attribute = getattr(telegram.Bot, re.sub("([A-Z])", lambda m: "_" + m[1].lower(), method), None)
    if attribute is None or not inspect.isfunction(attribute):
        return None
    return {
        name: (_kind(name, str(parameter.annotation)), parameter.default is parameter.empty)
        for name, parameter in inspect.signature(attribute).parameters.items()
        if name != "self" and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    }


def _kind(name: str, annotation: str) -> str:
    if "Sequence" in annotation:
        return "object"
    if "FileInput" in annotation:
        return "file"
    scalars = [kind for kind in ("bool", "int", "str", "float") if re.search(rf"\b{kind}\b", annotation)]
    if name == "chat_id":
        return "chat"
    return scalars[0] if scalars else "object"


def read(method: str, raw: Json, files: dict[str, Upload]) -> Params:
    """Check the names, turn the values into Python ones. Raises ApiError (400) for what does not fit."""
    kinds = kinds_of(method) or {}
    values: Json = {}
    for name, value in raw.items():
        if name not in kinds:
            raise ApiError(400, f'Bad Request: unknown parameter "{name}" for {method}')
        values[name] = _decode(name, kinds[name][0], value)
    for name, (_, required) in kinds.items():
        if required and name not in values and name not in files:
            raise ApiError(400, _missing(method, name))
    return Params(method, values, files)


def _missing(method: str, name: str) -> str:
    known = {"text": "message text is empty", "chat_id": "chat_id is empty"}
    if method in ("sendPhoto", "sendDocument", "sendAnimation") and name == method[4:].lower():
        return f"Bad Request: there is no {name} in the request"
    return "Bad Request: " + known.get(name, f'parameter "{name}" is required')


def _decode(name: str, kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return _DECODERS[kind](value)
    except ValueError as error:
        raise ApiError(400, f"Bad Request: can't parse {name}: {value[:40]!r}") from error


def _chat(value: str) -> int | str:
    return value if value.startswith("@") else int(value)


def _flag(value: str) -> bool:
    return value.lower() in ("true", "yes", "1")


_DECODERS: dict[str, Any] = {
    "bool": _flag,
    "int": int,
    "float": float,
    "str": str,
    "file": str,
    "chat": _chat,
    "object": json.loads,
}
