"""The sender: claims rows lane by lane, renders them, sends them, and settles them by what Telegram said."""

import asyncio
import html
import io
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import DatabaseError
from telegram import Bot, InputFile, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import TelegramError

from reminderbot.services import delivery
from reminderbot.services.delivery import Outgoing
from reminderbot.store.faults import sentence
from reminderbot.store.tables import Lane, Method
from reminderbot.telegram import keyboards, wording
from reminderbot.telegram.context import Desk
from reminderbot.telegram.handlers import menu
from reminderbot.telegram.outcomes import Broken, Gone, Later, Sent, Stop, Unknown, Verdict, judge
from reminderbot.telegram.pacing import ChatPacer, Pacer
from reminderbot.telegram.polling import explain

log = structlog.get_logger()

IN_FLIGHT = 16
"""Requests under way at once: python-telegram-bot's own transport slows down beyond this."""

SAFETY_IN_FLIGHT = 8
"""Further requests that only the safety lane may begin: it never waits for slow answers to other calls."""

LONGEST_BACKOFF_SECONDS = 300

LONGEST_PAUSE_SECONDS = 1.0
"""After this the outbox is looked at again even if nobody rings."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """Sends what the outbox holds, the safety lane first."""

    def __init__(self, desk: Desk, bot: Bot, pacer: Pacer, chats: ChatPacer, bell: asyncio.Event) -> None:
        """Take the desk, the bot, the paces, and the bell that is rung when there may be something to send."""
        self._desk, self._bot, self._pacer, self._chats, self._bell = desk, bot, pacer, chats, bell
        self._stopping = False
        self._refusal: TelegramError | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._order: WeakValueDictionary[tuple[int, bool], asyncio.Lock] = WeakValueDictionary()
        self._reminders_from = desk.now()
        self._crowded: dict[int, datetime] = {}

    async def run(self) -> None:
        """Send until stopped; looks again when rung, and at least once a second.

        Raises StoppedError when Telegram refuses the token.
        """
        while not self._stopping:
            self._bell.clear()
            try:
                await self.pump()
            except DatabaseError as error:
                log.error("sender cannot claim", action="sender.database", reason=sentence(error))
            try:
                await asyncio.wait_for(self._bell.wait(), self._pacer.pause() or LONGEST_PAUSE_SECONDS)
            except TimeoutError:
                continue
        if self._refusal:
            raise explain(self._refusal)

    def stop(self) -> None:
        """Take nothing more: what has been claimed is still sent. (To cancel between claim and send would lose it.)"""
        self._stopping = True
        self._bell.set()

    def cancel(self) -> None:
        """Give up what is under way."""
        for task in self._tasks:
            task.cancel()

    async def pump(self) -> int:
        """Begin as many sends as there is room for, in strict order of the lanes; returns how many."""
        begun = 0
        while not self._stopping and (room := self._room()):
            reminders = self._room_for_reminders()
            claim = await self._desk.work(delivery.claim, self._lanes(reminders), room, reminders)
            for out in claim.rows:
                self._begin(out)
            await asyncio.sleep(0)  # each takes its slot of the pace before the room for more is counted
            begun += len(claim.rows)
            if claim.seen == len(claim.rows) < room:  # a row that was dropped may have held up another
                break
        return begun

    async def idle(self) -> None:
        """Wait until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def drain(self) -> None:
        """Send all that may be sent now, at the pace; return when nothing is left."""
        while await self.pump() or await self._pacer.rest():
            await self.idle()

    def _lanes(self, reminders: int) -> list[Lane]:
        if len(self._tasks) >= IN_FLIGHT:
            return [Lane.SAFETY]
        return [lane for lane in Lane if reminders or lane is not Lane.REMINDER]

    def _room(self) -> int:
        """How many calls may begin: up to the usual number for all, and some beyond it for safety alone."""
        busy = len(self._tasks)
        most = IN_FLIGHT if busy < IN_FLIGHT else IN_FLIGHT + SAFETY_IN_FLIGHT
        return max(0, min(most - busy, self._pacer.room()))

    def _room_for_reminders(self) -> int:
        """How many of them may be reminders: these keep their distance, so that a card never waits for a second."""
        held = self._desk.now() < self._reminders_from
        return 0 if held else self._pacer.room(spread=True)

    def _begin(self, out: Outgoing) -> None:
        task = asyncio.create_task(self._deliver(out))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # Taken up here, or else asyncio would log its text, which may quote a person. The row stays claimed.
            log.error("sending failed", action="sender.failed", error=type(error).__name__)
        self._bell.set()

    async def _deliver(self, out: Outgoing) -> None:
        try:
            async with self._turn(out):
                if self._is_paced(out) and (wait := self._wait_for_chat(out.chat_id)):
                    await self._desk.work(delivery.later, out, self._desk.now() + wait, counted=False)
                    return
                await self._pacer.wait(spread=out.lane is Lane.REMINDER)
                if delivery.shows_card(out.template) and not await self._desk.work(
                    delivery.still_wanted, out
                ):
                    return
                message_id, verdict = await self._attempt(out)
                if isinstance(verdict, Later) and verdict.crowded and verdict.after:
                    self._crowded[out.chat_id] = self._desk.now() + verdict.after
            await self._settle(out, message_id, verdict)
        except DatabaseError as error:
            # The row stays claimed; when its lease ends a message is sent again and a reminder is not.
            log.error("cannot settle", action="sender.database", reason=sentence(error))

    def _turn(self, out: Outgoing) -> AbstractAsyncContextManager[object]:
        """The turn of a message in its chat; a notice has no place in that order, and safety waits only for safety."""
        if out.method is Method.TOAST:
            return nullcontext()
        return self._order.setdefault((out.chat_id, out.lane is Lane.SAFETY), asyncio.Lock())

    @staticmethod
    def _is_paced(out: Outgoing) -> bool:
        """Whether a chat's own pace counts: never for safety, nor for a notice, which is no message in the chat."""
        return out.lane is not Lane.SAFETY and out.method is not Method.TOAST

    def _wait_for_chat(self, chat_id: int) -> timedelta:
        """How long the next message to a chat has to wait, as Telegram told or by the chat's own pace."""
        told = self._crowded.get(chat_id, self._desk.now()) - self._desk.now()
        if told > timedelta():
            return told
        self._crowded.pop(chat_id, None)
        return timedelta(seconds=self._chats.delay(chat_id))

    async def _attempt(self, out: Outgoing) -> tuple[int | None, Verdict]:
        try:
            return await self._call(out), Sent()
        except TelegramError as error:
            verdict = judge(error)
            if isinstance(verdict, Stop):
                self._refusal = error
                self.stop()
            if not isinstance(verdict, Sent):
                log.warning("not sent", action="sender.refused", template=out.template, method=out.method.value,
                            verdict=type(verdict).__name__, error=type(error).__name__)  # fmt: skip
            return None, verdict
        except (LookupError, ValueError, TypeError, AttributeError) as error:
            log.error(
                "cannot render", action="sender.render", template=out.template, error=type(error).__name__
            )
            return None, Broken()

    async def _call(self, out: Outgoing) -> int | None:
        """Render and send; the id of the new message, if there is one."""
        library = self._desk.around.library
        if out.method is Method.LEAVE:
            await self._bot.leave_chat(out.chat_id)
            return None
        if out.method is Method.MENU:
            await menu.offer(self._bot, library, out.chat_id, on_call=out.args["on_call"])
            return None
        text = self._text(out)
        match out.method:
            case Method.TOAST:
                await self._bot.answer_callback_query(str(out.target), html.unescape(text))
                return None
            case Method.FILE:
                file = InputFile(io.BytesIO(str(out.args["text"]).encode()), filename=str(out.args["name"]))
                return _id(
                    await self._bot.send_document(out.chat_id, file, caption=text, parse_mode=ParseMode.HTML)
                )
        markup = keyboards.markup(library, out.template, out.args)
        if out.method is Method.EDIT:
            edited = await self._bot.edit_message_text(
                text, out.chat_id, int(str(out.target)), parse_mode=ParseMode.HTML, reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )  # fmt: skip
            return _id(edited)
        message = await self._bot.send_message(
            out.chat_id, text, parse_mode=ParseMode.HTML, reply_markup=markup,
            disable_notification=out.silent, link_preview_options=NO_PREVIEW,
        )  # fmt: skip
        return _id(message)

    def _text(self, out: Outgoing) -> str:
        template, args = out.template, out.args
        if out.repeat:
            again = {"template": template, "args": args}
            template, args = "safety.repeat", {"again_text": again, "language": args.get("language")}
        return wording.render(self._desk.around.library, template, args, self._desk.now())

    async def _settle(self, out: Outgoing, message_id: int | None, verdict: Verdict) -> None:
        now = self._desk.now()
        backoff = timedelta(seconds=min(2**out.attempts, LONGEST_BACKOFF_SECONDS))
        match verdict:
            case Sent():
                await self._desk.work(delivery.sent, out, message_id)
            case Later(after, crowded):
                if crowded and out.lane is Lane.REMINDER:
                    self._reminders_from = max(self._reminders_from, now + (after or backoff))
                await self._desk.work(delivery.later, out, now + (after or backoff), counted=not crowded)
            case Unknown():
                await self._desk.work(delivery.unknown, out, now + backoff)
            case Gone():
                await self._desk.work(delivery.gone, out)
            case Broken():
                await self._desk.work(delivery.broken, out)
            case Stop():
                await self._desk.work(delivery.later, out, now + backoff, counted=False)


def _id(message: Message | bool) -> int | None:
    return message.message_id if isinstance(message, Message) else None
