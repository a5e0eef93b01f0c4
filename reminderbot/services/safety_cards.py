"""Safety cards: which text a report gets, with the number to call where the person is.

A card is worked out from the report's row each time, so that it can be shown again with another number. What content
lacks gives way to general words: a card never fails to be made.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import structlog

from reminderbot.library.guided import QUESTIONS
from reminderbot.library.texts import FALLBACK
from reminderbot.rules import quoting
from reminderbot.rules.triage import Level
from reminderbot.services import complaints, duty, holds, lines, outbox, writings
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import safety as safety_rows
from reminderbot.store.tables import CaseState, ReportState, Sharing

log = structlog.get_logger()

MENTAL = "safety.lead_mental"
"""How a card begins whose reason says thanks itself."""

CARD, CRISIS = EMERGENCIES = ("safety.emergency", "safety.crisis")
"""Templates of the cards of an emergency: of the body, and when life feels too much."""

URGENT_CARD = "safety.urgent"
"""Template of the card of what has to be looked at today, of the body."""

SAME_STORY = timedelta(hours=24)
"""How long what somebody has told before, and which still holds, is part of what to say on the phone."""

THANKS, AGAIN, SILENCE = "safety.lead_thanks", "safety.lead_again", "safety.lead_silence"
"""How a card begins: at once, once more after a silence, and when a question stayed without an answer."""

_GENERAL = {holds.EMERGENCY: "safety.reason_now", holds.GP: "safety.reason_gp"}
"""By level: what is said when the condition's own sentence speaks of another haste."""

_LISTED = {"list_text": nested("safety.signs_list")}
"""The signs to watch for, as an argument."""

ABOUT_OTHER = "someone_else"
"""``closed_as`` of a report about somebody else."""


class Card(NamedTuple):
    """A template and its arguments."""

    template: str
    args: dict[str, object]


def of(work: Work, row: Any, lead: str = THANKS, *, helped: bool = False) -> Card:
    """The card of a report. ``helped``: the person is getting help already, so that button goes."""
    local = lines.of(work, row.chat_id)
    args = _common(row) | lines.args(local, row.language) | {"helped": helped}
    args |= _opening(work, row, lead) | {"say_text": _say(work, row)}
    args |= {"way_text": _way(work, row), "reads": _reads(work, row)}
    if row.closed_as == ABOUT_OTHER:
        return Card("safety.third", args)
    return Card(_template(row), args | _watched(work, row, lead) | _walks(work, row) | lines.today(local))


def show(work: Work, row: Any, card: Card) -> int:
    """Send a card, and behind an urgent one what would make it an emergency; returns the card's outbox row."""
    card_id = outbox.warn(work, row.chat_id, card.template, card.args)
    asks = work.around.library.check.behind(row.condition)
    if card.template == URGENT_CARD and asks:
        outbox.warn(work, row.chat_id, QUESTIONS, _common(row) | {"asks": list(asks)})
    return card_id


def as_it_is(work: Work, row: Any) -> Card:
    """The card that was put out for a report, as it has to look now."""
    return of(work, row, helped=is_helped(work, row))


def is_helped(work: Work, row: Any) -> bool:
    """Whether somebody has said since the card of a report that they are getting help."""
    said = row.card_id and outbox_rows.said_after(work.tx, row.chat_id, helped_text(row), row.card_id)
    return bool(said)


def helped_text(row: Any) -> str:
    """What is said to somebody who is getting help for this report."""
    return "safety.helped_mental" if row.mental else "safety.helped"


def stands(work: Work, row: Any, language: str) -> Card:
    """What is said when the card of a report still stands: the number that the card showed."""
    local, name = lines.of(work, row.chat_id), "safety.stands_mental" if row.mental else "safety.stands"
    if row.level == holds.URGENT and not row.mental:
        return Card("safety.stands_today", lines.args(local, language) | lines.today(local))
    return Card(name, lines.args(local, language))


def still(work: Work, row: Any, language: str) -> Nested:
    """That a question, or what the card of a report said, still stands: as a part of another message."""
    if row.state == ReportState.ASKED:
        return nested("safety.still_open")
    card = stands(work, row, language)
    return nested(card.template, **card.args)


