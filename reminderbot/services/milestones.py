"""Milestones of a streak: told once in each habit, inside the result of the Done that reached one."""

from collections.abc import Mapping
from typing import Any

from reminderbot.rules import streaks
from reminderbot.services import progress
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import days, history, people
from reminderbot.store.tables import Delivery, Origin, Outcome

_TOLD = "progress.milestone"


def reached(work: Work, found: Any, standing: progress.Standing) -> int | None:
    """The milestone, in days, that this answer has reached for the first time ever; none for all others.

    It is noted as told: an answer that is taken back and given again reaches nothing.
    """
    row = history.cadence(work.tx, found.chat_id, found.habit)
    mark = streaks.milestone(standing.progress.best)
    if found.outcome != Outcome.DONE or row is None or mark <= (row.milestone or 0):
        return None
    people.change_cadence(work.tx, found.chat_id, found.habit, {"milestone": mark})
    is_new = streaks.milestone(_best_without(work, found, standing)) < mark
    return mark if is_new and standing.progress.streak == standing.progress.best else None


def told(line: Nested, mark: int) -> Nested:
    """The line of streak and today, and a milestone in words below it; the later ones share theirs."""
    words = nested(f"milestone.{mark if mark in streaks.FIRST_MILESTONES else 'more'}", days=mark)
    return nested(_TOLD, line_text=line, milestone_text=words)


def left_out(fills: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer's texts need instead where a milestone is told somewhere else; nothing without one."""
    text = fills.get("progress_text")
    return {"progress_text": text["args"]["line_text"]} if text and text["template"] == _TOLD else {}


def _best_without(work: Work, found: Any, standing: progress.Standing) -> int:
    """The longest streak as it would be had the person not given this answer."""
    day, today = found.habit_day, standing.today
    threshold = work.around.library.habits[found.habit].threshold
    known = progress.counted(days.of(work.tx, found.chat_id, found.habit))
    asked = found.state == Delivery.SENT and found.origin not in (Origin.OWN, Origin.ASKED)
    before = [
        row._replace(done=row.done - 1, missed=row.missed + asked) if row.day == day else row
        for row in known
        if row.day < today.day
    ]
    return streaks.progress(before, threshold, None if day == today.day else today).best
