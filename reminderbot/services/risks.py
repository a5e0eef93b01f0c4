"""Risks that somebody has told (pregnant, cancer, on blood thinners): encrypted, and only for a day."""

from datetime import datetime, timedelta

from reminderbot.services import holds
from reminderbot.services.work import Work
from reminderbot.store.queries import heard, safety, turns
from reminderbot.store.vault import LostKeyError

KEPT = timedelta(hours=24)
"""How long a risk counts after it was told."""


def remember(work: Work, chat_id: int, told: frozenset[str]) -> None:
    """Keep what was told now, besides what was told within the last day."""
    if not told:
        return
    holds.ensure(work, chat_id)
    known = _known(work, chat_id) | dict.fromkeys(sorted(told), work.at)
    sealed = work.around.vault.seal({risk: at.isoformat() for risk, at in known.items()})
    safety.change(work.tx, chat_id, {"context": sealed})


def recall(work: Work, chat_id: int) -> frozenset[str]:
    """The risks told within the last day, as ids of context concepts."""
    return frozenset(_known(work, chat_id))


def sweep(work: Work, limit: int) -> int:
    """Empty the risks of up to ``limit`` people who told none within the last day; returns how many."""
    stale = [chat for chat in heard.with_risks(work.tx) if not _known(work, chat)][:limit]
    stale = [chat for chat in stale if turns.has(work.tx, chat) and not _known(work, chat)]
    for chat_id in stale:
        safety.change(work.tx, chat_id, {"context": None})
    return len(stale)


def _known(work: Work, chat_id: int) -> dict[str, datetime]:
    row = holds.row(work, chat_id)
    try:
        told = work.around.vault.open(row.context) if row and row.context else {}
    except LostKeyError:
        return {}
    moments = (
        {str(risk): datetime.fromisoformat(at) for risk, at in told.items()} if isinstance(told, dict) else {}
    )
    return {risk: at for risk, at in moments.items() if at > work.at - KEPT}
