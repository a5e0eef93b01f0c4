"""Changing when a habit is due, in words or by buttons, and reading it back."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.library.loader import Library
from reminderbot.library.models import Habit
from reminderbot.rules import timewords
from reminderbot.rules.cadence import Cadence
from reminderbot.rules.echo import echo
from reminderbot.rules.timewords import WordsError
from reminderbot.services import holds, reminders, requests, schedules
from reminderbot.services.replies import Nested, Tap, add, answer, lines, nested, refuse, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import people

WELCOME_COUNTS = timedelta(days=1)
"""How long the hours below the welcome change the plan; after that it may have been changed in other ways."""

ON = ("on", "turn on")
"""Words that switch a habit on again with the plan it had."""


def overview(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Show every habit: its plan, what comes next, and buttons."""
    if subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, "remind.overview", _overview(schedules.of(work, chat_id)), "tapped.here")


def overview_below(work: Work, chat_id: int, tap: Tap) -> None:
    """Show every habit in a new message."""
    if subscriber(work, chat_id, tap):
        add(work, chat_id, tap, "remind.overview", _overview(schedules.of(work, chat_id)))


def remind(work: Work, chat_id: int, text: str, tap: Tap | None = None) -> None:
    """Do what stands after ``/remind``, maybe with a habit in front: show, change, switch on or off.

    Without a habit it goes to the one whose plan is of that kind; when several fit, or none, the person is told.
    """
    if not subscriber(work, chat_id, tap):
        return
    plan = schedules.of(work, chat_id)
    habit, words = _habit_and_words(plan, text)
    try:
        if habit is None:
            habit = _only_match(plan, words)
        if habit is None:
            refuse(work, chat_id, tap, "which_habit", _examples(plan, None) | {"words": echo(words)})
        elif words:
            _change(work, plan, habit, words)
            _panel(work, chat_id, habit, tap)
        else:
            _panel(work, chat_id, habit, tap, "tapped.here")
    except WordsError as error:
        unknown_habit = (
            habit is None and error.code == "unknown_word" and text.lower().startswith(error.args_["word"])
        )
        code = "unknown_habit" if unknown_habit else error.code
        refuse(work, chat_id, tap, code, _examples(plan, habit) | error.args_)


def is_plan(library: Library, text: str) -> bool:
    """Whether a message says without a command what to remind of when: "chair yoga tue,thu 17:00", "stretch off".

    It begins with the name of a habit, and goes on with a plan, be it one that can't be.
    """
    words = text.split()
    for length in (2, 1):
        name, plan = " ".join(words[:length]).lower(), " ".join(words[length:])
        if habit := requests.find_habit(library, name):
            return bool(plan) and (plan.lower() in ON or _reads_as_plan(library.habits[habit], plan))
    return False


def _reads_as_plan(habit: Habit, words: str) -> bool:
    try:
        timewords.parse_cadence(words, reminders.plan_of(habit.cadence))
    except WordsError as error:
        return error.code != "unknown_word"
    return True


def change_hours(work: Work, chat_id: int, words: str, tap: Tap) -> None:
    """Set the hours, in words, of every habit that comes at intervals: the offer below the welcome.

    Below an old welcome nothing is changed: the person is told so, and shown the plan as it is.
    """
    if not subscriber(work, chat_id, tap):
        return
    plan = schedules.of(work, chat_id)
    if not people.told_since(work.tx, chat_id, "start.welcome", work.at - WELCOME_COUNTS):
        add(work, chat_id, tap, "remind.overview", _overview(plan), "tapped.old_hours")
        return
    try:
        for habit in _of_kind(plan, words):
            _change(work, plan, habit, words)
    except WordsError as error:
        refuse(work, chat_id, tap, error.code, _examples(plan, None) | error.args_)
        return
    answer(work, chat_id, tap, "start.hours", _overview(schedules.of(work, chat_id)))


