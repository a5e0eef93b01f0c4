"""Buttons of the guided check, of "Something feels wrong", and of the help."""

from collections.abc import Mapping
from typing import Any

from reminderbot.library.guided import NONE
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row
from reminderbot.telegram.keyboards.learn import LIST
from reminderbot.telegram.keyboards.safety import SIGNS

BEGIN, HAS, HAS_NONE, WRONG, WORSE = "ystart", "yhas", "ynone", "ywrong", "yworse"
"""Verbs: begin the check; an answer; none of a page; something feels wrong; this stretch made it worse."""


def wrong(key: str) -> Button:
    """The button under a stretch, for the reminder with this key."""
    return ("wrong", encode(WRONG, key))


def _page(args: Mapping[str, Any]) -> list[Row]:
    answers: list[Row] = [[(name, encode(HAS, name))] for name in args["items"]]
    return [*answers, [(NONE, encode(HAS_NONE, args["page"]))]]


def _wrong(args: Mapping[str, Any]) -> list[Row]:
    return [[("worse", encode(WORSE, args["key"]))], [("other", encode(BEGIN))]]


def _over(args: Mapping[str, Any]) -> list[Row]:
    return [[("stretch", encode(WRONG, args["key"]))]] if args["key"] else []


def _check(_args: Mapping[str, Any]) -> list[Row]:
    return [[("check", encode(BEGIN))]]


def _ache(_args: Mapping[str, Any]) -> list[Row]:
    return [[("check", encode(BEGIN)), ("learn", encode(LIST))]]


def _help(_args: Mapping[str, Any]) -> list[Row]:
    return [[("wrong", encode(WRONG))], [("signs", encode(SIGNS))]]


LAYOUTS: Mapping[str, Layout] = {
    "symptom.between": _page,
    "symptom.now": _page,
    "symptom.sudden": _page,
    "symptom.today": _page,
    "symptom.also": _page,
    "symptom.lately": _page,
    "symptom.checkin": _page,
    "symptom.which": _page,
    "symptom.ache": _ache,
    "symptom.wrong": _wrong,
    "symptom.worse": _check,
    "symptom.over": _over,
    "symptom.over_open": _over,
    "help.text": _help,
}
"""By template."""
