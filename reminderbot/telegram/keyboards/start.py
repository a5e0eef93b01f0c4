"""Buttons of the welcome, of the overview, and of stopping."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row
from reminderbot.telegram.keyboards.singles import undo

HOURS: Mapping[str, str] = {
    "early": "8-12 13-17",
    "usual": "9-12 13-17",
    "late": "10-13 14-18",
    "whole": "8-20",
    "evening": "17-21",
}
"""Working hours that are offered: name of the button, and its words for /remind."""


def hours(verb: str, *args: str) -> list[Row]:
    """The offered hours, two in a row, so that a phone shows them whole."""
    buttons = [(name, encode(verb, *args, words)) for name, words in HOURS.items()]
    return [list(buttons[first : first + 2]) for first in range(0, len(buttons), 2)]


def _hours(_args: Mapping[str, Any]) -> list[Row]:
    return hours("hours")


def _changed_hours(args: Mapping[str, Any]) -> list[Row]:
    return [*_hours(args), *undo(args)]


def _ways(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("plans")), ("settings", encode("settings"))]]


def _start(_args: Mapping[str, Any]) -> list[Row]:
    return [[("start", encode("start"))]]


LAYOUTS: Mapping[str, Layout] = {
    "start.welcome": _hours,
    "start.hours": _changed_hours,
    "start.again": _ways,
    "start.back": _ways,
    "start.returned": _ways,
    "start.back_held": _ways,
    "start.first": _start,
    "stop.done": _start,
    "stop.already": _start,
}
"""By template."""
