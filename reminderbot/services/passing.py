"""Words between people on call and the person whom a case is about: each way as a reply, and passed on by the bot."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Row

from reminderbot.library.texts import FALLBACK
from reminderbot.services import audits, duty, notes, oncall, outbox, reports, safety_cards, writings
from reminderbot.services.work import Work
from reminderbot.store.queries import cases as rows
from reminderbot.store.queries import oncall as roster
from reminderbot.store.tables import CaseKind, CaseState

AFTER = "safety.relayed_after"
"""What somebody on call wrote when the case was over: a reply to it is an ordinary message."""

LONGEST_RELAY = 3_500
"""Characters that are passed on at once; with what stands around them they fit in one message (4096)."""

LONGEST_ANSWER = 1_000
"""Characters of an answer, which stands in a note beside all the rest."""

Pass: TypeAlias = Callable[[Work, int, int, str], None]
"""Takes the chat that wrote, the message that it replied to, and its words; empty when it was no text."""


def way_of(work: Work, chat_id: int, message_id: int) -> Pass | None:
    """Which way a reply to a message goes; none when it is a reply to anything else."""
    if oncall.is_note_reply(work, chat_id, message_id):
        return relay
    return answer if oncall.is_relay_reply(work, chat_id, message_id) else None


def relay(work: Work, chat_id: int, message_id: int, words: str) -> None:
    """Pass on to the person what somebody on call wrote in reply to a note."""
    who, case = roster.get(work.tx, chat_id), _case_of_note(work, chat_id, message_id)
    if who is None:
        outbox.say(work, chat_id, "tapped.not_on_call")
    elif case is None:
        outbox.say(work, chat_id, "oncall.relay_newest")
    elif case.kind == CaseKind.DRILL:
        outbox.say(work, chat_id, "oncall.relay_drill")
    elif _fits(work, chat_id, words, LONGEST_RELAY):
        _relay(work, who, case, words)


def answer(work: Work, chat_id: int, message_id: int, words: str) -> None:
    """Pass on what the person answered to somebody on call: to whoever has the case, else to all who know of it.

    Replying is the consent to that, for these words alone. They are kept, encrypted, until the case is over; when
    whoever has it lets it go, all who then are told of it read them.
    """
    case = _case_of_relay(work, chat_id, message_id)
    language = writings.language(work, case) if case else FALLBACK
    if case is None or case.state == CaseState.CLOSED:
        outbox.warn(work, chat_id, "safety.answer_late", safety_cards.numbers(work, chat_id, language))
    elif not (readers := _readers(work, case)):
        outbox.warn(work, chat_id, "safety.answer_unread", safety_cards.numbers(work, chat_id, language))
    elif _fits(work, chat_id, words, LONGEST_ANSWER):
        reports.keep_answer(work, case, words)
        notes.tell(work, case, readers)
        audits.log(work, chat_id, "case_answered", case=case.number, people=len(readers))
        outbox.say(work, chat_id, "safety.answer_passed", {"language": language})


def _relay(work: Work, who: Row[Any], case: Row[Any], words: str) -> None:
    if notes.is_unreachable(work, case.chat_id):
        outbox.say(work, who.chat_id, "oncall.relay_unreachable")
        return
    running = case.state != CaseState.CLOSED or rows.unclosed_of(work.tx, case.chat_id)
    told = {"words": words, "language": writings.language(work, case)}
    outbox.warn(work, case.chat_id, notes.RELAYED if running else AFTER, told)
    audits.log(work, case.chat_id, "case_relayed", case=case.number, step=who.step)
    done = "oncall.relay_done" if running else "oncall.relay_done_after"
    outbox.say(work, who.chat_id, done, {"number": case.number})


def _fits(work: Work, chat_id: int, words: str, most: int) -> bool:
    """Whether words can be passed on; whoever wrote them is told why not."""
    if not words:
        outbox.say(work, chat_id, "oncall.relay_text_only")
    elif len(words) > most:
        outbox.say(work, chat_id, "oncall.relay_too_long", {"most": most})
    return 0 < len(words) <= most


def _case_of_note(work: Work, chat_id: int, message_id: int) -> Row[Any] | None:
    """The case whose newest note somebody has replied to."""
    shown = rows.shown_in(work.tx, chat_id, message_id)
    note = rows.note_in(work.tx, chat_id, shown.id) if shown else None
    return rows.get(work.tx, note.number) if note else None


def _case_of_relay(work: Work, chat_id: int, message_id: int) -> Row[Any] | None:
    """The case of a person that ran when somebody on call wrote this to them."""
    shown = rows.shown_in(work.tx, chat_id, message_id)
    return rows.opened_before(work.tx, chat_id, shown.created_at) if shown else None


def _readers(work: Work, case: Row[Any]) -> Sequence[Row[Any]]:
    """Whoever has the case, else all who were told of it; only those who can be told now."""
    knowing, held = notes.readers(work, case.number), case.state == CaseState.ACKNOWLEDGED
    here = [who for who in duty.team(work, case) if duty.is_here(work, who)]
    return [
        who for who in here if who.chat_id == case.acknowledged_by or (not held and who.chat_id in knowing)
    ]
