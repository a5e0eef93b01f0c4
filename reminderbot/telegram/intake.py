"""Updates in: read, and stored before Telegram is told that they have come."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import structlog
from telegram import Bot, Update

from reminderbot.services.work import Work
from reminderbot.store.queries import inbox
from reminderbot.store.tables import InboxState
from reminderbot.telegram.context import Desk

log = structlog.get_logger()

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""Kinds of updates that are asked for; the setting persists at Telegram, so it is sent with every call."""

POLL_SECONDS = 30
"""How long Telegram may hold an empty answer; it caps this at 50."""

SLACK_SECONDS = 15
"""Beyond that time an unanswered poll counts as stuck."""


class Arrived(NamedTuple):
    """One update, with the chat that it belongs to and which of the kinds it is."""

    chat_id: int
    kind: str
    update: Update


def read(raw: Any, bot: Bot) -> Arrived | None:
    """An update of a kind that was asked for; none when it is of another, or can't be read."""
    try:
        update = Update.de_json(raw, bot)
        kind = next((kind for kind in ALLOWED_UPDATES if getattr(update, kind)), None)
    except Exception as error:  # a newer Bot API may have changed anything
        log.error("update can't be read", action="intake.unreadable", error=type(error).__name__)
        return None
    return Arrived(update.effective_chat.id, kind, update) if kind and update.effective_chat else None


def key_of(raw: Any) -> inbox.Key | None:
    """The chat and the number of an update of a kind that was asked for; none when they can't be told."""
    match raw:
        case {"update_id": int(number), "message": {"chat": {"id": int(chat_id)}}}:
            return inbox.Key(chat_id, number)
        case {"update_id": int(number), "edited_message": {"chat": {"id": int(chat_id)}}}:
            return inbox.Key(chat_id, number)
        case {"update_id": int(number), "callback_query": {"message": {"chat": {"id": int(chat_id)}}}}:
            return inbox.Key(chat_id, number)
        case {"update_id": int(number), "my_chat_member": {"chat": {"id": int(chat_id)}}}:
            return inbox.Key(chat_id, number)
    return None


class Intake:
    """Stores what Telegram delivers."""

    def __init__(self, desk: Desk, bot: Bot, ring: Callable[[], None]) -> None:
        """Take the desk, the bot, and what to ring when there is something to be answered."""
        self._desk, self._bot, self._ring = desk, bot, ring
        self._offset: int | None = None

    async def store(self, updates: Sequence[Any]) -> None:
        """Store updates as Telegram sent them; what comes a second time is known by its number.

        One that belongs to nobody is let go, so that it holds up no other. Raises DatabaseError, with nothing stored.
        """
        known = {key: raw for raw in updates if (key := key_of(raw))}
        if not all(map(key_of, updates)):
            log.warning("let go of updates that belong to nobody", action="intake.strange")
        if known:
            await self._desk.work(_store, known)
            self._ring()

    async def poll_once(self, seconds: int = POLL_SECONDS) -> int:
        """Ask for updates, store them, move the offset; how many came."""
        updates = await asyncio.wait_for(self._ask(seconds), seconds + 2 * SLACK_SECONDS)
        await self.store(updates)
        if updates:
            self._offset = max(raw["update_id"] for raw in updates) + 1
        return len(updates)

    async def _ask(self, seconds: int) -> list[dict[str, Any]]:
        # Not get_updates: when it can't read one update it loses the whole batch, and logs everybody's words in it.
        asked = {"offset": self._offset, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES}
        answer = await self._bot._post("getUpdates", asked, read_timeout=seconds + SLACK_SECONDS)
        return answer if isinstance(answer, list) else []


def _store(work: Work, updates: Mapping[inbox.Key, Any]) -> None:
    """Store what is new, encrypted."""
    forgotten = inbox.of_nobody(work.tx, [key.update_id for key in updates])
    rows = [
        {
            **key._asdict(),
            "received_at": work.at,
            "payload": work.around.vault.seal(raw),
            "state": InboxState.NEW,
        }
        for key, raw in updates.items()
        if key.update_id not in forgotten
    ]
    inbox.add(work.tx, rows)
