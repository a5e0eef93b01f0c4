"""Buttons of a pause."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row


def _resume(_args: Mapping[str, Any]) -> list[Row]:
    return [[("resume", encode("resume"))]]


LAYOUTS: Mapping[str, Layout] = {
    "pause.done": _resume,
    "pause.done_held": _resume,
    "pause.until_held": _resume,
}
"""By template."""
