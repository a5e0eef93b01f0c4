"""The buttons of safety cards and questions, for everybody: also for people who are no subscribers."""

from collections.abc import Callable

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from reminderbot.rules.safetywords import Reply
from reminderbot.services import countries, outbox, reactions
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.telegram import callbacks
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import parts
from reminderbot.telegram.keyboards import safety as buttons

_ON_REPORT: dict[str, Callable[[Work, int, int, Tap], None]] = {
    buttons.HELPED: reactions.helped,
    buttons.NOT_ME: reactions.not_me,
    buttons.MISREAD: reactions.misread,
    buttons.SHARE: reactions.share,
    buttons.REAL: reactions.real,
    buttons.WORSE: reactions.worse,
    buttons.WAITING: reactions.waiting,
}
"""By verb: what is done with the report that the button belongs to."""


async def press(_: Update, context: Context) -> None:
    """A button that names nothing but its report."""
    query = context.event.callback_query
    verb, rest = callbacks.decode(query.data if query else None)
    report = keys.decode_number(rest)
    if report is None:
        await _forged(context)
    else:
        await context.commit(_ON_REPORT[verb], context.chat_id, report, parts.tap(context))


async def press_answer(_: Update, context: Context) -> None:
    """An answer to the question."""
    report, choice = _report_and(context)
    if report is None or choice not in list(Reply):
        await _forged(context)
    else:
        await context.commit(reactions.answer, context.chat_id, report, Reply(choice), parts.tap(context))


async def press_five(_: Update, context: Context) -> None:
    """One of the questions behind an urgent card, or none of them."""
    report, which = _report_and(context)
    if report is None:
        await _forged(context)
    else:
        await context.commit(reactions.five, context.chat_id, report, which, parts.tap(context))


async def press_where(_: Update, context: Context) -> None:
    """ "Wrong country?": ask which, in the language of the card; with a page, turn to that."""
    language, _colon, page = parts.rest(context).partition(":")
    tap, asked_in = parts.tap(context), buttons.language(language)
    if page.isascii() and page.isdecimal() and len(page) <= 3:
        await context.commit(countries.turn, context.chat_id, asked_in, int(page), tap)
    else:
        await context.commit(countries.ask, context.chat_id, tap, asked_in)


async def press_country(_: Update, context: Context) -> None:
    """One of the offered countries, or another."""
    code, _colon, language = parts.rest(context).partition(":")
    tap = parts.tap(context)
    await context.commit(countries.choose, context.chat_id, code, tap, buttons.language(language))


async def press_signs(_: Update, context: Context) -> None:
    """The signs that change an advice."""
    await context.commit(reactions.show_signs, context.chat_id, parts.tap(context))


def _report_and(context: Context) -> tuple[int | None, str]:
    number, _, more = parts.rest(context).partition(":")
    return keys.decode_number(number), more


async def _forged(context: Context) -> None:
    await context.commit(outbox.toast, context.chat_id, parts.tap(context).query_id, "tapped.unknown")


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    *[CallbackQueryHandler(press, callbacks.pattern(verb)) for verb in _ON_REPORT],
    CallbackQueryHandler(press_answer, callbacks.pattern(buttons.ANSWER)),
    CallbackQueryHandler(press_five, callbacks.pattern(buttons.QUESTION)),
    CallbackQueryHandler(press_where, callbacks.pattern(buttons.WHERE)),
    CallbackQueryHandler(press_country, callbacks.pattern(buttons.COUNTRY)),
    CallbackQueryHandler(press_signs, callbacks.pattern(buttons.SIGNS)),
]
"""In order."""
