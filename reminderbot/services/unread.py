"""What can't be read: pictures, recordings, other languages; and words that make no sense while a card is open."""

from collections.abc import Mapping
from datetime import timedelta

from reminderbot.library.texts import FALLBACK
from reminderbot.rules import aches, tongue
from reminderbot.rules.asides import Aside
from reminderbot.rules.triage import Verdict
from reminderbot.services import asides, holds, replies, safety_cards
from reminderbot.services.work import Work
from reminderbot.store.queries import safety

_IN_PASSING = {
    "fallback.sticker": Aside.LIGHT,
    "fallback.emoji": Aside.LIGHT,
    "fallback.thanks": Aside.THANKS,
}
"""Answers to what is said in passing, in any language: by what it is."""

NO_CARD_AGAIN = timedelta(hours=24)
"""How long after a safety card for words in another language there is no second one."""


def tell(work: Work, chat_id: int, template: str, args: Mapping[str, object] | None = None) -> None:
    """Answer what was not understood with this message, or with what is open about a symptom: that matters more."""
    row = asides.open_one(work, chat_id)
    if row is None:
        replies.tell(work, chat_id, template, args)
    elif aside := _IN_PASSING.get(template):
        asides.answer(work, row, aside, row.language)
    else:
        asides.say_again(work, row, FALLBACK)


def not_understood(work: Work, chat_id: int, text: str, verdict: Verdict | None = None) -> None:
    """Free words that nobody could make anything of; in another language they may mean anything.

    ``verdict`` is what triage says of them, where they may tell of an ache.
    """
    language, row = tongue.foreign(text, *asides.languages(work)), asides.open_one(work, chat_id)
    if row is not None:
        asides.say_again(work, row, asides.language_for(work, row, text))
    elif language is None and verdict and aches.is_ache(work.around.library.triage.lexicon, text, verdict):
        replies.tell(work, chat_id, "symptom.ache")
    elif language is None or _carded_lately(work, chat_id):
        replies.tell(work, chat_id, "fallback.text")
    else:
        holds.ensure(work, chat_id)
        safety.change(work.tx, chat_id, {"carded_at": work.at})
        safety_cards.show_signs(work, chat_id, language)


def cannot_read(work: Work, chat_id: int, template: str) -> None:
    """A picture, a recording or a file: say so, with the signs that should not wait for words, or what is open."""
    safety_cards.show_unreadable(work, chat_id, template, asides.open_one(work, chat_id))


def _carded_lately(work: Work, chat_id: int) -> bool:
    known = holds.row(work, chat_id)
    return bool(known and known.carded_at and known.carded_at > work.at - NO_CARD_AGAIN)
