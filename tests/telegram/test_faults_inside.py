"""Faults of our own: the database fails, a handler breaks, a second worker runs, the key is lost."""

import asyncio
import dataclasses
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from reminderbot.services import overviews, settling, upkeep
from reminderbot.services.work import Surroundings
from reminderbot.store import schema, tables
from reminderbot.store.engine import Store
from reminderbot.store.queries import inbox
from reminderbot.store.tables import Delivery, InboxState, Outcome
from reminderbot.store.vault import Vault, new_key
from reminderbot.telegram import answering
from tests.telegram.looking import clocks, fates, nudges, rows
from tests.world import MONDAY, Somebody, World, world


def failing(verb: Callable[..., Any], error: Exception, times: int) -> Callable[..., Any]:
    """The verb, after it has failed so many times."""
    left = [times]

    def tried(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise error
        return verb(*args, **kwargs)

    return tried


def locked() -> OperationalError:
    return OperationalError("statement", None, Exception("database is locked"))


def test_an_update_waits_while_the_database_fails(ana: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(inbox, "finish", failing(inbox.finish, locked(), 5))
    ana.says("done")
    ana.sees("Move: done")
    ana.sees_nothing()


def test_updates_that_can_not_be_stored_stay_with_telegram(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(inbox, "add", failing(inbox.add, locked(), 1))
        ana.person.says("done")
        with pytest.raises(OperationalError):
            here.settle()
    here.settle()
    ana.sees("Move: done")
    ana.sees_nothing()


def test_what_was_sent_but_not_noted_is_never_a_second_nudge(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "arrived", failing(settling.arrived, locked(), 1))
    here.fast_forward(minutes=30)
    assert clocks(ana) == ["Mon 9:00"]
    ana.taps("Done")
    assert fates(ana) == [(Delivery.SENT, Outcome.DONE)]


def test_a_handler_that_breaks_says_so_and_stops_nobody_else(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "AGAIN_SECONDS", 0)
    broken = failing(overviews.streak, RuntimeError("what somebody wrote"), 99)
    monkeypatch.setattr(overviews, "streak", broken)
    ana.says("/streak")
    ana.sees("Sorry, something went wrong on my side")
    ana.says("/today")
    ana.sees("Move")
    states = {row.state: row.payload for row in rows(here, tables.inbox)}
    assert states == {InboxState.DONE: None, InboxState.FAILED: None}


POLL = {
    "id": "7", "question": "what somebody asks", "options": [], "total_voter_count": 0, "is_closed": False,
    "is_anonymous": True, "type": "regular", "allows_multiple_answers": False,
}  # fmt: skip
READABLE = {"allows_revoting": False, "members_only": False}


@pytest.mark.parametrize("update", [POLL | READABLE, POLL], ids=["of another kind", "not to be read"])
def test_an_update_that_is_nothing_to_the_bot_holds_up_no_other_and_is_not_logged(
    here: World, ana: Somebody, update: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    ana.person.says("/streak")
    here.tele.world.updates.allowed = ()
    here.tele.world.updates.put("poll", update, ana.id)
    ana.says("/today")
    ana.sees("Streak 0 days")
    ana.sees("Move", "Next")
    here.restart()
    ana.sees_nothing()
    assert {row.state for row in rows(here, tables.inbox)} == {InboxState.DONE}
    assert "what somebody asks" not in caplog.text


def test_two_workers_send_each_nudge_once_and_answer_once(here: World, ana: Somebody) -> None:
    other = here._assemble()

    async def both(*jobs: Any) -> None:
        await asyncio.gather(*jobs)

    for _ in range(3):
        here.now = here.now.replace(minute=0, hour=here.now.hour + 1)
        here.run(both(here.bot.settle(), other.settle()))
        here.now = here.now.replace(minute=10)
        ana.person.says("done")
        here.run(both(here.bot.intake.poll_once(0), other.intake.poll_once(0)))
        here.run(both(here.bot.settle(), other.settle()))
    here.run(other.app.shutdown())
    keys = [nudge.key for nudge in nudges(ana)]
    assert len(keys) == len(set(keys)) == 3
    assert len([text for text in ana.unread() if text.startswith("Move: done")]) == 3


def test_a_lost_key_stops_neither_reminders_nor_answers(
    around: Surroundings, here: World, ana: Somebody
) -> None:
    here.until(here.now.replace(hour=9, minute=30))
    ana.says("/settings")
    ana.taps("Anything to avoid")
    ana.taps("Nothing")
    here.tele.faults.refuse("sendMessage", status=500)
    ana.says("/streak")
    here.around = dataclasses.replace(around, vault=Vault(new_key()))
    ana.person.says("/privacy")
    ana.forgets_what_was_said()
    here.restart()
    here.fast_forward(seconds=5)  # the answer that can't be read any more has held up the later one
    ana.sees("What I know about you")
    here.until(here.now.replace(hour=10, minute=1))
    assert clocks(ana) == ["Mon 9:00", "Mon 10:00"]
    ana.taps("Done")
    ana.sees("1 of 7")
    ana.says("/settings")
    ana.sees("not answered yet")
    ana.forgets_what_was_said()
    here.restart()
    here.fast_forward(hours=23)
    assert len(nudges(ana, "stretch")) == 1


def test_with_a_lost_key_only_easy_cards_come(store: Store, around: Surroundings) -> None:
    lost = dataclasses.replace(around, vault=Vault(new_key()))
    with world(store, around) as here:
        ana = here.person("Ana", "UTC")
        ana.says("/settings")
        ana.taps("Anything to avoid")
        ana.taps("Nothing")
        here.around = lost
        here.restart()
        here.fast_forward(days=30)
        given = [row.card for row in rows(here, tables.reminders, habit="stretch") if row.card]
        assert len(set(given)) > 3
        assert all(not around.library.card(card).avoid_if for card in given)  # type: ignore[union-attr]


def test_an_update_stored_under_a_lost_key_is_set_aside_and_asked_for_again(
    here: World, ana: Somebody, around: Surroundings
) -> None:
    ana.person.says("zebra crossing")

    async def die() -> None:
        await here.bot.intake.poll_once(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    here.run(die())
    here.around = dataclasses.replace(around, vault=Vault(new_key()))
    here.restart()
    ana.sees("these signs should not wait")
    ana.sees("Please send it again")
    assert InboxState.FAILED in {row.state for row in rows(here, tables.inbox)}
    here.restart()
    ana.sees_nothing()


def test_due_times_are_worked_out_anew_when_the_zone_data_has_changed(here: World, ana: Somebody) -> None:
    def as_if_by_older_data(work: Any) -> None:
        schema.write(work.tx, upkeep.ZONE_DATA, "2001.1")
        old = tables.cadences.update().where(tables.cadences.c.habit == "move")
        work.tx.execute(old.values(next_due_at=MONDAY.replace(hour=12, minute=34)))

    here.ask(as_if_by_older_data)
    here.restart()
    assert here.ask(lambda work: schema.read(work.tx, upkeep.ZONE_DATA)) == version("tzdata")
    here.until(here.now.replace(hour=12, minute=40))
    assert clocks(ana) == ["Mon 9:00", "Mon 10:00", "Mon 11:00"]


def test_a_spread_shifts_the_nudges_of_a_chat_and_never_its_stretch(
    store: Store, around: Surroundings
) -> None:
    with world(store, dataclasses.replace(around, spread_minutes=20)) as here:
        people = [here.person(name, "UTC") for name in ("Ana", "Bea", "Cem", "Dan", "Eva", "Fay")]
        here.until(here.now.replace(hour=16, minute=59))
        minutes = set()
        for who in people:
            seen = clocks(who)
            [minute] = {at.rpartition(":")[2] for at in seen}
            assert [at.split()[1].partition(":")[0] for at in seen] == [
                "9",
                "10",
                "11",
                "13",
                "14",
                "15",
                "16",
            ]
            minutes.add(int(minute))
            who.says("/remind move on")
            who.sees(f"Tue 9:{minute}")
        assert len(minutes) > 1
        assert max(minutes) <= 20
        here.fast_forward(hours=16)
        assert {tuple(clocks(who, habit="stretch")) for who in people} == {("Tue 8:30",)}
