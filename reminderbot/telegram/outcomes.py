"""What Telegram's answer means for a row: the one table from its words to what is done next."""

from dataclasses import dataclass
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from reminderbot.telegram.transport import LostAnswerError, NeverLeftError

GONE_TEXTS = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "user not found")
"""Words of a 400 or 403 after which a chat can't be reached any more, in lower case."""

UNCHANGED_TEXTS = ("message is not modified", "chat_not_modified")
"""Words of a 400 that means: it is already as wanted."""

MISSING_TEXTS = (
    *("message to edit not found", "message to pin not found"),
    *("message_id_invalid", "message can't be edited"),
)
"""Words of a 400 that means: the message that is to be changed is no longer there, or can't be changed any more."""

MISTAKEN_TEXTS = tuple(f"there is no {part} in the message" for part in ("text", "caption", "media"))
"""Words of a 400 that means: the message is a picture and was thought a text, or the other way round."""

FILE_TEXTS = ("file", "photo", "image", "animation", "media")
"""Words of a refusal that is about the picture: its id is no longer good, or its bytes are not to Telegram's liking."""

TOO_LARGE_TEXT = "entity too large"
"""Words of a 413, from Telegram or from a server before it."""


@dataclass(frozen=True, slots=True)
class Later:
    """Nothing was sent; try again. ``after`` as Telegram told, none for the usual backoff."""

    after: timedelta | None = None
    crowded: bool = False  # a 429: not counted as an attempt


@dataclass(frozen=True, slots=True)
class Sent:
    """Done, or already so."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been delivered."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat can't be reached any more."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Telegram will never take it: our fault, kept, counted, never tried again. ``file``: because of its picture."""

    file: bool = False


@dataclass(frozen=True, slots=True)
class Mistaken:
    """The message to edit is a picture and was thought a text, or the other way round."""


@dataclass(frozen=True, slots=True)
class Missing:
    """The message that is to be changed was deleted, or can't be changed any more."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The process can't go on: another copy polls, or the token was refused."""


Verdict = Later | Sent | Unknown | Gone | Broken | Mistaken | Missing | Stop


def judge(error: TelegramError) -> Verdict:
    """The verdict on an error of python-telegram-bot.

    BadRequest and TimedOut are subclasses of NetworkError there, so the order of the questions matters.
    """
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Later(wait if isinstance(wait, timedelta) else timedelta(seconds=wait), crowded=True)
        case Conflict() | InvalidToken():
            return Stop()
        case Forbidden() | ChatMigrated():  # private chats only: a group is left, not followed
            return Gone()
        case BadRequest():
            return _bad_request(error.message.lower())
        case NeverLeftError():
            return Later()
        case LostAnswerError() | TimedOut():
            return Unknown()
        case NetworkError() if TOO_LARGE_TEXT in error.message.lower():
            return Broken(file=True)
        case NetworkError():  # an answer, but a fault of Telegram's own, such as a 502: nothing was done
            return Later()
    return Unknown()  # an answer that is none of Telegram's, such as a proxy's page


def _bad_request(text: str) -> Verdict:
    if any(words in text for words in UNCHANGED_TEXTS):
        return Sent()
    if any(words in text for words in MISSING_TEXTS):
        return Missing()
    if any(words in text for words in MISTAKEN_TEXTS):
        return Mistaken()
    gone = any(words in text for words in GONE_TEXTS)
    return Gone() if gone else Broken(file=any(word in text for word in FILE_TEXTS))