def question(work: Work, row: Any) -> Card:
    """The one question of a report whose critical symptom is in doubt."""
    template = "safety.question_today" if row.level in holds.HOLDING else "safety.question"
    template = "safety.question_mental" if row.mental else template
    args = numbers(work, row.chat_id, row.language) | _common(row)
    args |= {"question_text": _text(work, row, "question", "safety.question_any")}
    return Card(template, args | {"labels": _labels(work, row.language)})


def correction(work: Work, row: Any) -> dict[str, object]:
    """Arguments of what is said after a correction: how things stand now, the number, and the way back."""
    known = holds.row(work, row.chat_id)
    still = "safety.still_off" if known and known.mental else "safety.still_held"
    now = nested(still if holds.is_held(known) else "safety.goes_on")
    return numbers(work, row.chat_id, row.language) | _common(row) | {"now_text": now}


def signs(work: Work, chat_id: int, language: str = "en") -> Card:
    """The signs to watch for, without a finding: it names what to act on, and the number."""
    name = f"triage.{language}.safety"
    if name not in work.around.library.messages:
        return Card("safety.signs", numbers(work, chat_id) | _LISTED)
    return Card("safety.signs_in", numbers(work, chat_id, language) | {"signs_text": nested(name)})


def show_signs(work: Work, chat_id: int, language: str = "en") -> None:
    """Send the signs to watch for."""
    outbox.warn(work, chat_id, *signs(work, chat_id, language))


def show_static(work: Work, chat_id: int) -> None:
    """A message could not be judged: send the signs to watch for."""
    outbox.warn(work, chat_id, "safety.static", numbers(work, chat_id) | _LISTED)


def show_unreadable(work: Work, chat_id: int, template: str, row: Any | None = None) -> None:
    """A picture, a recording or a file: say that it can't be read, and what should not wait for words.

    With ``row``, a report that is open, that this still stands, in its language.
    """
    local = numbers(work, chat_id, row.language if row else FALLBACK)
    short = nested("safety.signs_short", call_text=local["call_text"])
    said = short if row is None else still(work, row, row.language)
    outbox.warn(work, chat_id, template, local | {"signs_text": said})


def numbers(work: Work, chat_id: int, language: str = "en") -> dict[str, object]:
    """Arguments of every message that names the emergency number where a person is."""
    return lines.args(lines.of(work, chat_id), language)


def _way(work: Work, row: Any) -> Nested:
    told = {row.condition, *complaints.conditions(work, row)}
    waits = not told.isdisjoint(work.around.library.check.ambulance)
    return nested("safety.way_ambulance" if waits else "safety.way")


def _reads(work: Work, row: Any) -> bool:
    """Whether a button leads from the card of a report to what there is to read about such complaints."""
    known = work.around.library.conditions.values()
    return row.level == holds.GP and any(row.condition in one.triage for one in known)


def _common(row: Any) -> dict[str, object]:
    return {"report": keys.encode_number(row.id), "language": row.language}


def _template(row: Any) -> str:
    if row.mental:
        return {holds.EMERGENCY: CRISIS, holds.URGENT: "safety.listen"}.get(row.level, "safety.low")
    return {holds.EMERGENCY: CARD, holds.URGENT: URGENT_CARD}.get(row.level, "safety.gp")


def _opening(work: Work, row: Any, lead: str) -> dict[str, object]:
    """How a card begins, and why it comes; in another language the reason says thanks itself."""
    begins = nested(MENTAL if row.mental and lead == THANKS else lead)
    reason = _reason(work, row, again=lead != THANKS)
    if row.language != FALLBACK and lead != THANKS:
        reason = nested("safety.led", lead_text=begins, reason_text=reason)
    return {"lead_text": begins, "reason_text": reason}


def _reason(work: Work, row: Any, *, again: bool) -> Nested:
    """Why the card comes; in general words when they know already, so that the card stays short."""
    about_other, foreign = row.closed_as == ABOUT_OTHER, row.language != FALLBACK
    if foreign and not about_other:
        return _text(work, row, "mental" if row.mental else row.level, "safety.reason")
    if about_other and foreign:
        return nested("safety.reason_third")
    if about_other:
        return complaints.both(work, row) or _text(work, row, "third", "safety.reason_third")
    general = _is_off(work, row) or (again and row.level == holds.EMERGENCY and not row.mental)
    if own := _own_reason(work, row):
        return nested(own)
    if general:
        return nested(_GENERAL[row.level])
    return complaints.both(work, row) or _text(
        work, row, "reason", "safety.reason" if row.mental else _GENERAL.get(row.level, "safety.reason")
    )


