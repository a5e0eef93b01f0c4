"""Buttons of a reminder: the same for every sort of card, and more under a stretch."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row
from reminderbot.telegram.keyboards.symptom import wrong

STEPS = "steps"
"""Verb: show the steps of a stretch below its picture."""


def _reminder(args: Mapping[str, Any]) -> list[Row]:
    answers: Row = [(verb, encode(verb, args["key"])) for verb in ("done", "skip", "snooze")]
    return [answers, [("wrong_time", encode("clock"))]] if args["unsure"] else [answers]


def _stretch(args: Mapping[str, Any]) -> list[Row]:
    return [*_reminder(args), [wrong(args["key"])]]


def _pictured(args: Mapping[str, Any]) -> list[Row]:
    answers, *more = _stretch(args)
    return [answers, [("steps", encode(STEPS, args["key"]))], *more]


LAYOUTS: Mapping[str, Layout] = {
    "reminder.nudge": _reminder,
    "reminder.stretch": _stretch,
    "reminder.pictured": _pictured,
    "reminder.fact": _reminder,
}
"""By template."""
