"""Buttons of a reminder: the same for every sort of card, and more under a stretch."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.answers import moments
from reminderbot.telegram.keyboards.layout import Layout, Row
from reminderbot.telegram.keyboards.symptom import wrong

STEPS = "steps"
"""Verb: show the steps of a stretch below its picture."""


def answers(args: Mapping[str, Any]) -> list[Row]:
    """Done, Skip and Snooze; the moments that are left where it can't be snoozed as it was wanted."""
    verbs = ("done", "skip") if "choices" in args else ("done", "skip", "snooze")
    return [[(verb, encode(verb, args["key"])) for verb in verbs], moments(args)]


def unsure(args: Mapping[str, Any]) -> Row:
    """A way to the question about the clock, while that is not confirmed."""
    return [("wrong_time", encode("clock"))] if args["unsure"] else []


def _reminder(args: Mapping[str, Any]) -> list[Row]:
    return [*answers(args), unsure(args)]


def _stretch(args: Mapping[str, Any]) -> list[Row]:
    return [*_reminder(args), [wrong(args["key"])]]


def _pictured(args: Mapping[str, Any]) -> list[Row]:
    return [*answers(args), [("steps", encode(STEPS, args["key"]))], unsure(args), [wrong(args["key"])]]


LAYOUTS: Mapping[str, Layout] = {
    "reminder.nudge": _reminder,
    "reminder.stretch": _stretch,
    "reminder.pictured": _pictured,
    "reminder.fact": _reminder,
}
"""By template."""
