"""The offline Telegram: one bot's Bot API server as a state machine, with an injected clock.

Doors: `OfflineRequest` (in process) and `serve` (HTTP on loopback). Both bring calls to
`OfflineTelegram.handle`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from reminderbot.demo.telegram import editing, params, profile, sending
from reminderbot.demo.telegram.faults import Fault, Faults, How, Limits
from reminderbot.demo.telegram.params import Params, Upload
from reminderbot.demo.telegram.people import Group, Person
from reminderbot.demo.telegram.state import ApiError, Call, Chat, Clock, Json, Message
from reminderbot.demo.telegram.updates import BATCH_MAX
from reminderbot.demo.telegram.webhook import WebhookPoster
from reminderbot.demo.telegram.world import Change, World

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - the offline server's own
BOT: Json = {"id": 110201543, "is_bot": True, "first_name": "Reminder", "username": "reminder_offline_bot"}
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

METHODS: dict[str, Callable[[World, Params], Any]] = {
    "getMe": profile.get_me,
    "getChat": profile.get_chat,
    "leaveChat": profile.leave_chat,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_profile_text,
    "getMyName": profile.get_profile_text,
    "setMyDescription": profile.set_profile_text,
    "getMyDescription": profile.get_profile_text,
    "setMyShortDescription": profile.set_profile_text,
    "getMyShortDescription": profile.get_profile_text,
    "getFile": profile.get_file,
    "setWebhook": profile.set_webhook,
    "deleteWebhook": profile.delete_webhook,
    "getWebhookInfo": profile.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendAnimation": sending.send_animation,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "setMessageReaction": editing.set_message_reaction,
    "answerCallbackQuery": editing.answer_callback_query,
}
NAMES = {name.lower(): name for name in [*METHODS, "getUpdates"]}
COUNTED = frozenset(
    name for name in METHODS if name.startswith(("send", "edit")) and name != "sendChatAction"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What becomes of a call: an answer (after `delay` real seconds), or a connection that fails.

    `fate` is "answered", "unreachable" (nothing happened) or "lost" (it happened, the answer did not arrive).
    """

    status: int
    body: bytes
    fate: str = "answered"
    how: How = "timeout"
    delay: float = 0.0


