"""What Telegram shows of the bot outside the chat: the command menu and the descriptions."""

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

from reminderbot.library.loader import Library
from reminderbot.library.texts import FALLBACK

_PREFIX = "command."


def commands(library: Library) -> list[str]:
    """The commands of the menu, in its order: each is a message ``command.<name>``."""
    return [name.removeprefix(_PREFIX) for name in library.messages if name.startswith(_PREFIX)]


async def publish(bot: Bot, library: Library) -> None:
    """Set menu and descriptions in every language that the content has; raises TelegramError when refused."""
    for language in sorted(library.messages["bot.description"].text.languages):
        code = None if language == FALLBACK else language[:2]
        menu = [BotCommand(name, _text(library, _PREFIX + name, language)) for name in commands(library)]
        await bot.set_my_commands(menu, scope=BotCommandScopeAllPrivateChats(), language_code=code)
        await bot.set_my_description(_text(library, "bot.description", language), language_code=code)
        await bot.set_my_short_description(_text(library, "bot.short", language), language_code=code)


def _text(library: Library, message: str, language: str) -> str:
    return library.messages[message].text.get(language)
