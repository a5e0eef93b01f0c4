"""Which buttons stand under which message; their labels are content, their data is ours."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from reminderbot.library.loader import Library
from reminderbot.library.messages import Message
from reminderbot.library.texts import FALLBACK
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


def markup(library: Library, template: str, args: Mapping[str, Any]) -> dict[str, Any] | None:
    """The buttons under a message as the Bot API takes them (InlineKeyboardMarkup), or none.

    Raises KeyError for a button that the content does not name.
    """
    if template == NOTED:
        template = args["body_text"]["template"]
    layout = LAYOUTS.get(template)
    if layout is None:
        return None
    message, language = library.messages[template], str(args.get("language") or FALLBACK)
    rows = [[_button(message, button, language) for button in row] for row in layout(args) if row]
    return {"inline_keyboard": rows} if rows else None


def _button(message: Message, button: Button, language: str) -> dict[str, Any]:
    if isinstance(button, Copied):
        label = message.button(button.name, button.label, language)
        return {"text": label, "copy_text": {"text": button.text}}
    name, data, *label_args = button
    label = message.button(name, label_args[0] if label_args else None, language)
    return {"text": label, "callback_data": data}
