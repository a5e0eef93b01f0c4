"""What people do with a safety card: answer its question, correct it, say that help is coming, share their words.

Each takes the report that the button belongs to. A report that is over, somebody else's or a forged one changes
nothing, and the person is told so. Also for people who are no subscribers.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from reminderbot.library.guided import NONE, QUESTIONS
from reminderbot.rules import quoting
from reminderbot.rules.safetywords import Reply
from reminderbot.rules.triage import Level
from reminderbot.services import audits, cases, duty, holds, outbox, reports, safety_cards, symptoms
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import reports as rows
from reminderbot.store.tables import Lane, ReportState

CONTRADICTED = (
    "safety.emergency", "safety.urgent", "safety.crisis", "safety.listen", QUESTIONS, "safety.followup",
    "safety.followup_mental", "safety.question", "safety.question_today", "safety.question_mental",
    "safety.nobody_answered", "safety.nobody_listened",
)  # fmt: skip
"""Messages that no longer hold when the report that they are about was a misreading."""

_CLOSED: dict[Reply, tuple[str, str]] = {
    Reply.GONE: ("went_away", "safety.went_away"),
    Reply.OTHER: (safety_cards.ABOUT_OTHER, "safety.not_me"),
    Reply.FIGURE: ("figure", "safety.figure"),
    Reply.NO: ("no", "safety.not_so"),
}
"""By answer: why the report is closed, and what is said."""

_DENIED = frozenset({"went_away", "figure", "no"})
"""``closed_as`` of reports whose question was answered with anything but yes."""

_TAKEN_BACK = _DENIED | {safety_cards.ABOUT_OTHER, "misread"}
"""``closed_as`` of reports that can be opened again with one tap."""

NONE_OF_THESE = "safety.none_of_these"
"""What is said when none of the questions behind an urgent card is so."""

ANSWERED_IN_WORDS = timedelta(minutes=10)
"""How long after these questions a yes is the answer to them."""

SAME_TAP = timedelta(minutes=1)
"""The same answer again within this span of its card is the same answer."""


def answer(work: Work, chat_id: int, report_id: int, reply: Reply, tap: Tap | None = None) -> None:
    """The question is answered. Yes is an emergency; a plain no leaves what is certain anyhow.

    What went away is the further sign that was asked about: what has to be looked at today stays.
    """
    row = _alive(work, chat_id, report_id, tap)
    if row is None:
        return
    audits.log(work, chat_id, "answered", report=row.id, answer=str(reply))
    denied = reply is Reply.NO or (reply is Reply.GONE and row.level == holds.URGENT)
    # The card of five minutes' silence has come, and nothing else is certain.
    is_late = reply is Reply.NO and row.level == holds.EMERGENCY
    if is_late:
        _noted(work, chat_id, tap)
        numbers = safety_cards.numbers(work, chat_id, row.language)
        _say_instead(work, chat_id, tap, "safety.still_today", numbers)
    elif reply is Reply.YES or (denied and row.level != Level.NONE):
        _noted(work, chat_id, tap)
        if tap:
            outbox.edit(work, chat_id, tap.message_id, "safety.answered", {"language": row.language})
        _raise(work, row) if reply is Reply.YES else reports.put_out(work, row)
    else:
        _correct(work, row, *_CLOSED[reply], tap)


def misread(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "You misread me": everything is as before, at once, but for what else was told."""
    if row := _alive(work, chat_id, report_id, tap):
        _correct(work, row, "misread", _worded(work, row, "safety.misread"), tap)


