"""A bot that is put together, and what a process does with it."""

import asyncio
import contextlib
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DatabaseError

from reminderbot.ops import ticker
from reminderbot.services import admin, oncall, upkeep
from reminderbot.telegram import polling, webhook
from reminderbot.telegram.answering import Answerer, App
from reminderbot.telegram.context import Desk
from reminderbot.telegram.handlers import menu
from reminderbot.telegram.intake import Intake
from reminderbot.telegram.sender import Sender

log = structlog.get_logger()

SHUTDOWN_SECONDS = 2.0
"""How long work in hand may take at the end; with the longest wait for the database it stays below 5 s."""


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is put together: what a process can do with it, and one way to let everything that is due happen."""

    desk: Desk
    app: App
    intake: Intake
    answerer: Answerer
    sender: Sender
    heartbeat_url: str | None = None

    async def poll(self) -> None:
        """Fetch updates and store them until cancelled. Raises StoppedError when Telegram refuses the bot."""
        await polling.persist(self._remove_webhook, forever=False)
        await polling.persist(self.intake.poll_once, forever=True)

    async def announce(self, address: str, secret: str) -> None:
        """Have updates delivered at an address."""
        await self._check_key()
        await webhook.register(self.app.bot, address, secret)

    async def work(self) -> None:
        """Answer, tick and send until cancelled. Raises StoppedError when Telegram refuses the bot."""
        await polling.persist(self.begin, forever=False)
        log.info("running", action="app.running", bot=self.app.bot.username)
        scheduler = ticker.schedule(self.desk, self.heartbeat_url)
        answering, sending = map(asyncio.create_task, (self.answerer.run(), self.sender.run()))
        try:
            ended, _ = await asyncio.wait((answering, sending), return_when=asyncio.FIRST_COMPLETED)
            ended.pop().result()
        finally:
            scheduler.shutdown(wait=False)
            await self._finish(answering, sending)

    async def begin(self) -> None:
        """Get to know Telegram, tell it the menus, and take up what the last run had in hand."""
        await self.app.initialize()
        await self._check_key()
        if not self.desk.store.is_server:
            await self.desk.work(upkeep.free_leases)
        await self.tell_menus()

    async def tell_menus(self) -> None:
        """Tell Telegram the menus, as the content has them now. Raises TelegramError when refused."""
        await menu.publish(self.app.bot, self.desk.around.library)
        await self.desk.work(oncall.renew_menus)
        for chat_id in await self.desk.work(admin.renew_menus):
            log.warning("an operator has yet to start the bot", action="admin.not_started", chat=chat_id)

    async def settle(self, *, ticks: bool = True) -> None:
        """Answer what has come in, do what is due now, send it; return when all of it is settled.

        Without ``ticks`` nothing is looked for that is due: who knows that there is nothing spares the search.
        """
        await self.answerer.drain()
        if ticks:
            await ticker.tick(self.desk)
        await self.sender.drain()

    async def close(self) -> None:
        """Let go of connections and of the database."""
        await self.app.shutdown()
        await self.app.bot.shutdown()  # the application's own does nothing when Telegram was never reached
        self.desk.store.close()

    async def _remove_webhook(self) -> None:
        await self.app.bot.initialize()
        await self.app.bot.delete_webhook(drop_pending_updates=False)

    async def _check_key(self) -> None:
        if not await self.desk.work(upkeep.adopt_key):
            log.warning(
                "another key than last time: words stored with that one can't be read", action="key.changed"
            )

    async def _finish(self, answering: "asyncio.Task[None]", sending: "asyncio.Task[None]") -> None:
        """Finish what is in hand, for a while; what is not done by then is done by the next process, or another."""
        with contextlib.suppress(TimeoutError, DatabaseError):
            async with asyncio.timeout(SHUTDOWN_SECONDS):
                self.answerer.stop()
                await asyncio.wait([answering])
                await self.answerer.idle()
                self.sender.stop()
                await asyncio.wait([sending])
                await self.sender.idle()
                await ticker.note(self.desk)
        self.answerer.cancel()
        self.sender.cancel()
