"""While a report is open: that its card or question still stands, and a kind word back for one said in passing."""

from datetime import timedelta
from typing import Any

from reminderbot.rules import tongue
from reminderbot.rules.asides import Aside
from reminderbot.services import holds, lines, outbox, reports, safety_cards
from reminderbot.services.replies import nested
from reminderbot.services.work import Work
from reminderbot.store.tables import ReportState

STANDS_FOR = timedelta(hours=12)
"""How long after a card words that are not understood are answered with it."""


def open_one(work: Work, chat_id: int) -> Any | None:
    """The report that what is said just now is most likely about; none without one of the last hours."""
    row = next(iter(reports.serious(work, chat_id)), None)
    return row if row and row.reported_at >= work.at - STANDS_FOR else None


def say_again(work: Work, row: Any, language: str) -> None:
    """Say in short that a question, or what a card said, still stands."""
    if row.state == ReportState.ASKED:
        outbox.warn(work, row.chat_id, "safety.still_open", {"language": language})
    else:
        outbox.warn(work, row.chat_id, *safety_cards.stands(work, row, language))


def answer(work: Work, row: Any, aside: Aside, language: str) -> None:
    """A kind word, and the number again, as long as the person has not said that they are getting help."""
    if row.state == ReportState.ASKED:
        say_again(work, row, language)
        return
    local = lines.of(work, row.chat_id)
    shown = lines.args(local, language) | lines.today(local)
    outbox.warn(
        work, row.chat_id, _template(work, row), shown | {"warm_text": nested(f"safety.warm_{aside}")}
    )


def language_for(work: Work, row: Any, text: str) -> str:
    """The language to answer a text in: its own, whatever was said before; where it says too little, the report's."""
    return tongue.answered_in(text, str(row.language), *languages(work))


def languages(work: Work) -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """Common English words, and function words of the languages that have texts."""
    triage = work.around.library.triage
    others = {code: one.function_words for code, one in triage.languages.items()}
    return triage.lexicon.spelling.common, others


def _template(work: Work, row: Any) -> str:
    if safety_cards.is_helped(work, row):
        return "safety.aside_helped"
    if row.mental:
        return "safety.aside_mental"
    return "safety.aside_today" if row.level == holds.URGENT else "safety.aside"
