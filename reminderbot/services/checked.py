"""Words in place of the buttons of the guided check, while one of its pages is what was asked last."""

from datetime import timedelta
from typing import Final

from reminderbot.library import guided
from reminderbot.library.guided import Page
from reminderbot.rules import answers, plain, safetywords
from reminderbot.rules.safetywords import Reply
from reminderbot.rules.triage import Level, Verdict
from reminderbot.services import holds, outbox, symptoms
from reminderbot.services.work import Work
from reminderbot.store.queries import history
from reminderbot.store.queries import outbox as outbox_rows

ANSWERED_IN_WORDS: Final = timedelta(minutes=30)
"""How long after a page a yes or a no is the answer to it."""

_PAGES: Final = {f"symptom.{page}": page for page in (*guided.PAGES, symptoms.CHECKIN)}


def may_answer(work: Work, text: str) -> bool:
    """Whether words could answer a page at all; what tells of a move or an excuse can't ("yes, did it")."""
    said, move = safetywords.of_list(text), answers.read(text)
    if move:
        return move.bare or said is Reply.NO or safetywords.is_bare_yes(text)
    return said is not None or safetywords.place(text) is not None or _named(work, text) is not None


def page(work: Work, chat_id: int, reply_to: int | None) -> str | None:
    """The page that was asked last, and what its "none of these" stands for; none when something else was since.

    Nor for a reply to a reminder.
    """
    said = outbox_rows.recently_said(work.tx, chat_id, list(_PAGES), work.at - ANSWERED_IN_WORDS)
    # What is said in one go is one answer, such as a page and a welcome back.
    asked = [row for row in said if row.created_at == said[0].created_at and row.template in _PAGES]
    if not asked or (reply_to and history.of_message(work.tx, chat_id, reply_to)):
        return None
    reminder = history.newest_open(work.tx, chat_id, holds.today(work, chat_id), work.at, None)
    if reminder and (reminder.sent_at or reminder.due_at) > asked[0].created_at:
        return None
    return _PAGES[asked[0].template]


def says_more(work: Work, name: str, text: str, verdict: Verdict) -> bool:
    """Whether what triage finds in the words themselves is as serious as what they stand for on a page."""
    sign = _sign(work, _asks(name), text)
    item = work.around.library.check.item(sign) if sign else None
    level = item.level if item else symptoms.level(work, _asks(name))
    doubt = verdict.ask and level == Level.GP
    return verdict.mental or doubt or verdict.level.rank >= Level(level).rank


def take(work: Work, chat_id: int, name: str, text: str, person: str) -> None:
    """Do what the button would for which these words stand, on a page; what is neither yes nor no is asked again.

    ``person`` is their first name.
    """
    asked, said = _asks(name), safetywords.of_list(text)
    if sign := _sign(work, asked, text):
        symptoms.has(work, chat_id, sign, person)
    elif said is Reply.YES:
        symptoms.has_some(work, chat_id, asked, person)
    elif said is Reply.NO:
        symptoms.has_none(work, chat_id, name)
    else:
        outbox.say(work, chat_id, f"symptom.{name}", symptoms.page_args(work, asked, name))


def _asks(name: str) -> Page:
    """The page whose signs are asked about; a check-in asks about those of the first one."""
    return next((one for one in guided.PAGES if one == name), guided.PAGES[0])


def _sign(work: Work, page: Page, text: str) -> str | None:
    return _named(work, text) or _placed(work, page, text)


def _named(work: Work, text: str) -> str | None:
    """The sign whose button these words are."""
    words = {plain.words(text), safetywords.bare(text)}
    check, messages = work.around.library.check, work.around.library.messages
    signs = ((page, name) for page in guided.PAGES for name in check.items(page))
    return next((n for page, n in signs if plain.words(messages[f"symptom.{page}"].button(n)) in words), None)


def _placed(work: Work, page: Page, text: str) -> str | None:
    """The sign at the place that these words name."""
    names, place = list(work.around.library.check.items(page)), safetywords.place(text)
    return names[place] if place is not None and place < len(names) else None
