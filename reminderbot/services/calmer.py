"""Offering fewer reminders to somebody who lets them pass."""

from datetime import timedelta

from reminderbot.rules.cadence import Every
from reminderbot.services import cadences, holds, notices, reminders
from reminderbot.services.replies import Tap, answer, subscriber, unasked
from reminderbot.services.work import Work
from reminderbot.store.queries import due, history, reports

OFFER_AGAIN = timedelta(days=14)
"""The shortest time between two offers to one person."""

CALMER_MINUTES = (90, 120, 180, 240)
"""Intervals that are offered: the first one that is longer than the present one."""


def offer(work: Work, chat_id: int, habit: str) -> None:
    """Offer a longer interval, at most once in 14 days; nothing for plans without one, or with a long one.

    Nor while anything about safety is open, exercise is on hold, or on the way back from that: then somebody has other
    reasons to let reminders pass.
    """
    safety, today = holds.row(work, chat_id), holds.today(work, chat_id)
    if notices.of(safety, today) or reports.unsettled(work.tx, chat_id):
        return
    now = _interval(work, chat_id, habit)
    longer = _longer(now) if now else None
    if longer and history.offer_calmer(work.tx, chat_id, work.at, work.at - OFFER_AGAIN):
        unasked(work, chat_id, "calmer.offer", {"habit": habit, "now": now, "interval": longer})


def accept(work: Work, chat_id: int, habit: str, minutes: int, tap: Tap) -> None:
    """Set the longer interval that was offered, and read the plan back; an offer that no longer fits does nothing."""
    if subscriber(work, chat_id, tap) is None:
        return
    now = _interval(work, chat_id, habit)
    if now is None or minutes <= now or minutes not in CALMER_MINUTES:
        answer(work, chat_id, tap, "calmer.gone")
        return
    history.end_ignored(work.tx, chat_id, habit)
    cadences.remind(work, chat_id, f"{habit} every {minutes}m", tap)


def fewer(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Let the habit that comes most often come less often, and read that back; where none can, show the plan."""
    if subscriber(work, chat_id, tap) is None:
        return
    often = [
        (now, row.habit)
        for row in due.of_chat(work.tx, chat_id)
        if (now := _interval(work, chat_id, row.habit))
    ]
    now, habit = min(often, default=(max(CALMER_MINUTES), ""))
    longer = _longer(now)
    if longer is None:
        cadences.overview(work, chat_id, tap)
        return
    history.end_ignored(work.tx, chat_id, habit)
    cadences.remind(work, chat_id, f"{habit} every {longer}m", tap)


def keep(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Leave the plan as it is."""
    if subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, "calmer.kept")


def _longer(now: int) -> int | None:
    """The first interval that is longer; none when it is calm already."""
    return next((minutes for minutes in CALMER_MINUTES if minutes > now), None)


def _interval(work: Work, chat_id: int, habit: str) -> int | None:
    """Minutes between two reminders; none when the habit is off, unknown, or comes at fixed times."""
    row = history.cadence(work.tx, chat_id, habit)
    if row is None or row.off or habit not in work.around.library.habits:
        return None
    plan = reminders.plan_of(row.plan)
    return plan.interval if isinstance(plan, Every) else None
