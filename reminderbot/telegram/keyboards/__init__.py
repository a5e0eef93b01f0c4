"""Which buttons stand under which message; their labels are content, their data is ours."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from reminderbot.library.loader import Library
from reminderbot.library.texts import FALLBACK
from reminderbot.telegram import wording
from reminderbot.telegram.keyboards import (
    answers,
    hold,
    learn,
    oncall,
    pause,
    privacy,
    remind,
    reminder,
    safety,
    sequence,
    settings,
    singles,
    start,
    stats,
    symptom,
    timezone,
    today,
)
from reminderbot.telegram.keyboards.layout import Button, Copied, Layout

_TOPICS = (
    answers,
    hold,
    learn,
    oncall,
    pause,
    privacy,
    remind,
    reminder,
    safety,
    sequence,
    settings,
    singles,
    start,
    stats,
    symptom,
    timezone,
    today,
)

LAYOUTS: Mapping[str, Layout] = ChainMap(*(dict(topic.LAYOUTS) for topic in _TOPICS))
"""By template, over all topics."""


NOTED = "reminder.noted"
"""A line and a card: below them stands what belongs below the card."""


def markup(library: Library, template: str, args: Mapping[str, Any], now: datetime) -> dict[str, Any] | None:
    """The buttons under a message as the Bot API takes them (InlineKeyboardMarkup), or none.

    ``now`` is aware; the arguments of a label are written as those of a text. Raises KeyError for a button that the
    content does not name.
    """
    if template == NOTED:
        template = args["body_text"]["template"]
    layout = LAYOUTS.get(template)
    if layout is None:
        return None
    message, language = library.messages[template], str(args.get("language") or FALLBACK)

    def label(name: str, label_args: Mapping[str, Any]) -> str:
        return message.button(name, wording.written(library, label_args, now, language), language)

    rows = [[_button(button, label) for button in row] for row in layout(args) if row]
    return {"inline_keyboard": rows} if rows else None


def _button(button: Button, label: Callable[[str, Mapping[str, Any]], str]) -> dict[str, Any]:
    if isinstance(button, Copied):
        return {"text": label(button.name, button.label), "copy_text": {"text": button.text}}
    name, data, *label_args = button
    return {"text": label(name, label_args[0] if label_args else {}), "callback_data": data}
