"""Messages that a person has changed after they were sent: what was no answer may have become one."""

from datetime import timedelta

from reminderbot.services import answers, asides, unread
from reminderbot.services.answers import Said
from reminderbot.services.work import Work
from reminderbot.store.queries import history

COUNTS_FOR = timedelta(hours=1)
"""How long after it was sent a message may become an answer."""


def answered(work: Work, chat_id: int, words: Said) -> None:
    """Count an answer that a message has become, as of when it was sent: "dome" changed into "done".

    One that was an answer already stands as it was given, and Undo takes it back. While something about a symptom is
    open it may have been meant for that, which matters more.
    """
    is_late = work.at - words.when > COUNTS_FOR or history.is_answer(work.tx, chat_id, words.when)
    if is_late or asides.open_one(work, chat_id):
        unread.tell(work, chat_id, "fallback.edited")
    else:
        answers.said(work, chat_id, words)
