"""The words in content and the code that says them are one set."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reminderbot
from reminderbot.library.loader import Library
from reminderbot.services.work import Surroundings
from reminderbot.telegram import keyboards

ID = re.compile(r"[a-z]+(\.[a-z0-9_]*[a-z0-9])+")
PREFIX = re.compile(r"[a-z]+\.([a-z_]+_)?")
SPEAKERS = ("services", "telegram", "library")
ZONE_FILE = "zone.tab"
"""The one text of this form that is no message."""


def _literals() -> Iterator[tuple[str, bool]]:
    """Every text in the code that may be a message id: whole, or the fixed beginning of one that is put together."""
    root = Path(reminderbot.__file__).parent
    for path in (path for folder in SPEAKERS for path in (root / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]) if "." in text:
                    yield text, False
                case ast.Constant(value=str(text)) if ID.fullmatch(text):
                    yield text, True
                case ast.Constant(value=str(text)) if PREFIX.fullmatch(text):
                    yield text, False


@pytest.fixture(scope="module")
def library(around: Surroundings) -> Library:
    return around.library


def test_every_message_that_the_code_names_is_there(library: Library) -> None:
    topics = {name.partition(".")[0] for name in library.messages}
    named = {text for text, whole in _literals() if whole and text.partition(".")[0] in topics}
    assert named - {ZONE_FILE} - set(library.messages) == set()


def test_every_message_that_is_there_is_said_somewhere(library: Library) -> None:
    whole = {text for text, is_whole in _literals() if is_whole}
    begun = tuple(text for text, is_whole in _literals() if not is_whole)
    silent = [name for name in library.messages if name not in whole and not name.startswith(begun)]
    assert silent == []


def test_every_layout_stands_under_a_message_with_buttons(library: Library) -> None:
    without = [name for name in keyboards.LAYOUTS if not library.messages[name].buttons]
    assert without == []


def test_every_message_with_buttons_has_a_layout(library: Library) -> None:
    with_buttons = {name for name, message in library.messages.items() if message.buttons}
    assert with_buttons - set(keyboards.LAYOUTS) == set()


def test_the_labels_are_the_agreed_ones(library: Library) -> None:
    labels = {message.button(name) for message in library.messages.values()
              for name in ("done", "skip", "snooze", "undo") if name in message.buttons}  # fmt: skip
    assert {"Done", "Skip", "Snooze", "Undo"} <= labels
