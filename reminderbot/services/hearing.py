"""Listening for red flags in everything that people write, before anything else is done with it.

What has a finding becomes a report (``services.reports``); all other words are kept for the ten minutes in which they
may turn out to be part of one, encrypted, and nowhere else. Nothing here logs a word.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache, partial
from typing import Any, NamedTuple

import structlog

from reminderbot.library.texts import FALLBACK
from reminderbot.rules import answers, quoting, safetywords
from reminderbot.rules.asides import is_no_better
from reminderbot.rules.asides import read as read_aside
from reminderbot.rules.safetywords import CardButton, Reply
from reminderbot.rules.triage import Level, Lexicon, Verdict, judge
from reminderbot.services import (
    asides,
    checked,
    checkins,
    countries,
    followups,
    holds,
    oncall,
    reactions,
    reports,
    risks,
    safety_cards,
    writings,
)
from reminderbot.services.work import Work
from reminderbot.store.queries import heard as window
from reminderbot.store.queries import history
from reminderbot.store.queries import reports as rows
from reminderbot.store.tables import ReportState
from reminderbot.store.vault import LostKeyError

log = structlog.get_logger()

MOST_TOGETHER = 5
"""Messages that are read together, the newest included."""

SLOW_SECONDS = 0.5
"""A text that took longer to judge, without a finding, gets the safety card.

Of the processor's time: that a machine is busy says nothing of the text, and must alarm nobody.
"""

FRESH = timedelta(days=4)
"""How long after a report words may stand for a button of its card: until after the last follow-up."""

SAME_MATTER = timedelta(hours=1)
"""How long after a card a lesser finding is part of what it was about; after that it gets a card of its own."""


class Effect(Enum):
    """What hearing a message has led to."""

    NOTHING = "nothing"  # it goes on as if nobody had listened
    ANSWERED = "answered"  # a card or a question went out: commands and answers still count, "I don't get it" would not
    CONSUMED = "consumed"  # it was the answer to an open question, and nothing else


class Outcome(NamedTuple):
    """What has come of hearing a message; where that is nothing, ``verdict`` is what triage says of its words alone."""

    effect: Effect
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message's words, or the caption under its picture; ``name`` is the first name of who wrote it."""

    text: str
    message_id: int
    name: str = ""
    forwarded: bool = False
    edited: bool = False
    reply_to: int | None = None


def hear(work: Work, chat_id: int, heard: Heard) -> Outcome:
    """Judge a message, and do about it what has to be done.

    1. A reply to a note about somebody else's case is about somebody else.
    2. Words that stand for a button of an open card or question are taken for it, unless they answer people on call.
    3. All else is triaged, alone and with the last messages.
    4. "It's worse" without a finding, and without a report that is open, leads to the guided check; so does "it's
       still numb" on the way back from a hold.
    """
    if oncall.is_note_reply(work, chat_id, heard.reply_to):
        return Outcome(Effect.NOTHING)
    if oncall.is_relay_reply(work, chat_id, heard.reply_to):
        return _triaged(work, chat_id, heard)
    if effect := _as_button(work, chat_id, heard):
        return Outcome(effect)
    outcome = _triaged(work, chat_id, heard)
    if (
        outcome.effect is Effect.NOTHING
        and not (heard.edited or heard.forwarded)
        and _goes_on(work, chat_id, heard.text)
    ):
        reactions.check_again(work, chat_id)
        return Outcome(Effect.CONSUMED)
    return outcome


def _goes_on(work: Work, chat_id: int, text: str) -> bool:
    """Whether it says that something told before, which is no longer open, is worse or no better."""
    if safetywords.card_button(text) is CardButton.WORSE:
        return checkins.are_offered(work, chat_id)
    return is_no_better(text) and holds.is_returning(holds.row(work, chat_id), holds.today(work, chat_id))


def noticed(work: Work, chat_id: int, at: datetime) -> None:
    """Somebody wrote or tapped something: a card that was put out before need not be repeated."""
    rows.note_reaction(work.tx, chat_id, at)


