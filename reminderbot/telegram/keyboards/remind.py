"""Buttons that change when a habit is due: the same words as after /remind."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row
from reminderbot.telegram.keyboards.singles import LIST, undo
from reminderbot.telegram.keyboards.start import hours

INTERVALS = (30, 45, 60, 90)
"""Minutes between reminders that are offered."""

TIMES = ("7:30", "8:30", "10:00", "12:30", "15:00", "17:30")
"""Times of the day that are offered."""


def _overview(args: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [_habit_row(habit) for habit in args["habits"]]
    rest = ("resume", encode("resume")) if args["paused"] else ("pause", encode("pause", "1d"))
    return [*rows, *_singles(args), [rest, ("clock", encode("clock"))], *undo(args)]


def _singles(args: Mapping[str, Any]) -> list[Row]:
    """The way to the card of the single reminders, where any wait; the version before told of none."""
    count = args.get("singles", 0)
    return [[("singles", encode(LIST), {"count": count})]] if count else []


def _habit_row(habit: Mapping[str, Any]) -> Row:
    label = {"label": habit["label"]}
    switch = "on" if habit["off"] else "off"
    turn: Button = (f"turn_{switch}", encode("set", habit["id"], switch), label)
    # A plan of which nothing comes yet is changed once it does.
    return [turn] if habit.get("offered") else [("change", encode("plan", habit["id"]), label), turn]


def _habit(args: Mapping[str, Any]) -> list[Row]:
    habit = args["habit"]
    last: Row = [("turn_off", encode("set", habit, "off")), ("back", encode("plans"))]
    if args["kind"] == "week":  # once a week is what it is for; other times are written
        return [last, *undo(args)]
    times = _times(habit) if args["kind"] == "at" else _intervals(habit)
    return [*times, *_days(habit), last, *undo(args)]


def _intervals(habit: str) -> list[Row]:
    row: Row = [("every", encode("set", habit, f"every {n}m"), {"minutes": n}) for n in INTERVALS]
    return [row, *hours("set", habit)]


def _times(habit: str) -> list[Row]:
    buttons: Row = [("at", encode("set", habit, f"at {clock}"), {"clock": clock}) for clock in TIMES]
    return [buttons[:3], buttons[3:]]


def _days(habit: str) -> list[Row]:
    return [[(days, encode("set", habit, days)) for days in ("daily", "weekdays")]]


def _off(args: Mapping[str, Any]) -> list[Row]:
    return [[("turn_on", encode("set", args["habit"], "on")), ("back", encode("plans"))], *undo(args)]


LAYOUTS: Mapping[str, Layout] = {"remind.overview": _overview, "remind.habit": _habit, "remind.off": _off}
"""By template."""
