"""The ticker: a handful of fixed jobs in UTC, never one for a person. Wall times are the cadence rules' business."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DatabaseError

from reminderbot.services import days, due, people
from reminderbot.services.work import Work
from reminderbot.store.faults import sentence
from reminderbot.store.queries import inbox, outbox
from reminderbot.telegram.context import Desk

log = structlog.get_logger()

TICK_SECONDS = 1
SWEEP_HOURS = 1

INBOX_KEPT = timedelta(days=7)
"""How long the numbers of handled updates are kept: after a week's silence Telegram's numbering starts anew."""

OUTBOX_KEPT = timedelta(days=7)
"""How long settled messages, emptied of their words, are kept for the operator's counts."""

PORTION = 500
"""Rows taken in one transaction, so that answers never wait long for a tick."""


async def tick(desk: Desk) -> None:
    """Make what is due, close the habit days that are over, and wake the sender."""
    await _until_done(desk, (due.make_due, days.close_due))
    desk.ring()


async def sweep(desk: Desk) -> None:
    """Let go of what has been kept long enough."""
    await _until_done(desk, (people.forget_long_gone, days.sweep, _sweep_inbox, _sweep_outbox))


def schedule(desk: Desk) -> AsyncIOScheduler:
    """The started scheduler; a late job runs once, and is never dropped (APScheduler's default would)."""
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    scheduler.add_job(_guarded(tick, desk), "interval", seconds=TICK_SECONDS)
    # At once as well: a bot that is restarted often must not keep for longer than it says.
    scheduler.add_job(_guarded(sweep, desk), "interval", hours=SWEEP_HOURS, next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler


def _guarded(job: Callable[[Desk], Awaitable[None]], desk: Desk) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job(desk)
        except DatabaseError as error:
            log.error("tick failed", action="ticker.database", reason=sentence(error))

    return run


async def _until_done(desk: Desk, verbs: Sequence[Callable[[Work, int], int]]) -> None:
    for verb in verbs:
        while await desk.work(verb, PORTION) >= PORTION:
            pass


def _sweep_inbox(work: Work, limit: int) -> int:
    return inbox.sweep(work.tx, work.at - INBOX_KEPT, limit)


def _sweep_outbox(work: Work, limit: int) -> int:
    return outbox.sweep(work.tx, work.at - OUTBOX_KEPT, limit)
