"""Changing when a habit is due, in words or by buttons, and reading it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.library.loader import Library
from reminderbot.library.models import Habit
from reminderbot.rules import timewords
from reminderbot.rules.cadence import Cadence
from reminderbot.rules.echo import echo
from reminderbot.rules.timewords import WordsError
from reminderbot.services import drafts, holds, reminders, requests, schedules, singles
from reminderbot.services.replies import Nested, Tap, add, answer, lines, nested, noted, refuse, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import changes, people
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.tables import Standing

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
    """Do what the words of a plan say, maybe with a habit in front: show, change, switch on or off.

    Without a habit it goes to the one whose plan is of that kind. When several fit, or none, or the words can be meant
    in two ways, the person is asked.
    """
    if not subscriber(work, chat_id, tap):
        return
    plan = schedules.of(work, chat_id)
    habit, words = requests.habit_in_front(work.around.library, text)
    try:
        habit = habit or _only_match(plan, words)
        if habit is None:
            _ask_which(plan, words, tap)
        elif words:
            changed_at = singles.now(work, chat_id)
            changed = _change(plan, habit, words, changed_at)
            show(work, chat_id, habit, tap, undo=changed_at if changed else None)
        else:
            show(work, chat_id, habit, tap, "tapped.here")
    except WordsError as error:
        _refuse(plan, habit, text, error, tap)


def _refuse(plan: Schedule, habit: str | None, text: str, error: WordsError, tap: Tap | None) -> None:
    """Say what is wrong with the words, or ask which way they are meant."""
    chat_id, args = plan.who.chat_id, _examples(plan, habit) | error.args_
    if error.ways:
        named = f"{habit} " if habit else ""
        ways = {name: f"{named}{words}" for name, words in error.ways.items()}
        drafts.ask(plan.work, chat_id, tap, f"refused.{error.code}", args, ways)
        return
    no_habit = habit is None and error.code == "unknown_word" and text.lower().startswith(error.args_["word"])
    refuse(plan.work, chat_id, tap, "unknown_habit" if no_habit else error.code, args)


def _ask_which(plan: Schedule, words: str, tap: Tap | None) -> None:
    off = [row.habit for row in plan.rows if row.off]
    fitting = off if words.lower() in ON else _of_kind(plan, words)
    habits = fitting or _asking(plan)
    ways = {plan.label(habit): f"{habit} {words}" for habit in habits}
    names = requests.names(plan.work.around.library, habits)
    args = _examples(plan, None) | {"habits_list": names, "words": echo(words)}
    drafts.ask(plan.work, plan.who.chat_id, tap, "refused.which_habit", args, ways)


def leave_out(work: Work, chat_id: int, habit: str | None, days: str) -> None:
    """Take days of the week out of the plan of a habit, or of each that is on; what has no others left is off."""
    if not subscriber(work, chat_id):
        return
    plan, at = schedules.of(work, chat_id), singles.now(work, chat_id)
    wanted = [row.habit for row in plan.rows if not row.off and habit in (None, row.habit)]
    changed = [_leave_out(plan, one, days, at) for one in wanted]
    shown = _overview(schedules.of(work, chat_id)) | _undo(at if any(changed) else None)
    answer(work, chat_id, None, "remind.overview", shown)


def _leave_out(plan: Schedule, habit: str, days: str, at: datetime) -> bool:
    try:
        return _change(plan, habit, f"except {days}", at)
    except WordsError:
        return _change(plan, habit, "off", at)


def is_plan(library: Library, text: str) -> bool:
    """Whether a message says without a command what to remind of when: "chair yoga tue,thu 17:00", "stretch off".

    It begins with the name of a habit, and goes on with a plan, be it one that can't be.
    """
    habit, plan = requests.habit_in_front(library, text)
    if habit is None or not plan:
        return False
    return plan.lower() in ON or _reads_as_plan(library.habits[habit], plan)


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
    if outbox_rows.newest_of(work.tx, chat_id, ["start.welcome"], work.at - WELCOME_COUNTS) is None:
        add(work, chat_id, tap, "remind.overview", _overview(plan), "tapped.old_hours")
        return
    at = singles.now(work, chat_id)
    try:
        changed = [_change(plan, habit, words, at) for habit in _of_kind(plan, words)]
    except WordsError as error:
        refuse(work, chat_id, tap, error.code, _examples(plan, None) | error.args_)
        return
    shown = _overview(schedules.of(work, chat_id)) | _undo(at if any(changed) else None)
    answer(work, chat_id, tap, "start.hours", shown)


def _change(plan: Schedule, habit: str, words: str, at: datetime) -> bool:
    """Change a plan, and keep what it was before; false when it is as it was."""
    work = plan.work
    row = _row(plan, habit)
    values: dict[str, Any] = {"off": False}
    if words.lower() not in ON:
        wanted = _read(row, words)
        values = {"off": True} if isinstance(wanted, timewords.Off) else _running(wanted)
    if all(getattr(row, name) == value for name, value in values.items()):
        return False
    before = {"before": row.plan, "before_off": row.off, "changed_at": at}
    people.change_cadence(work.tx, row.chat_id, habit, values | before)
    reminders.plan_next(work, row.chat_id, habit)
    return True


def take_back(work: Work, chat_id: int, changed_at: datetime, tap: Tap | None) -> bool:
    """Undo the change of plans of an instant; false when the plan has changed since, or it was undone before."""
    habits = changes.change_back(work.tx, chat_id, changed_at)
    for habit in habits:
        reminders.plan_next(work, chat_id, habit)
    if habits:
        plan = schedules.of(work, chat_id)
        shown = _described(plan, habits[0]) if len(habits) == 1 else ("remind.overview", _overview(plan))
        # Somebody who tapped reads in the notice that it was taken back; to whoever typed the message has to say so.
        template, args = shown if tap else noted("tapped.taken_back", *shown)
        answer(work, chat_id, tap, template, args, "tapped.taken_back")
    return bool(habits)


def _running(plan: Cadence) -> dict[str, Any]:
    return {"off": False, "plan": timewords.describe(plan)}


def show(
    work: Work,
    chat_id: int,
    habit: str,
    tap: Tap | None,
    toast: str = "tapped.saved",
    undo: datetime | None = None,
) -> None:
    """Show a habit's plan, with what comes next; the change of an instant can be undone below it."""
    template, args = _described(schedules.of(work, chat_id), habit)
    answer(work, chat_id, tap, template, args | _undo(undo), toast)


