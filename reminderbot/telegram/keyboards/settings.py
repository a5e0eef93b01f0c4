"""Buttons of the settings and of their questions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from reminderbot.library.choosing import CHOICES
from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.rules import clock
from reminderbot.rules.switches import Switch
from reminderbot.services.choices import NOTHING, OPTIONS
from reminderbot.store.tables import Sharing
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Button, Layout, Row
from reminderbot.telegram.keyboards.safety import WHERE

SAFETY, SHARE, CHECKINS = "hsafety", "hshare", "hcheck"
"""Verbs: the safety part; what people on call may see; weekly check-ins."""

SHARINGS = (Sharing.ALWAYS, Sharing.ASK, Sharing.NOBODY)
"""In the order in which they are offered."""

CHOICE = "choice"
"""Verb: where one works, what one does, how hard it may be."""


SWITCH = "switch"
"""Verb: something on or off."""


def _overview(args: Mapping[str, Any]) -> list[Row]:
    return [
        [("avoid", encode("avoids")), ("level", encode(CHOICE, "level"))],
        [("place", encode(CHOICE, "place")), ("sport", encode(CHOICE, "sport"))],
        [("day_start", encode("mornings")), ("clock", encode("clock"))],
        [_switch(Switch.SILENT, args), _switch(Switch.CARD, args)],
        [("hours", encode("planning")), ("safety", encode(SAFETY))],
    ]


def _switch(switch: Switch, args: Mapping[str, Any]) -> Button:
    """A press does what it says, however often it is made."""
    wanted = "off" if args["switched"][switch] == "on" else "on"
    return (f"{switch}_{wanted}", encode(SWITCH, switch, wanted))


def _choice(what: str, args: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = [
        [(option, encode(CHOICE, what, option), _mark(chosen=option == args["chosen"]))]
        for option in OPTIONS[what]
    ]
    return [*rows, [("back", encode("settings"))]]


def _safety(args: Mapping[str, Any]) -> list[Row]:
    shares: list[Row] = [[_share(name, chosen=name == args["sharing"])] for name in SHARINGS]
    switch = {"on": "off", "off": "on"}.get(args["checkins"])
    checkins: list[Row] = [[(f"checkins_{switch}", encode(CHECKINS, switch))]] if switch else []
    return [*shares, [("country", encode(WHERE))], *checkins, [("back", encode("settings"))]]


def _share(name: str, *, chosen: bool) -> Button:
    return (f"share_{name}", encode(SHARE, name), _mark(chosen=chosen))


def _avoid(args: Mapping[str, Any]) -> list[Row]:
    chosen = args["tags"]
    tags: Row = [_tag(tag, chosen=tag in chosen) for tag in AVOID_ANSWERS]
    tags.append(_tag(NOTHING, chosen=args["answered"] and not chosen))
    done: Row = [("done", encode("avoided"))] if chosen else []
    last: Row = [*done, ("back", encode("settings"))]
    return [*(tags[first : first + 2] for first in range(0, len(tags), 2)), last]


def _tag(tag: str, *, chosen: bool) -> Button:
    return (tag.replace("-", "_"), encode("avoid", tag), _mark(chosen=chosen))


def _mark(*, chosen: bool) -> Mapping[str, Any]:
    return {"mark": "✓ " if chosen else ""}


def _day_start(args: Mapping[str, Any]) -> list[Row]:
    hours: Row = [_hour(hour, chosen=hour == args["day_start"]) for hour in clock.DAY_STARTS]
    return [hours[:4], hours[4:], [("back", encode("settings"))]]


def _hour(hour: int, *, chosen: bool) -> Button:
    return ("hour", encode("morning", str(hour)), {"clock": f"{hour}:00", **_mark(chosen=chosen)})


def _back(_args: Mapping[str, Any]) -> list[Row]:
    return [[("change", encode("avoids")), ("settings", encode("settings"))]]


LAYOUTS: Mapping[str, Layout] = {
    "settings.overview": _overview,
    **{f"settings.{what}": partial(_choice, what) for what in CHOICES},
    "settings.day_start": _day_start,
    "settings.safety": _safety,
    "avoid.question": _avoid,
    "avoid.saved": _back,
}
"""By template."""
