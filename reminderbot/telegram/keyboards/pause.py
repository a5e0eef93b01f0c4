"""Buttons of a pause."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row


def _resume(_args: Mapping[str, Any]) -> list[Row]:
    return [[("resume", encode("resume"))]]


def _undo(args: Mapping[str, Any]) -> list[Row]:
    """The days of a pause to come, and of the one whose place it took, as ordinals."""
    return [[("undo", encode("unpause", *map(str, args["undo"])))]]


LAYOUTS: Mapping[str, Layout] = {
    "pause.done": _resume,
    "pause.done_held": _resume,
    "pause.until_held": _resume,
    "pause.planned": _undo,
    "pause.planned_instead": _undo,
    "pause.planned_held": _undo,
}
"""By template."""
