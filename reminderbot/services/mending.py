"""What is stored of a person but can't be read any more: a zone that is gone, a plan in words of another version."""

from typing import Any

from sqlalchemy import Row

from reminderbot.library.models import Habit
from reminderbot.rules import clock, timewords
from reminderbot.rules.echo import echo
from reminderbot.services import outbox, reminders
from reminderbot.services.work import Work
from reminderbot.store.queries import changes, due, people


def readable(work: Work, chat_id: int) -> Row[Any] | None:
    """The subscriber behind a chat, if there is one, with a zone and plans that can be read.

    What can't be read gives way to what a new subscriber has, and the person is told. The zone is unconfirmed then,
    so reminders come silently and ask whether the time is right.
    """
    who = people.get(work.tx, chat_id)
    if who is None or not (_mend_zone(work, who) | _mend_plans(work, chat_id)):
        return who
    reminders.plan_next(work, chat_id)
    return people.get(work.tx, chat_id)


def usual_plan(habit: Habit) -> str:
    """The plan that a habit begins with, as it is stored."""
    return timewords.describe(reminders.plan_of(habit.cadence))


def _mend_zone(work: Work, who: Row[Any]) -> bool:
    if _is_zone(who.zone):
        return False
    zone = work.around.default_zone
    people.change(work.tx, who.chat_id, {"zone": zone, "zone_confirmed": False})
    outbox.say(work, who.chat_id, "zone.lost", {"gone": echo(who.zone), "zone": zone})
    return True


def _mend_plans(work: Work, chat_id: int) -> bool:
    habits = work.around.library.habits
    lost = [
        row.habit for row in due.of_chat(work.tx, chat_id) if row.habit in habits and not _is_plan(row.plan)
    ]
    for habit in lost:
        people.change_cadence(work.tx, chat_id, habit, {"plan": usual_plan(habits[habit])} | changes.FINAL)
        outbox.say(work, chat_id, "plan.lost", {"label": habits[habit].label.get()})
    return bool(lost)


def _is_zone(name: str) -> bool:
    try:
        clock.zone(name)
    except clock.UnknownZoneError:
        return False
    return True


def _is_plan(words: str) -> bool:
    try:
        reminders.plan_of(words)
    except ValueError:
        return False
    return True
