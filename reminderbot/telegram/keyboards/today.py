"""The button of the card of today."""

from collections.abc import Mapping
from typing import Any

from reminderbot.services import todaycard
from reminderbot.telegram.callbacks import encode
from reminderbot.telegram.keyboards.layout import Layout, Row

CARD = "card"
"""Verb: what the button of the card does."""


def _card(args: Mapping[str, Any]) -> list[Row]:
    button = args["button"]
    return [[(button, encode(CARD, button))]] if button else []


LAYOUTS: Mapping[str, Layout] = {todaycard.TEMPLATE: _card}
"""By template."""
