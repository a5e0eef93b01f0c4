"""Somebody who has used all of it, fell ill, was helped, and then wants to be forgotten: nothing is left."""

from collections.abc import Iterator

import pytest
from sqlmodel import SQLModel

from reminderbot.ops import ticker
from reminderbot.services.work import Work
from tests.telegram.moving import brings, day, file
from tests.world import Somebody, World

NAME = "Anastazja"
WORDS = "my groin is numb and I can't pee"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana by a name that stands in no other text."""
    return here.person(NAME, "Europe/Berlin")


def values(work: Work) -> Iterator[tuple[str, str]]:
    """Every value in the database, decrypted, with the table and the column where it stands."""
    for name, table in SQLModel.metadata.tables.items():
        for row in work.tx.execute(table.select()).mappings():
            for column, value in row.items():
                shown = work.around.vault.open(value) if isinstance(value, bytes) else value
                yield f"{name}.{column}", str(shown)


def places(here: World, *needles: str) -> set[str]:
    """Where any of these texts stands."""
    found = here.ask(lambda work: list(values(work)))
    return {place for place, value in found if any(needle in value for needle in needles)}


def shown(who: Somebody) -> list[str]:
    """The messages in somebody's chat that name her or quote her."""
    return [message.text for message in who.person.messages if NAME in message.text or WORDS in message.text]


def lives(here: World, ana: Somebody, osei: Somebody) -> None:
    """Days with plans, answers, settings, a symptom that somebody on call sees to, and a file of another server."""
    for words in ("/remind move every 45m 10:00-12:00 daily", "/settings avoid knee", "/settings at home"):
        ana.says(words)
    here.fast_forward(hours=26)
    ana.says("done")
    ana.says("/stretch")
    ana.says(WORDS)
    ana.taps("Share what I wrote")
    here.fast_forward(minutes=2)
    osei.taps("Acknowledge")
    brings(ana, file(day=[day(3, done=2)]))


def test_nothing_of_a_whole_life_with_the_bot_is_left(here: World, ana: Somebody, osei: Somebody) -> None:
    lives(here, ana, osei)
    assert {"report.words", "safety_case.name", "import_draft.found"} <= places(here, WORDS, NAME, "move")
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.sees("everything I knew about you is deleted")
    here.fast_forward(minutes=5)
    here.run(ticker.sweep(here.bot.desk))
    assert places(here, str(ana.id), NAME, WORDS) == set()


def test_what_the_people_on_call_have_in_their_chat_names_nobody_any_more(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    lives(here, ana, osei)
    assert shown(osei)
    ana.says("/forget")
    ana.taps("Delete everything")
    here.fast_forward(minutes=5)
    assert not shown(osei)