def _as_button(work: Work, chat_id: int, heard: Heard) -> Effect | None:
    """Words in place of a tap; none when they are not."""
    if (code := countries.named(work, heard.text)) and countries.asked_lately(work, chat_id):
        countries.choose(work, chat_id, code)
        return Effect.CONSUMED
    if heard.edited or heard.forwarded:
        return None
    if effect := _of_check(work, chat_id, heard):
        return effect
    asked, reply = reports.asked(work, chat_id), safetywords.reply(heard.text)
    if asked and reply and not _says_worse(work, heard):
        reactions.answer(work, chat_id, asked.id, reply)
        return Effect.CONSUMED
    if reply is Reply.YES and (questioned := reactions.questioned(work, chat_id)):
        reactions.any_of_them(work, questioned)
        return Effect.CONSUMED
    button = safetywords.card_button(heard.text)
    open_one = reports.newest(work, chat_id, work.at - FRESH) if button else None
    if button is None or open_one is None:
        return _in_passing(work, chat_id, heard)
    _grant(work, open_one, button)
    return Effect.CONSUMED


def _of_check(work: Work, chat_id: int, heard: Heard) -> Effect | None:
    """Words in place of a tap in the guided check, where that is what was asked last."""
    if not checked.may_answer(work, heard.text):
        return None
    page = checked.page(work, chat_id, heard.reply_to)
    verdict = _judged(work, heard, frozenset(), ()) if page else None
    if page is None or verdict is None or checked.says_more(work, page, heard.text, verdict):
        return None
    checked.take(work, chat_id, page, heard.text, heard.name)
    return Effect.CONSUMED


def _in_passing(work: Work, chat_id: int, heard: Heard) -> Effect | None:
    """Thanks, an okay or a thumb beside an open report are about that; they answer only a reminder replied to."""
    aside = read_aside(heard.text)
    row = asides.open_one(work, chat_id) if aside else None
    if aside is None or row is None:
        return None
    if heard.reply_to and history.of_message(work.tx, chat_id, heard.reply_to):
        return None
    asides.answer(work, row, aside, asides.language_for(work, row, heard.text))
    return Effect.CONSUMED


def _grant(work: Work, row: Any, button: CardButton) -> None:
    match button:
        case CardButton.COUNTRY:
            countries.ask(work, row.chat_id)
        case CardButton.NOT_ME if row.state == ReportState.ASKED:
            reactions.answer(work, row.chat_id, row.id, Reply.OTHER)
        case CardButton.NOT_ME:
            reactions.not_me(work, row.chat_id, row.id)
        case CardButton.MISREAD:
            reactions.misread(work, row.chat_id, row.id)
        case CardButton.HELPED:
            reactions.helped(work, row.chat_id, row.id)
        case CardButton.SHARE:
            reactions.share(work, row.chat_id, row.id)
        case CardButton.WAITING:
            reactions.waiting(work, row.chat_id, row.id)
        case CardButton.WORSE:
            reactions.worse(work, row.chat_id, row.id)


def _triaged(work: Work, chat_id: int, heard: Heard) -> Outcome:
    earlier = () if heard.forwarded else _earlier(work, chat_id, heard)
    verdict = _verdict(work, chat_id, heard, earlier)
    work.around.counting.count("triage", _kind(verdict))
    if verdict is None:
        safety_cards.show_static(work, chat_id)
        return Outcome(Effect.ANSWERED)
    risks.remember(work, chat_id, verdict.context)
    if not heard.forwarded:
        words = work.around.vault.seal(heard.text)
        window.put(work.tx, chat_id, heard.message_id, work.at, words)
    return Outcome(_acted(work, chat_id, heard, verdict, earlier), verdict)


def _kind(verdict: Verdict | None) -> str:
    """As what a verdict is counted: its level; a doubt that is nothing without an answer apart from what is nothing."""
    if verdict is None:
        return "failed"
    return "ask" if verdict.ask and verdict.level is Level.NONE else verdict.level.value


def _acted(work: Work, chat_id: int, heard: Heard, verdict: Verdict, earlier: tuple[str, ...]) -> Effect:
    """Do what the verdict asks for."""
    if verdict.level is Level.NONE and not verdict.ask:
        if verdict.informational:
            safety_cards.show_signs(work, chat_id)
        return Effect.ANSWERED if verdict.informational else Effect.NOTHING
    finding = reports.from_verdict(verdict, _words(work, chat_id, heard, verdict, earlier))
    standing = [row for row in reports.serious(work, chat_id) if _covers(work, row, verdict, heard)]
    if verdict.third:
        reports.note_third(work, chat_id, finding, heard.name)
    elif standing:
        asides.say_again(work, standing[0], _language(work, standing[0], verdict, heard))
    elif _is_doubt(verdict) and not (verdict.level in holds.HOLDING and reports.asked(work, chat_id)):
        reports.ask(work, chat_id, finding, heard.name)
    else:
        reports.open_report(work, chat_id, finding, heard.name)
    return Effect.ANSWERED


