"""People and groups: what they do becomes genuine updates, and what they see can be read back."""

from __future__ import annotations

import re
from typing import Any

from reminderbot.demo.telegram.entities import utf16
from reminderbot.demo.telegram.files import media_of
from reminderbot.demo.telegram.params import Upload
from reminderbot.demo.telegram.picture import sunrise
from reminderbot.demo.telegram.state import Chat, Json, Message, Toast, button_value
from reminderbot.demo.telegram.world import World

TEXT_MAX = 4096
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


def commands_in(text: str) -> list[Json]:
    """The bot_command entities Telegram finds in a text."""
    return [
        {"type": "bot_command", "offset": utf16(text[: m.start()]), "length": len(m.group())}
        for m in COMMAND.finditer(text)
    ]


class Person:
    """One person with a private chat. What they do is queued as an update; what they see is in `messages`."""

    def __init__(self, world: World, chat: Chat, language_code: str) -> None:
        """`chat` is their private chat with the bot."""
        self.world = world
        self.chat = chat
        self.user: Json = {"id": chat.id, "is_bot": False, **chat.profile, "language_code": language_code}
        self.clipboard: str | None = None

    @property
    def id(self) -> int:
        """The user id, which is also the id of the private chat."""
        return self.chat.id

    @property
    def messages(self) -> list[Message]:
        """The bot's messages this person can see now, oldest first."""
        return [m for m in self.chat.messages.values() if m.from_bot and not m.deleted]

    @property
    def last(self) -> Message:
        """The bot's newest message. Raises IndexError when there is none."""
        return self.messages[-1]

    @property
    def toasts(self) -> list[Toast]:
        """The callback answers this person saw."""
        return self.chat.toasts

    def says(self, text: str, reply_to: Message | int | None = None, chat: Chat | None = None) -> Message:
        """Write a message (in a group, when `chat` is one). Raises ValueError when it could not be sent."""
        _check_length(text)
        return self._send(reply_to=reply_to, chat=chat, text=text, entities=commands_in(text))

    def taps(self, label_or_data: str, message: Message | int | None = None) -> int | None:
        """Tap a button of the newest message that has it (or of the given one); returns the update id.

        The label or the callback data must match; else a part of the label will do. Raises LookupError
        without one.
        A button that copies fills `clipboard`, a link does nothing: neither makes an update.
        """
        candidates = [self._message(message)] if message is not None else self.messages[::-1]
        found = _find_button(candidates, label_or_data)
        if found is None:
            seen = [label for m in candidates for label in m.labels]
            raise LookupError(f"no button {label_or_data!r}; there are {seen}")
        where, button = found
        if "callback_data" in button:
            return self.taps_data(button["callback_data"], where)
        if "copy_text" in button:
            self.clipboard = button_value(button)
        return None

    def taps_data(self, data: str, message: Message | int) -> int | None:
        """Send a callback with any data, as a forged client could; returns the update id."""
        self._may_write()
        where = self._message(message)
        callback: Json = {
            "id": self.world.new_callback(self.chat),
            "from": self.user,
            "message": self._for_callback(where),
            "chat_instance": str(self.chat.id * 7919),
            "data": data,
        }
        return self.world.updates.put("callback_query", callback, self.chat.id)

    def edits(self, message_id: Message | int, text: str) -> int | None:
        """Change one of their own messages; returns the update id. Raises ValueError when that can't be."""
        self._may_write()
        _check_length(text)
        message = self._message(message_id)
        if message.from_bot:
            raise ValueError("a person can edit only their own messages")
        message.text, message.entities, message.edited_at = text, commands_in(text), self.world.clock()
        self.world.changed("edit", self.chat.id, message)
        return self.world.updates.put("edited_message", message.json(self.chat), self.chat.id)

    def deletes(self, message_id: Message | int) -> None:
        """Delete a message on both sides, whoever wrote it; the bot is not told."""
        self.world.delete(self.chat, self._message(message_id))

    def pins(self, message_id: Message | int) -> None:
        """Pin a message on both sides."""
        self._may_write()
        self.world.pin(self.chat, self._message(message_id), self.user)

    def unpins(self, message_id: Message | int) -> None:
        """Unpin a message; the bot is not told."""
        self.world.unpin(self.chat, self._message(message_id))

    def sends_sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        media = {"file_id": "OFSTICKER", "file_unique_id": "USTICKER", "type": "regular", "emoji": emoji}
        shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(kind="sticker", media={**media, **shape})

    def sends_photo(self, caption: str = "", content: bytes | None = None) -> Message:
        """Send a photo; by default a small sunrise."""
        return self._sends_file("photo", Upload("photo.png", content or sunrise(), "image/png"), caption)

    def sends_document(self, name: str, content: bytes, caption: str = "") -> Message:
        """Send a file."""
        return self._sends_file("document", Upload(name, content, "application/octet-stream"), caption)

    def sends_voice(self, content: bytes = b"OggS") -> Message:
        """Send a voice message."""
        return self._sends_file("voice", Upload("voice.oga", content, "audio/ogg"), "")

    def sends_location(self, latitude: float, longitude: float, sender: str = "") -> Message:
        """Share a place, in degrees; with a sender, forward the one that somebody else has shared."""
        media = {"latitude": latitude, "longitude": longitude}
        return self._send(kind="location", media=media, extra=self._forwarded(sender) if sender else {})

    def forwards(self, text: str, sender: str = "Somebody") -> Message:
        """Forward a text that somebody else wrote."""
        return self._send(text=text, entities=commands_in(text), extra=self._forwarded(sender))

    def blocks(self) -> int | None:
        """Block the bot; returns the update id of the my_chat_member update."""
        self.chat.refusal = "bot was blocked by the user"
        return self.world.member_change(self.chat, self.user, "member", "kicked")

    def unblocks(self) -> int | None:
        """Let the bot write again.

        Telegram's clients send /start right after, which is left to the caller.
        """
        self.chat.refusal = None
        return self.world.member_change(self.chat, self.user, "kicked", "member")

    def leaves_telegram(self) -> None:
        """Delete the account: the bot learns of it from its next attempt only."""
        self.chat.refusal = "user is deactivated"

    def _forwarded(self, sender: str) -> Json:
        date = int(self.world.clock().timestamp())
        return {"forward_origin": {"type": "hidden_user", "sender_user_name": sender, "date": date}}

    def _sends_file(self, kind: str, upload: Upload, caption: str) -> Message:
        stored = self.world.files.add(kind, upload)
        return self._send(
            kind=kind,
            media=media_of(stored),
            file_id=stored.file_id,
            text=caption,
            entities=commands_in(caption),
        )

    def _send(
        self, reply_to: Message | int | None = None, chat: Chat | None = None, **content: Any
    ) -> Message:
        self._may_write()
        where = chat or self.chat
        reply = reply_to.id if isinstance(reply_to, Message) else reply_to
        message = Message(
            where.id, where.new_id(), self.world.clock(), self.user, from_bot=False, reply_to=reply, **content
        )
        return self.world.receive(where, message)

    def _may_write(self) -> None:
        if self.chat.refusal:
            raise ValueError(f"{self.chat.profile.get('first_name')} can't write: {self.chat.refusal}")

    def _message(self, message: Message | int) -> Message:
        return message if isinstance(message, Message) else self.chat.messages[message]

    def _for_callback(self, message: Message) -> Json:
        if message.deleted:
            return {"chat": self.chat.json(), "message_id": message.id, "date": 0}
        return message.json(self.chat)


