"""Buttons of the question whether to delete everything, and of what is said before somebody leaves."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards import safety
from reminderbot.telegram.keyboards.layout import Layout, Row


def _question(_args: Mapping[str, Any]) -> list[Row]:
    return [[("delete", encode("forget"))], [("keep", encode("keep"))]]


LAYOUTS: Mapping[str, Layout] = {
    "forget.question": _question,
    "leaving.now": safety.LAYOUTS["safety.stands"],
    "leaving.asked": safety.LAYOUTS["safety.stands"],
    "leaving.mind": safety.LAYOUTS["safety.stands_mental"],
    "leaving.today": safety.LAYOUTS["safety.stands_today"],
}
"""By template."""
