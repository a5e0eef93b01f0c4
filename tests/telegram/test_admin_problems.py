"""Problems of the whole bot: operators are told once when one begins, and once when it is over."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from reminderbot.services import pacing, problems
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import schema
from reminderbot.store.engine import Store
from reminderbot.store.queries import vitals
from tests.telegram.alarms import on_call
from tests.telegram.operating import ADA, minutes, operated
from tests.world import MONDAY, Somebody, World, world

LATE, ON_TIME = "Reminders are late", "on time again"
UNSAVED, SAVED = "No backup for two days", "There is a new backup"


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with operated(store, around) as place:
        yield place


@pytest.fixture
def ada(here: World) -> Somebody:
    """The operator, without reminders of their own."""
    who = here.person("Ada", "UTC")
    who.says("/remind move off")
    who.says("/remind stretch off")
    who.forgets_what_was_said()
    return who


@pytest.fixture
def ben(here: World) -> Somebody:
    here.person("Ada")  # the operator comes first
    return here.person("Ben", "UTC")


def told(who: Somebody, words: str) -> int:
    """How often somebody was told so."""
    return sum(words in text for text in who.unread())


def crowded(here: World, minutes: int) -> None:
    """Telegram has said that there are too many messages: no reminder goes out for so long."""
    here.ask(lambda work: pacing.hold_reminders(work, here.now + timedelta(minutes=minutes)))


def backed_up(here: World) -> None:
    """An operator runs `reminderbot backup`."""
    with here.store.begin() as tx:
        vitals.note_backup(tx, here.now)


@pytest.mark.usefixtures("ben")
def test_late_reminders_are_told_once_and_once_when_they_are_over(here: World, ada: Somebody) -> None:
    crowded(here, 15)
    minutes(here, 5 + 3)
    ada.sees_nothing()
    minutes(here, 1)
    ada.sees(LATE, "the oldest has been due since Mon 9:00 (UTC)", "NUDGE_SPREAD")
    minutes(here, 1)
    ada.says("/admin")
    ada.sees("reminderbot", LATE, "Due lag: 5 min 0 s")
    ada.sees_nothing()
    minutes(here, 5 + 9)
    ada.sees_nothing()
    minutes(here, 2)
    ada.sees(ON_TIME)
    minutes(here, 20)
    ada.sees_nothing()


@pytest.mark.usefixtures("ben")
def test_a_bot_that_was_down_and_catches_up_at_once_tells_nothing(here: World, ada: Somebody) -> None:
    here.skip(hours=2)
    here.restart()
    minutes(here, 30)
    ada.sees_nothing()


def test_a_problem_that_comes_back_soon_is_still_the_same_one(
    here: World, ada: Somebody, ben: Somebody
) -> None:
    ben.says("/remind move every 15m 9:00-12:00")
    crowded(here, 15)
    minutes(here, 5 + 11)
    assert (told(ada, LATE), told(ada, ON_TIME)) == (1, 0)
    crowded(here, 8)
    minutes(here, 8)
    assert (told(ada, LATE), told(ada, ON_TIME)) == (1, 0)


@pytest.mark.usefixtures("ben")
def test_it_is_told_once_whatever_restarts(here: World, ada: Somebody) -> None:
    crowded(here, 20)
    minutes(here, 5 + 3)
    here.restart()
    minutes(here, 2)
    here.restart()
    minutes(here, 2)
    assert told(ada, LATE) == 1


def test_two_days_without_a_first_backup_are_told_with_what_to_type(here: World, ada: Somebody) -> None:
    here.fast_forward(days=2)
    ada.sees_nothing()
    minutes(here, 2)
    ada.sees("There is no backup yet", "since Mon 8:55 (UTC)", "reminderbot backup PATH")
    here.fast_forward(days=3)
    ada.sees_nothing()


def test_a_backup_ends_it_and_two_days_later_it_begins_anew(here: World, ada: Somebody) -> None:
    here.fast_forward(days=2, minutes=1)
    minutes(here, 2)
    assert told(ada, "There is no backup yet") == 1
    backed_up(here)
    minutes(here, 12)
    assert told(ada, SAVED) == 1
    ada.forgets_what_was_said()
    ada.says("/admin")
    ada.sees("All is well.", "Last backup: Wed 8:58 (UTC)")
    here.fast_forward(days=2)
    minutes(here, 2)
    ada.sees(UNSAVED, "the last is of Wed 8:58 (UTC)")


def test_a_bot_that_is_backed_up_each_day_hears_nothing(here: World, ada: Somebody) -> None:
    for _ in range(5):
        here.fast_forward(days=1)
        backed_up(here)
    ada.sees_nothing()


def test_only_operators_who_are_there_are_told(
    here: World, ada: Somebody, ben: Somebody, capsys: pytest.CaptureFixture[str]
) -> None:
    ada.person.blocks()
    here.fast_forward(days=2, hours=1)
    minutes(here, 2)
    assert here.tele.made("sendMessage", ADA)[-1].at <= MONDAY
    assert told(ben, "backup") == 0
    assert re.search("problem.begun.*told=0", capsys.readouterr().out)


def test_an_operator_on_call_who_is_no_subscriber_is_told_too(here: World) -> None:
    ada = on_call(here, "Ada", 1)
    here.fast_forward(days=2)
    minutes(here, 2)
    ada.sees("There is no backup yet")


def test_without_operators_nothing_is_looked_for(store: Store, around: Surroundings) -> None:
    with world(store, around) as here:
        here.fast_forward(days=3)
        with here.store.begin() as tx:
            assert schema.read(tx, problems.FIRST_LOOK) is None


def test_a_clock_that_was_set_back_does_not_keep_a_problem_from_being_told(
    store: Store, around: Surroundings
) -> None:
    with store.begin() as tx:
        problems.look(Work(tx, MONDAY, around))
        for back in (timedelta(days=3), timedelta(days=2, hours=1)):
            problems.look(Work(tx, MONDAY + back, around))
        assert (schema.read(tx, "problem backup") or "").startswith("told")
