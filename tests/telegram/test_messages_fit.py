"""The words in content and the code that says them are one set."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reminderbot
from reminderbot.library import lengths
from reminderbot.library.loader import Library
from reminderbot.library.texts import CAPTION_UNITS
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


PASSED_ON = {"toast", "refusal.template"}
"""Names under which code hands on a notice that is written elsewhere."""


def _notices() -> Iterator[tuple[str, bool]]:
    """Every template that the code shows as a notice after a tap, whole or its fixed beginning."""
    root = Path(reminderbot.__file__).parent
    for path in (path for folder in ("services", "telegram") for path in (root / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            for shown in _shown_after_a_tap(node):
                yield from _templates(shown)


def _shown_after_a_tap(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(
            func=ast.Attribute(attr="commit"), args=[ast.Attribute(attr="toast"), _, _, template, *_]
        ):
            yield template
        case ast.Call(func=ast.Attribute(attr="toast"), args=[_, _, _, template, *_]):
            yield template
        case ast.Call(func=ast.Name(id="answer" | "add"), args=[_, _, _, _, _, template]):
            yield template
        case ast.Call(func=ast.Name(id="RefusedError"), args=[template, *_]):
            yield template
        case ast.keyword(arg="toast", value=template):
            yield template
        case ast.arguments(args=[*_, ast.arg(arg="toast")], defaults=[*_, template]):
            yield template


def _templates(shown: ast.expr) -> Iterator[tuple[str, bool]]:
    match shown:
        case ast.Constant(value=str(text)):
            yield text, True
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text, False
        case ast.IfExp(body=one, orelse=other):
            yield from (*_templates(one), *_templates(other))
        case ast.Call(func=ast.Attribute(attr="template"), args=[ast.Constant(value="toast")]):
            yield "answers.toast_", False
        case _ if ast.unparse(shown) in PASSED_ON:
            return
        case _:
            raise AssertionError(f"what is shown after a tap here? {ast.unparse(shown)}")


def test_every_notice_after_a_tap_is_held_to_its_length_when_it_is_read(library: Library) -> None:
    found = set(_notices())
    whole = {text for text, is_whole in found if is_whole}
    begun = tuple(text for text, is_whole in found if not is_whole)
    shown = {name for name in library.messages if name in whole or name.startswith(begun)}
    assert {"tapped.saved", "tapped.unknown", "answers.toast_done", "answers.already"} <= shown
    assert {
        name for name in shown if lengths.most(name, library.messages[name]) != lengths.NOTICE_UNITS
    } == set()


def test_every_caption_of_a_file_is_held_to_its_length_when_it_is_read(library: Library) -> None:
    captions = {text for text, whole in _literals() if whole and text.startswith("export.")}
    assert captions
    assert {lengths.most(name, library.messages[name]) for name in captions} == {CAPTION_UNITS}
