"""Texts that people read, each under a language key, with their lengths checked when they are read.

Telegram counts text in UTF-16 units, so those are counted wherever Telegram sets the limit (Bot API: message
text 4096, caption 1024). Lengths that only serve the reader (nudge, step, label) are counted in characters.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Generic, TypeVar

from pydantic import AfterValidator, ConfigDict, Field, RootModel, StringConstraints, field_validator

TEXT_UNITS: Final = 4096
"""Longest message text, in UTF-16 units (Bot API, sendMessage)."""
CAPTION_UNITS: Final = 1024
"""Longest caption under a picture, in UTF-16 units (Bot API, sendPhoto)."""
BUTTON_BYTES: Final = 64
"""Longest button label, in UTF-8 bytes."""
NUDGE_CHARACTERS: Final = 160
"""Longest nudge, in characters: it is read in five seconds."""
STEP_CHARACTERS: Final = 120
"""Longest step or cue of an exercise, in characters."""
TITLE_CHARACTERS: Final = 60
"""Longest title or label, in characters: one line on a phone."""
FALLBACK: Final = "en"
"""The language that every text must have."""

V = TypeVar("V")


def utf16_units(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank; write the text or remove the line")
    return text


def _within(measure: Callable[[str], int], most: int, what: str) -> AfterValidator:
    def check(text: str) -> str:
        if (size := measure(text)) > most:
            raise ValueError(f"is {size} {what} long; at most {most} are allowed")
        return text

    return AfterValidator(check)


Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})?$")]
"""A language key in lower case: en, de, pt-br."""
Written = Annotated[str, AfterValidator(_written)]
"""A text that is not blank."""
CaptionLine = Annotated[Written, _within(utf16_units, CAPTION_UNITS, "UTF-16 units")]
ButtonLine = Annotated[Written, _within(lambda text: len(text.encode()), BUTTON_BYTES, "bytes")]
NudgeLine = Annotated[Written, _within(len, NUDGE_CHARACTERS, "characters")]
StepLine = Annotated[Written, _within(len, STEP_CHARACTERS, "characters")]
TitleLine = Annotated[Written, _within(len, TITLE_CHARACTERS, "characters")]


class ByLanguage(RootModel[Mapping[Language, V]], Generic[V]):
    """A value for each language; English is always there."""

    model_config = ConfigDict(frozen=True, strict=True)

    @field_validator("root")
    @classmethod
    def _has_fallback(cls, texts: Mapping[str, V]) -> Mapping[str, V]:
        if FALLBACK not in texts:
            raise ValueError(f"has no English text; add a line that starts with {FALLBACK}:")
        return MappingProxyType(dict(texts))

    def get(self, language: str = FALLBACK) -> V:
        """Return the value for a tag such as Telegram's `pt-BR`: that language, else `pt`, else English."""
        tag = language.lower().replace("_", "-")
        for key in (tag, tag.partition("-")[0]):
            if key in self.root:
                return self.root[key]
        return self.root[FALLBACK]

    @property
    def languages(self) -> frozenset[str]:
        """The languages it has."""
        return frozenset(self.root)


class Text(ByLanguage[CaptionLine]):
    """A text short enough for a caption, so that it may stand under a picture."""

    def __str__(self) -> str:
        """Return the English text."""
        return self.get()


class Title(ByLanguage[TitleLine]):
    """A title or label of one line."""

    def __str__(self) -> str:
        """Return the English title."""
        return self.get()


class NudgeText(ByLanguage[NudgeLine]):
    """The text of a nudge."""

    def __str__(self) -> str:
        """Return the English text."""
        return self.get()


class Lines(ByLanguage[Annotated[tuple[StepLine, ...], Field(min_length=1, max_length=3)]]):
    """One to three short lines: the steps or the cues of an exercise."""
