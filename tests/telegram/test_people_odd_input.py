"""Too long, too much, too soon, no longer readable: still an answer each time."""

import pytest
from sqlalchemy import update

from reminderbot.services.work import Work
from reminderbot.store.queries import people
from reminderbot.store.tables import cadences, subscribers
from tests.world import Somebody, World

LONG = "q" * 4_000


@pytest.mark.parametrize(
    "words",
    [f"/timezone {LONG}", f"/timezone {'Berln ' * 600}", f"/remind {LONG}", f"/remind move {LONG}",
     f"/remind {'mon ' * 900}", f"/pause {LONG}", f"/pause {'9' * 4_000}", f"/{LONG}", f"/snooze {LONG}",
     f"/done {LONG}", LONG],
)  # fmt: skip
def test_however_long_the_words_are_the_answer_is_short(ana: Somebody, words: str) -> None:
    ana.says(words)
    assert len(ana.sees("")) < 600


def test_a_long_name_is_greeted_in_short(here: World) -> None:
    bob = here.person("B" * 64)
    bob.says("/start")
    bob.sees(f"Hi {'B' * 40}!")


def test_a_plan_with_hundreds_of_times_is_refused_and_the_old_one_stays(ana: Somebody) -> None:
    ana.says("/remind stretch " + " ".join(f"{n // 60}:{n % 60:02d}" for n in range(0, 1440, 3)))
    ana.sees("12 times")
    ana.says("/remind")
    ana.sees("Stretch: at 8:30, daily")


def test_times_closer_than_the_shortest_interval_are_refused(ana: Somebody) -> None:
    ana.says("/remind stretch 7:30 7:40")
    ana.sees("7:30", "7:40", "15 minutes")


def test_start_right_after_coming_back_is_answered_without_a_second_greeting(ana: Somebody) -> None:
    ana.does(lambda person: person.blocks())
    ana.does(lambda person: person.unblocks())
    ana.sees("Good to have you back")
    ana.says("/start")
    assert "back" not in ana.sees("/today")
    ana.sees_nothing()


def test_a_tap_on_start_right_after_coming_back_gets_its_notice(ana: Somebody) -> None:
    ana.says("/stop")
    ana.says("/start")
    ana.does(lambda person: person.blocks())
    ana.does(lambda person: person.unblocks())
    ana.taps("Start again")
    ana.sees_toast("in already")


def lose_zone(here: World, ana: Somebody) -> None:
    here.ask(lambda work: people.change(work.tx, ana.id, {"zone": "Mars/Base"}))


def lose_plans(here: World, ana: Somebody) -> None:
    def spoil(work: Work) -> None:
        work.tx.execute(update(cadences).where(cadences.c.chat_id == ana.id).values(plan="every blue moon"))

    here.ask(spoil)


def test_somebody_whose_zone_is_gone_can_set_another(here: World, ana: Somebody) -> None:
    lose_zone(here, ana)
    ana.says("/timezone Berlin")
    ana.sees("Mon 9:55 (Europe/Berlin)", "Mon 10:00 Move")


@pytest.mark.parametrize(
    "words",
    ["/start", "/remind", "/remind move every 45m", "/today", "/pause 1d", "/resume", "/settings", "done",
     "/streak", "/timezone", "hello"],
)  # fmt: skip
def test_somebody_whose_zone_is_gone_is_asked_for_a_city_and_answered(
    here: World, ana: Somebody, words: str
) -> None:
    lose_zone(here, ana)
    ana.says(words)
    ana.sees("Mars/Base", "/timezone Lisbon")
    ana.sees("")


def test_a_city_without_a_command_is_enough_for_somebody_whose_zone_is_gone(
    here: World, ana: Somebody
) -> None:
    lose_zone(here, ana)
    here.fast_forward(days=1)
    ana.says("/today")
    ana.says("Berlin")
    ana.sees("Europe/Berlin)", "Move")


def test_somebody_whose_zone_is_gone_is_asked_once_and_reminded_by_a_provisional_one(
    here: World, ana: Somebody
) -> None:
    lose_zone(here, ana)
    ana.says("/today")
    ana.forgets_what_was_said()
    ana.says("/today")
    assert "Mars/Base" not in ana.sees("UTC; wrong? /timezone")
    ana.sees_nothing()


@pytest.mark.parametrize(
    "words", ["/start", "/remind", "/timezone Berlin", "/today", "/pause 1d", "/settings", "/streak"]
)
def test_somebody_whose_plan_cannot_be_read_is_told_of_the_usual_one(
    here: World, ana: Somebody, words: str
) -> None:
    lose_plans(here, ana)
    ana.says(words)
    ana.sees("Move", "usual plan", "/remind")
    ana.sees("Stretch", "usual plan")
    ana.sees("")


def test_somebody_whose_plan_cannot_be_read_can_make_another(here: World, ana: Somebody) -> None:
    lose_plans(here, ana)
    ana.says("/remind move every 45m")
    ana.sees("every 45 min, 9:00-12:00", "Mon 9:45")


def test_who_comes_back_with_nothing_readable_left_is_welcome(here: World, ana: Somebody) -> None:
    ana.does(lambda person: person.blocks())
    lose_zone(here, ana)
    lose_plans(here, ana)
    ana.does(lambda person: person.unblocks())
    ana.sees("/timezone Lisbon")
    ana.sees("Good to have you back", "Mon 9:00 Move")


def test_who_stopped_and_starts_with_nothing_readable_left_is_welcome(here: World, ana: Somebody) -> None:
    ana.says("/stop")
    lose_zone(here, ana)
    lose_plans(here, ana)
    ana.says("/start")
    ana.sees("/timezone Lisbon")
    ana.sees("Welcome back", "Mon 9:00 Move")
    assert here.ask(lambda work: work.tx.execute(subscribers.select()).one().zone) == "UTC"


def test_who_blocks_the_bot_with_nothing_readable_left_goes_quiet_and_is_asked_on_return(
    here: World, ana: Somebody
) -> None:
    lose_zone(here, ana)
    lose_plans(here, ana)
    ana.does(lambda person: person.blocks())
    here.fast_forward(days=1)
    ana.sees_nothing()
    ana.does(lambda person: person.unblocks())
    ana.sees("Good to have you back")
    ana.sees("for you now? (UTC)")
