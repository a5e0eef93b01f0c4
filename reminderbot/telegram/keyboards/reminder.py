"""Buttons of a reminder, the same for every sort of card."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row


def _reminder(args: Mapping[str, Any]) -> list[Row]:
    answers: Row = [(verb, encode(verb, args["key"])) for verb in ("done", "skip", "snooze")]
    return [answers, [("wrong_time", encode("clock"))]] if args["unsure"] else [answers]


LAYOUTS: Mapping[str, Layout] = dict.fromkeys(
    ("reminder.nudge", "reminder.stretch", "reminder.fact", "reminder.noted"), _reminder
)
"""By template."""
