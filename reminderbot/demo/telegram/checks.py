"""Telegram's checks on what a bot sends: texts, captions, keyboards. Limits: core.telegram.org/bots/api."""

from __future__ import annotations

from reminderbot.demo.telegram.entities import EntityError, parse_html, trim, utf16
from reminderbot.demo.telegram.params import Params
from reminderbot.demo.telegram.state import ApiError, Json

TEXT_MAX = 4096
CAPTION_MAX = 1024
ENTITIES_MAX = 100
DATA_MAX_BYTES = 64
COPY_MAX = 256
ROW_MAX = 8
BUTTONS_MAX = 100
ACTIONS = (
    "callback_data", "url", "copy_text", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip


def refuse(why: str) -> ApiError:
    """A 400 with Telegram's prefix."""
    return ApiError(400, f"Bad Request: {why}")


def text_of(params: Params) -> tuple[str, list[Json]]:
    """The text of a message after entity parsing: 1 to 4096 UTF-16 units."""
    text, entities = _formatted(params.values, "text", "entities")
    if not text:
        raise refuse("message text is empty")
    if utf16(text) > TEXT_MAX:
        raise refuse("message is too long")
    return text, entities


def caption_of(content: Json) -> tuple[str, list[Json]]:
    """The caption in a call or in a media object, after entity parsing: at most 1024 UTF-16 units."""
    text, entities = _formatted(content, "caption", "caption_entities")
    if utf16(text) > CAPTION_MAX:
        raise refuse("message caption is too long")
    return text, entities


def _formatted(content: Json, name: str, given: str) -> tuple[str, list[Json]]:
    source = content.get(name) or ""
    mode = (content.get("parse_mode") or "").lower()
    if not mode:
        return trim(source, list(content.get(given) or []))
    if mode != "html":
        raise refuse(f"unsupported parse_mode {mode} (the offline Telegram reads HTML)")
    try:
        text, entities = parse_html(source)
    except EntityError as error:
        raise refuse(f"can't parse entities: {error}") from error
    if len(entities) > ENTITIES_MAX:
        raise refuse("can't parse entities: too many entities")
    return text, entities


def markup_of(params: Params) -> Json | None:
    """The reply markup, its inline keyboard checked; None where there is none."""
    markup = params.get("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise refuse("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is not None:
        _check_rows(rows)
    return markup


def _check_rows(rows: list[list[Json]]) -> None:
    if any(len(row) > ROW_MAX for row in rows):
        raise refuse(f"inline keyboard has more than {ROW_MAX} buttons in a row")
    if sum(map(len, rows)) > BUTTONS_MAX:
        raise refuse("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        raise refuse('can\'t parse inline keyboard button: Field "text" must not be empty')
    if sum(name in button for name in ACTIONS) != 1:
        raise refuse("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_MAX_BYTES:
        raise refuse("BUTTON_DATA_INVALID")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(str(copied.get("text") or "")) <= COPY_MAX:
        raise refuse("BUTTON_COPY_TEXT_INVALID")
    if button.get("style", "primary") not in ("primary", "success", "danger"):
        raise refuse("can't parse inline keyboard button: unknown style")
