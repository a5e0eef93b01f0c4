"""Small changes of a plan in words: more often or less, and hours without reminders."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reminderbot.library.loader import Library
from reminderbot.rules.cadence import At, Every, Window
from reminderbot.rules.echo import echo
from reminderbot.rules.timewords import hours, oftener
from reminderbot.rules.timewords.clocks import clock_text, window_text
from reminderbot.rules.timewords.hours import Free, without
from reminderbot.rules.timewords.oftener import Oftener
from reminderbot.services import (
    asides,
    cadences,
    calmer,
    checked,
    followups,
    holds,
    outbox,
    reminders,
    requests,
    schedules,
    unread,
)
from reminderbot.services.replies import nested, refuse, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as outbox_rows

_ABOUT_A_SYMPTOM = ("symptom.", "safety.")
"""How the templates begin of all that is said and asked about aches, signs and reports."""


class Tweak(NamedTuple):
    """What is to change, and of which habit; of all where that is empty."""

    change: Oftener | Free
    habit: str


class _Cut(NamedTuple):
    """Hours that are free, if there are any, and what is left."""

    free: Window | None
    left: Sequence[Window]


def read(library: Library, text: str) -> Tweak | None:
    """The small change that words ask for; none in other words, such as those about something else than a habit."""
    found = oftener.read(text) or hours.read(text)
    habit = requests.which(library, found.what) if found else None
    return None if found is None or habit is None else Tweak(found, habit)


def make(work: Work, chat_id: int, text: str, tweak: Tweak, *, is_sure: bool) -> None:
    """Make a small change, and read it back; or say why not, and what to write.

    "More often" or "not after five" alone may tell of an ache: where one was told, or asked about, just now they
    change nothing, unless it ``is_sure`` that a plan is meant. Nor while exercise is on hold for one.
    """
    change, habit = tweak
    if not (is_sure or change.is_clear) and is_about_an_ache(work, chat_id):
        unread.not_understood(work, chat_id, text)
    elif isinstance(change, Free):
        if subscriber(work, chat_id):
            _free(schedules.of(work, chat_id), habit, change)
    elif change.more:
        calmer.more(work, chat_id, habit)
    else:
        calmer.fewer(work, chat_id, habit=habit)


def is_about_an_ache(work: Work, chat_id: int) -> bool:
    """Whether an ache, or a sign of something, is what was spoken of last, as far as that can be told."""
    if asides.open_one(work, chat_id) or holds.is_held(holds.row(work, chat_id)):
        return True
    templates = [name for name in work.around.library.messages if name.startswith(_ABOUT_A_SYMPTOM)]
    told = outbox_rows.newest_of(work.tx, chat_id, templates, work.at - followups.WINDOW)
    return told is not None or checked.page(work, chat_id, None) is not None


def _free(plan: Schedule, habit: str, wanted: Free) -> None:
    """Cut hours out of the plans at intervals, of one habit or of all that are on."""
    work, chat_id = plan.work, plan.who.chat_id
    running = [row for row in plan.rows if not row.off and habit in ("", row.habit)]
    every = {row.habit: found for row in running if isinstance(found := reminders.plan_of(row.plan), Every)}
    example = next(iter(every), plan.rows[0].habit)
    if not wanted.is_time:
        hint = nested("remind.hint_every", habit=example)
        refuse(work, chat_id, None, "bad_time", {"word": echo(wanted.word), "hint_text": hint})
    elif wanted.some_days:
        refuse(work, chat_id, None, "hours_of_some_days", {"habit": example})
    elif every:
        _cut(plan, every, wanted, others=[] if habit else running)
    elif habit:
        calmer.tell_plan(work, chat_id, None, habit)
    else:
        refuse(work, chat_id, None, "no_hours", {"habit": example})


def _cut(plan: Schedule, every: Mapping[str, Every], wanted: Free, others: Sequence[Any]) -> None:
    cuts = {habit: _cut_of(found, wanted) for habit, found in every.items()}
    if empty := next((habit for habit, cut in cuts.items() if not cut.left), None):
        windows = [window_text(window) for window in every[empty].windows]
        args = {"habit": empty, "windows_list": windows}
        refuse(plan.work, plan.who.chat_id, None, "no_hours_left", args)
        return
    words = {habit: " ".join(map(window_text, cut.left)) for habit, cut in cuts.items()}
    if cadences.change_each(plan.work, plan.who.chat_id, words):
        _tell_what_stays(plan, others, next(iter(cuts.values())))


def _cut_of(plan: Every, wanted: Free) -> _Cut:
    """The likeliest cut that changes something and leaves something, as far as there is one."""
    now = list(plan.windows)
    ways = [_Cut(free, without(now, free)) for free in wanted.windows]
    found = [way for way in ways if way.left] or ways
    changing = [way for way in found if way.left != now]
    return next(iter(changing or found), _Cut(None, now))


def _tell_what_stays(plan: Schedule, rows: Sequence[Any], cut: _Cut) -> None:
    """Name what comes at a time of the clock in the hours that are free now: only the person knows a better time."""
    habits = plan.work.around.library.habits
    for row in rows:
        found = reminders.plan_of(row.plan)
        times = (
            [minute for minute in found.times if _is_in(cut.free, minute)] if isinstance(found, At) else []
        )
        if times and habits[row.habit].counts:
            args = {
                "habit": row.habit,
                "label": plan.label(row.habit),
                "clock": clock_text(cut.left[0].start),
            }
            clocks = [clock_text(minute) for minute in times]
            outbox.say(plan.work, plan.who.chat_id, "remind.still", args | {"clocks_list": clocks})


def _is_in(free: Window | None, minute: int) -> bool:
    """Whether a time lies in hours that are free: not after five may be at five."""
    return free is not None and (free.start < minute < free.end or minute == free.start == 0)
