"""What stands below the result of an answer: Undo, other moments for a snooze, reasons for a skip; fewer reminders."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row

PUT_OFF, REASON = "until", "why"
"""Verbs: come back at another moment; why it was skipped."""

FEWER = "fewer"
"""Verb: reminders come less often."""

UNDOABLE = (
    "answers.done_result",
    "answers.done_result_past",
    "answers.skip_result_past",
    "answers.meeting_result",
    "answers.not_now_result",
    "answers.pain_result",
    "answers.said_done",
    "answers.said_done_own",
    "answers.said_done_past",
    "answers.said_skip",
    "answers.said_skip_past",
    "answers.said_meeting",
    "answers.said_not_now",
    "answers.said_pain",
    "answers.said_snooze",
    "answers.said_next",
    "answers.quiet_result",
    "answers.said_quiet",
)
"""Templates with an Undo button and no other."""

PUT_OFFS = ("answers.snooze_result", "answers.next_result", "answers.quiet_snooze", "answers.quiet_next")
"""Templates of what is put off."""


def moments(args: Mapping[str, Any]) -> Row:
    """The moments until which a reminder may be put off instead; without any where the row was written before them."""
    return [_moment(args, choice) for choice in args.get("choices", ())]


def _moment(args: Mapping[str, Any], choice: str) -> Button:
    label = {"minutes": choice, "clock": args.get("last_clock", "")}
    return ("minutes" if choice.isdecimal() else choice, encode(PUT_OFF, args["key"], choice), label)


def _undo(args: Mapping[str, Any]) -> list[Row]:
    return [[("undo", encode("undo", args["key"]))]]


def _snoozed(args: Mapping[str, Any]) -> list[Row]:
    return [moments(args), *_undo(args)]


def _skipped(args: Mapping[str, Any]) -> list[Row]:
    reasons: Row = [(one, encode(REASON, args["key"], one)) for one in args.get("reasons", ())]
    return [reasons, *_undo(args)]


def _calmer(args: Mapping[str, Any]) -> list[Row]:
    interval = {"interval": args["interval"]}
    fewer = encode("calm", args["habit"], str(args["interval"]))
    return [[("calmer", fewer, interval), ("keep", encode("calm", args["habit"], "keep"))]]


def _still_useful(_args: Mapping[str, Any]) -> list[Row]:
    return [[("keep", encode("calm", "keep")), (FEWER, encode(FEWER))], [("pause", encode("pause"))]]


LAYOUTS: Mapping[str, Layout] = (
    dict.fromkeys(UNDOABLE, _undo)
    | dict.fromkeys(PUT_OFFS, _snoozed)
    | {"answers.skip_result": _skipped, "calmer.offer": _calmer, "silence.question": _still_useful}
)
"""By template."""
