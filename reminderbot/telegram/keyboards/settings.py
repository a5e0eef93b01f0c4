"""Buttons of the settings and of the question what to avoid."""

from collections.abc import Mapping
from typing import Any

from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.rules import clock
from reminderbot.store.tables import Sharing
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row
from reminderbot.telegram.keyboards.safety import WHERE

SAFETY, SHARE, CHECKINS = "hsafety", "hshare", "hcheck"
"""Verbs: the safety part; what people on call may see; weekly check-ins."""

SHARINGS = (Sharing.ALWAYS, Sharing.ASK, Sharing.NOBODY)
"""In the order in which they are offered."""


def _overview(_args: Mapping[str, Any]) -> list[Row]:
    return [
        [("avoid", encode("avoids")), ("day_start", encode("mornings"))],
        [("clock", encode("clock")), ("hours", encode("planning"))],
        [("safety", encode(SAFETY))],
    ]


def _safety(args: Mapping[str, Any]) -> list[Row]:
    shares: list[Row] = [[_choice(name, chosen=name == args["sharing"])] for name in SHARINGS]
    switch = {"on": "off", "off": "on"}.get(args["checkins"])
    checkins: list[Row] = [[(f"checkins_{switch}", encode(CHECKINS, switch))]] if switch else []
    return [*shares, [("country", encode(WHERE))], *checkins, [("back", encode("settings"))]]


def _choice(name: str, *, chosen: bool) -> Button:
    return (f"share_{name}", encode(SHARE, name), {"mark": "✓ " if chosen else ""})


def _avoid(args: Mapping[str, Any]) -> list[Row]:
    chosen = args["tags"]
    tags: Row = [_tag(tag, chosen=tag in chosen) for tag in AVOID_ANSWERS]
    nothing = _marked("nothing", "nothing", chosen=args["answered"] and not chosen)
    last: Row = [("done", encode("avoided"))]
    return [tags[:2], tags[2:4], [*tags[4:], nothing], *([last] if chosen else [])]


def _tag(tag: str, *, chosen: bool) -> Button:
    return _marked(tag.replace("-", "_"), tag, chosen=chosen)


def _marked(name: str, tag: str, *, chosen: bool) -> Button:
    return (name, encode("avoid", tag), {"mark": "✓ " if chosen else ""})


def _day_start(_args: Mapping[str, Any]) -> list[Row]:
    hours: Row = [
        ("hour", encode("morning", str(hour)), {"clock": f"{hour}:00"}) for hour in clock.DAY_STARTS
    ]
    return [hours[:4], hours[4:], [("back", encode("settings"))]]


def _back(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("avoids")), ("settings", encode("settings"))]]


LAYOUTS: Mapping[str, Layout] = {
    "settings.overview": _overview,
    "settings.day_start": _day_start,
    "settings.safety": _safety,
    "avoid.question": _avoid,
    "avoid.saved": _back,
}
"""By template."""
