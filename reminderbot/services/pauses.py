"""Pauses: nothing is sent on some habit days, now or later. In a hold they are told without cheer."""

from datetime import date

from reminderbot.rules import timewords
from reminderbot.rules.pauses import Pause, Pauses
from reminderbot.rules.timewords import WordsError
from reminderbot.services import holds, notices, reminders, resting, returns, schedules
from reminderbot.services.replies import Tap, answer, refuse, subscriber
from reminderbot.services.work import Work
from reminderbot.store.tables import Standing


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


def resume(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """End the pause that runs, else call off the one to come; on hold also say how that ends.

    The grid stays: nobody is greeted by an overdue reminder.
    """
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    today = resting.today(work, who)
    pauses, paused = resting.of(who), schedules.is_paused(work, who)
    if paused:
        _keep(work, chat_id, pauses.ended(today))
    if returns.resume(work, chat_id, tap):
        return
    ahead = None if paused else pauses.ahead(today)
    if ahead:
        _keep(work, chat_id, pauses.called_off())
    held = holds.is_held(holds.row(work, chat_id))
    over = "pause.over_held" if held else "pause.over"
    template = over if paused else "pause.called_off" if ahead else "pause.none"
    answer(work, chat_id, tap, template, _next(work, chat_id))


def undo(work: Work, chat_id: int, planned: Pause, instead_of: Pause | None, tap: Tap) -> None:
    """Take back a planned pause, and bring back the one whose place it took; nothing when it has changed since."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    today, pauses = resting.today(work, who), resting.of(who)
    if pauses.coming != planned or planned.resumes_on <= today:
        refuse(work, chat_id, tap, "bad_pause", {})
        return
    brought_back = instead_of if instead_of and today < instead_of.begins < instead_of.resumes_on else None
    left = pauses.called_off() if planned.begins > today else pauses.ended(today)
    _keep(work, chat_id, left._replace(coming=brought_back))
    answer(work, chat_id, tap, "pause.called_off", _next(work, chat_id))


def wanted(work: Work, chat_id: int) -> None:
    """Reminders are wanted again, in words: what dark thoughts stopped goes on, else as after a pause."""
    if returns.wanted(work, chat_id):
        resting.end(work, chat_id)
        reminders.plan_next(work, chat_id)
    else:
        resume(work, chat_id)


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
