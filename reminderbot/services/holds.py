"""The hold: exercise stops on safety grounds, and comes back when a clinician has looked or it was a misreading.

The state lives in the person's safety row: ``normal -> asking -> held -> returning -> normal`` (``tables.Hold``).
A way back that is over needs no step: ``returning`` counts only on its three habit days.
"""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from reminderbot.library import sequencing
from reminderbot.library.loader import Library
from reminderbot.library.models import Card, Habit, Nudge
from reminderbot.rules import clock, returning
from reminderbot.services import mending
from reminderbot.services.work import Work
from reminderbot.store.queries import reports, safety
from reminderbot.store.tables import Hold, Origin, ReportState

EMERGENCY, URGENT, GP = "emergency", "urgent", "gp"

HOLDING = (EMERGENCY, URGENT)
"""Levels whose reports stop exercise."""

FOLLOWED = "followed"
"""``closed_as`` of a report that was asked about often enough: it still holds. Any other closed report does not."""

SUPERSEDED = "superseded"
"""``closed_as`` of a report that a later one has taken over: it holds on when that one was misread."""

LASTING = (FOLLOWED, SUPERSEDED)
"""``closed_as`` of reports that hold on."""

TAKEN_BACK = "taken_back"
"""``closed_as`` of a report that was taken over by one about the same which then was corrected."""

NOT_THEIRS = ("misread", "someone_else", "figure", "no")
"""``closed_as`` of reports that said nothing about the person."""

CHECKED = "checked"
"""``closed_as`` of a report after a clinician has looked."""

SWITCHED_ON = "switched_on"
"""``closed_as`` of a mental health report after the person has switched reminders on again; it may stay open."""

ANSWERABLE = (*LASTING, SWITCHED_ON)
"""``closed_as`` of reports whose buttons go on working."""

RECENT = timedelta(hours=24)
"""How long before a report of the level gp a stretch counts as one that may have provoked it."""


class _Holding(NamedTuple):
    id: int
    level: str
    mental: bool


def row(work: Work, chat_id: int) -> Row[Any] | None:
    """What is known about a person's safety; none before the first finding or choice."""
    return safety.get(work.tx, chat_id)


def ensure(work: Work, chat_id: int) -> Row[Any]:
    """The person's safety row, made with a random pseudonym where there is none; also for non-subscribers."""
    safety.add(work.tx, chat_id, secrets.token_hex(8))
    found = safety.get(work.tx, chat_id)
    assert found is not None  # noqa: S101 - it has just been added
    return found


def is_held(safety_row: Any) -> bool:
    """Whether exercise is stopped now, by a question that is open or by a hold; ``None`` stands for no row."""
    return safety_row is not None and safety_row.hold in (Hold.ASKING, Hold.HELD)


def was_held(safety_row: Any, day: date) -> bool:
    """Whether a habit day was, at least in part, a day on hold: a rest day."""
    if safety_row is None or safety_row.held_from is None:
        return False
    until = date.max if is_held(safety_row) else safety_row.held_until or date.max
    return bool(safety_row.held_from <= day <= until)


def is_returning(safety_row: Any, day: date) -> bool:
    """Whether a habit day belongs to the way back: walking only, every second nudge."""
    return (
        safety_row is not None
        and safety_row.hold == Hold.RETURNING
        and returning.lasts(safety_row.returns_on, day)
    )


def walks(library: Library, habit: Habit) -> tuple[Card, ...]:
    """The cards of a habit that may come on the way back from a hold: short walks."""
    deck = library.deck(habit.id)
    return tuple(card for card in deck if isinstance(card, Nudge) and card.kind in returning.KINDS)


def is_left_out(work: Work, reminder: Any) -> bool:
    """Whether a reminder of the way back is void because the one before it came; ``reminder`` has ``returns_on``."""
    sent = sent_on_way_back(work, reminder.chat_id, reminder.habit, reminder.returns_on, reminder.due_at)
    return reminder.origin == Origin.CADENCE and returning.is_left_out(sent)


def sent_on_way_back(
    work: Work, chat_id: int, habit: str, returns_on: date, before: datetime | None = None
) -> list[bool]:
    """Of each due moment of the way back before an instant, by default now, whether its reminder went out."""
    return safety.sent_on_way_back(work.tx, chat_id, habit, returns_on, before or work.at)


def hold(work: Work, chat_id: int, level: str, mental: bool, report_id: int) -> None:
    """A report is open: stop exercise. To be called after the report's row is written; again when its level rises.

    gp stops nothing: the stretches of the last 24 hours never come again, until they are asked about. A hold by an
    earlier report stays; the stronger level is kept, and a hold counts as mental only when nothing else holds.
    """
    was = ensure(work, chat_id)
    if level not in HOLDING:
        _settle(work, chat_id, report_id)
        if level == GP and not mental:
            _drop_recent(work, chat_id)
        return
    new = _Holding(report_id, level, mental)
    others = [one for one in _certain(_holding(work, chat_id)) if one.id != report_id]
    _stop(work, was, Hold.HELD, _strongest([new, *others]))


def ask_hold(work: Work, chat_id: int, report_id: int) -> None:
    """A question is open: stop exercise until it is answered. A hold that is there already stays as it is."""
    was = ensure(work, chat_id)
    if was.hold != Hold.HELD:
        _stop(work, was, Hold.ASKING, {"report_id": report_id})


