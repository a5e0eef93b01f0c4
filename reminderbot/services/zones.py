"""Which clock a person lives by: asked, told, chosen from what clocks show, and read back."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from reminderbot.library.places import Place
from reminderbot.rules import clock
from reminderbot.rules.echo import echo
from reminderbot.rules.timewords.clocks import clock_text
from reminderbot.services import outbox, reminders, schedules, singles, unread
from reminderbot.services.replies import Tap, add, answer, subscriber, tell
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import history, people
from reminderbot.store.queries import outbox as outbox_rows

FRESH = timedelta(minutes=15)
"""How long the times on the question's buttons can be taken at their word."""

LATELY = timedelta(hours=1)
"""How long after the question a city may be typed without a command."""

QUESTIONS = (
    *("clock.question", "clock.current"),
    *("zone.choose", "zone.lost", "zone.near", "zone.no_clock", "zone.nowhere", "zone.type", "zone.unknown"),
    "zone.which",
)
"""Templates that ask for a city."""

WITH_BUTTONS = (
    *("clock.question", "clock.current", "clock.dial"),
    *("zone.choose", "zone.near", "zone.nowhere", "zone.unknown", "zone.which"),
)
"""Those whose buttons answer them: they give way to the answer, however it comes."""

YES_TO = ("clock.question", "clock.current")
READ_BACK = ("zone.set", "zone.set_bare")
"""Templates that a bare "yes" is about, while they are the last that was said: "Is it 14:05 for you now?", "It is"."""

JUST = timedelta(minutes=5)
"""How long a yes may be about what was read back."""

ASKED_LATELY = timedelta(days=2)
"""How far back such questions are looked for."""

CITIES = 6
"""How many cities are offered for what a clock shows."""


