"""A pause: nothing is sent until a habit day, or until the person says so. In a hold it is told without cheer."""

from datetime import date

from reminderbot.rules import clock, timewords
from reminderbot.rules.timewords import WordsError
from reminderbot.services import holds, notices, reminders, returns, schedules
from reminderbot.services.replies import Tap, answer, refuse, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import people
from reminderbot.store.tables import Standing


def pause(work: Work, chat_id: int, text: str, tap: Tap | None = None) -> None:
    """Pause for as long as the words say: ``3d`` is the rest of this habit day and the next two; no words: open."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    if who.standing == Standing.STOPPED:
        answer(work, chat_id, tap, "stop.already")
        return
    today = clock.habit_day(work.at, clock.zone(who.zone), who.day_start)
    try:
        resumes_on = timewords.parse_pause(text, today) or date.max
    except WordsError as error:
        refuse(work, chat_id, tap, error.code, error.args_)
        return
    _save(work, chat_id, resumes_on)
    if holds.is_held(holds.row(work, chat_id)):
        told = {**(notices.args(work, chat_id) or {}), "resumes_day": resumes_on.isoformat()}
        template = "pause.done_held" if resumes_on == date.max else "pause.until_held"
        answer(work, chat_id, tap, template, told)
    else:
        answer(work, chat_id, tap, "pause.done", _next(work, chat_id))


def resume(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """End the pause; on hold also say how that ends. The grid stays: nobody is greeted by an overdue reminder."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    paused = schedules.is_paused(work, who)
    _save(work, chat_id, None)
    if returns.resume(work, chat_id, tap):
        return
    held = holds.is_held(holds.row(work, chat_id))
    over = "pause.over_held" if held else "pause.over"
    answer(work, chat_id, tap, over if paused else "pause.none", _next(work, chat_id))


def wanted(work: Work, chat_id: int) -> None:
    """Reminders are wanted again, in words: what dark thoughts stopped goes on, else as after a pause."""
    if returns.wanted(work, chat_id):
        if people.get(work.tx, chat_id):
            _save(work, chat_id, None)
    else:
        resume(work, chat_id)


def _save(work: Work, chat_id: int, resumes_on: date | None) -> None:
    people.change(work.tx, chat_id, {"resumes_on": resumes_on})
    reminders.plan_next(work, chat_id)


def _next(work: Work, chat_id: int) -> dict[str, object]:
    return {"next_text": schedules.of(work, chat_id).next_text()}
