"""Buttons below what a file offers, the question whether to delete everything, and what is said before that."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards import safety
from reminderbot.telegram.keyboards.layout import Layout, Row

TAKE = "take"
"""Verb: what a file offers is taken over."""


def _question(_args: Mapping[str, Any]) -> list[Row]:
    return [[("delete", encode("forget"))], [("keep", encode("keep"))]]


def _offer(args: Mapping[str, Any]) -> list[Row]:
    return [[("take", encode(TAKE, args["draft"]))]]


def _done(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("plans")), ("settings", encode("settings"))]]


LAYOUTS: Mapping[str, Layout] = {
    "forget.question": _question,
    "import.offer": _offer,
    "import.done": _done,
    "leaving.now": safety.LAYOUTS["safety.stands"],
    "leaving.asked": safety.LAYOUTS["safety.stands"],
    "leaving.mind": safety.LAYOUTS["safety.stands_mental"],
    "leaving.today": safety.LAYOUTS["safety.stands_today"],
}
"""By template."""
