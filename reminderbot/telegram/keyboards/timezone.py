"""Buttons of the question about the clock, and of the cities that answer it."""

from collections.abc import Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

HOURS_A_ROW = 4
CITIES_A_ROW = 2


def _question(args: Mapping[str, Any]) -> list[Row]:
    return [[("yes", encode("right", args["asked"]))], *_around_the_clock(args)]


def _around_the_clock(args: Mapping[str, Any]) -> list[Row]:
    """Every hour with the minutes of the question."""
    minute = int(args["minutes"]) % 60
    hours: Row = [
        ("hour", encode("hour", args["asked"], str(hour)), {"clock": f"{hour}:{minute:02d}"})
        for hour in range(24)
    ]
    return [hours[first : first + HOURS_A_ROW] for first in range(0, 24, HOURS_A_ROW)]


def _cities(args: Mapping[str, Any]) -> list[Row]:
    buttons: Row = [("city", encode("zone", city["zone"]), {"city": city["city"]}) for city in args["cities"]]
    return [buttons[at : at + CITIES_A_ROW] for at in range(0, len(buttons), CITIES_A_ROW)]


def _cities_or_none(args: Mapping[str, Any]) -> list[Row]:
    return [*_cities(args), [("none", encode("nowhere"))]]


def _set(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("clock"))]]


LAYOUTS: Mapping[str, Layout] = {
    "clock.question": _question,
    "clock.current": _question,
    "zone.unknown": _around_the_clock,
    "zone.nowhere": _around_the_clock,
    "zone.choose": _cities_or_none,
    "zone.near": _cities_or_none,
    "zone.which": _cities_or_none,
    "zone.set_bare": _cities,
    "zone.set": _set,
}
"""By template."""
