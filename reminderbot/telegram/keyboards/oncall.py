"""Buttons of a note about a case, and of what the person whom it is about is told."""

from collections.abc import Mapping
from typing import Any

from reminderbot.store.tables import CaseState
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Copied, Layout, Row

ACKNOWLEDGE, CLOSE, SURE, KEEP = "oack", "oclose", "osure", "okeep"
"""Verbs of the buttons; each carries the number of its case."""


def _note(args: Mapping[str, Any]) -> list[Row]:
    number = str(args["number"])
    acknowledge, close = ("acknowledge", encode(ACKNOWLEDGE, number)), ("close", encode(CLOSE, number))
    match args["state"]:
        case CaseState.CLOSED:
            return []
        case CaseState.ACKNOWLEDGED:
            return [[close]]
    return [[acknowledge]] if args["drill"] else [[acknowledge, close]]


def _closing(args: Mapping[str, Any]) -> list[Row]:
    number = str(args["number"])
    return [[("close", encode(SURE, number)), ("keep", encode(KEEP, number))]]


def _number(args: Mapping[str, Any]) -> list[Row]:
    return [[Copied("copy", args["number"], {"number": args["number"]})]] if args["number"] else []


LAYOUTS: Mapping[str, Layout] = {
    "case.note": _note,
    "case.closing": _closing,
    "safety.closed": _number,
    "safety.closed_held": _number,
    "safety.closed_asked": _number,
    "safety.answer_late": _number,
    "safety.answer_unread": _number,
    "safety.nobody_answered": _number,
    "safety.nobody_listened": _number,
}
"""By template."""
