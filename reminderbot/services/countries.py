"""Which country somebody is in, and the numbers to call there: tapped or typed, else of the time zone, else unknown."""

from datetime import timedelta

from reminderbot.services import audits, holds, outbox, safety_cards
from reminderbot.services.replies import Tap, add
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import people, reports, safety
from reminderbot.store.tables import Lane, ReportState

PROMPT = "safety.country"
"""The message that asks for a country."""

LATELY = timedelta(minutes=10)
"""How long after the question a country may be typed without a command."""


def ask(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Offer the countries whose numbers are known; any other may be typed."""
    shown = sorted((row.name, code) for code, row in work.around.library.numbers.root.items())
    add(work, chat_id, tap, PROMPT, {"countries": [{"code": code, "country": name} for name, code in shown]})


def asked_lately(work: Work, chat_id: int) -> bool:
    """Whether a country may be typed just now."""
    return people.told_since(work.tx, chat_id, PROMPT, work.at - LATELY)


def choose(work: Work, chat_id: int, country: str, tap: Tap | None = None) -> None:
    """Remember the country, say its number, and put that on the card that is open.

    ``country`` comes from outside; whatever is no country that is offered counts as one without a number.
    """
    holds.ensure(work, chat_id)
    code = country if work.around.places.is_country(country) else safety_cards.ELSEWHERE
    safety.change(work.tx, chat_id, {"country": code})
    if tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.saved")
    outbox.warn(work, chat_id, "safety.country_set", safety_cards.numbers(work, chat_id))
    for row in reports.unsettled(work.tx, chat_id):
        if row.state == ReportState.OPEN and row.card_id:
            card = safety_cards.as_it_is(work, row)
            target = keys.encode_row(row.card_id)
            outbox.edit(work, chat_id, target, card.template, card.args, lane=Lane.SAFETY)
    audits.log(work, chat_id, "country", country=code)
