"""Where Telegram delivers updates: told at every start, since the address and its secret may have changed."""

import structlog
from telegram import Bot
from telegram.error import BadRequest

from reminderbot.telegram.intake import ALLOWED_UPDATES
from reminderbot.telegram.polling import StoppedError

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
"""Header that holds the secret in every delivery (Bot API, setWebhook)."""

AT_ONCE = 100
"""Deliveries at the same time, each of another chat; Telegram takes 1 to 100, and one is stored within milliseconds."""


async def register(bot: Bot, address: str, secret: str) -> None:
    """Tell Telegram where to deliver, and with which secret; what waits there is kept.

    Always, for Telegram does not say which secret it has. Raises StoppedError when it refuses the address, and
    TelegramError when it can't be told now, also since another process has just told it (once a second at most).
    """
    await bot.initialize()
    try:
        await bot.set_webhook(
            address,
            allowed_updates=ALLOWED_UPDATES,
            secret_token=secret,
            max_connections=AT_ONCE,
            drop_pending_updates=False,
        )
    except BadRequest as error:
        raise StoppedError(f"Telegram refuses WEBHOOK_URL ({error.message}); correct it.") from None
    log.info("Telegram delivers here", action="webhook.registered")
