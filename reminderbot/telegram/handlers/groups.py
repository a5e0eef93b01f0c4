"""Private chats only: blocked and back there, said once and left everywhere else."""

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from reminderbot.services import groups, people
from reminderbot.telegram.context import Context

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


async def membership(update: Update, context: Context) -> None:
    """The bot was blocked or unblocked by a person, or added to a group or a channel."""
    change, chat = update.my_chat_member, update.effective_chat
    gone = change is None or change.new_chat_member.status in _GONE
    if chat and chat.type == ChatType.PRIVATE:
        await context.commit(people.mark_unreachable if gone else people.welcome_back, context.chat_id)
    elif gone:
        await context.commit(groups.let_pass)
    else:
        await context.commit(
            groups.decline, context.chat_id, speaks=bool(chat and chat.type != ChatType.CHANNEL)
        )


async def in_group(_: Update, context: Context) -> None:
    """Something was said in a group: say that private chats are the place, and leave."""
    await context.commit(groups.decline, context.chat_id, speaks=True)


HANDLERS: list[BaseHandler[Update, Context, None]] = [
    ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.ChatType.GROUPS, in_group),
]
"""In order; before all others, which answer private chats."""
