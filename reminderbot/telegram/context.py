"""What a handler is given: the update it answers and one way to change anything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox

P = ParamSpec("P")
T = TypeVar("T")


DESK = "desk"
"""Where python-telegram-bot's data of the whole bot holds the desk."""


class AlreadyHandledError(Exception):
    """The update's effect is stored already, by an earlier delivery of it or by another worker."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What all handlers share: the store, the surroundings, the clock, and a bell that wakes the sender."""

    store: Store
    around: Surroundings
    now: Callable[[], datetime]
    ring: Callable[[], None]

    async def work(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one service function in a transaction of its own."""

        def transaction() -> T:
            with self.store.begin() as tx:
                return verb(Work(tx, self.now(), self.around), *args, **kwargs)

        return await self.store.run(transaction)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context, and ``commit``: the one way from a handler to a service."""

    event: Update
    """The update that is being answered."""

    @classmethod
    def from_update(cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]") -> Self:
        """Made by python-telegram-bot for each update."""
        context = super().from_update(update, application)
        assert isinstance(update, Update)  # noqa: S101 - intake hands over nothing else
        context.event = update
        return context

    @property
    def desk(self) -> Desk:
        """What all handlers share."""
        desk = self.bot_data[DESK]
        assert isinstance(desk, Desk)  # noqa: S101 - put there when the bot is put together
        return desk

    @property
    def chat_id(self) -> int:
        """The private chat that the update comes from."""
        chat = self.event.effective_chat
        return chat.id if chat else 0

    @property
    def said_at(self) -> datetime:
        """When the person acted: a message's own date; now for a tap, which carries none."""
        message = None if self.event.callback_query else self.event.effective_message
        return message.date.astimezone(UTC) if message else self.desk.now()

    async def commit(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one service function and mark the update handled, in one transaction; then wake the sender.

        Raises AlreadyHandledError, with nothing changed, when the update has had its effect before.
        """

        def once(work: Work) -> T:
            if not inbox.finish(work.tx, self.chat_id, self.event.update_id):
                raise AlreadyHandledError
            return verb(work, *args, **kwargs)

        result = await self.desk.work(once)
        self.desk.ring()
        return result
