"""The queue of updates: identifiers, long poll with offsets, expiry, redelivery.

Semantics: https://core.telegram.org/bots/api#getupdates. An update is confirmed, and forgotten, when a later
call has a
higher offset. Messages wait 24 hours, callback queries 150 seconds. A second poller ends the first with 409.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reminderbot.demo.telegram.state import ApiError, Clock, Json

FIRST_UPDATE_ID = 730_214_001
KEPT = timedelta(hours=24)
TAP_KEPT = timedelta(seconds=150)
POLL_MAX_SECONDS = 50
BATCH_MAX = 100
ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(slots=True)
class Waiting:
    """An update on its way. `again` marks a redelivery, which no offset confirms before it went out."""

    update: Json
    key: int
    expires: datetime
    again: bool = False


class UpdateQueue:
    """Updates between people and the bot, in order, for one poller or one webhook."""

    def __init__(self, clock: Clock) -> None:
        """Start empty; `clock` decides what has expired.

        `expired` lists the ids of what nobody took in time. So many `reversed_batches` of a poll come newest first;
        of so many `unheard_posts` to a webhook the answer is lost, so that they are made again.
        """
        self._clock = clock
        self._waiting: list[Waiting] = []
        self._history: dict[int, Waiting] = {}
        self._poller: asyncio.Future[None] | None = None
        self._next_id = FIRST_UPDATE_ID
        self.allowed: tuple[str, ...] = ()
        self.on_put: Callable[[], None] | None = None
        self.expired: list[int] = []
        self.reversed_batches = 0
        self.unheard_posts = 0

    @property
    def last_id(self) -> int:
        """The id of the newest update."""
        return self._next_id - 1

    def begin_after(self, update_id: int) -> None:
        """Number updates above this one, which an earlier server gave out."""
        self._next_id = max(self._next_id, update_id + 1)

    def put(self, kind: str, body: Json, key: int) -> int | None:
        """Queue one update for the bot.

        `key` is the chat it belongs to. None when the bot does not ask for the kind.
        """
        if not self._wanted(kind):
            return None
        now, update_id = self._clock(), self._next_id
        self._next_id += 1
        kept = TAP_KEPT if kind == "callback_query" else KEPT
        entry = Waiting({"update_id": update_id, kind: body}, key, now + kept)
        self._history[update_id] = entry
        self._waiting.append(entry)
        self._wake()
        return update_id

    def again(self, update_id: int) -> None:
        """Deliver an update once more, whatever was confirmed since. Raises KeyError for an unknown id."""
        old = self._history[update_id]
        self._waiting.insert(0, Waiting(old.update, old.key, self._clock() + KEPT, again=True))
        self._wake()

    def pending(self) -> list[Waiting]:
        """What waits for the bot and has not expired."""
        now = self._clock()
        if over := [entry.update["update_id"] for entry in self._waiting if entry.expires <= now]:
            self.expired += over
            self._waiting = [entry for entry in self._waiting if entry.expires > now]
        return self._waiting

    def drop(self, entry: Waiting) -> None:
        """Forget one update: it was accepted."""
        if entry in self._waiting:
            self._waiting.remove(entry)

    def goes_unheard(self) -> bool:
        """Whether the answer to a post that was accepted is lost; counts it."""
        lost = self.unheard_posts > 0
        self.unheard_posts -= lost
        return lost

    def clear(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self._waiting.clear()

    def end_poll(self, why: ApiError) -> None:
        """End a running long poll with this error."""
        if self._poller and not self._poller.done():
            self._poller.set_exception(why)

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """One getUpdates: confirm by offset, then answer at once or wait up to `timeout` real seconds.

        Raises ApiError (409) when another poller comes while this one waits.
        """
        self.end_poll(ApiError(409, OTHER_POLLER))
        self._confirm(offset)
        if timeout > 0 and not self.pending():
            await self._wait(min(timeout, POLL_MAX_SECONDS))
        return self._batch(limit)

    async def _wait(self, seconds: float) -> None:
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await mine
        except TimeoutError:
            pass
        finally:
            if self._poller is mine:
                self._poller = None

    def _confirm(self, offset: int) -> None:
        if offset > 0:
            self._waiting = [e for e in self._waiting if e.again or e.update["update_id"] >= offset]
        elif offset < 0:
            self._waiting = self._waiting[offset:]

    def _batch(self, limit: int) -> list[Json]:
        # In their order, whatever was put back to the front: to confirm the last one confirms all before it.
        ordered = sorted(self.pending(), key=lambda entry: int(entry.update["update_id"]))
        batch = ordered[: max(1, min(limit, BATCH_MAX))]
        for entry in batch:
            entry.again = False
        if batch and self.reversed_batches:
            self.reversed_batches -= 1
            batch = batch[::-1]
        return [entry.update for entry in batch]

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in ON_REQUEST_ONLY

    def _wake(self) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(None)
        if self.on_put:
            self.on_put()
