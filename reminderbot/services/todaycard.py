"""The card of today: one message, pinned above the chat, that shows at any time how the day stands.

It is looked at again shortly after anything that may change it: what the person says or taps, a reminder, a day's end.
Nobody waits for it, so it goes behind all else, and is written only when it would show something else than before.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row

from reminderbot.rules import clock
from reminderbot.services import (
    apart,
    holds,
    mending,
    notices,
    outbox,
    overviews,
    pauses,
    progress,
    resting,
    schedules,
)
from reminderbot.services.replies import Nested, Tap, lines, nested, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import people, pins, turns
from reminderbot.store.tables import Standing

TEMPLATE = "today.card"

BATCH = 20
"""Cards looked at in one transaction, some three milliseconds each: answers never wait long for it."""

SPACING = timedelta(seconds=10)
"""The shortest time between two writings of a card, but for a press on the card itself."""

AFTER_REMINDER = timedelta(seconds=1)
"""When it is looked at after a reminder was due; while that waits to be sent, the card waits as well."""

AFTER_DAY = timedelta(minutes=1)
"""When it is looked at after a habit day has ended: that is to be closed first."""

BREAK_AHEAD = timedelta(days=7)
"""How long before it begins a planned break stands on the card."""

_NEXT = ("wall_time", "label")

_SHORT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "plan.next": ("today.card_next", _NEXT),
    "plan.next_unsure": ("today.card_next", _NEXT),
    "plan.paused": ("today.card_paused", ("resumes_day",)),
    "plan.stopped": ("today.card_stopped", ()),
}
"""What the card says in one line instead of what is said elsewhere, and all that this line shows.