class OfflineTelegram:
    """A Bot API server for one bot, without a network, with people to write to it."""

    def __init__(self, clock: Clock, token: str = TOKEN) -> None:
        """`clock` returns an aware datetime and dates everything the server does."""
        self.clock = clock
        self.token = token
        self.world = World(clock, {**BOT, "id": int(token.partition(":")[0])} if ":" in token else BOT)
        self.faults = Faults()
        self.limits = Limits(clock)
        self.calls: list[Call] = []
        self.polls = 0
        self._webhook = WebhookPoster(self.world)
        self.world.updates.on_put = self._webhook.wake

    def person(
        self,
        chat_id: int,
        first_name: str = "Ana",
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "en",
        started: bool = False,
    ) -> Person:
        """A person by id; the same chat every time. `started`: as if they had written to the bot before."""
        chat = self.world.chats.get(chat_id)
        if chat is None:
            names = {"first_name": first_name, "last_name": last_name, "username": username}
            profile = {key: value for key, value in names.items() if value}
            chat = Chat(chat_id, "private", profile, next_id=self.world.first_message_id)
            self.world.chats[chat_id] = chat
        chat.open = chat.open or started
        return Person(self.world, chat, language_code)

    def go_on(self, update_id: int, message_id: int) -> None:
        """Take over from an earlier server, before anybody is here: no id up to these two is given out again."""
        self.world.updates.begin_after(update_id)
        self.world.first_message_id = message_id + 1

    def open_chats(self, chat_ids: Iterable[int]) -> None:
        """Many private chats at once, as if these people had written to the bot before."""
        for chat_id in chat_ids:
            self.person(chat_id, f"Person {chat_id}", started=True)

    def group(self, chat_id: int, title: str) -> Group:
        """A group by its (negative) id."""
        chat = self.world.chats.setdefault(chat_id, Chat(chat_id, "group", {"title": title}))
        return Group(self.world, chat)

    def redeliver(self, update_id: int) -> None:
        """Deliver an earlier update once more, as Telegram does when a confirmation got lost."""
        self.world.updates.again(update_id)

    def watch(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Be told of everything a person could see; the returned function ends it."""
        return self.world.watch(callback)

    def made(self, method: str, chat_id: int | None = None) -> list[Call]:
        """The accepted calls of one method, of one chat or of all, in order."""
        return [c for c in self.calls if c.ok and c.method == method and chat_id in (None, c.chat_id)]

    def messages(self, chat_id: int) -> list[Message]:
        """All visible messages of a chat, of the bot and of people, in order."""
        chat = self.world.chats.get(chat_id)
        return [m for m in chat.messages.values() if not m.deleted] if chat else []

    async def aclose(self) -> None:
        """End a running long poll and the webhook's deliveries."""
        self.world.updates.end_poll(ApiError(502, "Bad Gateway"))
        await self._webhook.aclose()

    async def handle(self, token: str, method: str, raw: Json, files: dict[str, Upload]) -> Reply:
        """One call of the bot. Never raises for what the bot did wrong: that is in the reply."""
        name = NAMES.get(method.lower())
        if token != self.token:
            return _failed(ApiError(401, "Unauthorized"))
        if name is None:
            return _failed(ApiError(404, "Not Found"))
        chat_id = _chat_id(raw)
        faults = list(self.faults.take(name, chat_id))
        delay = sum(fault.seconds for fault in faults)
        decisive = next((fault for fault in faults if fault.kind != "slow"), None)
        if decisive and decisive.kind == "unreachable":
            return Reply(0, b"", "unreachable", decisive.how, delay)
        reply = await self._answer(name, raw, files, decisive)
        if decisive and decisive.kind == "lost":
            return Reply(reply.status, reply.body, "lost", decisive.how, delay)
        return Reply(reply.status, reply.body, delay=delay) if delay else reply

    async def _answer(self, name: str, raw: Json, files: dict[str, Upload], fault: Fault | None) -> Reply:
        read: Params | None = None
        try:
            if fault and fault.kind == "refuse":
                raise ApiError(fault.status, fault.description, **fault.parameters)
            read = params.read(name, raw, files)
            if name in COUNTED:
                self.limits.count(read.chat_id)
            result = await self._updates(read) if name == "getUpdates" else METHODS[name](self.world, read)
        except ApiError as error:
            self._note(name, raw, read, None, error)
            return _failed(error)
        self._note(name, raw, read, result, None)
        if name in ("setWebhook", "deleteWebhook"):
            self._webhook.wake()
        return Reply(200, _encode({"ok": True, "result": result}))

    async def _updates(self, read: Params) -> list[Json]:
        if self.world.webhook:
            raise ApiError(409, f"Conflict: {WEBHOOK_ACTIVE}")
        self.polls += 1
        profile.set_allowed(self.world, read)
        return await self.world.updates.poll(
            read.get("offset") or 0, read.get("limit") or BATCH_MAX, read.get("timeout") or 0
        )

    def _note(self, name: str, raw: Json, read: Params | None, result: Any, error: ApiError | None) -> None:
        if name == "getUpdates":
            return
        values = read.values if read else dict(raw)
        message_id = result.get("message_id") if isinstance(result, dict) else values.get("message_id")
        why = error.description if error else None
        self.calls.append(Call(self.clock(), name, _chat_id(values), values, message_id, error is None, why))


def _chat_id(raw: Json) -> int | None:
    value = raw.get("chat_id")
    if isinstance(value, str):
        return int(value) if value.lstrip("-").isdecimal() else None
    return value if isinstance(value, int) else None


def _failed(error: ApiError) -> Reply:
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return Reply(error.status, _encode(body))


def _encode(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
