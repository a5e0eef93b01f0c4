"""A single reminder at a moment that the person names: `in 2 hours`, `tomorrow at 9`."""

from datetime import datetime, timedelta
from typing import Any, Final

from reminderbot.library.models import Habit
from reminderbot.rules import clock
from reminderbot.rules.timewords.clocks import clock_text
from reminderbot.rules.timewords.once import Once
from reminderbot.services import cancelling, drafts, holds, notices, outbox, resting, schedules, singles
from reminderbot.services.replies import Nested, Tap, add, answer, lines, nested, refuse, subscriber
from reminderbot.services.work import Work
from reminderbot.store.tables import Standing

FARTHEST: Final = timedelta(days=60)
"""How far ahead one may be."""

CHANGED_MIND: Final = timedelta(minutes=15)
"""How long words such as "stretch instead" are about the one that was asked for last."""


def ask(
    work: Work, who: Any, habit: str | None, asked: Once, when: datetime, tap: Tap | None, *, strange: bool = False
) -> None:  # fmt: skip
    """Remind of a habit once, by default of the one with nudges; where two moments can be meant, ask.

    A span counts from ``when``. ``strange``: it was asked for something that is not kept, so what comes is told.
    """
    chosen = work.around.library.habits[habit or _usual(work)]
    named = asked.walls[0] if asked.walls else None
    at = clock.instant(named, clock.zone(who.zone)) if named else when + (asked.after or timedelta())
    if who.standing == Standing.STOPPED:
        answer(work, who.chat_id, tap, "stop.already")
    elif stopped := _stopped(work, who, chosen, at):
        add(work, who.chat_id, tap, "hold.no_card", stopped)
    elif len(asked.walls) > 1:
        _ask_when(work, who, habit, asked.walls, tap)
    else:
        # A message that has waited for the bot still means what it meant when it was written, but never the past.
        _put(work, who, chosen, max(at, work.at), named, tap, strange=strange)


def change_habit(work: Work, chat_id: int, habit: str, asked_at: datetime, tap: Tap) -> None:
    """Let another habit come at a moment that was asked for; nothing when it has come, or is not wanted any more."""
    who = subscriber(work, chat_id, tap)
    row = _waiting_since(work, chat_id, asked_at)
    if who is None:
        return
    if row is None or habit not in _habits(work):
        outbox.toast(work, chat_id, tap.query_id, "tapped.changed_since")
        return
    _become(work, who, row, habit, tap)


def change_habit_said(work: Work, chat_id: int, habit: str) -> None:
    """The same in words, about the one that was asked for last, a short time ago."""
    who = subscriber(work, chat_id)
    if who is None:
        return
    recent = [row for row in singles.waiting(work, chat_id) if row.asked_at > work.at - CHANGED_MIND]
    if recent and habit in _habits(work):
        _become(work, who, max(recent, key=lambda row: row.asked_at), habit, None)
    else:
        outbox.say(work, chat_id, "once.nothing")


def take_over(work: Work, who: Any, habit: str, at: datetime, named: datetime | None) -> None:
    """Let one come that was asked for elsewhere, if it may: at an instant, or at the local time that was named."""
    when = clock.instant(named, clock.zone(who.zone)) if named else at
    there = singles.waiting(work, who.chat_id)
    is_new = len(there) < singles.MOST and not singles.twice(there, habit, when, named)
    if is_new and work.at < when <= work.at + FARTHEST:
        singles.put(work, who, work.around.library.habits[habit], when, named, singles.now(work, who.chat_id))


def take_back(work: Work, chat_id: int, asked_at: datetime, tap: Tap | None) -> bool:
    """Drop the one that was asked for at an instant; false when it has come, or was dropped before."""
    row = _waiting_since(work, chat_id, asked_at)
    if row is None:
        return False
    singles.drop(work, row)
    plan = schedules.of(work, chat_id)
    dropped = _named(work, plan.who, row) | {"next_text": plan.next_text()}
    answer(work, chat_id, tap, "once.dropped", dropped, "tapped.taken_back")
    return True


def _stopped(work: Work, who: Any, habit: Habit, at: datetime) -> dict[str, object] | None:
    """What to say of a hold, or of the way back from one, that would keep it back then; none where nothing does."""
    day = clock.habit_day(at, clock.zone(who.zone), who.day_start)
    rests = notices.rests(work, holds.row(work, who.chat_id), day, habit.id)
    return notices.args(work, who.chat_id) if rests else None