class Group:
    """A group that the bot can be added to."""

    def __init__(self, world: World, chat: Chat) -> None:
        """`chat` is the group's chat."""
        self.world = world
        self.chat = chat

    @property
    def messages(self) -> list[Message]:
        """The bot's messages in the group."""
        return [m for m in self.chat.messages.values() if m.from_bot and not m.deleted]

    def adds_bot(self, by: Person) -> int | None:
        """A person adds the bot: my_chat_member, then the service message; returns the first update's id."""
        self.chat.open, self.chat.refusal = True, None
        update_id = self.world.member_change(self.chat, by.user, "left", "member")
        self._service(by, {"new_chat_members": [self.world.bot]})
        return update_id

    def removes_bot(self, by: Person) -> int | None:
        """A person removes the bot: what it sends from now on is forbidden."""
        self.chat.refusal = f"bot was kicked from the {self.chat.kind} chat"
        return self.world.member_change(self.chat, by.user, "member", "kicked")

    def says(self, by: Person, text: str) -> Message:
        """A person writes in the group. The bot's privacy mode is off here: it sees everything."""
        return by.says(text, chat=self.chat)

    def migrates(self, by: Person, new_id: int) -> Group:
        """The group becomes a supergroup with another id; calls to the old id name the new one."""
        new = Chat(new_id, "supergroup", dict(self.chat.profile), open=True)
        self.world.chats[new_id] = new
        self._service(by, {"migrate_to_chat_id": new_id})
        self.chat.migrated_to = new_id
        return Group(self.world, new)

    def _service(self, by: Person, extra: Json) -> None:
        message = Message(
            self.chat.id,
            self.chat.new_id(),
            self.world.clock(),
            by.user,
            from_bot=False,
            kind="service",
            extra=extra,
        )
        self.world.receive(self.chat, message)


def _check_length(text: str) -> None:
    if not 1 <= len(text) <= TEXT_MAX:
        raise ValueError(f"a message has 1 to {TEXT_MAX} characters, not {len(text)}")


def _find_button(messages: list[Message], wanted: str) -> tuple[Message, Json] | None:
    buttons = [(m, button) for m in messages for row in m.inline_rows for button in row]
    for m, button in buttons:
        if wanted in (button["text"], button.get("callback_data")):
            return m, button
    part = wanted.casefold()
    return next(((m, b) for m, b in buttons if part in b["text"].casefold()), None)
