"""Undo, under every result of an answer; and the offer of fewer reminders."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

UNDOABLE = (
    "answers.done_result",
    "answers.done_result_past",
    "answers.skip_result",
    "answers.skip_result_past",
    "answers.snooze_result",
    "answers.said_done",
    "answers.said_done_own",
    "answers.said_done_past",
    "answers.said_skip",
    "answers.said_skip_past",
    "answers.said_snooze",
    "answers.quiet_result",
    "answers.quiet_snooze",
    "answers.said_quiet",
)
"""Templates with an Undo button."""


def _undo(args: Mapping[str, Any]) -> list[Row]:
    return [[("undo", encode("undo", args["key"]))]]


def _calmer(args: Mapping[str, Any]) -> list[Row]:
    interval = {"interval": args["interval"]}
    fewer = encode("calm", args["habit"], str(args["interval"]))
    return [[("calmer", fewer, interval), ("keep", encode("calm", args["habit"], "keep"))]]


LAYOUTS: Mapping[str, Layout] = dict.fromkeys(UNDOABLE, _undo) | {"calmer.offer": _calmer}
"""By template."""
