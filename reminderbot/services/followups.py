"""What happens to reports as time passes: silence, the card once more, how it went; and letting go of the words."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from reminderbot.services import apart, audits, holds, outbox, reports, returns, safety_cards, steps
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import heard, turns
from reminderbot.store.queries import reports as rows
from reminderbot.store.tables import CaseKind, ReportState

WORDS_KEPT = timedelta(days=30)
"""How long what somebody wrote in a report is kept, encrypted."""

REPORTS_KEPT = timedelta(days=180)
"""How long a report that is over is kept, without words."""

LATER = timedelta(days=1)
"""How much later a question that has to wait is tried again."""

WINDOW = timedelta(minutes=10)
"""How long messages are read together."""


def advance(work: Work, limit: int) -> int:
    """Take the next step of each report whose moment has come, at most ``limit``; returns how many there were.

    One that can't be made out waits, and stops no other. So does one whose person is just being heard.
    """
    due = [row for row in rows.due(work.tx, work.at, limit) if turns.has(work.tx, row.chat_id)]
    for row in due:
        if not apart.taken(work, "followups.stuck", partial(_advance, work, row.chat_id, row.id)):
            rows.change(work.tx, row.chat_id, row.id, {"next_at": work.at + apart.AGAIN})
    return len(due)


def _advance(work: Work, chat_id: int, report_id: int) -> None:
    row = rows.get(work.tx, chat_id, report_id)
    if row and row.next_at and row.next_at <= work.at and rows.take(work.tx, row):
        _STEPS[row.next_step.partition(".")[0]](work, row)


def sweep_window(work: Work, limit: int) -> int:
    """Delete up to ``limit`` messages that were heard more than ten minutes ago; returns how many."""
    return heard.sweep(work.tx, work.at - WINDOW, limit)


def sweep_words(work: Work, limit: int) -> int:
    """Empty the words of up to ``limit`` reports older than 30 days; returns how many."""
    return rows.empty_words(work.tx, work.at - WORDS_KEPT, limit)


def sweep_reports(work: Work, limit: int) -> int:
    """Delete up to ``limit`` reports that are over and older than 180 days; returns how many."""
    return rows.sweep(work.tx, work.at - REPORTS_KEPT, holds.HOLDING, holds.LASTING, limit)


def _break_silence(work: Work, row: Any) -> None:
    """Nobody answered the question: go by the worst, and say so."""
    reports.raise_to(work, row, holds.EMERGENCY, safety_cards.SILENCE, CaseKind.UNCONFIRMED)


def _repeat(work: Work, row: Any) -> None:
    """The card once more, unless the person has tapped or written since."""
    if not row.reacted:
        reports.put_again(work, row, safety_cards.AGAIN)
        audits.log(work, row.chat_id, "card_repeated", report=row.id)
    _plan(work, row, 0)


def _follow_up(work: Work, row: Any) -> None:
    """Ask how it went."""
    number = int(row.next_step.partition(".")[2])
    template = "safety.followup_mental" if row.mental else "safety.followup"
    args = safety_cards.numbers(work, row.chat_id, row.language) | {"report": keys.encode_number(row.id)}
    args |= {"switched_on": row.closed_as == holds.SWITCHED_ON}
    outbox.warn(work, row.chat_id, template, args)
    audits.log(work, row.chat_id, "followed_up", report=row.id, number=number)
    _plan(work, row, number + 1)


def _plan(work: Work, row: Any, number: int) -> None:
    """Plan a follow-up; after the last one nothing more is asked, and what holds goes on holding."""
    coming, why = steps.follow_up(work, row, number), row.closed_as or holds.FOLLOWED
    over = {} if coming["next_at"] else {"state": ReportState.CLOSED, "closed_as": why}
    rows.change(work.tx, row.chat_id, row.id, {**coming, **over})


def _ask_about_stretches(work: Work, row: Any) -> None:
    """Two weeks after a gp report. What would bring exercise back waits for the end of a hold."""
    if holds.is_held(holds.row(work, row.chat_id)):
        later = {"next_at": work.at + LATER, "next_step": steps.STRETCHES}
        rows.change(work.tx, row.chat_id, row.id, later)
        return
    numbers = safety_cards.numbers(work, row.chat_id)
    if row.mental:
        outbox.say(work, row.chat_id, "safety.followup_low", numbers)
    elif not returns.ask_about_stretches(work, row.chat_id):
        outbox.say(work, row.chat_id, "safety.followup_gp", numbers)
    rows.change(work.tx, row.chat_id, row.id, {"state": ReportState.CLOSED, "closed_as": steps.STRETCHES})


_STEPS: Mapping[str, Callable[[Work, Any], None]] = {
    steps.SILENCE: _break_silence,
    steps.REPEAT: _repeat,
    steps.FOLLOW: _follow_up,
    steps.STRETCHES: _ask_about_stretches,
}
