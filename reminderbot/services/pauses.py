"""Pauses: nothing is sent on some habit days, now or later. In a hold they are told without cheer."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from reminderbot.rules import timewords
from reminderbot.rules.pauses import Pause, Pauses
from reminderbot.rules.timewords import WordsError
from reminderbot.services import holds, notices, reminders, resting, returns, schedules
from reminderbot.services.replies import Tap, answer, refuse, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import people
from reminderbot.store.tables import Standing

TODAY: Final = "tapped.day_off"
"""Template of the notice that the rest of a habit day is paused."""

BEGUN: Final = ("pause.done", "pause.done_held", "pause.until_held", TODAY)
PLANNED: Final = ("pause.planned", "pause.planned_instead", "pause.planned_held")
"""Templates that read back a pause that begins now, and one that begins later."""

STAYS: Final = "pause.stays"
"""Template of what is said in place of calling off a pause to come, where something else may have been meant."""

JUST_OVER: Final = timedelta(days=2)
"""How long after a pause whoever asks to go on may mean that one."""

JUST_TOLD: Final = timedelta(days=1)
"""How long after a pause to come was told of, with what takes it back, that one is meant; unless another one began."""


def pause(work: Work, chat_id: int, text: str, tap: Tap | None = None) -> None:
    """Pause for the days that the words name, from now or from a later day on; no words: now, without an end."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    if who.standing == Standing.STOPPED:
        answer(work, chat_id, tap, "stop.already")
        return
    today = resting.today(work, who)
    try:
        wanted = timewords.parse_pause(text, today)
    except WordsError as error:
        refuse(work, chat_id, tap, error.code, error.args_)
        return
    before = resting.of(who)
    _keep(work, chat_id, before.with_(wanted, today))
    if wanted.begins > today:
        _tell_planned(work, chat_id, tap, wanted, before.ahead(today))
    else:
        _tell_begun(work, chat_id, tap, wanted)


def resume(work: Work, chat_id: int, tap: Tap | None = None, *, vaguely: bool = False) -> None:
    """End the pause that runs, else call off the one to come, if nothing else may be meant; on hold say how that ends.

    ``vaguely``: in words that speak of no pause; a button may be one of an earlier pause. The grid stays: nobody is
    greeted by an overdue reminder.
    """
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    today, paused = resting.today(work, who), schedules.is_paused(work, who)
    if paused:
        _keep(work, chat_id, resting.of(who).ended(today))
    if returns.resume(work, chat_id, tap):
        return
    template = "pause.over_held" if holds.is_held(holds.row(work, chat_id)) else "pause.over"
    if not paused:
        is_clear = tap is None and not vaguely and not _may_mean_another(work, who, today)
        template = _end_coming(work, who, today, is_clear=is_clear)
    answer(work, chat_id, tap, template, _next(work, chat_id))


def pause_today(work: Work, chat_id: int) -> bool:
    """Pause for the rest of this habit day, without a word; false, and nothing, while a pause runs."""
    who = people.get(work.tx, chat_id)
    if who is None or schedules.is_paused(work, who):
        return False
    today = resting.today(work, who)
    _keep(work, chat_id, resting.of(who).with_(Pause(today, today + timedelta(days=1)), today))
    return True


def go_on(work: Work, chat_id: int) -> None:
    """End the pause that runs, if there is one, without a word."""
    resting.end(work, chat_id)
    reminders.plan_next(work, chat_id)


