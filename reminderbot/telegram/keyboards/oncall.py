"""Buttons of a note about a case, and of what is said when nobody answers it."""

from collections.abc import Mapping
from typing import Any

from reminderbot.store.tables import CaseState
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Copied, Layout, Row


def _note(args: Mapping[str, Any]) -> list[Row]:
    number = str(args["number"])
    acknowledge, close = ("acknowledge", encode("oack", number)), ("close", encode("oclose", number))
    match args["state"]:
        case CaseState.CLOSED:
            return []
        case CaseState.ACKNOWLEDGED:
            return [[close]]
    return [[acknowledge]] if args["drill"] else [[acknowledge, close]]


def _number(args: Mapping[str, Any]) -> list[Row]:
    return [[Copied("copy", args["number"], {"number": args["number"]})]] if args["number"] else []


LAYOUTS: Mapping[str, Layout] = {
    "case.note": _note,
    "safety.nobody_answered": _number,
    "safety.nobody_listened": _number,
}
"""By template."""
