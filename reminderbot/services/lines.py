"""Whom to call where a person is: the numbers of their country as arguments of messages, or words instead."""

from reminderbot.library.numbers import CountryNumbers, Line, Numbers
from reminderbot.library.texts import FALLBACK
from reminderbot.services import holds
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import people


def country(work: Work, chat_id: int) -> str | None:
    """ISO code of the country that a person tapped, else of their confirmed time zone; none when neither is known."""
    known = holds.row(work, chat_id)
    if known and known.country:
        return str(known.country)
    zone = confirmed_zone(work, chat_id)
    return Numbers.country_of_zone(zone) if zone else None


def confirmed_zone(work: Work, chat_id: int) -> str | None:
    """The IANA zone that a person has confirmed; none before that."""
    who = people.get(work.tx, chat_id)
    return str(who.zone) if who and who.zone_confirmed else None


def of(work: Work, chat_id: int) -> CountryNumbers | None:
    """The numbers of a person's country; none where they are not known."""
    return work.around.library.numbers.of(country(work, chat_id))


def args(local: CountryNumbers | None, language: str = FALLBACK) -> dict[str, object]:
    """The emergency number of a country, and its line to talk to; or words where they are not known."""
    return {
        "language": language,
        "number": local.ambulance if local else "",
        "country": local.name_in(language) if local else "",
        "call_text": _call(local),
        "call_line_text": _call_line(local),
        "talk_line_text": _line(local.crisis if local else None, "safety.talk_line", "safety.talk_line_any"),
        "crisis": local.crisis.number if local and local.crisis else "",
        "crisis_text": _line(local.crisis if local else None, "safety.crisis_line", "safety.crisis_line_any"),
    }


def today(local: CountryNumbers | None) -> dict[str, object]:
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


def _call_line(local: CountryNumbers | None) -> Nested:
    """The same, to stand in the middle of a line."""
    return nested("safety.call_line", number=local.ambulance) if local else nested("safety.call_any")


def _line(line: Line | None, named: str, unnamed: str) -> Nested:
    return nested(named, line=line.name, number=line.number) if line else nested(unnamed)
