"""The shape of a layout: rows of buttons, each a name in the message's content and its callback data."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias


class Copied(NamedTuple):
    """A button that puts a text on the clipboard (Bot API, copy_text: at most 256 characters)."""

    name: str
    text: str
    label: Mapping[str, Any]


Button: TypeAlias = tuple[str, str] | tuple[str, str, Mapping[str, Any]] | Copied
"""Name in the message's ``buttons``, callback data, and arguments of its label where it has any."""

Row: TypeAlias = list[Button]

Layout: TypeAlias = Callable[[Mapping[str, Any]], list[Row]]
"""From the arguments of a message to its rows of buttons."""
