"""What is simply on or off in a chat, and the words that switch it."""

from enum import StrEnum
from typing import NamedTuple

from reminderbot.rules import plain


class Switch(StrEnum):
    """Something that is on or off: reminders without a sound, and the pinned card of today."""

    SILENT = "silent"
    CARD = "card"


class Setting(NamedTuple):
    """Which switch, and whether it is to be on."""

    switch: Switch
    on: bool


_ON = {
    Switch.SILENT: ("silent", "silent on", "silent reminders", "silent reminders on", "sound off"),
    Switch.CARD: ("pin today", "pin today on", "today card", "today card on", "card on"),
}
_OFF = {
    Switch.SILENT: ("silent off", "silent reminders off", "not silent", "sound on", "with sound"),
    Switch.CARD: ("unpin today", "unpin", "pin today off", "today card off", "card off"),
}
_SETTINGS = {
    words: Setting(switch, on)
    for on, known in ((True, _ON), (False, _OFF))
    for switch, several in known.items()
    for words in several
}


def read(text: str) -> Setting | None:
    """Read words that switch something: "silent off", "Pin today, please"; none when they switch nothing."""
    return _SETTINGS.get(plain.asked(text))
