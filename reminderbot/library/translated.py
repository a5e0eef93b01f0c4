"""Content as if it were written in one language: every text in it, or in English where it is missing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from reminderbot.library.loader import Library
from reminderbot.library.texts import FALLBACK, ByLanguage

T = TypeVar("T")


def library_in(library: Library, language: str) -> Library:
    """Return the habits, cards, conditions, sequences and messages in a language; English stands where it lacks one.

    ``language`` is a tag such as Telegram's ``pt-BR``. What asks for no language then gets this one.
    """
    return replace(
        library,
        habits=_in(library.habits, language),
        cards=_in(library.cards, language),
        conditions=_in(library.conditions, language),
        sequences=_in(library.sequences, language),
        messages=_in(library.messages, language),
    )


def _in(value: T, language: str) -> T:
    found: Any = value
    match value:
        case ByLanguage():
            found = type(value).model_construct(root={FALLBACK: value.get(language)})
        case BaseModel():
            fields = {name: getattr(value, name) for name in type(value).model_fields}
            found = value.model_copy(update={name: _in(field, language) for name, field in fields.items()})
        case Mapping():
            found = type(found)({key: _in(item, language) for key, item in value.items()})
        case tuple():
            found = tuple(_in(item, language) for item in value)
    return cast(T, found)