def ask(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Ask "Is it 14:05 for you now?", in a new message; where it is known already, say so and ask."""
    if who := subscriber(work, chat_id, tap):
        template = "clock.current" if who.zone_confirmed else "clock.question"
        add(work, chat_id, tap, template, _question(work, chat_id))


def dial(work: Work, chat_id: int, asked: int, tap: Tap) -> None:
    """Offer every hour that a clock can show, in place of the likely ones."""
    if subscriber(work, chat_id, tap) and not _ask_afresh(work, chat_id, asked, tap):
        answer(work, chat_id, tap, "clock.dial", _question(work, chat_id), "tapped.here")


def confirm(work: Work, chat_id: int, asked: int, tap: Tap) -> None:
    """The clock is right; ``asked`` is when the question was asked, in seconds since 1970."""
    who = subscriber(work, chat_id, tap)
    if who is None or _ask_afresh(work, chat_id, asked, tap):
        return
    _save(work, chat_id, who.zone, tap)


def choose_hour(work: Work, chat_id: int, asked: int, hour: int, tap: Tap) -> None:
    """The clock shows another hour, with the same minutes as in the question: offer the cities where it does."""
    who = subscriber(work, chat_id, tap)
    if who is None or _ask_afresh(work, chat_id, asked, tap):
        return
    wall = clock.wall_of(_asked_at(asked), clock.zone(who.zone))
    if wall.hour == hour:
        confirm(work, chat_id, asked, tap)
    else:
        by_clock(work, chat_id, _asked_at(asked), hour % 24 * 60 + wall.minute, tap)


def by_clock(work: Work, chat_id: int, at: datetime, minutes: int, tap: Tap | None = None) -> None:
    """Offer the cities where clocks show this, in minutes after midnight, at an instant."""
    if not subscriber(work, chat_id, tap):
        return
    cities = _cities(work, at, minutes)
    args = {"clock": clock_text(minutes), "cities": cities}
    answer(work, chat_id, tap, "zone.choose" if cities else "zone.no_clock", args)


def by_name(work: Work, chat_id: int, text: str, found: Sequence[Place], *, certain: bool) -> None:
    """Set the zone of the one place that a text stands for; offer those that it may stand for; or say what to type."""
    if not subscriber(work, chat_id):
        return
    if certain and len(found) == 1:
        _save(work, chat_id, found[0].zone, None)
    elif found:
        args = {"typed": echo(text), "cities": _buttons(work, found)}
        answer(work, chat_id, None, "zone.which" if certain else "zone.near", args)
    else:
        answer(work, chat_id, None, "zone.unknown", _question(work, chat_id) | {"typed": echo(text)})


def by_word(work: Work, chat_id: int, text: str, found: Sequence[Place], *, certain: bool) -> None:
    """Take a text without a command for the answer when the clock was asked about lately; else help."""
    if found and outbox_rows.newest_of(work.tx, chat_id, QUESTIONS, work.at - LATELY):
        by_name(work, chat_id, text, found, certain=certain)
    else:
        tell(work, chat_id, "fallback.text")


def agreed(work: Work, who: Any) -> bool:
    """Take a yes for the clock, if that was what the bot spoke of last, and no reminder has come since."""
    last = outbox_rows.last_said(work.tx, who.chat_id, work.at - FRESH)
    if last is None or last.template not in YES_TO + READ_BACK:
        return False
    habits = list(work.around.library.habits)
    if history.newest_shown(work.tx, who.chat_id, habits, last.created_at):
        return False
    if last.template in YES_TO:
        _save(work, who.chat_id, who.zone, None)
    elif work.at - last.created_at <= JUST:
        outbox.say(work, who.chat_id, "zone.agreed", {"zone": who.zone})
    else:
        return False
    return True


def right(work: Work, chat_id: int, text: str) -> None:
    """Take "right" for the clock where a yes would be; else nobody knows what it is about."""
    who = subscriber(work, chat_id)
    if who is not None and not agreed(work, who):
        unread.not_understood(work, chat_id, text)


def at_spot(work: Work, chat_id: int, zone: str | None) -> None:
    """Set the zone of a shared location; none when there is none at that spot."""
    if not subscriber(work, chat_id):
        return
    if zone:
        _save(work, chat_id, zone, None)
    else:
        answer(work, chat_id, None, "zone.nowhere", _question(work, chat_id))


def pick(work: Work, chat_id: int, zone: str, tap: Tap) -> None:
    """Set the zone of a button that offers one; ``zone`` comes from outside."""
    if not subscriber(work, chat_id, tap):
        return
    try:
        clock.zone(zone)
    except clock.UnknownZoneError:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
    else:
        _save(work, chat_id, zone, tap)


def none_of_these(work: Work, chat_id: int, tap: Tap) -> None:
    """None of the offered cities is near: say what to type."""
    if subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, "zone.type", toast="tapped.noted")


def _save(work: Work, chat_id: int, zone: str, tap: Tap | None) -> None:
    """Set a zone and read it back; a bare one has no summer time, so a city that shows the same now may be meant.

    Questions about the clock that are still open, other than the one that was tapped, say what has become of them.
    """
    people.change(work.tx, chat_id, {"zone": zone, "zone_confirmed": True})
    reminders.plan_next(work, chat_id)
    singles.follow_clock(work, chat_id)
    plan = schedules.of(work, chat_id)
    now = clock.wall_of(work.at, clock.zone(zone)).isoformat()
    cities = _cities(work, work.at, _minutes(work, zone)) if _is_bare(zone) else []
    args = {"zone": zone, "now_time": now, "next_text": plan.next_text(), "cities": cities}
    close_questions(work, chat_id, zone, tap)
    answer(work, chat_id, tap, "zone.set_bare" if cities else "zone.set", args)


def close_questions(work: Work, chat_id: int, zone: str, tap: Tap | None) -> None:
    """Let questions about the clock that are still open, other than the one that was tapped, say the answer."""
    open_ones = outbox_rows.unchanged(work.tx, chat_id, WITH_BUTTONS, work.at - ASKED_LATELY)
    for row in open_ones:
        if tap is None or row.message_id != tap.message_id:
            outbox.edit(work, chat_id, keys.encode_row(row.id), "zone.answered", {"zone": zone})


def _is_bare(zone: str) -> bool:
    key = clock.zone(zone).key
    return key in ("UTC", "GMT") or key.startswith("Etc/")


def _ask_afresh(work: Work, chat_id: int, asked: int, tap: Tap) -> bool:
    """Ask again with the present time when the question is too old to be taken at its word."""
    if abs(work.at - _asked_at(asked)) <= FRESH:
        return False
    answer(work, chat_id, tap, "clock.question", _question(work, chat_id), "tapped.old_clock")
    return True


def _question(work: Work, chat_id: int) -> dict[str, object]:
    who = people.get(work.tx, chat_id)
    zone = who.zone if who else work.around.default_zone
    minutes = _minutes(work, zone)
    asked = str(int(work.at.timestamp()))
    return {"zone": zone, "clock": clock_text(minutes), "minutes": minutes, "asked": asked}


def _minutes(work: Work, zone: str) -> int:
    wall = clock.wall_of(work.at, clock.zone(zone))
    return wall.hour * 60 + wall.minute


def _asked_at(asked: int) -> datetime:
    return datetime.fromtimestamp(asked, UTC)


def _cities(work: Work, at: datetime, minutes: int) -> list[dict[str, str]]:
    return _buttons(work, work.around.places.candidates_at(at, minutes, CITIES))


def _buttons(work: Work, found: Sequence[Place]) -> list[dict[str, str]]:
    return [{"city": work.around.places.label(place), "zone": place.zone} for place in found]
