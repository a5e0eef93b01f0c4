"""People come, stay, leave and come back; and what they would rather avoid."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.services import (
    admin,
    cases,
    duty,
    holds,
    leaving,
    mending,
    notes,
    oncall,
    outbox,
    reminders,
    reports,
    resting,
    schedules,
    zones,
)
from reminderbot.services.replies import Tap, add, answer, nested, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import people, turns
from reminderbot.store.tables import Standing
from reminderbot.store.vault import LostKeyError

ONE_GREETING = timedelta(minutes=2)
"""Unblocking a bot and pressing its Start button come as two updates; within this span one greeting answers both."""

KEPT_AFTER_LEAVING = timedelta(days=180)
"""How long the rows of somebody who stopped, or can't be reached, are kept."""


def start(work: Work, chat_id: int, name: str, tap: Tap | None = None) -> None:
    """Subscribe somebody, or welcome back, or show somebody who is subscribed what is planned.

    1. New: every habit with its default plan, in the default zone, unconfirmed; then the question about the clock.
    2. Stopped or unreachable: active again, with plans and days as they were; a pause is over.
    3. Active: nothing changes. Right after the greeting of somebody who is back there is no second one.
    """
    who = mending.readable(work, chat_id)
    if who is None:
        _subscribe(work, chat_id)
        _welcome(work, chat_id, name, tap)
        zones.ask(work, chat_id)
        admin.offer_menu(work, chat_id)
    elif who.standing != Standing.ACTIVE:
        _activate(work, chat_id)
        _greet_back(work, who, "start.back", tap)
    elif _greeted_back(work, chat_id):
        add(work, chat_id, tap, "start.here", toast="tapped.same")
    else:
        plan = schedules.of(work, chat_id)
        add(work, chat_id, tap, "start.again", _overview(plan) | {"name": name}, "tapped.same")


def stop(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Send nothing more, until the person comes back. Plans and days stay; so does what has to be checked."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    leaving.remind(work, chat_id, "leaving.stop")
    stopped = who.standing == Standing.STOPPED
    if not stopped:
        people.change(work.tx, chat_id, {"standing": Standing.STOPPED, "left_at": work.at})
        reminders.plan_next(work, chat_id)
    answer(work, chat_id, tap, "stop.already" if stopped else "stop.done")


def mark_unreachable(work: Work, chat_id: int) -> None:
    """The person has blocked the bot or is gone: nothing is planned, and what waits is dropped."""
    who = mending.readable(work, chat_id)
    if who and who.standing == Standing.ACTIVE:
        people.change(work.tx, chat_id, {"standing": Standing.UNREACHABLE, "left_at": work.at})
        reminders.plan_next(work, chat_id)
    outbox_rows.drop_all(work.tx, chat_id)
    oncall.unreachable(work, chat_id)
    cases.unreachable(work, chat_id)


def welcome_back(work: Work, chat_id: int) -> None:
    """The person has unblocked the bot: go on where it was, with one greeting. Who had stopped stays stopped."""
    oncall.reachable(work, chat_id)
    reports.put_missed(work, chat_id)
    if people.come_back(work.tx, chat_id):
        cases.changed(work, chat_id)
        who = mending.readable(work, chat_id)
        reminders.plan_next(work, chat_id)
        assert who is not None  # noqa: S101 - come_back has just found it
        _greet_back(work, who, "start.returned", None)


def forget_long_gone(work: Work, limit: int) -> int:
    """Delete all rows of those who left 180 days ago, at most ``limit`` of them; returns how many."""
    before = work.at - KEPT_AFTER_LEAVING
    gone = turns.of_each(work.tx, lambda: people.left_before(work.tx, before, limit))
    for chat_id in gone:
        forget(work, chat_id)
    return len(gone)


def forget(work: Work, chat_id: int) -> None:
    """Delete every row of a person; what runs about them ends, and so does their duty on call."""
    cases.person_left(work, chat_id)
    sent = notes.sent_to(work, chat_id)
    was_on_call = oncall.leave(work, chat_id)
    people.erase(work.tx, chat_id)
    if was_on_call:
        oncall.clear(work, chat_id, sent)


def avoided(work: Work, sealed: bytes | None) -> frozenset[str] | None:
    """The tags to avoid from a subscriber's row; none while the question is open, or when the key is lost."""
    try:
        tags = work.around.vault.open(sealed) if sealed else None
    except LostKeyError:
        return None
    return frozenset(map(str, tags)) if isinstance(tags, list) else None


def ask_avoid(work: Work, chat_id: int, *, silent: bool = False) -> None:
    """Ask what to avoid, unless it was asked before; ``silent`` beside a reminder that makes no sound."""
    who = people.get(work.tx, chat_id)
    if who and not who.asked_avoid:
        people.change(work.tx, chat_id, {"asked_avoid": True})
        outbox.say(work, chat_id, "avoid.question", avoid_args(avoided(work, who.avoid)), silent=silent)


def avoid_args(tags: frozenset[str] | None) -> Mapping[str, object]:
    """What the question and its keyboard need: the answers so far, in the order in which they are offered."""
    return {"tags": [tag for tag in AVOID_ANSWERS if tags and tag in tags], "answered": tags is not None}


def _subscribe(work: Work, chat_id: int) -> None:
    zone = work.around.default_zone
    row = {"chat_id": chat_id, "standing": Standing.ACTIVE, "zone": zone, "subscribed_at": work.at}
    people.add(work.tx, row)
    people.add_cadences(work.tx, schedules.new_rows(work, chat_id, off=False))
    reminders.plan_next(work, chat_id)


def _activate(work: Work, chat_id: int) -> None:
    people.change(work.tx, chat_id, {"standing": Standing.ACTIVE, "left_at": None})
    resting.end(work, chat_id)
    reminders.plan_next(work, chat_id)


def _welcome(work: Work, chat_id: int, name: str, tap: Tap | None) -> None:
    plan = schedules.of(work, chat_id)
    if holds.is_held(holds.row(work, chat_id)):
        add(work, chat_id, tap, "hold.welcome", _overview(plan) | {"name": name}, "tapped.started")
        return
    first = plan.moments(count=1)[0]
    args = {"first_time": first[0].isoformat(), "label": plan.label(first[1]), "zone": plan.who.zone}
    args |= {"watch_text": nested("start.watched" if duty.watched(work, chat_id) else "start.unwatched")}
    add(work, chat_id, tap, "start.welcome", _overview(plan) | args | {"name": name}, "tapped.started")


def _greeted_back(work: Work, chat_id: int) -> bool:
    greetings = ("start.returned", "start.back_held")
    return outbox_rows.newest_of(work.tx, chat_id, greetings, work.at - ONE_GREETING) is not None


def _greet_back(work: Work, who: Row[Any], template: str, tap: Tap | None) -> None:
    """Welcome somebody back; without cheer, and without a word about streaks, while exercise is stopped."""
    plan = schedules.of(work, who.chat_id)
    held = holds.is_held(holds.row(work, who.chat_id))
    toast = "tapped.noted" if held else "tapped.started"
    add(work, who.chat_id, tap, "start.back_held" if held else template, _overview(plan), toast)
    if not who.zone_confirmed:
        zones.ask(work, who.chat_id)


def _overview(plan: schedules.Schedule) -> dict[str, object]:
    return {"habits_text": plan.lines(), "next_text": plan.next_text(), "habits": plan.habits()}