All else it says as it is said there.
"""

_BREAKS = ("plan.break", "plan.break_after")
"""What is said where a break is planned: of it, and of what comes before."""


def is_kept(who: Row[Any]) -> bool:
    """Whether a subscriber wants the card."""
    return who.card_due_at is not None


def keep(work: Work, chat_id: int) -> None:
    """Pin a card, as the newest message; one that was pinned before is let go."""
    who = people.get(work.tx, chat_id)
    if who is None or (is_kept(who) and who.card_id is None):  # that one is on its way
        return
    let_go(work, chat_id)
    people.change(work.tx, chat_id, {"card_due_at": work.at})


def let_go(work: Work, chat_id: int) -> None:
    """No card any more: it is unpinned, and says so in one line."""
    message_id = message_of(work, chat_id)
    pins.drop(work.tx, chat_id)
    take_down(work, chat_id, message_id)


def message_of(work: Work, chat_id: int) -> int | None:
    """Which message is the card of somebody; none without one."""
    who = people.get(work.tx, chat_id)
    return who.card_id if who else None


def take_down(work: Work, chat_id: int, message_id: int | None) -> None:
    """Turn a message that was the card into one line, and unpin it."""
    if message_id is not None:
        outbox.write_quietly(work, chat_id, "today.card_off", {}, message_id)
        outbox.act(work, chat_id, message_id, outbox.UNPIN)


def touch(work: Work, chat_id: int) -> None:
    """Something has happened that may change what the card shows: it is to be looked at soon."""
    who = people.get(work.tx, chat_id)
    if who is None or not is_kept(who):
        return
    soon = max(work.at, who.card_written_at + SPACING) if who.card_written_at else work.at
    if soon < who.card_due_at:
        people.change(work.tx, chat_id, {"card_due_at": soon})


def advance(work: Work, limit: int) -> int:
    """Look at up to ``limit`` cards that are due, and write those anew that have changed; returns how many."""
    due = turns.of_each(work.tx, lambda: pins.due(work.tx, work.at, limit))
    for chat_id in due:
        if not apart.taken(work, "todaycard.stuck", partial(write, work, chat_id)):
            people.change(work.tx, chat_id, {"card_due_at": work.at + apart.AGAIN})
    return len(due)


def write(work: Work, chat_id: int) -> None:
    """Write a card anew if it would show something else than before; not while the last writing is on its way."""
    who = mending.readable(work, chat_id)
    if who is None or not is_kept(who):
        return
    plan = schedules.of(work, chat_id)
    args = _args(work, plan)
    shown, values = _digest(args), dict[str, object](card_due_at=_next_look(work, plan))
    is_new = who.card_id is None or shown != who.card_shown
    if who.standing == Standing.UNREACHABLE:
        values["card_shown"] = None  # what was on its way there was let go
    elif is_new and pins.is_on_its_way(work.tx, chat_id, TEMPLATE):
        values["card_due_at"] = work.at + SPACING
    elif is_new:
        values |= {"card_shown": shown, "card_written_at": work.at}
        outbox.write_quietly(work, chat_id, TEMPLATE, args, who.card_id)
        if who.card_id and _is_first_of_day(work, who):
            outbox.act(work, chat_id, who.card_id, outbox.LOOK)
    people.change(work.tx, chat_id, values)


def arrived(work: Work, chat_id: int, message_id: int | None) -> None:
    """A new card has arrived: pin it; or take it down, when it is no longer wanted."""
    if message_id is None or people.get(work.tx, chat_id) is None:  # forgotten meanwhile
        return
    if pins.arrived(work.tx, chat_id, message_id):
        outbox.act(work, chat_id, message_id, outbox.PIN)
    else:
        take_down(work, chat_id, message_id)


def lost(work: Work, chat_id: int, message_id: int) -> None:
    """The person has deleted or unpinned this message: if it was the card, there is none any more."""
    if pins.drop(work.tx, chat_id, message_id):
        outbox.write_quietly(work, chat_id, "today.card_off", {}, message_id)


def pinned(work: Work, chat_id: int, note_id: int) -> None:
    """Telegram notes in the chat that the bot has pinned something: that line says nothing, and is taken away."""
    outbox.act(work, chat_id, note_id, outbox.REMOVE)


def press(work: Work, chat_id: int, button: str, tap: Tap) -> None:
    """Pause for the rest of the habit day, or go on, and show it on the card at once; without trust in the button."""
    if subscriber(work, chat_id, tap) is None:
        return
    toast = "tapped.unknown"
    if button == "pause":
        toast = pauses.TODAY if pauses.pause_today(work, chat_id) else "tapped.noted"
    elif button == "resume":
        pauses.go_on(work, chat_id)
        toast = "tapped.going_on"
    held = holds.is_held(holds.row(work, chat_id))
    outbox.toast(work, chat_id, tap.query_id, "tapped.noted" if held else toast)
    write(work, chat_id)


def _args(work: Work, plan: Schedule) -> dict[str, object]:
    """What the card shows now; while exercise is stopped, or dark thoughts were told, nothing of streaks."""
    chat_id = plan.who.chat_id
    held = holds.is_held(holds.row(work, chat_id))
    habits = [] if held or notices.is_quiet(work, chat_id) else _habits(work, plan)
    said: Any = plan.next_text()
    breaks = []
    if said["template"] in _BREAKS:
        said, breaks = said["args"]["plan_text"], _breaks(work, plan)
    button = "" if held else _button(work, plan)
    return {"button": button, "lines_text": lines([_next(plan, said), *habits, *breaks])}


def _button(work: Work, plan: Schedule) -> str:
    """What can be done about today; nothing while all rests anyway."""
    if plan.who.standing == Standing.STOPPED or plan.who.quiet_on:
        return ""
    if schedules.is_paused(work, plan.who):
        return "resume"
    return "pause" if plan.first() else ""


def _next(plan: Schedule, said: Any) -> Nested:
    """The very next reminder, or why there is none for now, in short; ``said`` is what is said of it elsewhere."""
    coming = plan.moments(count=1)
    short = _SHORT.get(said["template"])
    if short is None or not coming:
        return nested(said["template"], **said["args"])
    wall, habit = coming[0]
    args = said["args"]
    known = args | {"wall_time": wall.isoformat(), "label": plan.label(habit)}
    template, names = short
    return {"template": template, "args": {name: known[name] for name in names}}


def _breaks(work: Work, plan: Schedule) -> list[Nested]:
    """A line about a break that begins soon."""
    today = resting.today(work, plan.who)
    ahead = resting.of(plan.who).ahead(today)
    if ahead is None or ahead.begins - today > BREAK_AHEAD:
        return []
    return [nested("today.card_break", break_text=schedules.break_text(ahead))]


def _habits(work: Work, plan: Schedule) -> list[Nested]:
    """A line for each habit of which there is something to tell today, or a streak."""
    shown = [row.habit for row in plan.rows if overviews.is_shown_today(work, row)]
    found = [progress.of(work, plan.who.chat_id, habit) for habit in shown]
    return [
        nested("today.card_habit", label=plan.label(one.habit), progress_text=_line(one))
        for one in found
        if one.today.plan or one.progress.streak
    ]


def _line(standing: progress.Standing) -> Nested:
    return progress.done_line(standing) if standing.today.plan else progress.line(standing)


def _is_first_of_day(work: Work, who: Row[Any]) -> bool:
    """Whether a card was last written before this habit day."""
    written = clock.habit_day(who.card_written_at or work.at, clock.zone(who.zone), who.day_start)
    return written < resting.today(work, who)


def _next_look(work: Work, plan: Schedule) -> datetime:
    """When the card changes by itself: after the next reminder, or when the habit day is over."""
    today = resting.today(work, plan.who)
    ends = clock.day_begins(today + timedelta(days=1), clock.zone(plan.who.zone), plan.who.day_start)
    first = plan.first()
    looks = [ends + AFTER_DAY, *([first[0] + AFTER_REMINDER] if first else [])]
    return max(min(looks), work.at + SPACING)


def _digest(args: Mapping[str, object]) -> int:
    text = json.dumps(args, sort_keys=True)
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest())
