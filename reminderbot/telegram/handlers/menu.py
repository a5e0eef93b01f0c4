"""What Telegram shows of the bot outside the chat: the command menu and the descriptions."""

from collections.abc import Iterator

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from reminderbot.library.loader import Library
from reminderbot.library.texts import FALLBACK

_PREFIX = "command."
_ON_CALL = "duty."
_OPERATOR = "operator."


def commands(library: Library) -> list[str]:
    """The commands of the menu, in its order: each is a message ``command.<name>``."""
    return [name.removeprefix(_PREFIX) for name in library.messages if name.startswith(_PREFIX)]


async def offer(bot: Bot, library: Library, chat_id: int, *, on_call: bool, operator: bool) -> None:
    """Give one chat the commands of people on call and of operators before the others, or take them away again.

    Raises TelegramError when refused.
    """
    scope = BotCommandScopeChat(chat_id)
    special = [prefix for prefix, given in ((_ON_CALL, on_call), (_OPERATOR, operator)) if given]
    for language, code in _languages(library):
        if special:
            menu = [command for prefix in (*special, _PREFIX) for command in _menu(library, prefix, language)]
            await bot.set_my_commands(menu, scope=scope, language_code=code)
        else:
            await bot.delete_my_commands(scope=scope, language_code=code)


async def publish(bot: Bot, library: Library) -> None:
    """Set menu and descriptions in every language that the content has; raises TelegramError when refused."""
    for language, code in _languages(library):
        menu = _menu(library, _PREFIX, language)
        await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_description(_text(library, "bot.description", language), language_code=code)
        await bot.set_my_short_description(_text(library, "bot.short", language), language_code=code)


def _languages(library: Library) -> Iterator[tuple[str, str | None]]:
    """Every language of the content, with the code that Telegram knows it by; none for everybody else."""
    for language in sorted(library.messages["bot.description"].text.languages):
        yield language, None if language == FALLBACK else language[:2]


def _menu(library: Library, prefix: str, language: str) -> list[BotCommand]:
    names = [name for name in library.messages if name.startswith(prefix)]
    return [BotCommand(name.removeprefix(prefix), _text(library, name, language)) for name in names]


def _text(library: Library, message: str, language: str) -> str:
    return library.messages[message].text.get(language)
