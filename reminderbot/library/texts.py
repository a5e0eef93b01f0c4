"""Texts that people read, each under a language key, with their lengths checked when they are read.

Telegram counts text in UTF-16 units, so those are counted wherever Telegram sets the limit (Bot API: message
text 4096, caption 1024). Lengths that only serve the reader (nudge, step, label) are counted in characters.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final, Generic, TypeVar

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    RootModel,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

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
SHORT_CHARACTERS: Final = 90
"""Longest line under a picture that says what to do, in characters."""
SENTENCE_CHARACTERS: Final = 160
"""Longest sentence or line of what is read up, in characters."""
PARAGRAPH_CHARACTERS: Final = 500
"""Longest paragraph of what is read up, in characters."""
TITLE_CHARACTERS: Final = 60
"""Longest title or label, in characters: one line on a phone."""
FALLBACK: Final = "en"
"""The language that every text must have."""

V = TypeVar("V")
S = TypeVar("S", bound=str)


def utf16_units(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("is blank; write the text or remove the line")
    return text


@dataclass(frozen=True, slots=True)
class _Within:
    """Refuses a text that is too long, as it is measured here; editors are told the number."""

    measure: Callable[[str], int]
    most: int
    what: str

    def __call__(self, text: str) -> str:
        """Return the text. Raises ValueError with a sentence when it is too long."""
        if (size := self.measure(text)) > self.most:
            raise ValueError(f"is {size} {self.what} long; at most {self.most} are allowed")
        return text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after what is checked already."""
        return core_schema.no_info_after_validator_function(self, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Name the length; in units or bytes it is too lenient for some letters, never too strict."""
        return handler(schema) | {"maxLength": self.most}


LANGUAGE: Final = r"^[a-z]{2,3}(-[a-z]{2,4})?$"
"""What a language key looks like."""
Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]
"""A language key in lower case: en, de, pt-br."""
Written = Annotated[str, AfterValidator(_written), WithJsonSchema({"type": "string", "pattern": r"\S"})]
"""A text that is not blank."""
CaptionLine = Annotated[Written, _Within(utf16_units, CAPTION_UNITS, "UTF-16 units")]
ButtonLine = Annotated[Written, _Within(lambda text: len(text.encode()), BUTTON_BYTES, "bytes")]
NudgeLine = Annotated[Written, _Within(len, NUDGE_CHARACTERS, "characters")]
StepLine = Annotated[Written, _Within(len, STEP_CHARACTERS, "characters")]
ShortLine = Annotated[Written, _Within(len, SHORT_CHARACTERS, "characters")]
SentenceLine = Annotated[Written, _Within(len, SENTENCE_CHARACTERS, "characters")]
ParagraphLine = Annotated[Written, _Within(len, PARAGRAPH_CHARACTERS, "characters")]
TitleLine = Annotated[Written, _Within(len, TITLE_CHARACTERS, "characters")]


class ByLanguage(RootModel[Mapping[Language, V]], Generic[V]):
    """A value for each language; English is always there."""

    model_config = ConfigDict(
        frozen=True, strict=True, json_schema_extra={"required": [FALLBACK], "additionalProperties": False}
    )

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


class _OneText(ByLanguage[S], Generic[S]):
    def __str__(self) -> str:
        """Return the English text."""
        return self.get()


class Text(_OneText[CaptionLine]):
    """A text short enough for a caption, so that it may stand under a picture."""


class Title(_OneText[TitleLine]):
    """A title or label of one line."""


class NudgeText(_OneText[NudgeLine]):
    """The text of a nudge."""


class Short(_OneText[ShortLine]):
    """One line under a picture."""


class Sentence(_OneText[SentenceLine]):
    """One sentence."""


class Paragraph(_OneText[ParagraphLine]):
    """One short paragraph."""


class Lines(ByLanguage[Annotated[tuple[StepLine, ...], Field(min_length=1, max_length=3)]]):
    """One to three short lines: the steps or the cues of an exercise."""


class Helps(ByLanguage[Annotated[tuple[SentenceLine, ...], Field(min_length=2, max_length=5)]]):
    """Two to five lines on what helps."""


class BeSeen(ByLanguage[Annotated[tuple[SentenceLine, ...], Field(min_length=1, max_length=4)]]):
    """One to four lines on when to be seen."""
