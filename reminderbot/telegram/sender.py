"""The sender: claims rows lane by lane, renders them, sends them, and settles them by what Telegram said."""

import asyncio
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.exc import DatabaseError
from telegram.error import TelegramError

from reminderbot.services import delivery, pacing, settling
from reminderbot.services.delivery import Claim, Outgoing
from reminderbot.services.settling import Arrived
from reminderbot.store.faults import sentence
from reminderbot.store.tables import Lane
from reminderbot.telegram.calls import Calls
from reminderbot.telegram.context import Desk
from reminderbot.telegram.gate import Gate
from reminderbot.telegram.outcomes import (
    Broken,
    Gone,
    Later,
    Missing,
    Mistaken,
    Sent,
    Stop,
    Unknown,
    Verdict,
    judge,
)
from reminderbot.telegram.pictures import BUSY_WAIT, BusyError, Media, Pictures
from reminderbot.telegram.polling import explain
from reminderbot.telegram.rounds import Rounds

log = structlog.get_logger()

IN_FLIGHT = 256
"""Calls in hand at once: at Telegram's highest rate 100 wait for their slots, and each may take 150 ms."""

SAFETY_IN_FLIGHT = 16
"""Further calls that only the safety lane may begin: it never waits for slow answers to other calls."""

LONGEST_BACKOFF_SECONDS = 300

LOOK_SECONDS = 0.25
"""How often the outbox is looked at even if nobody rings: another process may have put something there."""

BREATH_SECONDS = 0.01
"""At high rates the outbox is looked at no more often than this for reminders alone: more are taken at once."""

USUAL_CLAIM, LONGEST_CLAIM = timedelta(milliseconds=25), timedelta(milliseconds=325)
"""What a claim takes at most, usually; where it takes longer, as with a busy or distant database, slots are asked for
so much further ahead."""


