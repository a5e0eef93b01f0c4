"""One YAML file as plain values, each with its line; problems as sentences, never as tracebacks.

Of YAML only mappings, lists, text, whole and decimal numbers, true, false and null are taken. `no`, `off`
and `21:00` stay text, which they are not in YAML 1.1. Lists become tuples, so that models can be frozen.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from reminderbot.library.problems import Problem

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # a PyYAML built without libyaml: slower, but the same
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

LARGEST: Final = 256 * 1024
"""Bytes; a content file is read by people and is far smaller."""
_DEEPEST: Final = 20
_PREFIX: Final = "tag:yaml.org,2002:"
_TYPES: Final[Mapping[str, Callable[[str], object]]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": "true".__eq__,
    "null": lambda _: None,
}
_TAGS: Final = frozenset(_PREFIX + name for name in (*_TYPES, "map", "seq"))
_TAB: Final = re.compile(r"^\s*\t", re.MULTILINE)


class _Loader(_SafeLoader):
    """The safe loader with the few plain types of YAML 1.2's core."""


_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
):
    _Loader.add_implicit_resolver(_PREFIX + _name, re.compile(_pattern), list(_first))
_Loader.add_implicit_resolver(_PREFIX + "null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its file, and where the values inside it stand."""

    line: int
    inside: dict[str | int, "Place"] = field(default_factory=dict)

    def find(self, loc: Sequence[str | int]) -> tuple[int, str]:
        """Return line and dotted field for a pydantic location.

        Parts that the file does not have (a missing field, the name of a model) keep the line of the
        nearest value around them; only the last of them is named.
        """
        place, path, missing = self, [], ""
        for part in loc:
            if part in place.inside:
                place, missing = place.inside[part], ""
                path.append(str(part))
            elif part != "[key]":
                missing = str(part)
        return place.line, ".".join([*path, missing] if missing else path)


class Unreadable(Exception):
    """A file that is not what YAML for people should be; its problem is a sentence."""

    def __init__(self, line: int, message: str, fields: str = "") -> None:
        """Keep line, sentence and field."""
        self.line, self.message, self.field = line, message, fields
        super().__init__(message)

    def problem(self, file: str) -> Problem:
        """Return it as a problem of this file."""
        return Problem(file, self.line, self.field, self.message)


def read(path: Path) -> tuple[Any, Place]:
    """Return a file's value (mappings as dict, lists as tuple) and its places. Raises Unreadable."""
    node = _compose(_text(path))
    seen: set[int] = set()
    return _build(node, seen, ())


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(0, f"cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise Unreadable(0, f"is larger than {LARGEST // 1024} KiB, too large for a content file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(line, "is not UTF-8 text; save the file as UTF-8") from None
    if tab := _TAB.search(text):
        raise Unreadable(text.count("\n", 0, tab.end()) + 1, "starts with a tab; YAML takes only spaces")
    return text


def _compose(text: str) -> yaml.Node:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark else 1, f"is not valid YAML: {error.problem}") from None
    except yaml.YAMLError as error:
        reason = getattr(error, "reason", "cannot be parsed")
        raise Unreadable(1, f"is not valid YAML: {reason}") from None
    finally:
        loader.dispose()
    if node is None:
        raise Unreadable(1, "is empty")
    return node


def _build(node: yaml.Node, seen: set[int], path: tuple[str, ...]) -> tuple[Any, Place]:
    line = node.start_mark.line + 1
    if len(path) > _DEEPEST:
        raise Unreadable(line, f"is nested more than {_DEEPEST} levels deep")
    if node.tag not in _TAGS:
        raise Unreadable(line, f"has the tag {node.tag}, which content files may not use", ".".join(path))
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, path), Place(line)
    if id(node) in seen:
        raise Unreadable(line, "uses an anchor or alias (& or *); write the value out", ".".join(path))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, seen, path)
    items = [_build(item, seen, (*path, str(number))) for number, item in enumerate(node.value)]
    inside: dict[str | int, Place] = {number: place for number, (_, place) in enumerate(items)}
    return tuple(value for value, _ in items), Place(line, inside)


def _mapping(node: yaml.MappingNode, seen: set[int], path: tuple[str, ...]) -> tuple[dict[str, Any], Place]:
    values: dict[str, Any] = {}
    inside: dict[str | int, Place] = {}
    for key_node, value_node in node.value:
        line, key = key_node.start_mark.line + 1, key_node.value
        if not isinstance(key_node, yaml.ScalarNode):
            raise Unreadable(line, "has a key that is not a word", ".".join(path))
        if key in values:
            message = f"is written twice, first in line {inside[key].line}"
            raise Unreadable(line, message, ".".join((*path, key)))
        value, place = _build(value_node, seen, (*path, key))
        values[key], inside[key] = value, Place(line, place.inside)
    return values, Place(node.start_mark.line + 1, inside)


def _scalar(node: yaml.ScalarNode, path: tuple[str, ...]) -> object:
    name = node.tag.removeprefix(_PREFIX)
    try:
        return _TYPES[name](node.value)
    except ValueError:
        message = f"is {node.value[:40]!r}, which is not of the type !!{name}"
        raise Unreadable(node.start_mark.line + 1, message, ".".join(path)) from None
