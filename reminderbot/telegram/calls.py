"""One call to Telegram for each row: its words and buttons, and its picture where it has one."""

import html
import io
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias, assert_never

from telegram import Bot, InputFile, InputMediaAnimation, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from reminderbot.library.texts import CAPTION_UNITS
from reminderbot.services import outbox
from reminderbot.services.delivery import Outgoing
from reminderbot.services.outbox import DEED
from reminderbot.store.tables import Method
from reminderbot.telegram import keyboards, wording
from reminderbot.telegram.context import Desk
from reminderbot.telegram.handlers import menu
from reminderbot.telegram.pictures import Media, Pictures

NO_PREVIEW = {"is_disabled": True}
"""LinkPreviewOptions (Bot API)."""

UNPINNED = "message to pin not found"
"""What Telegram says of a message that is gone, and we of one that somebody has unpinned: of that no update tells.

(getChat names the newest of the pinned messages only: beside a newer one nothing can be said of an older.)
"""

UPLOAD_SECONDS = 10.0
"""How long a picture may take on its way: with the wait for the answer that is less than a row's lease."""

_Data: TypeAlias = dict[str, Any]


class _Said(NamedTuple):
    words: str
    """In HTML."""
    buttons: _Data
    """As a parameter of a call; empty without any."""


class Calls:
    """Renders rows and makes their calls."""

    def __init__(self, desk: Desk, bot: Bot, pictures: Pictures) -> None:
        """Take the desk, the bot, and what is told of uploads."""
        self._desk, self._bot, self._pictures = desk, bot, pictures

    async def make(self, out: Outgoing, media: Media | None) -> int | None:
        """Render and send; the id of the new message, if there is one. Without ``media`` the words go alone.

        Raises TelegramError, or ValueError or LookupError for what can't be put into words.
        """
        match out.method:
            case Method.LEAVE:
                await self._bot.leave_chat(out.chat_id)
            case Method.MENU:
                around, on_call = self._desk.around, out.args["on_call"]
                operator = out.chat_id in around.admin_chats
                await menu.offer(self._bot, around.library, out.chat_id, on_call=on_call, operator=operator)
            case Method.TOAST:
                await self._bot.answer_callback_query(
                    str(out.target), html.unescape(self._render(out.template, out.args))
                )
            case Method.FILE:
                return await self._file(out)
            case Method.EDIT if DEED in out.args:
                await self._do(str(out.args[DEED]), out.chat_id, int(str(out.target)))
            case Method.SEND:
                return await self._send(out, media)
            case Method.EDIT:
                return await self._edit(out, media)
            case _:
                assert_never(out.method)
        return None

    async def _do(self, deed: str, chat_id: int, message_id: int) -> None:
        match deed:
            case outbox.PIN:
                await self._bot.pin_chat_message(chat_id, message_id, disable_notification=True)
            case outbox.UNPIN:
                await self._bot.unpin_chat_message(chat_id, message_id=message_id)
            case outbox.REMOVE:
                await self._bot.delete_message(chat_id, message_id)
            case outbox.LOOK:
                newest = (await self._bot.get_chat(chat_id)).pinned_message
                if newest is None or newest.message_id < message_id:
                    raise BadRequest(UNPINNED)
            case _:
                raise ValueError("no such deed")

    async def _file(self, out: Outgoing) -> int | None:
        file = InputFile(io.BytesIO(str(out.args["text"]).encode()), filename=str(out.args["name"]))
        caption = self._render(out.template, out.args)
        message = await self._bot.send_document(out.chat_id, file, caption=caption, parse_mode=ParseMode.HTML)
        return message.message_id if isinstance(message, Message) else None

    async def _send(self, out: Outgoing, media: Media | None) -> int | None:
        paid = {"allow_paid_broadcast": True} if self._desk.around.allow_paid_broadcast else {}
        how = {"disable_notification": out.silent, **paid}
        if media is None:
            return await self._post("sendMessage", out, how | self._text(out))
        words, buttons = self._caption(out)
        shown = {media.kind: _sent(media), "caption": words, "parse_mode": ParseMode.HTML}
        return await self._post(f"send{media.kind.title()}", out, how | shown | buttons, media)

    async def _edit(self, out: Outgoing, media: Media | None) -> int | None:
        here = {"message_id": int(str(out.target))}
        if media:
            words, buttons = self._caption(out)
            sort = InputMediaAnimation if media.kind == "animation" else InputMediaPhoto
            shown: _Data = {"media": sort(_sent(media, attach=True), words, ParseMode.HTML)}
            return await self._post("editMessageMedia", out, here | shown | buttons, media)
        if not out.is_captioned:
            return await self._post("editMessageText", out, here | self._text(out))
        # Where another picture was wanted and there is none, it takes all the words.
        words, buttons = self._words(out) if "picture" in out.args else self._caption(out)
        shown = {"caption": words, "parse_mode": ParseMode.HTML}
        return await self._post("editMessageCaption", out, here | shown | buttons)

    async def _post(self, method: str, out: Outgoing, data: _Data, media: Media | None = None) -> int | None:
        # Not the bot's own method: it makes a Message of the answer, which costs more than all the rest of the call.
        patience: _Data = (
            {"write_timeout": UPLOAD_SECONDS} if media and isinstance(media.content, bytes) else {}
        )
        answer = await self._bot._post(method, data | {"chat_id": out.chat_id}, **patience)
        if media and isinstance(answer, dict):
            await self._pictures.uploaded(media, answer)
        return int(answer["message_id"]) if isinstance(answer, dict) else None

    def _text(self, out: Outgoing) -> _Data:
        words, buttons = self._words(out)
        return {"text": words, "parse_mode": ParseMode.HTML, "link_preview_options": NO_PREVIEW, **buttons}

    def _caption(self, out: Outgoing) -> _Said:
        """What stands under a picture; raises ValueError when there is no room for it."""
        short = out.args.get("caption_text")
        language = {"language": out.args.get("language")}
        said = self._say(short["template"], language | short["args"]) if short else self._words(out)
        if wording.units(said.words) > CAPTION_UNITS:
            raise ValueError("too long for a caption")
        return said

    def _words(self, out: Outgoing) -> _Said:
        said = self._say(out.template, out.args)
        if not out.repeat:
            return said
        again = {"template": out.template, "args": out.args}
        words = self._render("safety.repeat", {"again_text": again, "language": out.args.get("language")})
        return _Said(words, said.buttons)

    def _say(self, template: str, args: Mapping[str, Any]) -> _Said:
        buttons = keyboards.markup(self._desk.around.library, template, args, self._desk.now())
        return _Said(self._render(template, args), {"reply_markup": buttons} if buttons else {})

    def _render(self, template: str, args: Mapping[str, Any]) -> str:
        return wording.render(self._desk.around.library, template, args, self._desk.now())


def _sent(media: Media, *, attach: bool = False) -> str | InputFile:
    if isinstance(media.content, str):
        return media.content
    return InputFile(media.content, filename=media.name, attach=attach)
