"""The card of today as somebody has it above the chat, and how often it was written."""

from collections.abc import Sequence
from typing import Any

from reminderbot.demo.telegram.state import Call, Message
from tests.world import Somebody


def card(who: Somebody) -> Any:
    """The newest pinned message of the bot; none without one."""
    return next((message for message in reversed(who.person.messages) if message.pinned), None)


def notes(who: Somebody) -> Sequence[Message]:
    """The lines in the chat that tell of a pin."""
    return [message for message in who.world.tele.messages(who.id) if message.kind == "service"]


def writings(who: Somebody) -> Sequence[Call]:
    """The calls that have written the card, the first of which has sent it."""
    calls = [call for call in who.world.tele.calls if call.ok and call.chat_id == who.id]
    return [call for call in calls if str(call.params.get("text")).startswith(("Next:", "Paused until"))]
