"""Long polling that outlives faults: it waits, says so once, and gives up only where waiting can't help."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from sqlalchemy.exc import DatabaseError
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from reminderbot.store.faults import sentence

log = structlog.get_logger()

CONFLICT_PATIENCE_SECONDS = 60.0
"""How long another copy that polls is waited for: a rolling deploy lets the old one finish."""

LONGEST_PAUSE_SECONDS = 30.0
"""Longest pause before Telegram is asked again after a fault."""

BAD_TOKEN = "Telegram refused the bot token; copy it anew from @BotFather into TELEGRAM_BOT_TOKEN."  # noqa: S105
OTHER_COPY = "Another copy of this bot is running with the same token; stop it, then start this one again."


class StoppedError(Exception):
    """The bot can't go on; the text is one sentence with what to do."""


def explain(error: TelegramError) -> StoppedError:
    """The sentence for an error after which no call can succeed."""
    return StoppedError(OTHER_COPY if isinstance(error, Conflict) else BAD_TOKEN)


class Patience:
    """How long to wait after each fault in a row; raises StoppedError where waiting can't help."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Take a clock in seconds."""
        self._seconds = seconds
        self._faults = 0
        self._conflict_since = self._last_conflict = -math.inf

    def reset(self) -> None:
        """All is well again."""
        if self._faults:
            log.info("Telegram answers again", action="telegram.back", faults=self._faults)
        self._faults = 0

    def pause(self, error: Exception) -> float:
        """Seconds to wait after this fault."""
        self._faults += 1
        usual = min(0.5 * 2.0 ** min(self._faults, 10), LONGEST_PAUSE_SECONDS)
        match error:
            case InvalidToken():
                raise explain(error) from None
            case Conflict():
                return self._conflict(error)
            case RetryAfter():
                wait = error.retry_after
                return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            case DatabaseError():
                log.error("updates wait", action="intake.database", reason=sentence(error))
            case _ if self._faults == 1:
                log.warning("Telegram can't be reached; trying again", action="telegram.away",
                            error=type(error).__name__)  # fmt: skip
        return usual

    def _conflict(self, error: Conflict) -> float:
        now = self._seconds()
        # Two copies that push each other out succeed now and then: only a time without a conflict ends it.
        if now - self._last_conflict > CONFLICT_PATIENCE_SECONDS:
            self._conflict_since = now
        self._last_conflict = now
        if now - self._conflict_since >= CONFLICT_PATIENCE_SECONDS:
            raise explain(error) from None
        log.warning("another copy polls; waiting for it to end", action="telegram.conflict")
        return 2.0


async def persist(call: Callable[[], Awaitable[object]], *, forever: bool) -> None:
    """Make a call until it succeeds, or for ever; faults are waited out, StoppedError is raised where that is vain."""
    patience = Patience()
    while True:
        try:
            await call()
        except (TelegramError, DatabaseError, TimeoutError) as error:
            await asyncio.sleep(patience.pause(error))
        else:
            patience.reset()
            if not forever:
                return
