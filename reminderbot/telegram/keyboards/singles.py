"""Buttons below a single reminder that was asked for, and below questions about what words mean."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

BACK, INSTEAD, WAY = "takeback", "instead", "way"
"""Verbs: undo what was asked for, another habit at that moment, one of the ways in which it can be meant."""

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


def _named(*names: str) -> Layout:
    """The ways of a question in a row, each under a name of its own."""
    return lambda args: [[(name, encode(WAY, args["draft"], str(place))) for place, name in enumerate(names)]]


LAYOUTS: Mapping[str, Layout] = {
    "once.set": _set,
    "once.daily_or_once": _named("lasting", "once"),
    "once.weekly_or_once": _named("lasting", "once"),
    "once.lasting": _named("lasting", "no"),
    **dict.fromkeys(QUESTIONS, _ways),
}
"""By template."""
