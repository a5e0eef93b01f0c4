"""An offline Telegram: a Bot API server with people in it, in process or over HTTP on loopback."""

from reminderbot.demo.telegram.engine import TOKEN, OfflineTelegram, Reply
from reminderbot.demo.telegram.faults import Fault
from reminderbot.demo.telegram.people import Group, Person
from reminderbot.demo.telegram.request import OfflineRequest
from reminderbot.demo.telegram.server import serve
from reminderbot.demo.telegram.state import ApiError, Call, Message, Toast
from reminderbot.demo.telegram.world import Change

__all__ = [
    "TOKEN", "ApiError", "Call", "Change", "Fault", "Group", "Message", "OfflineRequest", "OfflineTelegram",
    "Person", "Reply", "Toast", "serve",
]  # fmt: skip