def _described(plan: Schedule, habit: str) -> tuple[str, dict[str, object]]:
    """The message that shows a habit's plan."""
    row = _row(plan, habit)
    cadence = reminders.plan_of(row.plan)
    return "remind.off" if row.off else "remind.habit", {
        "habit": habit,
        "label": plan.label(habit),
        "off": row.off,
        "kind": _kind(plan, row),
        "hint_text": _hint(plan, row),
        "plan_text": schedules.plan_text(cadence),
        "next_text": plan.next_text(habit),
    }


def named(work: Work, chat_id: int, habit: str) -> dict[str, object]:
    """A habit and its plan, for sentences about them."""
    plan = schedules.of(work, chat_id)
    cadence = reminders.plan_of(_row(plan, habit).plan)
    return {"habit": habit, "label": plan.label(habit), "plan_text": schedules.plan_text(cadence)}


def change_each(work: Work, chat_id: int, wanted: Mapping[str, str]) -> bool:
    """Change the plans of habits, each by its own words, and read them back; false, and said so, where one can't be."""
    plan, at = schedules.of(work, chat_id), singles.now(work, chat_id)
    try:
        for habit, words in wanted.items():
            _read(_row(plan, habit), words)
    except WordsError as error:
        _refuse(plan, None, "", error, None)
        return False
    changed = [_change(plan, habit, words, at) for habit, words in wanted.items()]
    undo = at if any(changed) else None
    if len(wanted) == 1:
        show(work, chat_id, next(iter(wanted)), None, undo=undo)
    else:
        shown = _overview(schedules.of(work, chat_id)) | _undo(undo)
        answer(work, chat_id, None, "remind.overview", shown)
    return True


def _undo(changed_at: datetime | None) -> dict[str, str]:
    """What the Undo button below a change names; nothing where nothing was changed."""
    return {"undo": singles.stamp(changed_at)} if changed_at else {}


def _overview(plan: Schedule) -> dict[str, object]:
    paused = schedules.is_paused(plan.work, plan.who)
    held = holds.is_held(holds.row(plan.work, plan.who.chat_id))
    return {
        "habits_text": plan.lines(offered=True),
        "next_text": plan.next_text(),
        "habits": plan.habits(),
        "singles": len(plan.singles()) if plan.who.standing == Standing.ACTIVE else 0,
        "paused": paused or held,
    }


def _only_match(plan: Schedule, words: str) -> str | None:
    found = [] if words.lower() in ON else _of_kind(plan, words)
    return found[0] if len(found) == 1 else None


def _of_kind(plan: Schedule, words: str) -> list[str]:
    """The habits whose plan stays of its kind, at intervals or at fixed times, when these words change it.

    What has to be meant is named: a habit that was never switched on, and one that asks nothing.
    """
    rows = [_row(plan, habit) for habit in _asking(plan)]
    return [row.habit for row in rows if isinstance(_read(row, words), type(reminders.plan_of(row.plan)))]


def _asking(plan: Schedule) -> list[str]:
    """The habits that ask something, and are on or were."""
    habits = plan.work.around.library.habits
    return [
        row.habit
        for row in plan.rows
        if habits[row.habit].counts and not schedules.is_offered(plan.work, row)
    ]


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
    names = requests.names(plan.work.around.library, [row.habit for row in plan.rows])
    return {"habits_list": names, "habit": first, "hint_text": hints}
