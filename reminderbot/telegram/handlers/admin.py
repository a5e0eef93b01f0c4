"""/admin, for operators (ADMIN_CHATS) alone: to everybody else it is a command like any other that there is not."""

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from reminderbot.services import admin
from reminderbot.telegram.context import Context
from reminderbot.telegram.handlers import fallback, parts


async def show(_: Update, context: Context) -> None:
    """Tell an operator how the bot fares."""
    if context.chat_id in context.desk.around.admin_chats:
        await context.commit(admin.show, context.chat_id)
    else:
        template, args = fallback.unknown_command(context, "admin")
        await context.commit_unless_answered(admin.unknown, context.chat_id, template, args)


HANDLERS: list[BaseHandler[Update, Context, None]] = [CommandHandler("admin", show, parts.NEW)]
"""In order."""
