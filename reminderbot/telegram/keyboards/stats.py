"""The button under the Sunday card that ends it: the same words as after /remind."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row


def _week(args: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [[("turn_off", encode("set", args["habit"], "off"))]]
    return [*rows, [("wrong_time", encode("clock"))]] if args["unsure"] else rows


LAYOUTS: Mapping[str, Layout] = {"reminder.week": _week}
"""By template."""