def _is_doubt(verdict: Verdict) -> bool:
    """Whether to ask before anything else; what is certain of dark thoughts gets its card, and no question first."""
    certain = verdict.level is Level.EMERGENCY or (verdict.mental and verdict.level is Level.URGENT)
    return verdict.ask and not certain


def _covers(work: Work, row: Any, verdict: Verdict, heard: Heard) -> bool:
    """Whether a report that is open says it all: to a second doubt, something less, or the same message changed.

    A doubt is less than an emergency alone: what it asks about may be one. Beside an open question it is no more,
    unless it is urgent without an answer, and about another condition.
    """
    higher = verdict.level.rank - reports.rank(row.level)
    if row.mental != verdict.mental or higher > 0:
        return False
    if row.state == ReportState.ASKED:
        known = writings.signs(work, row.rules)
        return verdict.ask and (verdict.level not in holds.HOLDING or verdict.condition in known)
    lesser = row.level == holds.EMERGENCY if verdict.ask else higher < 0
    return heard.edited or (lesser and row.reported_at > work.at - SAME_MATTER)


def _says_worse(work: Work, heard: Heard) -> bool:
    """Whether an answer says more than yes or no: "yes, and I want to end my life"."""
    verdict = _judged(work, heard, frozenset(), ())
    return verdict is not None and not verdict.third and (verdict.mental or verdict.level is Level.EMERGENCY)


def _verdict(work: Work, chat_id: int, heard: Heard, earlier: tuple[str, ...]) -> Verdict | None:
    return _judged(work, heard, risks.recall(work, chat_id), earlier)


def _judged(work: Work, heard: Heard, context: frozenset[str], earlier: tuple[str, ...]) -> Verdict | None:
    """What triage says; none when it failed, or took too long to find nothing. Neither says anything of the text."""
    lexicon, began = work.around.library.triage.lexicon, time.thread_time()
    try:
        if answers.is_plain(heard.text) and not earlier and not heard.forwarded:
            return _of_answers(lexicon)(heard.text, context=context)
        verdict = judge(lexicon, heard.text, context=context, earlier=earlier, forwarded=heard.forwarded)
    except Exception as error:  # whatever it is: the person must not be left without an answer
        log.error("triage failed", action="hearing.failed", error=type(error).__name__)
        return None
    took = time.thread_time() - began
    if took <= SLOW_SECONDS:
        return verdict
    log.warning("triage was slow", action="hearing.slow", milliseconds=round(took * 1000))
    return verdict if verdict.level is not Level.NONE or verdict.ask else None


@lru_cache(maxsize=1)  # of one content: what was said of it before is let go of with it
def _of_answers(lexicon: Lexicon) -> Callable[..., Verdict]:
    """What triage says of a "done" and its like, which most messages are: always the same."""
    return lru_cache(maxsize=1024)(partial(judge, lexicon))


def _words(work: Work, chat_id: int, heard: Heard, verdict: Verdict, earlier: tuple[str, ...]) -> str:
    """What the finding is about: this message, with those before it without which it would be another finding."""
    kept = list(earlier)
    if _says_the_same(work, chat_id, heard, verdict, ()):
        kept = []
    for message in earlier if kept else ():
        without = [one for one in kept if one is not message]
        if _says_the_same(work, chat_id, heard, verdict, tuple(without)):
            kept = without
    return quoting.together([*kept, heard.text])


def _says_the_same(
    work: Work, chat_id: int, heard: Heard, verdict: Verdict, earlier: tuple[str, ...]
) -> bool:
    found = _verdict(work, chat_id, heard, earlier)
    return found is not None and (found.level, found.ask) == (verdict.level, verdict.ask)


def _language(work: Work, row: Any, verdict: Verdict, heard: Heard) -> str:
    """That of the finding where it is not English, else as for any other words."""
    return verdict.language if verdict.language != FALLBACK else asides.language_for(work, row, heard.text)


def _earlier(work: Work, chat_id: int, heard: Heard) -> tuple[str, ...]:
    """The messages of the last ten minutes that can be read, oldest first."""
    since = work.at - followups.WINDOW
    found = window.before(work.tx, chat_id, heard.message_id, since, MOST_TOGETHER - 1)
    return tuple(text for row in found if (text := _opened(work, row.words)))


def _opened(work: Work, sealed: bytes) -> str:
    try:
        return str(work.around.vault.open(sealed))
    except LostKeyError:
        return ""
