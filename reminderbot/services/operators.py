"""Who runs the bot (ADMIN_CHATS), and telling them something."""

from collections.abc import Callable, Mapping

from reminderbot.services import outbox
from reminderbot.services.work import Work
from reminderbot.store.queries import oncall, people, turns
from reminderbot.store.tables import Standing


def is_there(work: Work, chat_id: int) -> bool:
    """Whether something can be sent to an operator: they have started the bot, and not blocked it."""
    who, on_duty = people.get(work.tx, chat_id), oncall.get(work.tx, chat_id)
    is_known = who is not None and who.standing != Standing.UNREACHABLE
    return is_known or (on_duty is not None and bool(on_duty.reachable))


def tell(work: Work, words: Callable[[int], tuple[str, Mapping[str, object]]]) -> int:
    """Say something to each operator who is there; returns how many that are.

    ``words`` makes a template and its arguments for the reader with this chat number.
    """
    chats = [chat_id for chat_id in sorted(work.around.admin_chats) if is_there(work, chat_id)]
    for chat_id in chats:
        turns.of_chat(work.tx, chat_id)
        outbox.say(work, chat_id, *words(chat_id))
    return len(chats)
