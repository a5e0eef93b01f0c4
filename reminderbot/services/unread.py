"""What can't be read: pictures, recordings, other languages; and words that make no sense while a card is open."""

from collections.abc import Mapping
from datetime import timedelta

from reminderbot.rules import tongue
from reminderbot.services import holds, replies, reports, safety_cards
from reminderbot.services.work import Work
from reminderbot.store.queries import safety

STANDS_FOR = timedelta(hours=12)
"""How long after a card words that are not understood are answered with it."""

NO_CARD_AGAIN = timedelta(hours=24)
"""How long after a safety card for words in another language there is no second one."""


def tell(work: Work, chat_id: int, template: str, args: Mapping[str, object] | None = None) -> None:
    """Answer what was not understood with this message, or with what is open about a symptom: that matters more."""
    if not _stands(work, chat_id):
        replies.tell(work, chat_id, template, args)


def not_understood(work: Work, chat_id: int, text: str) -> None:
    """Free words that nobody could make anything of; in another language they may mean anything."""
    language = tongue.foreign(text, *_languages(work))
    if language is None or _carded_lately(work, chat_id):
        tell(work, chat_id, "fallback.text")
    elif not _stands(work, chat_id):
        holds.ensure(work, chat_id)
        safety.change(work.tx, chat_id, {"carded_at": work.at})
        safety_cards.show_signs(work, chat_id, language)


def cannot_read(work: Work, chat_id: int, template: str) -> None:
    """A picture, a recording or a file: say so, with the signs that should not wait for words."""
    safety_cards.show_unreadable(work, chat_id, template)


def _stands(work: Work, chat_id: int) -> bool:
    row = next(iter(reports.serious(work, chat_id)), None)
    if row is None or row.reported_at < work.at - STANDS_FOR:
        return False
    reports.say_again(work, row)
    return True


def _carded_lately(work: Work, chat_id: int) -> bool:
    known = holds.row(work, chat_id)
    return bool(known and known.carded_at and known.carded_at > work.at - NO_CARD_AGAIN)


def _languages(work: Work) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    triage = work.around.library.triage
    return triage.lexicon.spelling.common, {
        code: one.function_words for code, one in triage.languages.items()
    }
