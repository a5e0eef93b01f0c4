"""Days of somebody's life, and the pictures of them: for the tests of the calendar and of the Sunday card."""

import io
from datetime import timedelta

from PIL import Image

from reminderbot.demo.telegram.state import Message
from tests.world import MONDAY, Somebody, World


def picture(here: World, message: Message) -> Image.Image:
    """The photo of a message, opened."""
    assert message.photo, "not a picture"
    return Image.open(io.BytesIO(here.tele.world.files.get(message.photo).content))


def lives(here: World, ana: Somebody, *habits: str, days: int = 5) -> None:
    """Days pass from Monday on, with one reminder of each habit on each of them, and done in these habits."""
    ana.says("/remind move every 8h 9:00-17:00")
    for day in range(days):
        here.until(MONDAY + timedelta(days=day, minutes=10))
        for habit in habits:
            ana.says(f"/done {habit}")
    ana.forgets_what_was_said()
