"""What is wrong with the content, as sentences that name file, line and field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic_core import ErrorDetails

from reminderbot.library.texts import LANGUAGE


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


_KEY: Final = ("[key]",)
"""How a place ends at which the name of a field is meant, and not its value."""
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
    "too_short": "has too few entries; at least {min_length} must be there",
    "greater_than": "is {input!r}; it must be more than {gt}",
    "greater_than_equal": "is {input!r}; it must be at least {ge}",
    "less_than_equal": "is {input!r}; it must be at most {le}",
    "value_error": "{error}",
}


def innermost(details: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out what only follows from another complaint.

    A list is short when it only lost the items that are complained about; what stands below a wrong key is moot.
    """
    places = [detail["loc"] for detail in details]

    def repeats(detail: ErrorDetails) -> bool:
        loc = detail["loc"]
        shortened = detail["type"] == "too_short" and any(
            place[: len(loc)] == loc and len(place) > len(loc) for place in places
        )
        return shortened or any(
            place[-1:] == _KEY and place[:-1] == loc[: len(place) - 1] for place in places
        )

    return [detail for detail in details if detail["loc"][-1:] == _KEY or not repeats(detail)]


def sentence(detail: ErrorDetails) -> str:
    """Return one pydantic error as a plain sentence for somebody who writes content."""
    context = detail.get("ctx", {})
    if detail["loc"][-1:] == _KEY and context.get("pattern") == LANGUAGE:
        return "is not a language such as en or pt-br; where it is a piece of a text, put the text in quotes"
    form = _SENTENCES.get(detail["type"])
    if form is None:
        return f"is {detail['input']!r}: {detail['msg'].lower()}"
    return form.format(**{**context, "input": detail["input"]})
