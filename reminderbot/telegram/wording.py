"""From a template and its stored arguments to the text that a person reads.

Arguments are JSON. The end of a name says how a value is written: ``_time`` a local wall time, ``_times`` several,
``_day`` a date, ``_list`` words, ``_text`` a nested ``{"template": ..., "args": ...}``; all else is shown as it is,
escaped. ``language`` is the one to write in, where content has it; nested texts are in the same.
"""

import html
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from reminderbot.library.loader import Library
from reminderbot.library.messages import Html
from reminderbot.library.texts import FALLBACK, utf16_units

NEAR = timedelta(days=6)
"""Up to here a weekday alone names a day."""


def render(library: Library, template: str, args: Mapping[str, Any], now: datetime) -> str:
    """The finished HTML text of a message; raises KeyError for an unknown template or a missing argument.

    ``now`` is aware; times far from it are written with their date.
    """
    language = str(args.get("language") or FALLBACK)
    return library.messages[template].render(written(library, args, now, language), language)


def written(library: Library, args: Mapping[str, Any], now: datetime, language: str) -> dict[str, object]:
    """Arguments with each value written as the end of its name says; raises KeyError as ``render`` does."""
    return {name: _shown(library, name, value, now, language) for name, value in args.items()}


def units(text: str) -> int:
    """How long a finished HTML text is as Telegram counts it: in UTF-16 units, without its tags."""
    return utf16_units(_plain(text))


def spelled(library: Library, value: Any, now: datetime) -> Any:
    """The data of a picture with each nested text in it as plain words; raises KeyError as ``render`` does."""
    match value:
        case {"template": template, "args": args}:
            return _plain(render(library, template, args, now))
        case dict():
            return {name: spelled(library, item, now) for name, item in value.items()}
        case list():
            return [spelled(library, item, now) for item in value]
        case _:
            return value


def wall_time(moment: datetime, now: datetime) -> str:
    """A naive local time with its weekday, ``Mon 9:05``; further away with its date, ``Mon 5 Jan 9:05``."""
    far = abs(moment - now.replace(tzinfo=None)) > NEAR
    date_of = f" {moment.day} {moment:%b}" if far else ""
    return f"{moment:%a}{date_of} {moment.hour}:{moment:%M}"


def day(value: date) -> str:
    """A date with its weekday, ``Mon 5 January``."""
    return f"{value:%a} {value.day} {value:%B}"


def _plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))


def _shown(library: Library, name: str, value: Any, now: datetime, language: str) -> object:
    _, ends, ending = name.rpartition("_")
    match ending if ends else "":
        case "time":
            return wall_time(datetime.fromisoformat(value), now)
        case "times":
            return ", ".join(wall_time(datetime.fromisoformat(item), now) for item in value)
        case "day":
            return day(date.fromisoformat(value))
        case "list":
            return ", ".join(value)
        case "text":
            return Html(render(library, value["template"], {"language": language} | value["args"], now))
    return value
