"""Safety cards: which text a report gets, with the number to call where the person is.

A card is worked out from the report's row each time, so that it can be shown again with another number. What content
lacks gives way to general words: a card never fails to be made.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from reminderbot.library.numbers import CountryNumbers, Line, Numbers
from reminderbot.rules.triage import Level
from reminderbot.services import duty, holds, outbox
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import people
from reminderbot.store.tables import Sharing

MENTAL = "safety.lead_mental"
"""How a card begins whose reason says thanks itself."""

CARD, CRISIS = EMERGENCIES = ("safety.emergency", "safety.crisis")
"""Templates of the cards of an emergency: of the body, and when life feels too much."""

ELSEWHERE = "ZZ"
"""Stands for a country that is not in the table; ISO 3166 gives this code to nobody."""

QUOTED = 70
"""Characters of a person's own words that they are told to say on the phone."""

THANKS, AGAIN, SILENCE = "safety.lead_thanks", "safety.lead_again", "safety.lead_silence"
"""How a card begins: at once, once more after a silence, and when a question stayed without an answer."""

_COMMAND = re.compile(r"^\s*/\w+(@\w+)?\s*")
"""What nobody says on the phone: the command in "/done but my leg is numb"."""

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
    local = _local(work, row.chat_id)
    begins = MENTAL if row.mental and lead == THANKS else lead
    args = _common(row) | _lines(local, row.language)
    args |= {"lead_text": nested(begins), "helped": helped}
    args |= {"reason_text": _reason(work, row), "say_text": _say(work, row)}
    if row.closed_as == ABOUT_OTHER:
        return Card("safety.third", args)
    return Card(_template(row), args | _watched(work, row) | _today(local))


def as_it_is(work: Work, row: Any) -> Card:
    """The card that was put out for a report, as it has to look now."""
    told = row.card_id and outbox_rows.said_after(work.tx, row.chat_id, helped_text(row), row.card_id)
    return of(work, row, helped=bool(told))


def helped_text(row: Any) -> str:
    """What is said to somebody who is getting help for this report."""
    return "safety.helped_mental" if row.mental else "safety.helped"


def stands(work: Work, row: Any) -> Card:
    """What is said when the card of a report still stands: the number that the card showed."""
    local, name = _local(work, row.chat_id), "safety.stands_mental" if row.mental else "safety.stands"
    if row.level == holds.URGENT and not row.mental:
        return Card("safety.stands_today", _lines(local, row.language) | _today(local))
    return Card(name, _lines(local, row.language))


def question(work: Work, row: Any) -> Card:
    """The one question of a report whose critical symptom is in doubt."""
    template = "safety.question_today" if row.level in holds.HOLDING else "safety.question"
    template = "safety.question_mental" if row.mental else template
    args = _common(row) | {"question_text": _text(work, row, "question", "safety.question_any")}
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


def show_unreadable(work: Work, chat_id: int, template: str) -> None:
    """A picture, a recording or a file: say that it can't be read, and what should not wait for words."""
    local = numbers(work, chat_id)
    signs_text = nested("safety.signs_short", call_text=local["call_text"])
    outbox.warn(work, chat_id, template, local | {"signs_text": signs_text})


def numbers(work: Work, chat_id: int, language: str = "en") -> dict[str, object]:
    """Arguments of every message that names the emergency number where a person is."""
    return _lines(_local(work, chat_id), language)


def country(work: Work, chat_id: int) -> str | None:
    """ISO code of the country that a person tapped, else of their confirmed time zone; none when neither is known."""
    known, who = holds.row(work, chat_id), people.get(work.tx, chat_id)
    if known and known.country:
        return str(known.country)
    return Numbers.country_of_zone(who.zone) if who and who.zone_confirmed else None


def _local(work: Work, chat_id: int) -> CountryNumbers | None:
    return work.around.library.numbers.of(country(work, chat_id))


def _lines(local: CountryNumbers | None, language: str) -> dict[str, object]:
    """The emergency number of a country, or words where it is not known."""
    return {
        "language": language,
        "number": local.ambulance if local else "",
        "country": local.name if local else "",
        "call_text": _call(local),
        "crisis": local.crisis.number if local and local.crisis else "",
        "crisis_text": _line(local.crisis if local else None, "safety.crisis_line", "safety.crisis_line_any"),
    }


def _today(local: CountryNumbers | None) -> dict[str, object]:
    """Whom to call when it has to be looked at today: the country's own line, which then is the number shown."""
    line = local.urgent if local else None
    worse = nested("safety.worse_call", call_text=_call(local))
    return {
        "urgent": line.number if line else "",
        "today_text": _line(line, "safety.today_line", "safety.today_line_any"),
        "worse_text": nested("safety.worse_words") if line else worse,
    }


def _call(local: CountryNumbers | None) -> Nested:
    return nested("safety.call", number=local.ambulance) if local else nested("safety.call_any")


def _line(line: Line | None, named: str, unnamed: str) -> Nested:
    return nested(named, line=line.name, number=line.number) if line else nested(unnamed)


def _common(row: Any) -> dict[str, object]:
    return {"report": keys.encode_number(row.id), "language": row.language}


def _template(row: Any) -> str:
    if row.mental:
        return {holds.EMERGENCY: CRISIS, holds.URGENT: "safety.listen"}.get(row.level, "safety.low")
    return {holds.EMERGENCY: CARD, holds.URGENT: "safety.urgent"}.get(row.level, "safety.gp")


def _reason(work: Work, row: Any) -> Nested:
    if row.language != "en":
        return _text(work, row, "mental" if row.mental else row.level, "safety.reason")
    if row.closed_as == ABOUT_OTHER:
        return _text(work, row, "third", "safety.reason_third")
    return nested(_GENERAL[row.level]) if _is_off(work, row) else _text(work, row, "reason", "safety.reason")


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
    """What to say on the phone: their own words, never a label."""
    words = " ".join(_COMMAND.sub("", duty.opened(work, row.words)).split())
    return nested("safety.say", quote=_cut(words)) if words else nested("safety.say_plain")


def _cut(words: str) -> str:
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rpartition(' ')[0] or words[:QUOTED]}…"


def _watched(work: Work, row: Any) -> dict[str, object]:
    """Whether anybody will see it, and whether they may be shown the words."""
    if row.level not in holds.HOLDING:
        return {"share": False}
    watched, known = duty.watched(work, row.chat_id), holds.row(work, row.chat_id)
    asks = (known.sharing if known else Sharing.ASK) == Sharing.ASK
    shared = any(
        case.shared and case.report_id == row.id for case in case_rows.unclosed_of(work.tx, row.chat_id)
    )
    share = watched and asks and row.words is not None and not shared
    return {"watch_text": nested("safety.watched" if watched else "safety.unwatched"), "share": share}


def _labels(work: Work, language: str) -> Mapping[str, str] | None:
    """Labels of the answers in another language; none for English."""
    spoken = work.around.library.triage.languages.get(language) if language != "en" else None
    if spoken is None:
        return None
    answers = spoken.answers
    return {"yes": answers.yes, "gone": answers.gone, "other": answers.someone_else, "figure": answers.figure}
