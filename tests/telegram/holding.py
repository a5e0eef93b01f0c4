"""A report and its hold, without the words that lead to one: for tests of what a hold does."""

from typing import Any

from reminderbot.services import holds
from reminderbot.services.work import Work, new_id
from reminderbot.store.tables import ReportState, reports
from tests.world import Somebody


def report(
    who: Somebody, level: str = "emergency", *, mental: bool = False, asked: bool = False, language: str = "en"
) -> int:  # fmt: skip
    """Somebody has reported something of this level, or is being asked about it; the report's id."""

    def verb(work: Work) -> int:
        number = new_id(work.at)
        state = ReportState.ASKED if asked else ReportState.OPEN
        row: dict[str, Any] = {"chat_id": who.id, "id": number, "reported_at": work.at, "state": state}
        row |= {"level": level, "mental": mental, "rules": "[]", "codes": "[]", "lexicon": "1"}
        row |= {"language": language}
        work.tx.execute(reports.insert().values(row))
        if asked:
            holds.ask_hold(work, who.id, number)
        else:
            holds.hold(work, who.id, level, mental, number)
        return number

    return who.world.ask(verb)


def take_back(who: Somebody, number: int) -> None:
    """The report was a misreading."""
    who.world.ask(lambda work: holds.release(work, who.id, number))
