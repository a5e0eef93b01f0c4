"""The ticker: a handful of fixed jobs in UTC, never one for a person. Wall times are the cadence rules' business."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DatabaseError

from reminderbot.ops import watchdog
from reminderbot.services import (
    audits,
    cases,
    checkins,
    days,
    delivery,
    drafts,
    due,
    followups,
    importing,
    ladder,
    oncall,
    people,
    problems,
    risks,
    todaycard,
    upkeep,
    vitals,
)
from reminderbot.services.work import Work
from reminderbot.store.faults import place, sentence
from reminderbot.store.queries import inbox, outbox
from reminderbot.telegram.context import Desk

log = structlog.get_logger()

TICK_SECONDS = 1
WATCH_SECONDS = 60
SWEEP_HOURS = 1
LONGEST_BEAT = 0.9
"""Part of the time between two ticks that one may take to wait for a case: it has to end before the next begins."""

INBOX_KEPT = timedelta(days=7)
"""How long the numbers of handled updates are kept: after a week's silence Telegram's numbering starts anew."""

OUTBOX_KEPT = timedelta(days=7)
"""How long settled messages, emptied of their words, are kept for the operator's counts."""

PORTION = 500
"""Rows taken in one transaction, so that answers never wait long for a tick."""


async def tick(desk: Desk) -> None:
    """Do once what the jobs of each second do, one after the other: for a bot whose clock stands still meanwhile."""
    await look_after(desk)
    await remind(desk)
    await close_days(desk)
    await write_cards(desk)
    await look_at_all(desk)


async def look_after(desk: Desk) -> None:
    """Move reports and cases that are due, and wake the sender."""
    try:
        await _until_done(
            desk,
            (ladder.advance, oncall.end_aways, followups.advance, followups.sweep_window, checkins.advance),
        )
    finally:
        desk.ring()


async def beat(desk: Desk) -> None:
    """Look after cases, also at the very moment at which the next step of one is due: on call is told to the second."""
    seconds = asyncio.get_running_loop().time
    end = seconds() + LONGEST_BEAT * TICK_SECONDS
    await look_after(desk)
    await note(desk)
    left = await desk.work(ladder.seconds_left)
    if left is not None and 0 < left <= end - seconds():
        await asyncio.sleep(left)
        await _until_done(desk, (ladder.advance,))
        desk.ring()


async def remind(desk: Desk) -> None:
    """Make the reminders that are due, and wake the sender."""
    try:
        await _until_done(desk, (delivery.lose_leases, due.make_due))
    finally:
        desk.ring()


async def close_days(desk: Desk) -> None:
    """Close the habit days that are over: hundreds of thousands of reminders at three in a big zone's night."""
    await _until_done(desk, (days.close_due,), days.BATCH)


async def write_cards(desk: Desk) -> None:
    """Write the pinned cards of today anew that have changed, and wake the sender."""
    await _until_done(desk, (todaycard.advance,), todaycard.BATCH)
    desk.ring()


async def look_at_all(desk: Desk) -> None:
    """Tell operators of problems of the whole bot that have begun or are over, and wake the sender."""
    if desk.around.admin_chats:
        await desk.work(problems.look)
        desk.ring()


async def note(desk: Desk) -> None:
    """Note that this worker ticks, and what it has counted since the last time."""
    counting = desk.around.counting
    counts = counting.take()
    try:
        await desk.work(vitals.note, counts)
    except DatabaseError:
        counting.give_back(counts)
        raise


async def replan(desk: Desk) -> None:
    """Work out every due time anew after the zone data changed: beside all else, for with many people it takes long."""
    if await desk.work(upkeep.zone_data_changed):
        page: tuple[int, str] | None = (0, "")
        while page:
            page = await desk.work(upkeep.replan_page, page)


async def sweep(desk: Desk) -> None:
    """Let go of what has been kept long enough."""
    safety = (followups.sweep_words, followups.sweep_reports, risks.sweep, cases.sweep, oncall.sweep)
    rest = (people.forget_long_gone, days.sweep, _sweep_inbox, _sweep_outbox, audits.sweep, vitals.sweep)
    await _until_done(desk, (*safety, *rest, importing.sweep, drafts.sweep))


def schedule(desk: Desk, heartbeat_url: str | None = None) -> AsyncIOScheduler:
    """The started scheduler; a late job runs once, and is never dropped (APScheduler's default would)."""
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    # Each a job of its own, so that no case and no nudge waits until a crowd's days are closed.
    for job in (beat, remind, close_days, write_cards):
        scheduler.add_job(_guarded(job, desk), "interval", seconds=TICK_SECONDS)
    # At once as well: a bot that is restarted often must not keep for longer than it says.
    scheduler.add_job(_guarded(sweep, desk), "interval", hours=SWEEP_HOURS, next_run_time=datetime.now(UTC))
    scheduler.add_job(_guarded(replan, desk), "interval", hours=SWEEP_HOURS, next_run_time=datetime.now(UTC))
    watch = partial(watchdog.watch, heartbeat_url=heartbeat_url)
    for job in (watch, look_at_all):
        scheduler.add_job(_guarded(job, desk), "interval", seconds=WATCH_SECONDS)
    scheduler.start()
    return scheduler


def _guarded(job: Callable[[Desk], Awaitable[None]], desk: Desk) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        try:
            await job(desk)
        except DatabaseError as error:
            log.error("tick failed", action="ticker.database", reason=sentence(error))
        except asyncio.CancelledError:
            return  # the process ends; the scheduler would log it with a traceback
        except Exception as error:  # the scheduler would log its text, which may quote a person
            log.error("a job broke", action="ticker.broken", error=type(error).__name__, where=place(error))

    return run


async def _until_done(
    desk: Desk, verbs: Sequence[Callable[[Work, int], int]], portion: int = PORTION
) -> None:
    """Give each verb its turns until it finds nothing more; what one of them raises comes when all have had theirs.

    Only DatabaseError comes at once: they would all meet it.
    """
    broken: list[Exception] = []
    for verb in verbs:
        try:
            while await desk.work(verb, portion):
                pass
        except DatabaseError:
            raise
        except Exception as error:
            broken.append(error)
    if broken:
        raise broken[0]


def _sweep_inbox(work: Work, limit: int) -> int:
    return inbox.sweep(work.tx, work.at - INBOX_KEPT, limit)


def _sweep_outbox(work: Work, limit: int) -> int:
    return outbox.sweep(work.tx, work.at - OUTBOX_KEPT, limit)
