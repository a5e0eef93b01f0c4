"""What is wrong with the content, as sentences that name file, line and field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in the content folder."""

    file: str
    """Path relative to the content folder, with forward slashes; empty when the folder itself is meant."""
    line: int
    """Line in the file, from 1; 0 when no line applies (a missing folder)."""
    field: str
    """Dotted path of the field (`steps.en.0`); empty when the whole file is meant."""
    message: str
    """What is wrong, and where possible what to write instead."""

    def __str__(self) -> str:
        """Return `file:line: field message`, the form that editors can jump to."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        words = f"{self.field} {self.message}" if self.field else self.message
        return f"{place}: {words}" if place else words


class ContentError(Exception):
    """The content folder cannot be used; `problems` holds everything found, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems; the text of the error is one line for each."""
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "extra_forbidden": "is not a field that this file may have",
    "literal_error": "is {input!r}; it must be one of {expected}",
    "string_type": "is {input!r}, not text; put it in quotes",
    "int_type": "is {input!r}, not a whole number",
    "float_type": "is {input!r}, not a number",
    "bool_type": "is {input!r}; write true or false",
    "tuple_type": "is {input!r}, not a list",
    "mapping_type": "is {input!r}; write its languages below it, as in `en: ...`",
    "model_type": "is {input!r}; write its fields below it",
    "string_pattern_mismatch": "is {input!r}, which does not have the form {pattern}",
    "string_too_long": "is too long; at most {max_length} characters are allowed",
    "too_long": "has {actual_length} entries; at most {max_length} are allowed",
    "too_short": "needs at least {min_length} entry",
    "value_error": "{error}",
}


def innermost(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out a list's complaint about being short when it only lost the items that are complained about."""
    places = [detail["loc"] for detail in details]

    def repeats(detail: ErrorDetails) -> bool:
        loc = detail["loc"]
        return detail["type"] == "too_short" and any(
            place[: len(loc)] == loc and len(place) > len(loc) for place in places
        )

    return [detail for detail in details if not repeats(detail)]


def sentence(detail: ErrorDetails) -> str:
    """Return one pydantic error as a plain sentence for somebody who writes content."""
    form = _SENTENCES.get(detail["type"])
    if form is None:
        return f"is {detail['input']!r}: {detail['msg'].lower()}"
    return form.format(**{**detail.get("ctx", {}), "input": detail["input"]})
