"""Somebody moves to another server: /start there, then the file of /export, and one tap."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from reminderbot.ops import ticker
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.queries import importing
from reminderbot.telegram import answering
from tests.telegram.looking import miscounted
from tests.telegram.moving import brings, day, days, export_of, file, known_days, settled, tables
from tests.telegram.test_faults_inside import failing, locked
from tests.world import MONDAY, Somebody, World, world

TAKE = "Take it over"


@pytest.fixture
def old(sqlite_store: Store, around: Surroundings) -> Iterator[World]:
    """The server that Ana leaves, in a SQLite file, a fortnight earlier."""
    with world(sqlite_store, around, MONDAY - timedelta(days=14)) as place:
        yield place


@pytest.fixture
def new(postgres_store: Store, around: Surroundings) -> Iterator[World]:
    """The server that she comes to, in PostgreSQL."""
    with world(postgres_store, around) as place:
        yield place


def a_fortnight(old: World) -> Somebody:
    """Ana in Berlin has moved, or not, for two weeks, by her own plan and settings."""
    ana = old.person("Ana", "Europe/Berlin")
    for words in ("/remind move every 45m 10:00-12:00 weekdays", "/remind stretch off", "/settings at home",
                  "/settings gentle", "/settings I run", "/settings avoid knee"):  # fmt: skip
        ana.says(words)
    for _ in range(13):
        old.fast_forward(hours=2, minutes=10)
        ana.says("done")
        old.fast_forward(hours=21, minutes=50)
    old.now = MONDAY
    old.settle()
    return ana


def test_streak_plan_and_settings_come_along(old: World, new: World) -> None:
    before, ana = a_fortnight(old), new.person("Ana")
    ana.says("/start")
    ana.forgets_what_was_said()
    brings(ana, export_of(before))
    shown = ana.sees("Your file from another reminderbot", "Time zone: Europe/Berlin", "To avoid: knee")
    assert "days, since 22 December 2025" in shown
    assert "Move: every 45 min, 10:00-12:00, weekdays" in shown
    assert "Stretch: off" in shown
    assert "Left out" not in shown
    ana.taps(TAKE)
    ana.sees("Taken over, with 13 days", "Move: every 45 min", "Europe/Berlin")
    for words in ("/streak", "/settings", "/remind"):
        before.says(words)
        ana.says(words)
        assert ana.unread()[-1] == before.unread()[-1]
    assert [wrong for *_, counted in miscounted(new) if (wrong := counted)] == []


def test_single_reminders_that_are_to_come_are_taken_along(old: World, new: World) -> None:
    before = old.person("Ana", "Europe/Berlin")
    old.now = MONDAY
    for words in ("remind me tomorrow at 15:00 to stretch", "remind me in 2 hours to move"):
        before.says(words)
    ana = new.person("Ana")
    ana.says("/start")
    ana.forgets_what_was_said()
    brings(ana, export_of(before))
    assert "Left out" not in ana.sees("2 single reminders, as you asked for")
    ana.taps(TAKE)
    ana.sees("And once, as you asked:\nMon 11:55 Move\nTue 15:00 Stretch")


def test_undo_of_an_earlier_change_leaves_a_plan_that_was_taken_over(ana: Somebody) -> None:
    ana.says("every 45 min")
    change = ana.person.last
    brings(ana, file(cadence=[{"habit": "move", "plan": "every 90m 10:00-12:00 weekdays", "off": False}]))
    ana.taps(TAKE)
    ana.forgets_what_was_said()
    ana.taps("Undo", change)
    ana.sees_toast("nothing was changed")
    ana.sees_nothing()


def test_an_answer_for_yesterday_counts_on_top_of_what_came_along(old: World, new: World) -> None:
    before, ana = a_fortnight(old), new.person("Ana", "Europe/Berlin")
    brings(ana, export_of(before))
    ana.taps(TAKE)
    friday = known_days(ana)[(MONDAY - timedelta(days=3)).date()]
    for who in (before, ana):
        who.says("/done on friday")
    assert known_days(ana) == known_days(before)
    assert known_days(ana)[(MONDAY - timedelta(days=3)).date()] == friday + 1


def test_nothing_is_taken_over_without_the_tap(ana: Somebody) -> None:
    before = settled(ana)
    brings(ana, file(day=days(3, done=2)))
    ana.sees("This is what I can take over", "Move: 3 days, since 2 January 2026")
    assert settled(ana) | {"import_draft": []} == before


def test_a_day_that_is_known_here_stays_as_it_is(here: World, ana: Somebody) -> None:
    ana.says("/done")
    here.fast_forward(days=1)
    brings(ana, file(day=[day(0, done=7), day(1, done=2)]))
    ana.sees("Move: 2 days", "Days that I know already stay as they are")
    ana.taps(TAKE)
    ana.sees("Taken over, with 1 day ")
    assert known_days(ana) == {MONDAY.date(): 1, MONDAY.date() - timedelta(days=1): 2}


def test_today_counts_from_what_is_done_here_and_is_not_called_strange(ana: Somebody) -> None:
    brings(ana, file(day=[day(0, done=7), day(1, done=2)]))
    assert "Left out" not in ana.sees("today counts from what you do here")
    ana.taps(TAKE)
    assert list(known_days(ana)) == [MONDAY.date() - timedelta(days=1)]


@pytest.mark.parametrize(("zone", "back"), [("Pacific/Kiritimati", 0), ("Pacific/Niue", 2)])
def test_which_day_is_today_is_told_by_the_zone_of_the_file(here: World, zone: str, back: int) -> None:
    """A new server knows no zone yet: at noon in UTC it is tomorrow for some, at two in the morning still yesterday."""
    here.now = MONDAY.replace(hour=2 if back else 14)
    ana = here.person("Ana")
    ana.says("/start")
    brings(
        ana, file(day=[*days(3, done=1), day(0, done=2)], subscriber=[{"zone": zone, "zone_confirmed": True}])
    )
    ana.taps(TAKE)
    assert max(known_days(ana)) == MONDAY.date() - timedelta(days=back)


def test_the_same_file_again_changes_nothing_more(ana: Somebody) -> None:
    moved = file(
        day=days(9, done=2), cadence=[{"habit": "move", "plan": "every 30m 9:00-12:00 daily", "off": False}]
    )
    brings(ana, moved)
    ana.taps(TAKE)
    before = settled(ana)
    brings(ana, moved)
    ana.taps(TAKE)
    ana.sees("Taken over, with 9 days")
    ana.sees("Taken over, with 0 days")
    assert settled(ana) == before


def test_a_zone_that_was_never_confirmed_there_does_not_replace_one_that_was_here(ana: Somebody) -> None:
    brings(ana, file(day=days(1, done=1), subscriber=[{"zone": "Asia/Tokyo", "zone_confirmed": False}]))
    ana.taps(TAKE)
    assert tables(ana)["subscriber"][0]["zone"] == "UTC"


def test_the_question_about_the_clock_is_answered_by_the_file(here: World) -> None:
    ana = here.person("Ana")
    ana.says("/start")
    brings(ana, file(subscriber=[{"zone": "Asia/Tokyo", "zone_confirmed": True}]))
    ana.taps(TAKE)
    ana.sees("Taken over")
    assert "Yes" not in [label for message in ana.person.messages for label in message.labels]
    assert tables(ana)["subscriber"][0]["zone_confirmed"]


def test_a_second_tap_is_told_that_it_is_over(ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    offered = ana.person.last
    data = offered.inline_rows[0][0]["callback_data"]
    ana.taps(TAKE)
    after = settled(ana)
    ana.does(lambda person: person.taps_data(data, offered))
    ana.sees_toast("That offer is over")
    assert settled(ana) == after


def test_after_an_hour_the_offer_is_over(here: World, ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    here.fast_forward(minutes=61)
    ana.taps(TAKE)
    ana.sees_toast("That offer is over", "Send the file again")
    assert known_days(ana) == {}


def test_the_button_of_an_earlier_file_does_not_take_over_the_later_one(ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    earlier = ana.person.last
    brings(ana, file(day=days(5, done=1)))
    ana.taps(TAKE, earlier)
    ana.sees_toast("That offer is over")
    assert known_days(ana) == {}
    ana.taps(TAKE)
    assert len(known_days(ana)) == 5


@pytest.mark.parametrize("data", ["v1:take", "v1:take:", "v1:take:zz", "v1:take:-1", "v1:take:1:2"])
def test_a_forged_button_takes_nothing_over(ana: Somebody, data: str) -> None:
    brings(ana, file(day=days(3, done=2)))
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("That offer is over")
    assert known_days(ana) == {}


def test_somebody_else_can_not_take_it_over(here: World, ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    data = ana.person.last.inline_rows[0][0]["callback_data"]
    ben = here.person("Ben", "UTC")
    ben.does(lambda person: person.taps_data(data, person.last))
    ben.sees_toast("That offer is over")
    assert known_days(ben) == {}


def test_a_file_and_a_tap_that_come_twice_have_one_effect(here: World, ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    update = max(row["update_id"] for row in tables(ana)["inbox"])
    here.tele.redeliver(update)
    here.restart()
    ana.sees("This is what I can take over")
    ana.sees_nothing()
    ana.taps(TAKE)
    ana.sees("Taken over, with 3 days")
    here.tele.redeliver(update + 1)
    here.restart()
    ana.sees_nothing()


def test_when_the_database_fails_after_the_file_was_fetched_it_is_fetched_again_and_counts_once(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "AGAIN_SECONDS", 0)
    monkeypatch.setattr(importing, "put", failing(importing.put, locked(), 2))
    brings(ana, file(day=days(3, done=2)))
    assert len(here.tele.made("getFile")) == 3
    ana.sees("This is what I can take over")
    ana.sees_nothing()
    monkeypatch.setattr(importing, "add_days", failing(importing.add_days, locked(), 2))
    ana.taps(TAKE)
    ana.sees("Taken over, with 3 days")
    ana.sees_nothing()


def test_what_was_offered_is_not_kept_after_its_time(here: World, ana: Somebody) -> None:
    brings(ana, file(day=days(3, done=2)))
    assert tables(ana)["import_draft"]
    here.skip(minutes=59)
    here.run(ticker.sweep(here.bot.desk))
    assert tables(ana)["import_draft"]
    here.skip(minutes=2)
    here.run(ticker.sweep(here.bot.desk))
    assert not tables(ana)["import_draft"]


def test_who_has_not_started_is_told_to_start_first(here: World) -> None:
    ana = here.person("Ana")
    brings(ana, file(day=days(3, done=2)))
    ana.sees("We haven't started yet")
    assert not tables(ana)["day"]
