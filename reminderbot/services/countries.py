"""Which country somebody is in, and the numbers to call there: tapped or typed, else of the time zone, else unknown."""

import re
from datetime import timedelta

from reminderbot.library.texts import FALLBACK
from reminderbot.services import audits, holds, lines, outbox, safety_cards
from reminderbot.services.replies import Tap, add, answer
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import reports, safety
from reminderbot.store.tables import Lane, ReportState

PROMPT = "safety.country"
"""The message that asks for a country."""

LATELY = timedelta(minutes=10)
"""How long after the question a country may be typed without a command."""

A_PAGE = 8
"""Countries that are offered at once: what a phone shows together with the question."""

ELSEWHERE = "ZZ"
"""Stands for a country that is not in the table; ISO 3166 gives this code to nobody."""

_AROUND = re.compile(
    r"^\W*(?:(?:i am|i['’]?m|we are|we['’]?re) )?(?:(?:now )?in )?(?:the )?|\W*(?:now)?\W*$", re.I
)


def ask(work: Work, chat_id: int, tap: Tap | None = None, language: str = FALLBACK) -> None:
    """Offer the countries whose numbers are known, the likely ones first; any other may be typed."""
    add(work, chat_id, tap, PROMPT, _page(work, chat_id, language, 0))


def turn(work: Work, chat_id: int, language: str, page: int, tap: Tap) -> None:
    """Show another page of the countries, in place."""
    answer(work, chat_id, tap, PROMPT, _page(work, chat_id, language, page), "tapped.here")


def asked_lately(work: Work, chat_id: int) -> bool:
    """Whether a country may be typed just now."""
    return outbox_rows.newest_of(work.tx, chat_id, [PROMPT], work.at - LATELY) is not None


def named(work: Work, text: str) -> str | None:
    """ISO code of the country that is all that a text names: "I'm in Mexico now"; none for any other text."""
    return work.around.places.country(text) or work.around.places.country(_AROUND.sub("", text))


def choose(work: Work, chat_id: int, country: str, tap: Tap | None = None, language: str = FALLBACK) -> None:
    """Remember the country, say its number, and put that on the card that is open.

    ``country`` comes from outside; whatever is no country that is offered counts as one without a number.
    """
    holds.ensure(work, chat_id)
    code = country if work.around.places.is_country(country) else ELSEWHERE
    safety.change(work.tx, chat_id, {"country": code})
    _say_number(work, chat_id, code, tap, language)
    for row in reports.unsettled(work.tx, chat_id):
        if row.state == ReportState.OPEN and row.card_id:
            card = safety_cards.as_it_is(work, row)
            target = keys.encode_row(row.card_id)
            outbox.edit(work, chat_id, target, card.template, card.args, lane=Lane.SAFETY)
    audits.log(work, chat_id, "country", country=code)


def _say_number(work: Work, chat_id: int, code: str, tap: Tap | None, language: str) -> None:
    """In place of the countries that were offered; to words, in a message of its own."""
    template, args = "safety.country_set", safety_cards.numbers(work, chat_id, language)
    if work.around.library.numbers.of(code) is None:
        named = work.around.places.is_country(code)
        template = "safety.country_unknown" if named else "safety.country_other"
        args |= {"name": work.around.places.title(code)}
    if tap is None:
        outbox.warn(work, chat_id, template, args)
        return
    outbox.toast(work, chat_id, tap.query_id, "tapped.saved")
    outbox.edit(work, chat_id, tap.message_id, template, args, Lane.SAFETY)


def _page(work: Work, chat_id: int, language: str, page: int) -> dict[str, object]:
    table, order = work.around.library.numbers, _order(work, chat_id, language)
    last = (len(order) - 1) // A_PAGE
    page = min(max(page, 0), last)
    shown = order[page * A_PAGE : (page + 1) * A_PAGE]
    offered = [{"code": code, "country": table.root[code].name_in(language)} for code in shown]
    return {"language": language, "countries": offered, "page": page, "last": last}


def _order(work: Work, chat_id: int, language: str) -> list[str]:
    """Codes of all countries: a page of likely ones, then the others by their names.

    Likely are those where the language is spoken, unless it is English, and those nearest to the zone; without a zone
    those where the language is spoken.
    """
    table = work.around.library.numbers
    by_name = sorted(table.root, key=lambda code: table.root[code].name_in(language))
    zone = lines.confirmed_zone(work, chat_id)
    near = table.nearest(zone) if zone else []
    there = [code for code in near or by_name if language in table.root[code].spoken]
    likely = list(dict.fromkeys(near if near and language == FALLBACK else [*there, *near]))[:A_PAGE]
    return [*likely, *(code for code in by_name if code not in likely)]
