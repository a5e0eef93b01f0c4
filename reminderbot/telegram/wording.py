"""From a template and its stored arguments to the text that a person reads.

Arguments are JSON. The end of a name says how a value is written: ``_time`` a local wall time, ``_times`` several,
``_day`` a date, ``_list`` words, ``_text`` a nested ``{"template": ..., "args": ...}``; all else is shown as it is,
escaped.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from reminderbot.library.loader import Library
from reminderbot.library.messages import Html


def render(library: Library, template: str, args: Mapping[str, Any]) -> str:
    """The finished HTML text of a message; raises KeyError for an unknown template or a missing argument."""
    shown = {name: _shown(library, name, value) for name, value in args.items()}
    return library.messages[template].render(shown)


def wall_time(moment: datetime) -> str:
    """A local time with its weekday, ``Mon 9:05``."""
    return f"{moment:%a} {moment.hour}:{moment:%M}"


def day(value: date) -> str:
    """A date with its weekday, ``Mon 5 January``."""
    return f"{value:%a} {value.day} {value:%B}"


def _shown(library: Library, name: str, value: Any) -> object:
    _, ends, ending = name.rpartition("_")
    match ending if ends else "":
        case "time":
            return wall_time(datetime.fromisoformat(value))
        case "times":
            return ", ".join(wall_time(datetime.fromisoformat(item)) for item in value)
        case "day":
            return day(date.fromisoformat(value))
        case "list":
            return ", ".join(value)
        case "text":
            return Html(render(library, value["template"], value["args"]))
    return value
