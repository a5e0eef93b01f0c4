"""What the offline Telegram remembers: chats, messages, files, and the ledger of calls.

Field names of the JSON are those of the Bot API (https://core.telegram.org/bots/api).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reminderbot.demo.telegram.entities import to_html

Json = dict[str, Any]
Clock = Callable[[], datetime]


class ApiError(Exception):
    """A call that Telegram refuses: HTTP status, description, and response parameters such as retry_after."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        """Keep the answer Telegram would give."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, as the server saw it. `at` is the server's clock in UTC."""

    at: datetime
    method: str
    chat_id: int | None
    params: Json
    message_id: int | None
    ok: bool
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """A callback answer a person saw: the text over the chat, or in a box when `alert` is set."""

    at: datetime
    text: str
    alert: bool
    callback_id: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the server keeps: its id (reusable by this bot), its path for downloads, its bytes."""

    file_id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes
    kind: str
    details: Json


@dataclass(slots=True)
class Message:
    """One message in a chat, with its current content. `text` is plain: the caption, for media."""

    chat_id: int
    id: int
    at: datetime
    sender: Json
    from_bot: bool
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    kind: str = "text"
    media: Any = None
    file_id: str | None = None
    markup: Json | None = None
    silent: bool = False
    edited_at: datetime | None = None
    pinned: bool = False
    deleted: bool = False
    reply_to: int | None = None
    reaction: str | None = None
    extra: Json = field(default_factory=dict)
    update_id: int | None = None

    @property
    def html(self) -> str:
        """The text as Telegram HTML, everything else escaped."""
        return to_html(self.text, self.entities)

    @property
    def edited(self) -> bool:
        """Whether the text or caption was changed after sending."""
        return self.edited_at is not None

    @property
    def photo(self) -> str | None:
        """The file id of the photo, if this is one."""
        return self.file_id if self.kind == "photo" else None

    @property
    def buttons(self) -> list[list[tuple[str, str]]]:
        """Inline buttons as rows of (label, callback data; or the link or text to copy)."""
        return [[(b["text"], button_value(b)) for b in row] for row in self.inline_rows]

    @property
    def inline_rows(self) -> list[list[Json]]:
        """Inline buttons as the Bot API writes them."""
        return (self.markup or {}).get("inline_keyboard") or []

    @property
    def labels(self) -> list[str]:
        """The labels of all inline buttons, in reading order."""
        return [label for row in self.buttons for label, _ in row]

    def json(self, chat: Chat, deep: bool = True) -> Json:
        """The message as the Bot API shows it; `deep` includes the message it replies to."""
        out: Json = {
            "message_id": self.id,
            "from": self.sender,
            "chat": chat.json(),
            "date": int(self.at.timestamp()),
        }
        out.update(self.extra)
        if self.edited_at:
            out["edit_date"] = int(self.edited_at.timestamp())
        if deep and self.reply_to and (origin := chat.visible(self.reply_to)):
            out["reply_to_message"] = origin.json(chat, deep=False)
        self._add_content(out)
        if self.inline_rows:
            out["reply_markup"] = self.markup
        return out

    def _add_content(self, out: Json) -> None:
        if self.kind == "text":
            names = ("text", "entities")
        else:
            out[self.kind] = self.media
            names = ("caption", "caption_entities")
            if self.kind == "animation":
                out["document"] = self.media
        if self.text:
            out[names[0]] = self.text
        if self.entities:
            out[names[1]] = self.entities


@dataclass(slots=True)
class Chat:
    """A private chat or a group, as the server knows it."""

    id: int
    kind: str
    profile: Json
    open: bool = False
    refusal: str | None = None
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    next_id: int = 1

    def json(self) -> Json:
        """The chat as the Bot API shows it inside messages."""
        return {"id": self.id, "type": self.kind, **self.profile}

    def visible(self, message_id: int) -> Message | None:
        """The message with this id, unless it was deleted or never there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def add(self, message: Message) -> Message:
        """Keep a message under the id it carries."""
        self.messages[message.id] = message
        return message

    def new_id(self) -> int:
        """The next message id of this chat; ids rise by one."""
        self.next_id += 1
        return self.next_id - 1


def button_value(button: Json) -> str:
    """What an inline button carries: callback data, a link, or the text it copies."""
    copied = button.get("copy_text") or {}
    return str(button.get("callback_data") or button.get("url") or copied.get("text") or "")
