"""The methods that put something new into a chat."""

from __future__ import annotations

from typing import Any

from reminderbot.demo.telegram.checks import caption_of, markup_of, refuse, text_of
from reminderbot.demo.telegram.files import show
from reminderbot.demo.telegram.params import Params
from reminderbot.demo.telegram.state import Chat, Json, Message
from reminderbot.demo.telegram.world import World

ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


def send_message(world: World, params: Params) -> Json:
    """sendMessage: a text of 1 to 4096 characters."""
    chat = world.chat(params.get("chat_id"))
    text, entities = text_of(params)
    return _put(world, chat, _new(world, chat, params, text, entities))


def send_photo(world: World, params: Params) -> Json:
    """sendPhoto: an upload or a file id, with a caption of at most 1024 characters."""
    return _send_media(world, params, "photo")


def send_animation(world: World, params: Params) -> Json:
    """sendAnimation: a GIF that moves, as upload or file id."""
    return _send_media(world, params, "animation")


def send_document(world: World, params: Params) -> Json:
    """sendDocument: any file as upload or file id."""
    return _send_media(world, params, "document")


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction: "typing" and the like."""
    chat = world.chat(params.get("chat_id"))
    if params.get("action") not in ACTIONS:
        raise refuse("wrong parameter action in request")
    chat.actions.append(params.get("action"))
    world.changed("action", chat.id, params.get("action"))
    return True


def _send_media(world: World, params: Params, kind: str) -> Json:
    chat = world.chat(params.get("chat_id"))
    text, entities = caption_of(params.values)
    message = _new(world, chat, params, text, entities)
    show(message, world.files.take(kind, str(params.get(kind) or ""), params))
    return _put(world, chat, message)


def _new(world: World, chat: Chat, params: Params, text: str, entities: list[Json]) -> Message:
    return Message(
        chat_id=chat.id,
        id=0,
        at=world.clock(),
        sender=world.bot,
        from_bot=True,
        text=text,
        entities=entities,
        markup=markup_of(params),
        silent=bool(params.get("disable_notification")),
        reply_to=_reply_to(chat, params.get("reply_parameters")),
    )


def _reply_to(chat: Chat, reply: Any) -> int | None:
    if not reply:
        return None
    wanted = int(reply["message_id"])
    if chat.visible(wanted) is not None:
        return wanted
    if reply.get("allow_sending_without_reply"):
        return None
    raise refuse("message to be replied not found")


def _put(world: World, chat: Chat, message: Message) -> Json:
    message.id = chat.new_id()
    chat.add(message)
    world.changed("message", chat.id, message)
    return message.json(chat)