def not_me(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "Not about me": no hold and no case for this person; the number stays for whoever it is about."""
    if row := _alive(work, chat_id, report_id, tap):
        _correct(work, row, safety_cards.ABOUT_OTHER, _worded(work, row, "safety.not_me"), tap)


def real(work: Work, chat_id: int, report_id: int, tap: Tap) -> None:
    """ "It is real after all", under a correction, or "It's about me", under a card about somebody else."""
    row = rows.get(work.tx, chat_id, report_id)
    if row is None or row.state != ReportState.CLOSED or row.closed_as not in _TAKEN_BACK:
        outbox.toast(work, chat_id, tap.query_id, "tapped.over")
        return
    audits.log(work, chat_id, "real_after_all", report=row.id)
    _noted(work, chat_id, tap)
    level = holds.EMERGENCY if row.closed_as in _DENIED or row.level == Level.NONE else row.level
    reports.raise_to(work, row, level)


def helped(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "I'm getting help": the card stays, with its number; it is not repeated."""
    row = _alive(work, chat_id, report_id, tap)
    if row is None:
        return
    audits.log(work, chat_id, "helped", report=row.id)
    rows.change(work.tx, chat_id, row.id, {"reacted": True})
    _noted(work, chat_id, tap)
    outbox.say(work, chat_id, safety_cards.helped_text(row), {"language": row.language})
    cases.changed(work, chat_id)
    if tap:
        _show_again(work, row, tap)


def share(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "Share what I wrote": the people on call may read it."""
    row = _alive(work, chat_id, report_id, tap)
    if row is None:
        return
    shared = cases.share(work, chat_id, row.id)
    audits.log(work, chat_id, "shared", report=row.id, shared=shared)
    _noted(work, chat_id, tap)
    outbox.say(work, chat_id, "safety.shared" if shared else "safety.not_shared", {"language": row.language})
    if tap:
        _show_again(work, row, tap)


def five(work: Work, chat_id: int, report_id: int, which: str, tap: Tap) -> None:
    """One of the questions behind an urgent card: any yes is an emergency."""
    row, sign = _alive(work, chat_id, report_id, tap), work.around.library.check.item(which)
    if row is None:
        return
    if sign is None and which != NONE:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
        return
    audits.log(work, chat_id, "five", report=row.id, which=which)
    _noted(work, chat_id, tap)
    if sign is None:
        outbox.say(work, chat_id, NONE_OF_THESE, safety_cards.numbers(work, chat_id, row.language))
    else:
        _name_sign(work, row, which, sign.condition)
        _raise(work, rows.get(work.tx, chat_id, row.id))


def questioned(work: Work, chat_id: int) -> Any | None:
    """The urgent report whose questions have just been put and have no answer yet; none without one."""
    since = work.at - ANSWERED_IN_WORDS
    row = reports.newest(work, chat_id, since)
    last = outbox_rows.newest_of(work.tx, chat_id, (QUESTIONS, NONE_OF_THESE), since)
    waits = row and row.state == ReportState.OPEN and row.level == holds.URGENT and not row.mental
    return row if waits and last and last.template == QUESTIONS else None


def any_of_them(work: Work, row: Any) -> None:
    """Yes, in words, to these questions: which of them is not known, and any yes is an emergency."""
    audits.log(work, row.chat_id, "five", report=row.id, which="yes")
    _raise(work, row)


def worse(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "It's worse", in answer to how it went; about a report that is over it begins the guided check."""
    row = rows.get(work.tx, chat_id, report_id)
    if row is None:
        _alive(work, chat_id, report_id, tap)
        return
    audits.log(work, chat_id, "worse", report=row.id)
    if _is_alive(row):
        _noted(work, chat_id, tap)
        _raise(work, row)
    else:
        if tap:
            outbox.toast(work, chat_id, tap.query_id, "tapped.below")
        check_again(work, chat_id)


def check_again(work: Work, chat_id: int) -> None:
    """Something has become worse, and it is not known what: the number first, then the guided check."""
    outbox.warn(work, chat_id, "safety.worse_now", safety_cards.numbers(work, chat_id))
    symptoms.begin(work, chat_id)


def waiting(work: Work, chat_id: int, report_id: int, tap: Tap | None = None) -> None:
    """ "I'm waiting to be seen", or "I'm safe", in answer to how it went."""
    row = _alive(work, chat_id, report_id, tap)
    if row is None:
        return
    audits.log(work, chat_id, "waiting", report=row.id)
    on = "safety.safe_on" if row.closed_as == holds.SWITCHED_ON else "safety.safe"
    template = on if row.mental else "safety.waiting"
    _say_instead(work, chat_id, tap, template, safety_cards.numbers(work, chat_id, row.language))
    _noted(work, chat_id, tap)


def show_signs(work: Work, chat_id: int, tap: Tap) -> None:
    """ "Signs that change this", under advice for the coming days."""
    _noted(work, chat_id, tap)
    safety_cards.show_signs(work, chat_id)


def _raise(work: Work, row: Any) -> None:
    """Make it an emergency, once for a tap that comes twice."""
    told = outbox_rows.newest_of(work.tx, row.chat_id, safety_cards.EMERGENCIES, work.at - SAME_TAP)
    if row.level != holds.EMERGENCY or told is None:
        reports.raise_to(work, row, holds.EMERGENCY)


def _name_sign(work: Work, row: Any, which: str, condition: str) -> None:
    """The sign that was tapped comes first on the card, on the phone and for the people on call."""
    label = work.around.library.messages[QUESTIONS].button(which, language=row.language)
    words = quoting.APART.join(filter(None, (f"{label}.", duty.opened(work, row.words))))
    named = json.dumps([f"{condition}.{which}", *json.loads(row.rules)])
    changed = {"condition": condition, "rules": named, "words": work.around.vault.seal(words)}
    rows.change(work.tx, row.chat_id, row.id, changed)


def _alive(work: Work, chat_id: int, report_id: int, tap: Tap | None) -> Any | None:
    """The report, while it asks, is open or holds on, also behind a later one; else none, and a notice says so."""
    row = rows.get(work.tx, chat_id, report_id)
    if row and _is_alive(row):
        return row
    if tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.over")
    return None


def _is_alive(row: Any) -> bool:
    return row.state != ReportState.CLOSED or row.closed_as in holds.ANSWERABLE


def _noted(work: Work, chat_id: int, tap: Tap | None) -> None:
    if tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.noted")


def _worded(work: Work, row: Any, template: str) -> str:
    """The message that goes on naming whom to call and to talk to, where that matters."""
    return f"{template}_mental" if safety_cards.needs_talk(work, row) else template


def _correct(work: Work, row: Any, why: str, template: str, tap: Tap | None) -> None:
    """Close the report, and turn its card into what that means; words get a message of their own."""
    reports.close(work, row, why)
    _take_down(work, row, tap)
    _say_instead(work, row.chat_id, tap, template, safety_cards.correction(work, row))
    if tap:
        outbox.toast(work, row.chat_id, tap.query_id, "tapped.corrected")


def _take_down(work: Work, row: Any, tap: Tap | None) -> None:
    """What was sent about a corrected report says that it no longer counts; while another holds, only its card does.

    The message with the button is the one that says what the correction means.
    """
    sent = outbox_rows.sent_after(work.tx, row.chat_id, CONTRADICTED, row.id)
    if holds.is_held(holds.row(work, row.chat_id)):
        sent = [row_id for row_id in sent if row_id == row.card_id]
    for row_id in sent:
        shown = outbox_rows.message_of(work.tx, outbox_rows.Key(row.chat_id, row_id))
        if shown and not (tap and shown[1] == tap.message_id):
            target = keys.encode_row(row_id)
            outbox.edit(
                work, row.chat_id, target, "safety.put_right", {"language": row.language}, Lane.SAFETY
            )


def _say_instead(
    work: Work, chat_id: int, tap: Tap | None, template: str, args: Mapping[str, object]
) -> None:
    """Say something in place of the message with the button; to words, in a message of its own."""
    if tap:
        outbox.edit(work, chat_id, tap.message_id, template, args, Lane.SAFETY)
    else:
        outbox.warn(work, chat_id, template, args)


def _show_again(work: Work, row: Any, tap: Tap) -> None:
    card = safety_cards.as_it_is(work, rows.get(work.tx, row.chat_id, row.id))
    outbox.edit(work, row.chat_id, tap.message_id, card.template, card.args, Lane.SAFETY)
