"""Buttons of a sequence: under its reminder, and under each of its moves."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row
from reminderbot.telegram.keyboards.reminder import STEPS, answers, unsure
from reminderbot.telegram.keyboards.symptom import wrong

START, MOVE = "qstart", "qmove"
"""Verbs: begin the sequence of a reminder; one of its moves, by its number."""

DIGITS = 4
"""Of such a number at most."""


def _offer(args: Mapping[str, Any]) -> list[Row]:
    return [[("begin", encode(START, args["key"]))], *answers(args), unsure(args)]


def _move(args: Mapping[str, Any]) -> list[Row]:
    """Back and forth, with Done at the end; Stop leaves it at that, as Skip does."""
    key = args["key"]
    return [_ways(args), [("stop", encode("skip", key)), wrong(key)]]


def _pictured(args: Mapping[str, Any]) -> list[Row]:
    key = args["key"]
    return [_ways(args), [("steps", encode(STEPS, key)), ("stop", encode("skip", key))], [wrong(key)]]


def _ways(args: Mapping[str, Any]) -> Row:
    key, back, following = args["key"], args["back"], args["next"]
    there: Row = [("back", encode(MOVE, key, str(back)))] if back else []
    on: Row = [("next", encode(MOVE, key, str(following)))] if following else [("done", encode("done", key))]
    return [*there, *on]


def _stopped(args: Mapping[str, Any]) -> list[Row]:
    return [[("undo", encode("undo", args["key"]))]]


LAYOUTS: Mapping[str, Layout] = {
    "reminder.sequence": _offer,
    "reminder.move": _move,
    "reminder.move_pictured": _pictured,
    "sequence.stopped": _stopped,
}
"""By template."""
