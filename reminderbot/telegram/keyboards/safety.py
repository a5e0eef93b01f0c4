"""Buttons of safety cards, of the one question, and of the countries."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.hold import CHECKED, SWITCH_ON
from reminderbot.telegram.keyboards.layout import Copied, Layout, Row

HELPED, NOT_ME, MISREAD, SHARE, REAL = "shelp", "snotme", "smis", "sshare", "sreal"
"""Verbs of corrections, each with a report."""

WORSE, WAITING = "sworse", "swait"
"""Verbs of the answers to how it went, each with a report."""

ANSWER, QUESTION, WHERE, COUNTRY, SIGNS = "sask", "sq", "swhere", "sctry", "ssigns"
"""Verbs with more than a report, or with none."""

FIVE = ("saddle", "bladder", "bowel", "legs", "sexual", "none")
"""The five questions under an urgent card, and that none of them is true."""

COUNTRIES_A_ROW = 3


def _copy(args: Mapping[str, Any]) -> list[Row]:
    """The number that is shown, to be copied: chat clients take no links that dial."""
    return [[Copied("copy", args["number"], {"number": args["number"]})]] if args["number"] else []


def _where(args: Mapping[str, Any]) -> Row:
    country = {"country": args["country"]}
    return [("wrong_country", encode(WHERE), country) if args["country"] else ("set_country", encode(WHERE))]


def _corrections(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    help_row: Row = [] if args["helped"] else [("helped", encode(HELPED, report))]
    share: Row = [("share", encode(SHARE, report))] if args["share"] else []
    return [help_row, [("not_me", encode(NOT_ME, report)), ("misread", encode(MISREAD, report))], share]


def _emergency(args: Mapping[str, Any]) -> list[Row]:
    return [*_copy(args), *_corrections(args), _where(args)]


def _crisis(args: Mapping[str, Any]) -> list[Row]:
    line = args["crisis"]
    crisis: list[Row] = [[Copied("copy_crisis", line, {"number": line})]] if line else []
    return [*crisis, *_emergency(args)]


def _urgent(args: Mapping[str, Any]) -> list[Row]:
    five: list[Row] = [[(name, encode(QUESTION, args["report"], name))] for name in FIVE]
    return [*five, *_copy_today(args), *_corrections(args), _where(args)]


def _copy_today(args: Mapping[str, Any]) -> list[Row]:
    return _copy({"number": args["urgent"] or args["number"]})


def _today(args: Mapping[str, Any]) -> list[Row]:
    return [*_copy_today(args), _where(args)]


def _gp(args: Mapping[str, Any]) -> list[Row]:
    return [[("signs", encode(SIGNS))], [("misread", encode(MISREAD, args["report"]))]]


def _third(args: Mapping[str, Any]) -> list[Row]:
    return [*_copy(args), [("about_me", encode(REAL, args["report"]))], _where(args)]


def _number(args: Mapping[str, Any]) -> list[Row]:
    return [*_copy(args), _where(args)]


def _question(args: Mapping[str, Any]) -> list[Row]:
    labels = args.get("labels") or {}
    return [[_choice(name, args["report"], labels.get(name))] for name in ("yes", "gone", "other", "figure")]


def _choice(name: str, report: str, label: str | None) -> Any:
    data = encode(ANSWER, report, name)
    return ("own", data, {"label": label}) if label else (name, data)


def _corrected(args: Mapping[str, Any]) -> list[Row]:
    return [[("real", encode(REAL, args["report"]))]]


def _follow_up(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    return [
        [("checked", encode(CHECKED))],
        [("waiting", encode(WAITING, report)), ("worse", encode(WORSE, report))],
        [("misread", encode(MISREAD, report))],
    ]


def _follow_up_mental(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    return [
        [("safe", encode(WAITING, report)), ("worse", encode(WORSE, report))],
        [("switch_on", encode(SWITCH_ON))],
        [("misread", encode(MISREAD, report))],
    ]


def _countries(args: Mapping[str, Any]) -> list[Row]:
    shown: Row = [
        ("country", encode(COUNTRY, one["code"]), {"country": one["country"]}) for one in args["countries"]
    ]
    rows = [shown[at : at + COUNTRIES_A_ROW] for at in range(0, len(shown), COUNTRIES_A_ROW)]
    return [*rows, [("other", encode(COUNTRY, "none"))]]


LAYOUTS: Mapping[str, Layout] = {
    "safety.emergency": _emergency,
    "safety.crisis": _crisis,
    "safety.listen": _crisis,
    "safety.urgent": _urgent,
    "safety.gp": _gp,
    "safety.low": _crisis,
    "safety.third": _third,
    "safety.question": _question,
    "safety.question_today": _question,
    "safety.question_mental": _question,
    "safety.misread": _corrected,
    "safety.not_me": _corrected,
    "safety.figure": _corrected,
    "safety.went_away": _corrected,
    "safety.not_so": _corrected,
    "safety.signs": _number,
    "safety.signs_in": _number,
    "safety.static": _number,
    "safety.stands": _number,
    "safety.stands_today": _today,
    "safety.stands_mental": _number,
    "safety.country": _countries,
    "safety.country_set": _number,
    "safety.followup": _follow_up,
    "safety.followup_mental": _follow_up_mental,
    "safety.picture": _number,
    "safety.voice": _number,
    "safety.file": _number,
}
"""By template."""
