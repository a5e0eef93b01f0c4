"""What tests of cancelled single reminders need: asking for some, and the buttons of their card."""

from reminderbot.demo.telegram.state import Message
from tests.world import Somebody


def asks(ana: Somebody, *words: str) -> None:
    """Ask for single reminders."""
    for when in words:
        ana.says(f"remind me {when}")
    ana.forgets_what_was_said()


def labels(ana: Somebody, message: Message | None = None) -> list[list[str]]:
    """The buttons below a message, by default the newest, row by row."""
    rows = (message or ana.person.last).inline_rows
    return [[button["text"] for button in row] for row in rows]
