"""What a handler is given: the update it answers and one way to change anything."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, CallbackContext, ExtBot

from reminderbot.library.loader import Library
from reminderbot.library.places import Places
from reminderbot.rules.echo import echo
from reminderbot.services import hearing, oncall, privacy, silence, todaycard, unread
from reminderbot.services.hearing import Effect, Heard, Outcome
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox, pace, turns

P = ParamSpec("P")
T = TypeVar("T")


DESK = "desk"
"""Where python-telegram-bot's data of the whole bot holds the desk."""


_NO_WORDS = re.compile(rf"\s*/\w+(@\w+)?\s*|/start {oncall.PAYLOAD}[\w-]*")
"""A bare command, and a link that puts somebody on call: its secret is nothing that a person has written."""


_ANSWERS = (Effect.CONSUMED, Effect.ANSWERED)
"""What is answer enough to somebody who would else be told that they were not understood."""


def _nothing(_tx: Connection) -> None:
    """No turn is needed."""


class AlreadyHandledError(Exception):
    """The update's effect is stored already, by an earlier delivery of it or by another worker."""


@dataclass(slots=True)
class Desk:
    """What all handlers share: the store, the surroundings, the clock, and a bell that wakes the sender."""

    store: Store
    around: Surroundings
    now: Callable[[], datetime]
    ring: Callable[[], None]

    def take(self, library: Library, places: Places) -> None:
        """Use this content from the next transaction on; those that are open end with what they began with."""
        self.around = replace(self.around, library=library, places=places)

    async def work(self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one service function in a transaction of its own."""
        return await self._transact(_nothing, lambda work: verb(work, *args, **kwargs))

    async def work_for(
        self, chat_id: int, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same, with the turn of a chat: nobody else changes what belongs to this person meanwhile."""
        return await self._transact(
            lambda tx: turns.of_chat(tx, chat_id), lambda work: verb(work, *args, **kwargs)
        )

    async def work_on_pace(
        self, verb: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same, with the turn of the pace: no other worker is permitted anything meanwhile."""
        return await self._transact(pace.lock, lambda work: verb(work, *args, **kwargs))

    async def _transact(self, take_turn: Callable[[Connection], None], verb: Callable[[Work], T]) -> T:
        def run(tx: Connection) -> T:
            take_turn(tx)
            # The time is looked up only now: the turn may have been waited for.
            return verb(Work(tx, self.now(), self.around))

        return await self.store.run(self.store.transact, run)


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

    async def commit(
        self, verb: Callable[Concatenate[Work, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Hear what was written, run one service function and mark the update handled, in one transaction.

        Then wake the sender. Words that answer an open question are for that question alone: the function does not
        run. Who was left in peace after two silent weeks is welcomed last. Raises AlreadyHandledError, with nothing
        changed, when the update has had its effect before.
        """
        await self._commit((Effect.CONSUMED,), lambda work, _: verb(work, *args, **kwargs))

    async def commit_unless_answered(
        self, verb: Callable[Concatenate[Work, P], object], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """As ``commit``, for a function that only says that it did not understand: a safety card is answer enough."""
        await self._commit(_ANSWERS, lambda work, _: verb(work, *args, **kwargs))

    async def not_understood(self, words: str) -> None:
        """The same for words that nobody could make anything of; what triage has found in them is handed on."""
        await self._commit(
            _ANSWERS, lambda work, heard: unread.not_understood(work, self.chat_id, words, heard.verdict)
        )

    async def _commit(self, instead: Sequence[Effect], verb: Callable[[Work, Outcome], object]) -> None:
        def once(work: Work) -> None:
            if not inbox.finish(work.tx, self.chat_id, self.event.update_id):
                raise AlreadyHandledError
            heard = hear(work, self.event)
            since = silence.heard(work, self.chat_id) if _is_said(self.event) else None
            is_wanted = heard.effect not in instead
            if is_wanted and not _answers_question(work, self.event, is_back=since is not None):
                verb(work, heard)
            if since:
                silence.welcome(work, self.chat_id, since)
            todaycard.touch(work, self.chat_id)

        await self.desk.work_for(self.chat_id, once)
        self.desk.ring()


def hear(work: Work, event: Update) -> Outcome:
    """Listen to what an update says: the words of a message, new or edited, or those under its picture."""
    chat, user = event.effective_chat, event.effective_user
    if chat is None or chat.type != ChatType.PRIVATE:
        return Outcome(Effect.NOTHING)
    if user and user.is_bot:  # this bot, which has pinned something
        return Outcome(Effect.NOTHING)
    message = event.message or event.edited_message
    if message or event.callback_query:
        hearing.noticed(work, chat.id, _date(message) if message else work.at)
        oncall.reachable(work, chat.id)
    if message is None or not (words := _words(message)):
        return Outcome(Effect.NOTHING)
    heard = Heard(
        words,
        message.message_id,
        echo(user.first_name) if user else "",
        forwarded=message.forward_origin is not None,
        edited=event.edited_message is not None,
        reply_to=_reply_to(message),
    )
    return hearing.hear(work, chat.id, heard)


def _is_said(event: Update) -> bool:
    """Whether a person has written or tapped something; to block or unblock the bot is neither."""
    user = event.effective_user
    return event.my_chat_member is None and user is not None and not user.is_bot


def _answers_question(work: Work, event: Update, *, is_back: bool) -> bool:
    """Whether a new message answers the question of /forget, or that of two silent weeks, which is done then.

    ``is_back``: who writes was asked the latter, and is heard of again.
    """
    message = event.message
    if message is None:
        return False
    said = (work, message.chat.id, message.text or "", _reply_to(message))
    return (message.forward_origin is None and privacy.answered(*said)) or (
        is_back and silence.answered(*said)
    )


def _reply_to(message: Message) -> int | None:
    return message.reply_to_message.message_id if message.reply_to_message else None


def _date(message: Message) -> datetime:
    """When a message was written, or changed for the last time."""
    return (message.edit_date or message.date).astimezone(UTC)


def _words(message: Message) -> str:
    """What a person wrote; nothing for a bare command or a link."""
    words = message.text or message.caption or ""
    return "" if _NO_WORDS.fullmatch(words) else words
