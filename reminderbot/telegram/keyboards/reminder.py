"""Buttons of a reminder: the same for every sort of card, and one more under a stretch."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row
from reminderbot.telegram.keyboards.symptom import wrong


def _reminder(args: Mapping[str, Any]) -> list[Row]:
    answers: Row = [(verb, encode(verb, args["key"])) for verb in ("done", "skip", "snooze")]
    return [answers, [("wrong_time", encode("clock"))]] if args["unsure"] else [answers]


def _stretch(args: Mapping[str, Any]) -> list[Row]:
    return [*_reminder(args), [wrong(args["key"])]]


def _noted(args: Mapping[str, Any]) -> list[Row]:
    """Below a line and a card: what belongs under the card."""
    return LAYOUTS[args["body_text"]["template"]](args)


LAYOUTS: Mapping[str, Layout] = {
    "reminder.nudge": _reminder,
    "reminder.stretch": _stretch,
    "reminder.fact": _reminder,
    "reminder.noted": _noted,
}
"""By template."""
