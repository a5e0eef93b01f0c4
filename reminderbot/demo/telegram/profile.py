"""The methods about the bot itself, about chats, files and the webhook."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from reminderbot.demo.telegram.checks import refuse
from reminderbot.demo.telegram.params import Params
from reminderbot.demo.telegram.state import ApiError, Json
from reminderbot.demo.telegram.world import Webhook, World

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMANDS_MAX = 100
LONGEST = {"description": 512, "short_description": 120, "name": 64}
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def get_me(world: World, _params: Params) -> Json:
    """getMe: the bot's own user, with what it may do."""
    rights = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**world.bot, **rights}


def get_chat(world: World, params: Params) -> Json:
    """getChat: the full chat."""
    chat = world.chat(params.get("chat_id"))
    pinned = [m for m in chat.messages.values() if m.pinned]
    extra = {"pinned_message": pinned[-1].json(chat, deep=False)} if pinned else {}
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    rest = {"accent_color_id": 0, "max_reaction_count": 1, "accepted_gift_types": gifts}
    return {**chat.json(), **rest, **extra}


def leave_chat(world: World, params: Params) -> bool:
    """leaveChat: the bot goes out of a group."""
    chat = world.chat(params.get("chat_id"))
    if chat.kind == "private":
        raise refuse("chat member status can't be changed in private chats")
    chat.refusal = f"bot is not a member of the {chat.kind} chat"
    world.member_change(chat, world.bot, "member", "left")
    return True


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands: at most 100 commands for a scope and a language."""
    commands = params.get("commands") or []
    if len(commands) > COMMANDS_MAX:
        raise refuse("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND.fullmatch(command.get("command", "")):
            raise refuse("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise refuse("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[_key("commands", params)] = commands
    world.changed("chat", 0)
    return True


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands: exactly those of this scope and language."""
    found: list[Json] = world.profile.get(_key("commands", params), [])
    return found


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands: none for this scope and language."""
    world.profile.pop(_key("commands", params), None)
    world.changed("chat", 0)
    return True


def set_profile_text(world: World, params: Params) -> bool:
    """setMyName, setMyDescription, setMyShortDescription: one text for a language."""
    name = _text_name(params.method)
    value = params.get(name) or ""
    if len(value) > LONGEST[name]:
        raise refuse(f"BOT_{name.upper()}_TOO_LONG")
    world.profile[_key(name, params)] = value
    world.changed("chat", 0)
    return True


def get_profile_text(world: World, params: Params) -> Json:
    """getMyName, getMyDescription, getMyShortDescription."""
    name = _text_name(params.method)
    default = world.bot["first_name"] if name == "name" else ""
    return {name: world.profile.get(_key(name, params), default)}


def get_file(world: World, params: Params) -> Json:
    """getFile: the download path of a file id."""
    stored = world.files.get(str(params.get("file_id")))
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": len(stored.content),
        "file_path": stored.path,
    }


def set_webhook(world: World, params: Params) -> bool:
    """setWebhook: https, or http on loopback, with a secret of A-Z a-z 0-9 _ -. An empty url removes it."""
    url, secret = params.get("url") or "", params.get("secret_token")
    if secret is not None and not SECRET.fullmatch(secret):
        raise refuse("secret token contains unallowed characters")
    if not url:
        return delete_webhook(world, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise refuse("bad webhook: An HTTPS URL must be provided for webhook")
    _common(world, params)
    world.webhook = Webhook(url, secret, int(params.get("max_connections") or 40))
    world.updates.end_poll(ApiError(409, "Conflict: terminated by setWebhook request"))
    return True


def delete_webhook(world: World, params: Params) -> bool:
    """deleteWebhook: back to getUpdates."""
    _common(world, params)
    world.webhook = None
    return True


def get_webhook_info(world: World, _params: Params) -> Json:
    """getWebhookInfo: where updates go and how many wait."""
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates.pending()),
    }
    if world.updates.allowed:
        info["allowed_updates"] = list(world.updates.allowed)
    if world.webhook:
        info |= {"url": world.webhook.url, "max_connections": world.webhook.max_connections}
    if world.webhook and world.webhook.last_error:
        info |= {
            "last_error_message": world.webhook.last_error,
            "last_error_date": world.webhook.last_error_at,
        }
    return info


def _common(world: World, params: Params) -> None:
    if params.get("drop_pending_updates"):
        world.updates.clear()
    set_allowed(world, params)


def set_allowed(world: World, params: Params) -> None:
    """Keep allowed_updates where a call names them; they persist until named again."""
    if params.get("allowed_updates") is not None:
        world.updates.allowed = tuple(params.get("allowed_updates"))


def _key(name: str, params: Params) -> tuple[str, str]:
    scope = json.dumps(params.get("scope") or {"type": "default"}, sort_keys=True)
    return name, f"{scope}:{params.get('language_code') or ''}"


def _text_name(method: str) -> str:
    return {"Name": "name", "Description": "description", "ShortDescription": "short_description"}[method[5:]]


def profile_text(world: World, name: str) -> str:
    """The bot's name, description or short_description for people without a language of their own."""
    return str(world.profile.get((name, f"{json.dumps({'type': 'default'})}:"), ""))


def commands_for(world: World, chat_id: int, language: str) -> list[Json]:
    """The commands a person sees in a private chat: the narrowest scope and the language that fit."""
    scopes: list[Json] = [
        {"type": "chat", "chat_id": chat_id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    for scope in scopes:
        for tongue in (language, ""):
            found: Any = world.profile.get(("commands", f"{json.dumps(scope, sort_keys=True)}:{tongue}"))
            if found:
                return list(found)
    return []
