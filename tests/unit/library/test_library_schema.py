"""JSON schemas for editors: every file that ships fits its schema, and what is wrong does not."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from reminderbot.library import schema, yamlfile
from reminderbot.library.loader import default_folder
from tests.unit.library.library_folder import NUDGE, STRETCH


@cache
def validator(kind: str) -> Draft202012Validator:
    found = schema.schema(schema.KINDS[kind])
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=FormatChecker())


def as_lists(value: Any) -> Any:
    """What a file says as JSON has it: content is read with tuples for lists."""
    return json.loads(json.dumps(value))


def errors(kind: str, path: Path) -> Iterator[str]:
    value, _ = yamlfile.read(path)
    for error in validator(kind).iter_errors(as_lists(value)):
        yield f"{path.name}: {error.json_path} {error.message[:200]}"


@pytest.mark.parametrize("kind", schema.KINDS)
def test_every_file_that_ships_fits_its_schema(kind: str) -> None:
    assert [
        error for path in default_folder().glob(schema.KINDS[kind].files) for error in errors(kind, path)
    ] == []


def test_every_file_that_ships_has_a_schema() -> None:
    folder = default_folder()
    known = {path for kind in schema.KINDS.values() for path in folder.glob(kind.files)}
    assert known == set(folder.rglob("*.yaml"))


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "where"),
    [
        ("nudge", NUDGE, "kind: stand", "kind: hop", "$.kind"),
        ("nudge", NUDGE, "  en: Stand up.\n", "", "$.text"),
        ("nudge", NUDGE, "Stand up.", "x" * 161, "$.text.en"),
        ("nudge", NUDGE, "Stand up.", '" "', "$.text.en"),
        ("nudge", NUDGE, "  de:", "  Deutsch:", "$.text"),
        ("nudge", NUDGE, "position:", "posture:", "$"),
        ("stretch", STRETCH, "hold: 30", "hold: long", "$.hold"),
        ("stretch", STRETCH, "reviewed: []", "review_by: soon", "$.review_by"),
        ("stretch", STRETCH, "- Sit tall.", "- Sit.\n    - Sit.\n    - Sit.\n    - Sit.", "$.steps.en"),
    ],
)
def test_what_an_editor_should_underline_is_refused(
    tmp_path: Path, kind: str, text: str, old: str, new: str, where: str
) -> None:
    assert old in text
    (tmp_path / "card.yaml").write_text(text.replace(old, new, 1))
    (error,) = errors(kind, tmp_path / "card.yaml")
    assert f": {where} " in error


def test_fields_are_described_also_those_that_all_cards_have() -> None:
    fields = schema.schema(schema.KINDS["stretch"])["properties"]
    assert fields["hold"]["description"].startswith("Seconds to hold")
    assert "from the day after" in fields["review_by"]["description"]
    assert "title" not in fields["hold"]


def test_each_kind_is_written_to_a_file_of_its_own(tmp_path: Path) -> None:
    written = dict(schema.write(tmp_path / "schemas"))
    assert written[tmp_path / "schemas/nudge.schema.json"] == "nudges/*.yaml"
    assert len(written) == len(schema.KINDS)
    assert all(json.loads(path.read_text())["$schema"] == schema.DIALECT for path in written)
