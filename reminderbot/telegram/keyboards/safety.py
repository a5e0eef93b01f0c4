"""Buttons of safety cards, of the one question, and of the countries."""

import re
from collections.abc import Mapping
from typing import Any

from reminderbot.library.guided import NONE, QUESTIONS
from reminderbot.library.texts import FALLBACK
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.hold import CHECKED, SWITCH_ON
from reminderbot.telegram.keyboards.layout import Copied, Layout, Row
from reminderbot.telegram.keyboards.learn import READS

HELPED, NOT_ME, MISREAD, SHARE, REAL = "shelp", "snotme", "smis", "sshare", "sreal"
"""Verbs of corrections, each with a report."""

WORSE, WAITING = "sworse", "swait"
"""Verbs of the answers to how it went, each with a report."""

ANSWER, QUESTION, WHERE, COUNTRY, SIGNS = "sask", "sq", "swhere", "sctry", "ssigns"
"""Verbs with more than a report, or with none."""

COUNTRIES_A_ROW = 2
_LANGUAGE = re.compile("[a-z]{2,3}(-[a-z]{2,4})?")


def language(text: str) -> str:
    """The language that a button carries; English for whatever is none."""
    return text if _LANGUAGE.fullmatch(text) else FALLBACK


def _copy(args: Mapping[str, Any]) -> Row:
    """The number that is shown, to be copied: chat clients take no links that dial."""
    return [Copied("copy", args["number"], {"number": args["number"]})] if args["number"] else []


def _where(args: Mapping[str, Any]) -> Row:
    asks = encode(WHERE, args["language"])
    return [
        ("wrong_country", asks, {"country": args["country"]}) if args["country"] else ("set_country", asks)
    ]


def _helped(args: Mapping[str, Any]) -> Row:
    return [] if args["helped"] else [("helped", encode(HELPED, args["report"]))]


def _corrections(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    share: Row = [("share", encode(SHARE, report))] if args["share"] else []
    return [[("not_me", encode(NOT_ME, report)), ("misread", encode(MISREAD, report))], share]


def _emergency(args: Mapping[str, Any]) -> list[Row]:
    return [_copy(args), _helped(args), *_corrections(args), _where(args)]


def _crisis(args: Mapping[str, Any]) -> list[Row]:
    return [[*_copy(args), *_talk(args)], _helped(args), *_corrections(args), _where(args)]


def _listen(args: Mapping[str, Any]) -> list[Row]:
    return [[*_talk(args), *_copy(args)], _helped(args), *_corrections(args), _where(args)]


def _talk(args: Mapping[str, Any]) -> Row:
    line = args["crisis"]
    return [Copied("copy_crisis", line, {"number": line})] if line else []


def _urgent(args: Mapping[str, Any]) -> list[Row]:
    return [[*_copy_today(args), *_helped(args)], *_corrections(args), _where(args)]


def _questions(args: Mapping[str, Any]) -> list[Row]:
    return [[(name, encode(QUESTION, args["report"], name))] for name in (*args["asks"], NONE)]


def _copy_today(args: Mapping[str, Any]) -> Row:
    return _copy({"number": args["urgent"] or args["number"]})


def _today(args: Mapping[str, Any]) -> list[Row]:
    return [_copy_today(args), _where(args)]


def _gp(args: Mapping[str, Any]) -> list[Row]:
    # A card that was put out by an earlier version says nothing of what there is to read.
    reads: Row = [("reads", encode(READS, args["report"]))] if args.get("reads") else []
    return [[("signs", encode(SIGNS))], reads, [("misread", encode(MISREAD, args["report"]))]]


def _third(args: Mapping[str, Any]) -> list[Row]:
    return [_copy(args), [("about_me", encode(REAL, args["report"]))], _where(args)]


def _number(args: Mapping[str, Any]) -> list[Row]:
    return [_copy(args), _where(args)]


def _question(args: Mapping[str, Any]) -> list[Row]:
    labels = args.get("labels") or {}
    return [[_choice(name, args["report"], labels.get(name))] for name in ("yes", "gone", "other", "figure")]


def _question_today(args: Mapping[str, Any]) -> list[Row]:
    """What is urgent without an answer stays so: the further sign is there or not, or all of it was a misreading."""
    report, labels = args["report"], args.get("labels") or {}
    yes, other = (_choice(name, report, labels.get(name)) for name in ("yes", "other"))
    return [[yes, ("no", encode(ANSWER, report, "no"))], [other, ("misread", encode(MISREAD, report))]]


def _choice(name: str, report: str, label: str | None) -> Any:
    data = encode(ANSWER, report, name)
    return ("own", data, {"label": label}) if label else (name, data)


def _corrected(args: Mapping[str, Any]) -> list[Row]:
    return [[("real", encode(REAL, args["report"]))]]


def _follow_up(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    return [
        [("checked", encode(CHECKED, report))],
        [("waiting", encode(WAITING, report)), ("worse", encode(WORSE, report))],
        [("misread", encode(MISREAD, report))],
    ]


def _follow_up_mental(args: Mapping[str, Any]) -> list[Row]:
    report = args["report"]
    switch_on: Row = [] if args.get("switched_on") else [("switch_on", encode(SWITCH_ON, report))]
    return [
        [("safe", encode(WAITING, report)), ("worse", encode(WORSE, report))],
        switch_on,
        [("misread", encode(MISREAD, report))],
    ]


def _countries(args: Mapping[str, Any]) -> list[Row]:
    spoken, page = args["language"], int(args["page"])
    shown: Row = [
        ("country", encode(COUNTRY, one["code"], spoken), {"country": one["country"]})
        for one in args["countries"]
    ]
    rows = [shown[at : at + COUNTRIES_A_ROW] for at in range(0, len(shown), COUNTRIES_A_ROW)]
    back: Row = [("back", encode(WHERE, spoken, str(page - 1)))] if page else []
    more: Row = [("more", encode(WHERE, spoken, str(page + 1)))] if page < args["last"] else []
    return [*rows, [*back, *more], [("other", encode(COUNTRY, "none", spoken))]]


def _where_only(args: Mapping[str, Any]) -> list[Row]:
    return [_where(args)]


def _copied(args: Mapping[str, Any]) -> list[Row]:
    return [_copy(args)]


def _copied_today(args: Mapping[str, Any]) -> list[Row]:
    return [_copy_today(args)]


LAYOUTS: Mapping[str, Layout] = {
    "safety.emergency": _emergency,
    "safety.crisis": _crisis,
    "safety.listen": _listen,
    "safety.urgent": _urgent,
    QUESTIONS: _questions,
    "safety.gp": _gp,
    "safety.low": _listen,
    "safety.third": _third,
    "safety.question": _question,
    "safety.question_today": _question_today,
    "safety.question_mental": _question,
    "safety.misread": _corrected,
    "safety.misread_mental": _corrected,
    "safety.not_me": _corrected,
    "safety.not_me_mental": _corrected,
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
    "safety.country_unknown": _where_only,
    "safety.country_other": _where_only,
    "safety.worse_now": _copied,
    "safety.aside": _copied,
    "safety.aside_today": _copied_today,
    "safety.aside_mental": _copied,
    "safety.followup": _follow_up,
    "safety.followup_mental": _follow_up_mental,
    "safety.picture": _number,
    "safety.voice": _number,
    "safety.file": _number,
}
"""By template."""
