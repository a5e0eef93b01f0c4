"""The database server's time: the same for all workers, whatever the clocks of their machines say."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy.exc import DatabaseError

from reminderbot.store.engine import Store
from reminderbot.store.faults import sentence
from reminderbot.telegram import steady

log = structlog.get_logger()

AGREE_SECONDS = 60

LOOKS = 3
"""How often the server is asked in a row; the answer that came quickest tells most."""


class _Reading(NamedTuple):
    """What the server's clock said, when by ours, and how long that took; in seconds."""

    took: float
    at: float
    server: datetime


class SharedClock:
    """Runs on by this machine's steady clock from the time that the server told last; never jumps in between.

    So a pace or a lease means the same to every worker, and a clock that somebody sets does no harm.
    """

    def __init__(self, seconds: Callable[[], float] = steady.seconds) -> None:
        """Begin with this machine's time; ``seconds`` is a clock that is never set."""
        self._seconds = seconds
        # One value, read and replaced as a whole: the time is told on other threads than the server is asked.
        self._last = _Reading(0.0, seconds(), datetime.now(UTC))

    def now(self) -> datetime:
        """The server's time, in UTC."""
        last = self._last
        return last.server + timedelta(seconds=self._seconds() - last.at)

    def agree(self, store: Store) -> None:
        """Ask the server for its time. Raises DatabaseError when it does not answer."""
        self._last = min(self._look(store) for _ in range(LOOKS))

    async def keep(self, store: Store) -> None:
        """Ask again every minute, for ever; while the server does not answer, the clock runs on."""
        while True:
            await asyncio.sleep(AGREE_SECONDS)
            try:
                await store.run(self.agree, store)
            except DatabaseError as error:
                log.warning("the server's time is not known", action="clock.database", reason=sentence(error))

    def _look(self, store: Store) -> _Reading:
        with store.begin() as tx:
            store.time(tx)  # the connection is made, if it is not there yet, and the transaction has begun
            asked = self._seconds()
            server = store.time(tx)
            answered = self._seconds()
        return _Reading(answered - asked, (asked + answered) / 2, server)
