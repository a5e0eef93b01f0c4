"""Buttons of what can be read up: a list of conditions, one of them, a fact."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row

LIST, CONDITION, FACT, READS = "learn", "lopen", "lfact", "lreads"
"""Verbs: a page of the list; a condition; a fact by its number; what there is to read about a report."""

SHORT_TITLE = 18
"""Characters up to which two titles stand side by side on a phone."""


def _overview(args: Mapping[str, Any]) -> list[Row]:
    page = args["page"]
    earlier: Row = [("earlier", encode(LIST, str(page - 1)))] if page else []
    more: Row = [("more", encode(LIST, str(page + 1)))] if page < args["last"] else []
    fact: Row = [("fact", encode(FACT))] if args["facts"] else []
    return [*_conditions(args), [*earlier, *more], fact]


def _some(args: Mapping[str, Any]) -> list[Row]:
    return [*_conditions(args), [("all", encode(LIST))]]


def _conditions(args: Mapping[str, Any]) -> list[Row]:
    """A button each, two in a row where their titles are short."""
    rows: list[Row] = []
    open_end = False
    for one in args["conditions"]:
        button: Button = ("condition", encode(CONDITION, one["id"]), {"title": one["title"]})
        is_short = len(one["title"]) <= SHORT_TITLE
        if open_end and is_short:
            rows[-1].append(button)
        else:
            rows.append([button])
        open_end = is_short and len(rows[-1]) == 1
    return rows


def _condition(args: Mapping[str, Any]) -> list[Row]:
    return [[("all", encode(LIST, str(args["page"])))]]


def _fact(args: Mapping[str, Any]) -> list[Row]:
    return [[("another", encode(FACT, str(args["next"]))), ("all", encode(LIST))]]


LAYOUTS: Mapping[str, Layout] = {
    "learn.overview": _overview,
    "learn.overview_held": _overview,
    "learn.unknown": _overview,
    "learn.several": _some,
    "learn.reads": _some,
    "learn.condition": _condition,
    "learn.condition_held": _condition,
    "learn.fact": _fact,
}
"""By template."""
