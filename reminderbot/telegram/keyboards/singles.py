"""Buttons below a single reminder that was asked for, below the card of all, and below questions what words mean."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

BACK, INSTEAD, WAY = "takeback", "instead", "way"
"""Verbs: undo what was asked for, another habit at that moment, one of the ways in which it can be meant."""

LIST, CANCEL, CANCEL_ALL = "singles", "cancel", "cancelall"
"""Verbs: the card of the single reminders, cancel one of them, cancel all that it shows."""

QUESTIONS = (
    "once.which_clock",
    "once.which_day",
    "refused.which_habit",
    "refused.which_window",
    "refused.end_in_afternoon",
)
"""Templates of questions; of the version before some had no buttons."""


def undo(args: Mapping[str, Any]) -> list[Row]:
    """The Undo button below a change that was made just now; none below what is only shown."""
    return [[("undo", encode(BACK, args["undo"]))]] if "undo" in args else []


def _set(args: Mapping[str, Any]) -> list[Row]:
    others: Row = [("instead", encode(INSTEAD, one["id"], args["undo"]), one) for one in args["others"]]
    return [*([one] for one in others), *undo(args)]


def _ways(args: Mapping[str, Any]) -> list[Row]:
    names = args.get("names_list", ()) if "draft" in args else ()
    return [
        [("way", encode(WAY, args["draft"], str(place)), {"name": name})] for place, name in enumerate(names)
    ]


def _list(args: Mapping[str, Any]) -> list[Row]:
    """One in a row: its time and what it is for take the whole width of a phone."""
    found = args["singles"]
    rows: list[Row] = [[("cancel", encode(CANCEL, one["id"]), one)] for one in found]
    last: Row = [("plans", encode("plans"))]
    if "newest" in args and len(found) > 1:
        last = [("all", encode(CANCEL_ALL, args["newest"]), {"count": len(found)}), *last]
    return [*rows, last, *undo(args)]


def _named(*names: str) -> Layout:
    """The ways of a question in a row, each under a name of its own."""
    return lambda args: [[(name, encode(WAY, args["draft"], str(place))) for place, name in enumerate(names)]]


LAYOUTS: Mapping[str, Layout] = {
    "once.set": _set,
    "once.list": _list,
    "once.daily_or_once": _named("lasting", "once"),
    "once.weekly_or_once": _named("lasting", "once"),
    "once.lasting": _named("lasting", "no"),
    **dict.fromkeys(QUESTIONS, _ways),
}
"""By template."""
