"""Buttons of the question about the clock, and of the cities that answer it."""

from collections.abc import Iterable, Mapping
from typing import Any

from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

HOURS_A_ROW = 4
NEAR_HOURS = 3
"""So many hours on each side of the one in the question are offered at first."""

NEAR_A_ROW = 3
CITIES_A_ROW = 2


def _question(args: Mapping[str, Any]) -> list[Row]:
    return [[("yes", encode("right", args["asked"]))], *_likely(args)]


def _likely(args: Mapping[str, Any]) -> list[Row]:
    """The hours around the one in the question, with its minutes, and a way to all the others."""
    now = int(args["minutes"]) // 60
    before, after = range(now - NEAR_HOURS, now), range(now + 1, now + NEAR_HOURS + 1)
    return [*_hours(args, [*before, *after], NEAR_A_ROW), [("other", encode("dial", args["asked"]))]]


def _likely_or_now(args: Mapping[str, Any]) -> list[Row]:
    """The same, with the hour that the present zone shows."""
    return [*_hours(args, [int(args["minutes"]) // 60], 1), *_likely(args)]


def _dial(args: Mapping[str, Any]) -> list[Row]:
    return _hours(args, range(24), HOURS_A_ROW)


def _hours(args: Mapping[str, Any], hours: Iterable[int], a_row: int) -> list[Row]:
    minute = int(args["minutes"]) % 60
    buttons: Row = [
        ("hour", encode("hour", args["asked"], str(hour % 24)), {"clock": f"{hour % 24}:{minute:02d}"})
        for hour in hours
    ]
    return [buttons[first : first + a_row] for first in range(0, len(buttons), a_row)]


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
    "clock.dial": _dial,
    "zone.unknown": _likely_or_now,
    "zone.nowhere": _likely_or_now,
    "zone.choose": _cities_or_none,
    "zone.near": _cities_or_none,
    "zone.which": _cities_or_none,
    "zone.set_bare": _cities,
    "zone.set": _set,
}
"""By template."""
