"""Buttons of the question whether to delete everything."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row


def _question(_args: Mapping[str, Any]) -> list[Row]:
    return [[("delete", encode("forget"))], [("keep", encode("keep"))]]


LAYOUTS: Mapping[str, Layout] = {"forget.question": _question}
"""By template."""