def _own_reason(work: Work, row: Any) -> str | None:
    """Message of the reason that a rule of the report has of its own; none without one."""
    names = (f"triage.{rule}.reason" for rule in json.loads(row.rules))
    return next((name for name in names if name in work.around.library.messages), None)


def needs_talk(work: Work, row: Any) -> bool:
    """Whether a correction of a report still names whom to talk to: about dark thoughts, or what may come of them."""
    known = work.around.library.triage.conditions
    named = (known.get(name) for name in writings.signs(work, row.rules))
    return bool(row.mental or any(one.mental for one in named if one))


def _is_off(work: Work, row: Any) -> bool:
    """Whether the sentence of a condition speaks of another haste than the report has.

    "Today" after it has become an emergency: none of its rules is one, or a doubt that may be. "Now" about what can
    wait for days: any of its rules is more than that.
    """
    condition = work.around.library.triage.conditions.get(row.condition)
    if condition is None or row.mental or row.level not in _GENERAL:
        return False
    levels = {rule.level for rule in condition.rules}
    return levels != {holds.GP} if row.level == holds.GP else not levels & {holds.EMERGENCY, Level.NONE}


def _text(work: Work, row: Any, kind: str, general: str) -> Nested:
    """A text of the report's condition, or of its language; general words where there is none."""
    owner = row.condition if row.language == "en" else row.language
    name = f"triage.{owner}.{kind}"
    return nested(name if name in work.around.library.messages else general)


def _say(work: Work, row: Any) -> Nested:
    """What to say on the phone: their own words, never a label; with what they told before and which still holds."""
    alone = row.mental or row.closed_as == ABOUT_OTHER
    quoted = quoting.join(quoted_words(work, one) for one in (*(() if alone else _before(work, row)), row))
    return nested("safety.say", quote=quoted) if quoted else nested("safety.say_plain")


def _before(work: Work, row: Any) -> Sequence[Any]:
    since = work.at - SAME_STORY
    return safety_rows.told_before(work.tx, row.chat_id, row.id, holds.HOLDING, holds.SUPERSEDED, since)


def quoted_words(work: Work, row: Any) -> str:
    """The words of a report that matter most, in short; empty when there are none."""
    words = duty.opened(work, row.words)
    try:
        return quoting.quote(work.around.library.triage.lexicon, words, json.loads(row.rules))
    except Exception as error:  # whatever it is: no card fails for the sake of a quote
        log.error("cannot quote", action="cards.quote", error=type(error).__name__)
        return quoting.shortened(" ".join(words.split()))


def _walks(work: Work, row: Any) -> dict[str, object]:
    """What goes on and what does not, on advice for the coming days: nothing prompts to move while exercise is held."""
    if row.level in holds.HOLDING or row.mental:
        return {}
    held = holds.is_held(holds.row(work, row.chat_id))
    return {"walks_text": nested("safety.still_held" if held else "safety.walks")}


def _watched(work: Work, row: Any, lead: str) -> dict[str, object]:
    """Whether anybody will see it, and whether they may be shown the words."""
    if row.level not in holds.HOLDING:
        return {"share": False}
    watched, known = duty.watched(work, row.chat_id), holds.row(work, row.chat_id)
    asks = (known.sharing if known else Sharing.ASK) == Sharing.ASK
    cases = case_rows.unclosed_of(work.tx, row.chat_id)
    shared = row.shared and any(case.shared for case in cases)
    waits = lead == AGAIN and any(case.state == CaseState.OPEN for case in cases)
    text = ("safety.unseen" if waits else "safety.watched") if watched else "safety.unwatched"
    return {"watch_text": nested(text), "share": watched and asks and row.words is not None and not shared}


def _labels(work: Work, language: str) -> Mapping[str, str] | None:
    """Labels of the answers in another language; none for English."""
    spoken = work.around.library.triage.languages.get(language) if language != "en" else None
    if spoken is None:
        return None
    answers = spoken.answers
    return {"yes": answers.yes, "gone": answers.gone, "other": answers.someone_else, "figure": answers.figure}
