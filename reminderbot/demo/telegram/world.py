"""The world the methods act on: everything the server remembers, and who wants to hear of changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reminderbot.demo.telegram.checks import refuse
from reminderbot.demo.telegram.files import FileStore
from reminderbot.demo.telegram.state import ApiError, Chat, Clock, Json, Message
from reminderbot.demo.telegram.updates import UpdateQueue


@dataclass(frozen=True, slots=True)
class Change:
    """Something a person could see: kind is message, edit, delete, pin, reaction, toast, action, or chat."""

    kind: str
    chat_id: int
    detail: Any = None


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to, as setWebhook said."""

    url: str
    secret: str | None
    max_connections: int
    last_error: str | None = None
    last_error_at: int | None = None


class World:
    """Chats, files, profile and updates of one bot."""

    def __init__(self, clock: Clock, bot: Json) -> None:
        """`bot` is the bot's own User object."""
        self.clock = clock
        self.bot = bot
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(clock)
        self.profile: dict[tuple[str, str], Any] = {}
        self.callbacks: dict[str, tuple[Chat, datetime]] = {}
        self.webhook: Webhook | None = None
        self.first_message_id = 1
        self._watchers: list[Callable[[Change], None]] = []

    def watch(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Be told of every change; the returned function ends it."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def changed(self, kind: str, chat_id: int, detail: Any = None) -> None:
        """Tell the watchers."""
        for callback in tuple(self._watchers):
            callback(Change(kind, chat_id, detail))

    def chat(self, chat_id: Any) -> Chat:
        """The chat a bot may write to. Raises ApiError: 400 not found or migrated, 403 blocked or left."""
        chat = self.chats.get(chat_id)
        if chat is None or not chat.open:
            raise refuse("chat not found")
        if chat.migrated_to is not None:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, text, migrate_to_chat_id=chat.migrated_to)
        if chat.refusal:
            raise ApiError(403, f"Forbidden: {chat.refusal}")
        return chat

    def receive(self, chat: Chat, message: Message) -> Message:
        """A message from a person: into the chat, and on its way to the bot."""
        chat.open = True
        chat.add(message)
        message.update_id = self.updates.put("message", message.json(chat), chat.id)
        self.changed("message", chat.id, message)
        return message

    def pin(self, chat: Chat, message: Message, by: Json) -> None:
        """Pin a message; the line in the chat that tells of it is an update as well, also of what the bot has pinned.

        (tdlib/telegram-bot-api, issue 731.)
        """
        message.pinned = True
        self.changed("pin", chat.id, message)
        extra = {"pinned_message": message.json(chat, deep=False)}
        from_bot = by is self.bot
        note = Message(
            chat.id, chat.new_id(), self.clock(), by, from_bot=from_bot, kind="service", extra=extra
        )
        self.receive(chat, note)

    def unpin(self, chat: Chat, message: Message) -> None:
        """Unpin a message: nobody is told."""
        message.pinned = False
        self.changed("pin", chat.id, message)

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message out of the chat: nobody is told."""
        message.deleted, message.pinned = True, False
        self.changed("delete", chat.id, message)

    def member_change(self, chat: Chat, person: Json, old: str, new: str) -> int | None:
        """A my_chat_member update: the bot's status in a chat changed."""
        body = {
            "chat": chat.json(),
            "from": person,
            "date": int(self.clock().timestamp()),
            "old_chat_member": self._member(old),
            "new_chat_member": self._member(new),
        }
        self.changed("chat", chat.id, new)
        return self.updates.put("my_chat_member", body, chat.id)

    def _member(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self.bot, "status": status, **until}

    def new_callback(self, chat: Chat) -> str:
        """A fresh callback id, remembered with its time so that late answers can be refused."""
        seed = f"{chat.id}:{len(self.callbacks)}".encode()
        callback_id = str(int(hashlib.sha256(seed).hexdigest()[:15], 16))
        self.callbacks[callback_id] = (chat, self.clock())
        return callback_id
