"""JSON schemas of the content files, from the models that check them, so that an editor knows every field.

They help while writing; what two fields say of one another, or two files, only `check` sees.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from reminderbot.library import guided, learning, models, numbers, policy, triage
from reminderbot.library.messages import Message, Template
from reminderbot.library.provenance import Id

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Kind(NamedTuple):
    """Files that have the same form."""

    files: str
    """Which they are, relative to the content folder, as a glob."""
    form: Any
    """What each must be, as pydantic takes it."""


KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "habit": Kind("habits/*.yaml", models.Habit),
        "nudge": Kind("nudges/*.yaml", models.Nudge),
        "stretch": Kind("stretches/*.yaml", models.Stretch),
        "fact": Kind("facts/*.yaml", models.Fact),
        "condition": Kind("conditions/*.yaml", learning.Condition),
        "sequence": Kind("sequences/*.yaml", learning.Sequence),
        "messages": Kind("messages/*.yaml", Mapping[str, Template | Message]),
        "numbers": Kind(numbers.FILE, numbers.Numbers),
        "oncall": Kind(policy.FILE, policy.Policy),
        "guided-check": Kind(guided.FILE, guided.Check),
        "red-flag": Kind("triage/conditions/*.yaml", triage.Condition),
        "red-flag-concepts": Kind("triage/concepts/*.yaml", Mapping[Id, triage.Concept]),
        "red-flag-language": Kind("triage/languages/*.yaml", triage.Foreign),
        "red-flag-cues": Kind("triage/cues.yaml", triage.Cues),
        "red-flag-typos": Kind("triage/typos.yaml", triage.Typos),
        "red-flag-lists": Kind("triage/lists*.yaml", Mapping[str, tuple[str, ...]]),
        "ordinary-talk": Kind("triage/ordinary*.yaml", Mapping[str, tuple[str, ...]]),
    }
)
"""Every form of file, by the name of its schema."""


class _Described(GenerateJsonSchema):
    """Says of each field what its docstring says."""

    def field_title_should_be_set(self, _schema: Any) -> bool:
        """No field has a title: it would only repeat the field's name."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Add the descriptions of the fields."""
        found = super().model_schema(schema)
        for name, words in {} if schema.get("root_model") else _told(schema["cls"]).items():
            written = schema["cls"].model_fields[name].alias or name
            found["properties"][written]["description"] = words
        return found


def schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON schema of one kind of file."""
    found = TypeAdapter(kind.form).json_schema(schema_generator=_Described)
    return {"$schema": DIALECT, "$comment": f"for {kind.files}", **found}


def as_json(shown: Mapping[str, Any]) -> str:
    """Return it as indented JSON with a line end."""
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> Iterator[tuple[Path, str]]:
    """Write one file a kind into a folder, which is made; yield each file and the content files it is for.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in KINDS.items():
        path = folder / f"{name}.schema.json"
        path.write_text(as_json(schema(kind)), "utf-8")
        yield path, kind.files


def _told(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings below the fields of a model and of those that it builds on, by field."""
    found: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part.__module__.startswith(__package__):
            found |= _below(inspect.getsource(part))
    return {name: words for name, words in found.items() if name in model.model_fields}


def _below(source: str) -> Iterator[tuple[str, str]]:
    (definition,) = ast.parse(textwrap.dedent(source)).body
    for field, text in pairwise(getattr(definition, "body", ())):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, inspect.cleandoc(words)