def _put(
    work: Work, who: Any, habit: Habit, at: datetime, named: datetime | None, tap: Tap | None, *, strange: bool
) -> None:  # fmt: skip
    there = singles.waiting(work, who.chat_id)
    if at - work.at > FARTHEST:
        refuse(work, who.chat_id, tap, "once_too_far", {"limit": FARTHEST.days})
    elif twice := singles.twice(there, habit.id, at, named):
        _tell(work, who, twice, tap, strange=strange, there=True)
    elif len(there) >= singles.MOST:
        cancelling.show_full(work, who.chat_id, tap)
    else:
        asked_at = singles.now(work, who.chat_id)
        _add(work, who, habit, at, named, asked_at)
        _tell(work, who, _waiting_since(work, who.chat_id, asked_at), tap, strange=strange)


def _add(
    work: Work, who: Any, habit: Habit, at: datetime, named: datetime | None, asked_at: datetime
) -> None:
    schedules.of(work, who.chat_id)  # a habit that is new in the content has its row from here on
    singles.put(work, who, habit, at, named, asked_at)


def _become(work: Work, who: Any, row: Any, habit: str, tap: Tap | None) -> None:
    chosen = work.around.library.habits[habit]
    if stopped := _stopped(work, who, chosen, row.due_at):
        add(work, who.chat_id, tap, "hold.no_card", stopped)
        return
    named = singles.named_of(row)
    singles.drop(work, row)
    _add(work, who, chosen, row.due_at, named, row.asked_at)
    _tell(work, who, _waiting_since(work, who.chat_id, row.asked_at), tap, strange=False)


def _tell(work: Work, who: Any, row: Any, tap: Tap | None, *, strange: bool, there: bool = False) -> None:
    """Read it back with its day, its time and the zone; ``there`` when it was asked for before."""
    habits = work.around.library.habits
    others = [{"id": name, "label": str(habits[name].label)} for name in _habits(work) if name != row.habit]
    told = {"told_text": lines(_told(work, who, row, strange=strange, there=there)), "others": others}
    answer(work, who.chat_id, tap, "once.set", told | {"undo": singles.stamp(row.asked_at)})


def _told(work: Work, who: Any, row: Any, *, strange: bool, there: bool) -> list[Nested]:
    sure = "once.comes" if who.zone_confirmed else "once.comes_unsure"
    found = [nested("once.there" if there else sure, **_named(work, who, row), zone=who.zone)]
    if strange:
        found.append(nested("once.strange"))
    if resting.of(who).covers(row.habit_day):
        found.append(nested("once.in_break"))
    return found


def _named(work: Work, who: Any, row: Any) -> Nested:
    label = str(work.around.library.habits[row.habit].label)
    return {"label": label, "when_time": singles.wall(row, clock.zone(who.zone)).isoformat()}


def _ask_when(work: Work, who: Any, habit: str | None, walls: tuple[datetime, ...], tap: Tap | None) -> None:
    one_day = len({wall.date() for wall in walls}) == 1
    ways = {
        _name(wall, one_day=one_day): f"{habit or ''} on {wall:%Y-%m-%d} at {wall:%H:%M}".strip()
        for wall in walls
    }
    args = {"zone": who.zone, "first_day": walls[0].date().isoformat()}
    drafts.ask(work, who.chat_id, tap, "once.which_clock" if one_day else "once.which_day", args, ways)


def _name(wall: datetime, *, one_day: bool) -> str:
    clock_now = clock_text(wall.hour * 60 + wall.minute)
    return clock_now if one_day else f"{wall:%a} {wall.day} {wall:%b} {clock_now}"


def _waiting_since(work: Work, chat_id: int, asked_at: datetime) -> Any:
    return next((row for row in singles.waiting(work, chat_id) if row.asked_at == asked_at), None)


def _habits(work: Work) -> list[str]:
    """The habits that somebody can be reminded of once: all that ask something."""
    return [habit.id for habit in work.around.library.habits.values() if habit.counts]


def _usual(work: Work) -> str:
    """The habit with nudges; else the first there is."""
    habits = work.around.library.habits
    return next((name for name in _habits(work) if habits[name].cards == "nudges"), _habits(work)[0])
