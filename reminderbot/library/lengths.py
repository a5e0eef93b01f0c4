"""Messages that Telegram shows elsewhere than in a chat message, and how long they may be there.

The id of a message says where it is shown. A notice after a tap is any message of the topic ``tapped``, and any of
the topic ``answers`` that has no buttons.
"""

import html
import re
from collections.abc import Mapping
from typing import Final

from reminderbot.library.messages import Message, fill, placeholders
from reminderbot.library.texts import CAPTION_UNITS, utf16_units

NOTICE_UNITS: Final = 200
"""Longest notice after a tap (Bot API, answerCallbackQuery)."""
ARGUMENT: Final = "x" * 40
"""What is kept free for each argument."""

_ELSEWHERE: Final[Mapping[str, int]] = {
    "tapped": NOTICE_UNITS,
    "export": CAPTION_UNITS,
    "command": 256,
    "duty": 256,
    "operator": 256,
    "bot.description": 512,
    "bot.short": 120,
}
_PLAIN: Final = re.compile("[<>&]")


def most(name: str, message: Message) -> int | None:
    """Return how many UTF-16 units the text may have; None when only the limit of a chat message holds."""
    topic = name.partition(".")[0]
    if topic == "answers":
        return None if message.buttons else NOTICE_UNITS
    return _ELSEWHERE.get(name, _ELSEWHERE.get(topic))


def fault(name: str, message: Message) -> str | None:
    """Return what is wrong with a message where it is shown, as the rest of a sentence; None when nothing is."""
    limit = most(name, message)
    if limit is None:
        return None
    for language in sorted(message.text.languages):
        template = message.text.get(language)
        units = utf16_units(html.unescape(fill(template, dict.fromkeys(placeholders(template), ARGUMENT))))
        if units > limit:
            return f"may be {units} UTF-16 units long in {language}; at most {limit} fit where it is shown"
        if limit != CAPTION_UNITS and _PLAIN.search(template):
            return f"is shown as plain text; leave out < > and & in {language}"
    return None
