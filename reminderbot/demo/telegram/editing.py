"""The methods that change or remove what is already in a chat, and that answer taps."""

from __future__ import annotations

from datetime import timedelta

from telegram.constants import ReactionEmoji

from reminderbot.demo.telegram.checks import caption_of, markup_of, refuse, text_of
from reminderbot.demo.telegram.files import show
from reminderbot.demo.telegram.params import Params
from reminderbot.demo.telegram.state import Chat, Json, Message, StoredFile, Toast
from reminderbot.demo.telegram.updates import TAP_KEPT
from reminderbot.demo.telegram.world import World

DELETE_WITHIN = timedelta(hours=48)
TOAST_MAX = 200
MEDIA = ("photo", "animation", "document")
REACTIONS = frozenset(str(emoji.value) for emoji in ReactionEmoji)
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(world: World, params: Params) -> Json:
    """editMessageText: a new text and a new (or no) keyboard for one of the bot's text messages."""
    chat, message = _own(world, params, "edit")
    if message.kind != "text":
        raise refuse("there is no text in the message to edit")
    text, entities = text_of(params)
    return _change(world, chat, message, text, entities, markup_of(params))


def edit_message_caption(world: World, params: Params) -> Json:
    """editMessageCaption: a new caption and keyboard for a picture or document."""
    chat, message = _own(world, params, "edit")
    if message.kind == "text":
        raise refuse("there is no caption in the message to edit")
    text, entities = caption_of(params.values)
    return _change(world, chat, message, text, entities, markup_of(params))


def edit_message_media(world: World, params: Params) -> Json:
    """editMessageMedia: another picture with its caption and keyboard, also for what was a text."""
    chat, message = _own(world, params, "edit")
    media = params.get("media")
    if not isinstance(media, dict) or media.get("type") not in MEDIA:
        raise refuse("can't parse input media")
    text, entities = caption_of(media)
    stored = world.files.take(media["type"], str(media.get("media") or ""), params)
    return _change(world, chat, message, text, entities, markup_of(params), stored)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    """editMessageReplyMarkup: other buttons, or none, under the same content."""
    chat, message = _own(world, params, "edit")
    return _change(world, chat, message, message.text, message.entities, markup_of(params))


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage: any message of a private chat, within 48 hours."""
    chat, message = _find(world, params, "delete")
    if world.clock() - message.at > DELETE_WITHIN:
        raise refuse("message can't be deleted for everyone")
    world.delete(chat, message)
    return True


def pin_chat_message(world: World, params: Params) -> bool:
    """pinChatMessage: a pinned message of the chat, which a line in the chat tells of unless it was pinned before."""
    chat, message = _find(world, params, "pin")
    if not message.pinned:
        world.pin(chat, message, world.bot)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """unpinChatMessage: the given message, or else the newest pinned one."""
    if params.get("message_id") is not None:
        chat, message = _find(world, params, "unpin")
    else:
        chat = world.chat(params.get("chat_id"))
        pinned = [m for m in chat.messages.values() if m.pinned]
        if not pinned:
            raise refuse("message to unpin not found")
        message = pinned[-1]
    world.unpin(chat, message)
    return True


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction: one emoji of Telegram's list under a message, or none."""
    chat, message = _find(world, params, "react")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise refuse("too many reactions")
    emoji = reactions[0].get("emoji") if reactions else None
    if reactions and emoji not in REACTIONS:
        raise refuse("REACTION_INVALID")
    message.reaction = emoji
    world.changed("reaction", chat.id, message)
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery.

    Ends the wait after a tap; a text is shown to the person. Refused after 150 seconds.
    """
    callback_id = str(params.get("callback_query_id"))
    known = world.callbacks.get(callback_id)
    if known is None or world.clock() - known[1] > TAP_KEPT:
        raise refuse(TOO_OLD)
    chat = known[0]
    text = params.get("text") or ""
    if len(text) > TOAST_MAX:
        raise refuse("MESSAGE_TOO_LONG")
    toast = Toast(world.clock(), text, bool(params.get("show_alert")), callback_id)
    if text:
        chat.toasts.append(toast)
    world.changed("toast", chat.id, toast)
    return True


def _find(world: World, params: Params, verb: str) -> tuple[Chat, Message]:
    chat = world.chat(params.get("chat_id"))
    message_id = params.get("message_id")
    message = chat.visible(message_id) if message_id is not None else None
    if message is None:
        raise refuse(f"message to {verb} not found")
    return chat, message


def _own(world: World, params: Params, verb: str) -> tuple[Chat, Message]:
    chat, message = _find(world, params, verb)
    if not message.from_bot or message.kind == "service":
        raise refuse("message can't be edited")
    return chat, message


def _change(
    world: World, chat: Chat, message: Message, text: str, entities: list[Json], markup: Json | None,
    stored: StoredFile | None = None,
) -> Json:  # fmt: skip
    rows = (markup or {}).get("inline_keyboard") or []
    file_id = stored.file_id if stored else message.file_id
    content = (text, entities, file_id)
    shown = (message.text, message.entities, message.file_id)
    if (content, rows) == (shown, message.inline_rows):
        raise refuse(SAME)
    if content != shown:
        message.edited_at = world.clock()
    if stored:
        show(message, stored)
    message.text, message.entities, message.markup = text, entities, markup
    world.changed("edit", chat.id, message)
    return message.json(chat)
