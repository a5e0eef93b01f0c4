"""Proof that the ladder moves: looks at every open case each minute, and tells a monitor only while all are on time."""

import structlog

from reminderbot.ops.fetch import UnreachableError, fetch
from reminderbot.services import ladder
from reminderbot.telegram.context import Desk

log = structlog.get_logger()

PING_SECONDS = 10.0
"""How long the monitor may take to answer."""


async def watch(desk: Desk, heartbeat_url: str | None) -> None:
    """Look for cases whose next step is late; without any, ping the monitor if there is one.

    A ping that fails is logged and not repeated: the monitor misses it, which is what it is for.
    """
    if late := await desk.work(ladder.overdue):
        log.error("cases are late", action="ladder.overdue", cases=late)
    elif heartbeat_url:
        await _ping(heartbeat_url)


async def _ping(url: str) -> None:
    try:
        answer = await fetch(url, PING_SECONDS)
        failure = "" if answer.ok else f"status {answer.status}"
    except UnreachableError as error:
        failure = str(error)
    if failure:
        log.warning("the heartbeat did not arrive", action="heartbeat.failed", error=failure)
