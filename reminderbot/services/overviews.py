"""What /streak and /today say: each habit, and what comes next."""

from collections.abc import Iterator
from typing import Any

from reminderbot.rules.streaks import Progress
from reminderbot.services import holds, notices, outbox, progress, schedules
from reminderbot.services.progress import Standing
from reminderbot.services.replies import Nested, lines, nested, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import days, due

STRENGTHS = ((0.25, "new"), (0.5, "growing"), (0.8, "steady"), (1.01, "strong"))
"""The word for a strength below each bound."""


def streak(work: Work, chat_id: int) -> None:
    """Say streak and today, and what else there is, of each habit that is on or was ever counted."""
    if subscriber(work, chat_id) is None:
        return
    if notices.is_quiet(work, chat_id):
        found = [nested("streak.quiet")]
    else:
        found = [_streak(work, row) for row in _shown(work, due.of_chat(work.tx, chat_id))]
    if hold := notices.of(holds.row(work, chat_id), holds.today(work, chat_id)):
        found = [*(found or [nested("streak.none")]), hold]
    outbox.say(
        work,
        chat_id,
        "streak.all" if found else "streak.none",
        {"habits_text": lines(found)} if found else {},
    )


def today(work: Work, chat_id: int) -> None:
    """Say what is done today, what waits or would keep the day, and what comes next."""
    if subscriber(work, chat_id) is None:
        return
    plan = schedules.of(work, chat_id)
    quiet = notices.is_quiet(work, chat_id)
    found = [_today(work, row) for row in plan.rows if not quiet and is_shown_today(work, row)]
    habits = lines(found) if found else nested("streak.quiet" if quiet else "today.nothing")
    outbox.say(work, chat_id, "today.all", {"habits_text": habits, "next_text": plan.next_text()})


def is_shown_today(work: Work, row: Any) -> bool:
    """Whether a habit has something to count today: one that is on, or that was on earlier today."""
    if not _counts(work, row):
        return False
    return not row.off or progress.of(work, row.chat_id, row.habit).today.plan > 0


def strength_text(strength: float) -> Nested:
    """How strong a habit is, 0 to 1, in a word."""
    word = next(word for bound, word in STRENGTHS if strength < bound)
    return nested(f"streak.strength_{word}")


def _shown(work: Work, rows: Any) -> list[Any]:
    known = [row for row in rows if _counts(work, row)]
    return [row for row in known if not row.off or days.of(work.tx, row.chat_id, row.habit)]


def _counts(work: Work, row: Any) -> bool:
    """Whether a cadence is of a habit that the content has, and in which there is something to count."""
    habit = work.around.library.habits.get(row.habit)
    return habit is not None and habit.counts


def _streak(work: Work, row: Any) -> Nested:
    standing = progress.of(work, row.chat_id, row.habit)
    label = str(work.around.library.habits[row.habit].label)
    facts = [progress.line(standing), *_earned(standing.progress)]
    return nested("streak.habit", label=label, progress_text=lines(facts))


def _earned(found: Progress) -> Iterator[Nested]:
    """What there is to tell besides streak and today; nothing that is still zero."""
    percent = round(found.strength * 100)
    if found.best:
        yield nested("streak.best", best=found.best)
    if percent:
        yield nested("streak.strength", strength_text=strength_text(found.strength), percent=percent)
    if found.freezes:
        yield nested("streak.freeze" if found.freezes == 1 else "streak.freezes", freezes=found.freezes)


def _today(work: Work, row: Any) -> Nested:
    standing = progress.of(work, row.chat_id, row.habit)
    parts = [_state(standing)]
    if standing.today.open:
        parts.append(nested("today.waiting", open=standing.today.open))
    label = str(work.around.library.habits[row.habit].label)
    return nested("today.habit", label=label, state_text=lines(parts))


def _state(standing: Standing) -> Nested:
    now, more = standing.today, standing.more
    free = "rest" if standing.rest else "free"
    state = free if now.plan == 0 else "counts" if more == 0 else "more" if more > 0 else "open"
    return nested(f"today.{state}", done=now.done, total=now.plan, more=more)