def release(work: Work, chat_id: int, report_id: int) -> None:
    """A report was misread, or what it told went away: exercise comes back at once.

    Another report that asks or holds goes on doing so, but not an earlier one about the same that this one has taken
    over; a way back that had begun goes on. Stretches that it left out come again. It does not matter whether the
    report's row is closed before or after. To be called for reports that held nothing as well.
    """
    report = reports.get(work.tx, chat_id, report_id)
    about = report.condition if report else None
    if report and report.level == GP:
        safety.bring_back(work.tx, chat_id, GP, report.reported_at)
    same = [
        one.id for one in _holding(work, chat_id) if (one.closed_as, one.condition) == (SUPERSEDED, about)
    ]
    safety.close_reports(work.tx, chat_id, same, TAKEN_BACK)
    _settle(work, chat_id, report_id)


def taken_over(work: Work, chat_id: int) -> list[int]:
    """Of body and mind each the newest report that holds on although a later one had taken it over.

    None of a kind of which another one is open.
    """
    held = [one for one in _holding(work, chat_id) if one.state != ReportState.ASKED]
    kinds = ([one for one in held if one.mental == mental] for mental in (False, True))
    waiting = (kind for kind in kinds if not any(one.state == ReportState.OPEN for one in kind))
    found = (next((int(one.id) for one in kind if one.closed_as == SUPERSEDED), None) for kind in waiting)
    return [number for number in found if number is not None]


def newest(work: Work, chat_id: int) -> Any | None:
    """The newest report that asks or holds, as its id, state and whether it is mental; none when nothing does."""
    return next(iter(_holding(work, chat_id)), None)


def checked(work: Work, chat_id: int, up_to: int | None = None) -> bool:
    """A clinician has looked: three habit days of walking begin; false when no report waits for that.

    ``up_to`` is the newest report that it is about, by default any: a later one goes on holding. Only the date is
    kept. What holds for mental health stays until the person switches reminders on.
    """
    waiting = [one for one in _until(up_to, _holding(work, chat_id)) if not one.mental]
    if not waiting:
        return False
    safety.close_reports(work.tx, chat_id, [one.id for one in waiting], CHECKED)
    safety.change(work.tx, chat_id, {"returns_on": today(work, chat_id)})
    _settle(work, chat_id, None)
    return True


def switch_on(work: Work, chat_id: int, up_to: int | None = None) -> bool:
    """The person wants reminders again after a mental health report; false when no such report holds.

    That ends the hold and nothing else: they are still asked how they are, and people on call see no change.
    ``up_to`` is the newest report that it is about, by default any.
    """
    waiting = [one for one in _until(up_to, _holding(work, chat_id)) if one.mental]
    if not waiting:
        return False
    safety.let_go(work.tx, chat_id, [one.id for one in waiting], SWITCHED_ON)
    _settle(work, chat_id, None)
    return True


def _holding(work: Work, chat_id: int) -> Sequence[Any]:
    return safety.holding(work.tx, chat_id, HOLDING, LASTING)


def _stop(work: Work, was: Any, state: Hold, values: dict[str, Any]) -> None:
    """Begin or go on with a hold; days of one that ended only today belong to it."""
    day = today(work, was.chat_id)
    goes_on = was_held(was, day)
    held = {"hold": state, "held_from": was.held_from if goes_on else day, "held_until": None}
    safety.change(work.tx, was.chat_id, held | values)


def _settle(work: Work, chat_id: int, without: int | None) -> None:
    """Work out anew what holds, now that one report no longer does; nothing holds: go on where it was.

    ``without`` is a report that was taken back, so that this day counts like any other; on the day on which a hold
    ends in another way nothing is missed.
    """
    was = safety.get(work.tx, chat_id)
    if was is None or not is_held(was):
        return
    left = [one for one in _holding(work, chat_id) if one.id != without]
    held = _certain(left)
    if held:
        values = {"hold": Hold.HELD} | _strongest(held)
    elif left:
        values = {"hold": Hold.ASKING, "level": None, "report_id": left[0].id, "mental": False}
    else:
        day = today(work, chat_id)
        values = _free(was, day, day if without is None else day - timedelta(days=1))
    safety.change(work.tx, chat_id, values)


def _certain(found: Iterable[Any]) -> list[_Holding]:
    """Those that hold without an answer."""
    return [_Holding(one.id, one.level, one.mental) for one in found if one.state != ReportState.ASKED]


def _until(report_id: int | None, found: Iterable[Any]) -> list[_Holding]:
    """Those that hold without an answer, without what was reported after this one."""
    return [one for one in _certain(found) if report_id is None or one.id <= report_id]


def _strongest(held: Sequence[_Holding]) -> dict[str, Any]:
    """The columns of a hold by these reports, newest first: of the newest one of the highest level."""
    first = next((one for one in held if one.level == EMERGENCY), held[0])
    mental = all(one.mental for one in held)
    return {"level": first.level, "report_id": first.id, "mental": mental}


def _free(was: Any, day: date, last: date) -> dict[str, Any]:
    state = Hold.RETURNING if returning.lasts(was.returns_on, day) else Hold.NORMAL
    return {"hold": state, "level": None, "mental": False, "report_id": None, "held_until": last}


def _drop_recent(work: Work, chat_id: int) -> None:
    library = work.around.library
    habits = [habit.id for habit in library.habits.values() if sequencing.has_stretches(habit)]
    shown = safety.shown_cards(work.tx, chat_id, habits, work.at - RECENT)
    recent = {stretch for card in shown for stretch in sequencing.stretches(library, card)}
    for stretch in sorted(recent - safety.dropped(work.tx, chat_id)):
        safety.drop_card(work.tx, chat_id, stretch, GP, work.at)


def today(work: Work, chat_id: int) -> date:
    """The habit day now; of somebody who is no subscriber, in the default zone."""
    who = mending.readable(work, chat_id)
    if who is None:
        return clock.habit_day(work.at, clock.zone(work.around.default_zone))
    return clock.habit_day(work.at, clock.zone(who.zone), who.day_start)