class Sender(Rounds):
    """Sends what the outbox holds, the safety lane first. (To cancel between claim and send would lose a row.)"""

    topic = "sender"

    def __init__(self, desk: Desk, calls: Calls, pictures: Pictures, bell: asyncio.Event) -> None:
        """Take the desk, what makes calls and finds pictures, and the bell rung when there may be something to send."""
        super().__init__(bell, LOOK_SECONDS)
        self._desk, self._calls, self._pictures = desk, calls, pictures
        self._refusal: TelegramError | None = None
        self._gate = Gate(bell.set)
        self._took = timedelta()
        self._arrived: list[Arrived] = []
        self._noting = asyncio.Lock()

    async def run(self) -> None:
        """Send until stopped. Raises StoppedError when Telegram refuses the token."""
        await super().run()
        if self._refusal:
            raise explain(self._refusal)

    def stop(self) -> None:
        """Take nothing more: what has been taken and may still go is sent, and the rest put back."""
        super().stop()
        self._gate.close()

    async def pump(self) -> int:
        """Begin as many sends as there is room for, in strict order of the lanes; returns how many."""
        begun = 0
        while not self._stopping and ((room := self._room()) or self._gate.owed):
            asked = self._gate.seconds()
            lead = max(self._took - USUAL_CLAIM, timedelta())
            claim = await self._desk.work_on_pace(delivery.claim, self._lanes(), room, self._gate.owed, lead)
            self._pause = max(claim.pause.total_seconds(), BREATH_SECONDS) if claim.pause else 0.0
            self._take_slots(claim, self._gate.seconds() - asked)
            for out in claim.rows:
                self._begin(self._deliver(out, asked), partial(self._ended, out))
            begun += len(claim.rows)
            dropped = claim.seen - len(claim.rows)  # such a row may have held up another
            if not dropped and (claim.pause or claim.seen < room):
                break
        return begun

    def _take_slots(self, claim: Claim, took: float) -> None:
        now = self._desk.now()
        self._gate.add([(slot - now).total_seconds() for slot in claim.slots])
        # Smoothed: after a single slow claim the slots of the next moments are not left to waste.
        self._took += (min(timedelta(seconds=took), LONGEST_CLAIM) - self._took) / 4

    def _lanes(self) -> list[Lane]:
        return [Lane.SAFETY] if len(self._tasks) >= IN_FLIGHT else list(Lane)

    def _room(self) -> int:
        """How many calls may begin: up to the usual number for all, and some beyond it for safety alone."""
        busy = len(self._tasks)
        most = IN_FLIGHT if busy < IN_FLIGHT else IN_FLIGHT + SAFETY_IN_FLIGHT
        return max(0, most - busy)

    def _ended(self, out: Outgoing, task: asyncio.Task[None]) -> None:
        was_full = len(self._tasks) >= IN_FLIGHT
        if not task.cancelled() and (error := task.exception()):
            # Taken up here, or else asyncio would log its text, which may quote a person. The row stays claimed.
            log.error("sending failed", action="sender.failed", error=type(error).__name__)
        if was_full or out.lane is not Lane.REMINDER:  # the next message of the chat has waited for this one
            self._bell.set()

    async def _deliver(self, out: Outgoing, asked: float) -> None:
        try:
            if "picture" in out.args:
                await self._deliver_picture(out, asked)
            else:
                await self._send(out, asked)
        except DatabaseError as error:
            # The row stays claimed; when its lease ends a message is sent again and a reminder is not.
            log.error("cannot settle", action="sender.database", reason=sentence(error))

    async def _deliver_picture(self, out: Outgoing, asked: float) -> None:
        """Send it with its picture; where Telegram does not take that, the words alone, in a slot of their own."""
        try:
            async with self._pictures.of(out.args["picture"]) as media:
                if await self._send(out, asked, media):
                    return
        except BusyError:
            await self._desk.work_for(out.chat_id, settling.put_back, out, BUSY_WAIT)
            return
        await self._send(out, asked)

    async def _send(self, out: Outgoing, asked: float, media: Media | None = None) -> bool:
        """Send it at its slot, and settle it; false when it is for the words alone to be sent."""
        is_card = out.lane is Lane.SAFETY
        if self._desk.around.send_rate and not await self._gate.passes(is_card, asked):
            await self._desk.work_for(out.chat_id, settling.put_back, out)
            return True
        message_id, verdict = await self._attempt(out, media)
        if media and isinstance(verdict, Broken):
            return await self._is_over(out, media, verdict)
        self._desk.around.counting.count("sends", type(verdict).__name__.lower())
        if isinstance(verdict, Sent) and settling.is_plain(out):
            await self._note(Arrived(out, message_id))
        else:
            await self._settle(out, message_id, verdict)
        return True

    async def _is_over(self, out: Outgoing, media: Media, verdict: Broken) -> bool:
        """Whether a refused picture has been seen to: decided upon anew, it goes in another way."""
        if not (verdict.file and media.is_kept):
            return False
        await self._pictures.refused(media)
        await self._desk.work_for(out.chat_id, settling.put_back, out)
        return True

    async def _note(self, arrived: Arrived) -> None:
        """Note that something has arrived, together with all that arrives while the database is busy."""
        self._arrived.append(arrived)
        async with self._noting:
            if those := self._arrived:
                self._arrived = []
                await self._desk.work(settling.arrived, those)

    async def _attempt(self, out: Outgoing, media: Media | None) -> tuple[int | None, Verdict]:
        try:
            return await self._calls.make(out, media), Sent()
        except TelegramError as error:
            verdict = judge(error)
            if isinstance(verdict, Stop):
                self._refusal = error
                self.stop()
            if not isinstance(verdict, Sent | Mistaken | Missing):
                log.warning("not sent", action="sender.refused", template=out.template, method=out.method.value,
                            verdict=type(verdict).__name__, error=type(error).__name__)  # fmt: skip
            return None, verdict
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            log.error(
                "cannot render", action="sender.render", template=out.template, error=type(error).__name__
            )
            return None, Broken()

    async def _settle(self, out: Outgoing, message_id: int | None, verdict: Verdict) -> None:
        now = self._desk.now()
        retry_at = now + timedelta(seconds=min(2**out.attempts, LONGEST_BACKOFF_SECONDS))
        match verdict:
            case Sent():
                await self._desk.work_for(out.chat_id, settling.sent, out, message_id)
            case Later(after, crowded):
                retry_at = now + after if after else retry_at
                if crowded and out.lane is Lane.REMINDER:
                    await self._desk.work_on_pace(pacing.hold_reminders, retry_at)
                await self._desk.work_for(out.chat_id, settling.later, out, retry_at, counted=not crowded)
            case Unknown():
                await self._desk.work_for(out.chat_id, settling.unknown, out, retry_at)
            case Gone():
                await self._desk.work_for(out.chat_id, settling.gone, out)
            case Broken():
                await self._desk.work_for(out.chat_id, settling.broken, out)
            case Missing():
                await self._desk.work_for(out.chat_id, settling.missing, out)
            case Mistaken():
                await self._desk.work_for(out.chat_id, settling.mistaken, out)
            case Stop():
                await self._desk.work_for(out.chat_id, settling.later, out, retry_at, counted=False)
