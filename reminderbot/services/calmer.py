"""Offering fewer reminders to somebody who lets them pass."""

from collections.abc import Sequence
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

STEPS = (15, 20, 30, 45, 60, *CALMER_MINUTES)
"""Intervals to go up and down by, for whoever asks for more reminders, or for fewer."""


def offer(work: Work, chat_id: int, habit: str) -> None:
    """Offer a longer interval, at most once in 14 days; nothing for plans without one, or with a long one.

    Nor while anything about safety is open, exercise is on hold, or on the way back from that: then somebody has other
    reasons to let reminders pass.
    """
    safety, today = holds.row(work, chat_id), holds.today(work, chat_id)
    if notices.of(safety, today) or reports.unsettled(work.tx, chat_id):
        return
    now = _interval(work, chat_id, habit)
    longer = _longer(now, CALMER_MINUTES) if now else None
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


def fewer(work: Work, chat_id: int, tap: Tap | None = None, habit: str = "") -> None:
    """Let a habit, by default the one that comes most often, come less often, and read that back; else say why not."""
    _step(work, chat_id, tap, habit, more=False)


def more(work: Work, chat_id: int, habit: str = "") -> None:
    """The same, more often."""
    _step(work, chat_id, None, habit, more=True)


def _step(work: Work, chat_id: int, tap: Tap | None, habit: str, *, more: bool) -> None:
    if subscriber(work, chat_id, tap) is None:
        return
    often = [
        (now, row.habit)
        for row in due.of_chat(work.tx, chat_id)
        if habit in ("", row.habit) and (now := _interval(work, chat_id, row.habit))
    ]
    if not often:
        tell_plan(work, chat_id, tap, habit)
        return
    now, chosen = min(often)
    step = _shorter(now, STEPS) if more else _longer(now, STEPS)
    if step is None:
        template = "remind.oftenest" if more else "remind.rarest"
        answer(work, chat_id, tap, template, cadences.named(work, chat_id, chosen))
        return
    history.end_ignored(work.tx, chat_id, chosen)
    cadences.remind(work, chat_id, f"{chosen} every {step}m", tap)


def tell_plan(work: Work, chat_id: int, tap: Tap | None, habit: str) -> None:
    """What there is in place of an interval: times of the clock, nothing while it is off; of no habit, all plans."""
    row = history.cadence(work.tx, chat_id, habit) if habit else None
    if row is None:
        cadences.overview(work, chat_id, tap)
    elif row.off:
        cadences.show(work, chat_id, habit, tap)
    else:
        answer(work, chat_id, tap, "remind.by_clock", cadences.named(work, chat_id, habit))


def keep(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Leave the plan as it is."""
    if subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, "calmer.kept")


def _longer(now: int, steps: Sequence[int]) -> int | None:
    """The first of these intervals that is longer; none when it is calm already."""
    return min((minutes for minutes in steps if minutes > now), default=None)


def _shorter(now: int, steps: Sequence[int]) -> int | None:
    """The next of these intervals that is shorter; none when it is as short as may be."""
    return max((minutes for minutes in steps if minutes < now), default=None)


def _interval(work: Work, chat_id: int, habit: str) -> int | None:
    """Minutes between two reminders; none when the habit is off, unknown, or comes at fixed times."""
    row = history.cadence(work.tx, chat_id, habit)
    if row is None or row.off or habit not in work.around.library.habits:
        return None
    plan = reminders.plan_of(row.plan)
    return plan.interval if isinstance(plan, Every) else None
