"""Weekly check-ins: the five questions, only for people with a report of the last 30 days who agreed to be asked.

They are never offered to anybody else: to ask healthy people about such signs breeds fear.
"""

from datetime import datetime, time, timedelta
from functools import partial

from reminderbot.library import guided
from reminderbot.rules import clock
from reminderbot.services import apart, audits, holds, mending, outbox, steps, symptoms
from reminderbot.services.work import Work
from reminderbot.store.queries import checkins as rows
from reminderbot.store.queries import turns

EVERY = timedelta(days=7)

OFFERED_FOR = timedelta(days=30)
"""How long after a report check-ins are offered, and go on."""

HOUR = time(10)
"""When somebody is asked, by their own clock."""

_STOOD = (holds.FOLLOWED, holds.SUPERSEDED, holds.CHECKED, holds.SWITCHED_ON, steps.STRETCHES)
"""``closed_as`` of reports that were not taken back."""


def are_offered(work: Work, chat_id: int) -> bool:
    """Whether somebody had a report lately that stood; one of the level none is never stored."""
    return rows.reported_since(work.tx, chat_id, work.at - OFFERED_FOR, _STOOD)


def switch(work: Work, chat_id: int, *, on: bool) -> None:
    """Agree to weekly check-ins, or end them; on has no effect for somebody to whom they are not offered."""
    if on and not are_offered(work, chat_id):
        return
    holds.ensure(work, chat_id)
    rows.plan(work.tx, chat_id, _next(work, chat_id) if on else None)
    audits.log(work, chat_id, "checkins", on=on)


def advance(work: Work, limit: int) -> int:
    """Ask those whose check-in is due, at most ``limit``; returns how many. Without a report lately it was the last."""
    due = turns.of_each(work.tx, lambda: rows.due(work.tx, work.at, limit))
    for chat_id in due:
        if not apart.taken(work, "checkins.stuck", partial(_ask, work, chat_id)):
            rows.plan(work.tx, chat_id, work.at + apart.AGAIN)
    return len(due)


def _ask(work: Work, chat_id: int) -> None:
    lately = are_offered(work, chat_id)
    rows.plan(work.tx, chat_id, _next(work, chat_id) if lately else None)
    if lately:
        page = guided.PAGES[0]
        outbox.say(work, chat_id, "symptom.checkin", symptoms.page_args(work, page, symptoms.CHECKIN))


def _next(work: Work, chat_id: int) -> datetime:
    who = mending.readable(work, chat_id)
    zone = clock.zone(who.zone if who else work.around.default_zone)
    return clock.instant(datetime.combine(holds.today(work, chat_id) + EVERY, HOUR), zone)