def undo(work: Work, chat_id: int, planned: Pause, instead_of: Pause | None, tap: Tap) -> None:
    """Take back a planned pause, and bring back the one whose place it took; nothing when it has changed since."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    today, pauses = resting.today(work, who), resting.of(who)
    if pauses.coming != planned or planned.resumes_on <= today:
        refuse(work, chat_id, tap, "bad_pause", {})
        return
    # One that was planned twice took the place of itself, which is no reason to keep it.
    other = instead_of if instead_of != planned else None
    fits = other is not None and today < other.begins < other.resumes_on
    left = pauses.called_off() if planned.begins > today else pauses.ended(today)
    _keep(work, chat_id, left._replace(coming=other if fits else None))
    answer(work, chat_id, tap, "pause.brought_back" if fits else "pause.called_off", _next(work, chat_id))


def begun_at(work: Work, who: Any, since: datetime) -> datetime | None:
    """When the pause that runs was read back, if that was since an instant."""
    row = outbox_rows.newest_of(work.tx, who.chat_id, BEGUN, since)
    return row.created_at if row and schedules.is_paused(work, who) else None


def planned_at(work: Work, who: Any, since: datetime) -> datetime | None:
    """When the pause to come was read back, if that was since an instant."""
    row = outbox_rows.newest_of(work.tx, who.chat_id, PLANNED, since)
    return row.created_at if row and resting.of(who).ahead(resting.today(work, who)) else None


def call_off(work: Work, who: Any, since: datetime) -> None:
    """Take back the pause to come that was read back since an instant; only its button knows the one before it."""
    row = outbox_rows.newest_of(work.tx, who.chat_id, PLANNED, since)
    _keep(work, who.chat_id, resting.of(who).called_off())
    alone = row is not None and row.template == "pause.planned_instead"
    template = "pause.called_off_both" if alone else "pause.called_off"
    answer(work, who.chat_id, None, template, _next(work, who.chat_id))


def wanted(work: Work, chat_id: int) -> None:
    """Reminders are wanted again, in words: what dark thoughts stopped goes on, else as after a pause."""
    if returns.wanted(work, chat_id):
        resting.end(work, chat_id)
        reminders.plan_next(work, chat_id)
    else:
        resume(work, chat_id, vaguely=True)


def _end_coming(work: Work, who: Any, today: date, *, is_clear: bool) -> str:
    """Call off the pause to come, if it is clear that it is meant; the template of what is said."""
    pauses = resting.of(who)
    if pauses.ahead(today) is None:
        return "pause.none"
    if not is_clear:
        return STAYS
    _keep(work, who.chat_id, pauses.called_off())
    return "pause.called_off"


def _may_mean_another(work: Work, who: Any, today: date) -> bool:
    """Whether going on may be about a pause that is just over, or about a hold, and not about the one to come."""
    recent = resting.of(who).begun(today).recent
    is_just_over = recent is not None and today - recent.resumes_on <= JUST_OVER
    is_on_hold = notices.of(holds.row(work, who.chat_id), today) is not None
    if not (is_just_over or is_on_hold):
        return False
    told = outbox_rows.newest_of(work.tx, who.chat_id, (STAYS, *PLANNED, *BEGUN), work.at - JUST_TOLD)
    return told is None or told.template in BEGUN


def _tell_begun(work: Work, chat_id: int, tap: Tap | None, begun: Pause) -> None:
    if not holds.is_held(holds.row(work, chat_id)):
        answer(work, chat_id, tap, "pause.done", _next(work, chat_id))
        return
    told = {**(notices.args(work, chat_id) or {}), "resumes_day": begun.resumes_on.isoformat()}
    template = "pause.done_held" if begun.resumes_on == date.max else "pause.until_held"
    answer(work, chat_id, tap, template, told)


def _tell_planned(work: Work, chat_id: int, tap: Tap | None, planned: Pause, before: Pause | None) -> None:
    """Read a pause to come back, with what it means, and a button that takes it back."""
    told: dict[str, object] = {
        "break_text": schedules.break_text(planned),
        "undo": [day.toordinal() for pause in (planned, before) if pause for day in pause],
    }
    if holds.is_held(holds.row(work, chat_id)):
        told |= notices.args(work, chat_id) or {}
        answer(work, chat_id, tap, "pause.planned_held", told)
        return
    template = "pause.planned"
    if before and before != planned:
        template, told["before_text"] = "pause.planned_instead", schedules.break_text(before)
    answer(work, chat_id, tap, template, told | _next(work, chat_id))


def _keep(work: Work, chat_id: int, pauses: Pauses) -> None:
    resting.keep(work, chat_id, pauses)
    reminders.plan_next(work, chat_id)


def _next(work: Work, chat_id: int) -> dict[str, object]:
    return {"next_text": schedules.of(work, chat_id).next_text()}
