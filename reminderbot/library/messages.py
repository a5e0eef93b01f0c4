"""Messages with placeholders, in the HTML that Telegram understands; checked when read, filled in when sent.

`{name}` stands for an argument. `{days:day|days}` stands for a number and its word: "1 day", "3 days". `{{`
and `}}` are braces. Nothing else is allowed between braces: no attribute, no index, no format.
"""

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import Formatter
from types import MappingProxyType
from typing import Annotated, Any, Final, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from reminderbot.library.texts import TEXT_UNITS, ButtonLine, ByLanguage, Written, utf16_units

_TAG: Final = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>")
_ENTITY: Final = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_TAGS: Final = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a"}
    | {"blockquote", "tg-spoiler"}
)
_ATTRIBUTES: Final[Mapping[str, re.Pattern[str]]] = {
    "a": re.compile(r'\s+href="[^"]+"'),
    "blockquote": re.compile(r"(\s+expandable)?"),
}
_NO_ATTRIBUTES: Final = re.compile("")


class Html(str):
    """Text that is HTML already, so that `Message.render` does not escape it."""

    __slots__ = ()


class _Piece(NamedTuple):
    literal: str
    name: str | None
    forms: tuple[str, str] | None
    in_tag: bool


@lru_cache(maxsize=1024)
def _pieces(template: str) -> tuple[_Piece, ...]:
    """Split a template at its placeholders. Raises ValueError with a sentence when it is not well formed."""
    return tuple(_split(template))


def _split(template: str) -> Iterator[_Piece]:
    before = ""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError:
        raise ValueError("has a brace without its partner; write {{ or }} for a brace itself") from None
    for literal, name, spec, conversion in parsed:
        before += literal
        if name is None:
            yield _Piece(literal, None, None, False)
            continue
        if not name.isidentifier() or conversion or (spec and not re.fullmatch(r"[^|{}]+\|[^|{}]+", spec)):
            raise ValueError(f"has a placeholder that is neither {{name}} nor {{name:day|days}}: {name!r}")
        singular, _, plural = (spec or "").partition("|")
        yield _Piece(
            literal, name, (singular, plural) if spec else None, before.rfind("<") > before.rfind(">")
        )


def placeholders(template: str) -> frozenset[str]:
    """Return the names between braces. Raises ValueError when the template is not well formed."""
    return frozenset(piece.name for piece in _pieces(template) if piece.name)


def _shown(piece: _Piece, args: Mapping[str, object], *, plain: bool) -> str:
    if piece.name is None:
        return ""
    value = args[piece.name]
    text = str(value)
    if not plain and (piece.in_tag or not isinstance(value, Html)):
        text = html.escape(text, quote=piece.in_tag)
    return f"{text} {piece.forms[value != 1]}" if piece.forms else text


def fill(template: str, args: Mapping[str, object], *, plain: bool = False) -> str:
    """Return the template with its arguments filled in, escaped for HTML unless `plain` or marked `Html`.

    Arguments that it does not name are ignored, so a row written by another version still renders. Raises
    KeyError with the name of a missing argument.
    """
    return "".join(piece.literal + _shown(piece, args, plain=plain) for piece in _pieces(template))


def check_html(text: str) -> None:
    """Refuse what Telegram's HTML parse mode would: unknown, unclosed or crossing tags, bare `<`, `>` or `&`.

    Raises ValueError with a sentence that names the first fault.
    """
    stack: list[str] = []
    for tag in _TAG.finditer(text):
        closing, name, attributes = tag.groups()
        if name not in _TAGS:
            raise ValueError(f"has the tag <{name}>, which Telegram does not know")
        if closing:
            if not stack or stack.pop() != name:
                raise ValueError(f"closes <{name}> where it is not the innermost open tag")
            continue
        if not _ATTRIBUTES.get(name, _NO_ATTRIBUTES).fullmatch(attributes):
            raise ValueError(f"has attributes on <{name}> that Telegram does not take")
        if stack and stack[-1] in ("code", "pre"):
            raise ValueError(f"has <{name}> inside <{stack[-1]}>, where Telegram takes only text")
        stack.append(name)
    if stack:
        raise ValueError(f"does not close <{stack[-1]}>")
    rest = _ENTITY.sub("", _TAG.sub("", text))
    if stray := re.search("[<>&]", rest):
        raise ValueError(f"has a bare {stray[0]}; write {html.escape(stray[0])}")


def _template(text: str) -> str:
    sample = fill(text, dict.fromkeys(placeholders(text), "x"))
    check_html(sample)
    if (units := utf16_units(html.unescape(_TAG.sub("", sample)))) > TEXT_UNITS:
        raise ValueError(
            f"is {units} UTF-16 units long without its tags; at most {TEXT_UNITS} fit in a message"
        )
    return text


def _plain_template(text: str) -> str:
    placeholders(text)
    return text


class Template(ByLanguage[Annotated[Written, AfterValidator(_template)]]):
    """A message's template in each language."""


class ButtonText(ByLanguage[Annotated[ButtonLine, AfterValidator(_plain_template)]]):
    """A button's label in each language: plain text, placeholders allowed, no HTML."""


ButtonName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Message(BaseModel):
    """One message: its text, and the labels of its buttons if it has any.

    In YAML either languages alone (`en: Hello`) or `text:` with the languages and `buttons:` with a label for
    each name.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    text: Template
    buttons: Annotated[Mapping[ButtonName, ButtonText], Field(default_factory=dict)]

    @model_validator(mode="before")
    @classmethod
    def _languages_alone(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, dict) and "text" not in value else value

    @field_validator("text")
    @classmethod
    def _same_arguments(cls, text: Template) -> Template:
        for language in sorted(text.languages):
            if extra := placeholders(text.get(language)) - placeholders(text.get()):
                raise ValueError(f"has {{{min(extra)}}} in {language} but not in English")
        return text

    @field_validator("buttons")
    @classmethod
    def _frozen(cls, buttons: Mapping[str, ButtonText]) -> Mapping[str, ButtonText]:
        return MappingProxyType(dict(buttons))

    def placeholders(self) -> frozenset[str]:
        """Return the names of the arguments that its text needs."""
        return placeholders(self.text.get())

    def render(self, args: Mapping[str, object] | None = None, language: str = "en") -> str:
        """Return the text as Telegram HTML, every argument escaped unless it is `Html`.

        A plural placeholder needs a number. Raises KeyError with the name of a missing argument.
        """
        return fill(self.text.get(language), args or {})

    def button(self, name: str, args: Mapping[str, object] | None = None, language: str = "en") -> str:
        """Return a button's label as plain text. Raises KeyError for an unknown button or argument."""
        return fill(self.buttons[name].get(language), args or {}, plain=True)
