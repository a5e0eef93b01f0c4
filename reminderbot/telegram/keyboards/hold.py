"""Buttons of a hold, and of the way back from it."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row

CHECKED, SWITCH_ON, BACK, STAY = "hok", "hon", "hback", "hstay"
"""Verbs: a clinician has looked and reminders on again, each with the newest report it is about; stretches back;
stretches stay out."""


def _ends(args: Mapping[str, Any]) -> list[Row]:
    """The button that ends the hold, if it is one that a button can end."""
    verbs = {"checked": CHECKED, "switch_on": SWITCH_ON}
    return [[(args["ends"], encode(verbs[args["ends"]], args["report"]))]] if args["ends"] else []


def _checked(args: Mapping[str, Any]) -> list[Row]:
    return [[("checked", encode(CHECKED, args["report"]))]]


def _switch_on(args: Mapping[str, Any]) -> list[Row]:
    return [[("switch_on", encode(SWITCH_ON, args["report"]))]]


def _stretches(_args: Mapping[str, Any]) -> list[Row]:
    return [[_BRING_BACK], [("stay", encode(STAY))]]


def _bring_back(_args: Mapping[str, Any]) -> list[Row]:
    return [[_BRING_BACK]]


def _welcome(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("plans")), ("settings", encode("settings"))]]


_BRING_BACK: Button = ("back", encode(BACK))

LAYOUTS: Mapping[str, Layout] = {
    "hold.no_card": _ends,
    "hold.now": _ends,
    "hold.now_mental": _ends,
    "hold.welcome": _welcome,
    "hold.still_open": _checked,
    "hold.still_open_plain": _checked,
    "hold.still_off": _switch_on,
    "hold.stretches_question": _stretches,
    "hold.stretches_stay": _bring_back,
}
"""By template."""