def _change(work: Work, plan: Schedule, habit: str, words: str) -> None:
    row = _row(plan, habit)
    values: dict[str, Any] = {"off": False}
    if words.lower() not in ON:
        wanted = _read(row, words)
        values = {"off": True} if isinstance(wanted, timewords.Off) else _running(wanted)
    people.change_cadence(work.tx, row.chat_id, habit, values)
    reminders.plan_next(work, row.chat_id, habit)


def _running(plan: Cadence) -> dict[str, Any]:
    return {"off": False, "plan": timewords.describe(plan)}


def _panel(work: Work, chat_id: int, habit: str, tap: Tap | None, toast: str = "tapped.saved") -> None:
    plan = schedules.of(work, chat_id)
    row = _row(plan, habit)
    cadence = reminders.plan_of(row.plan)
    args = {
        "habit": habit,
        "label": plan.label(habit),
        "off": row.off,
        "kind": _kind(plan, row),
        "hint_text": _hint(plan, row),
        "plan_text": schedules.plan_text(cadence),
        "next_text": plan.next_text(habit),
    }
    answer(work, chat_id, tap, "remind.off" if row.off else "remind.habit", args, toast)


def _overview(plan: Schedule) -> dict[str, object]:
    paused = schedules.is_paused(plan.work, plan.who)
    held = holds.is_held(holds.row(plan.work, plan.who.chat_id))
    return {
        "habits_text": plan.lines(offered=True),
        "next_text": plan.next_text(),
        "habits": plan.habits(),
        "paused": paused or held,
    }


def _habit_and_words(plan: Schedule, text: str) -> tuple[str | None, str]:
    """The habit that the text begins with, in two words or one, and the rest."""
    words = text.split()
    for length in (2, 1):
        habit = requests.find_habit(plan.work.around.library, " ".join(words[:length]).lower())
        if habit and plan.row(habit):
            return habit, " ".join(words[length:])
    return None, text.strip()


def _only_match(plan: Schedule, words: str) -> str | None:
    found = [] if words.lower() in ON else _of_kind(plan, words)
    return found[0] if len(found) == 1 else None


def _of_kind(plan: Schedule, words: str) -> list[str]:
    """The habits whose plan stays of its kind, at intervals or at fixed times, when these words change it.

    What has to be meant is named: a habit that was never switched on, and one that asks nothing.
    """
    habits = plan.work.around.library.habits
    rows = [row for row in plan.rows if habits[row.habit].counts and not schedules.is_offered(plan.work, row)]
    return [row.habit for row in rows if isinstance(_read(row, words), type(reminders.plan_of(row.plan)))]


def _read(row: Row[Any], words: str) -> Cadence | timewords.Off:
    return timewords.parse_cadence(words, reminders.plan_of(row.plan))


def _row(plan: Schedule, habit: str) -> Row[Any]:
    row = plan.row(habit)
    assert row is not None  # noqa: S101 - the habit was found among the rows
    return row


def _hint(plan: Schedule, row: Row[Any]) -> Nested:
    return nested(f"remind.hint_{_kind(plan, row)}", habit=row.habit)


def _kind(plan: Schedule, row: Row[Any]) -> str:
    """Whether a plan is ``every`` or ``at``, or that of a card of the ``week``: for what is offered to change it."""
    if plan.work.around.library.habits[row.habit].cards == "week":
        return "week"
    return type(reminders.plan_of(row.plan)).__name__.lower()


def _examples(plan: Schedule, habit: str | None) -> dict[str, Any]:
    """What a refusal shows as an example: the habit that was asked about, else one that comes at intervals."""
    rows = [row for row in plan.rows if habit in (None, row.habit)]
    first = next((row.habit for row in rows if _kind(plan, row) == "every"), rows[0].habit)
    hints = lines([_hint(plan, row) for row in rows])
    return {"habits_list": [row.habit for row in plan.rows], "habit": first, "hint_text": hints}
