"""Breaks from one day to another, said in one go: what they are read back as, what they do, how they end."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.queries import days, people
from tests.world import Somebody, World, world

DAYS = "break is planned from Thu 24 December to Sat 2 January, back on Sun 3 January"


@pytest.fixture
def december(store: Store, around: Surroundings) -> Iterator[World]:
    """A Monday before Christmas, five to nine."""
    with world(store, around, datetime(2026, 12, 14, 8, 55, tzinfo=UTC)) as here:
        yield here


@pytest.fixture
def ana(december: World) -> Somebody:
    """Subscribed, in UTC."""
    return december.person("Ana", "UTC")


@pytest.mark.parametrize(
    "words",
    ["/pause 24 December to 2 January", "/pause 24.12.-2.1.", "/pause from Dec 24 to Jan 2", "/pause 24/12 - 2/1",
     "/pause 2026-12-24 to 2027-01-02", "pause from 24 december to 2 january", "please pause reminders 24.12. - 2.1.",
     "I'm away from the 24th of December to the 2nd of January", "/pause 24 December until 3 January"],
)  # fmt: skip
def test_a_break_from_day_to_day_is_read_back_with_what_it_means(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Noted", "nothing can be missed", "your streak stands", DAYS, "Mon 9:00 Move")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("on holiday from 24 dec to 2 jan", DAYS),
        ("I'm on vacation 24 dec to 2 jan", DAYS),
        ("on vaccation 24 dec to 2 jan!", DAYS),
        ("/pause on vacation 24 dec to 2 jan", DAYS),
        ("/pause I'm on holiday from 24 dec to 2 jan", DAYS),
        ("I'm on holiday from 24 dec to 2 jan, so no reminders please", DAYS),
        ("no reminders from 24 dec to 2 jan", DAYS),
        ("I'm on vacation next week", "from Mon 21 December to Sun 27 December, back on Mon 28 December"),
        ("away next week", "from Mon 21 December to Sun 27 December, back on Mon 28 December"),
        ("/pause away next week", "from Mon 21 December to Sun 27 December, back on Mon 28 December"),
        ("I'm off tomorow", "on Tue 15 December, back on Wed 16 December"),
        ("out of office on friday", "on Fri 18 December, back on Sat 19 December"),
    ],
)
def test_who_is_away_is_on_a_break_and_can_take_it_back(ana: Somebody, words: str, told: str) -> None:
    ana.says(words)
    ana.sees("Noted", "nothing can be missed", told, "Mon 9:00 Move")
    ana.sees_nothing()
    ana.taps("Undo")
    ana.sees("The break is taken back", "Mon 9:00 Move")


def test_a_break_begins_and_ends_by_itself(december: World, ana: Somebody) -> None:
    ana.says("/pause wednesday to thursday")
    ana.sees("from Wed 16 December to Thu 17 December, back on Fri 18 December")
    december.until(datetime(2026, 12, 15, 23, tzinfo=UTC))
    assert len(ana.unread()) >= 15  # all of Monday and Tuesday
    ana.forgets_what_was_said()
    december.until(datetime(2026, 12, 18, 8, tzinfo=UTC))
    ana.sees_nothing()
    december.until(datetime(2026, 12, 18, 9, 5, tzinfo=UTC))
    assert len(ana.unread()) == 2  # stretch and move


def test_today_and_remind_tell_of_a_break_to_come_and_of_one_that_runs(
    december: World, ana: Somebody
) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.sees("Noted")
    for words in ("/today", "/remind"):
        ana.says(words)
        ana.sees(DAYS, "/resume", "Mon 9:00 Move")
    december.until(datetime(2026, 12, 25, 12, tzinfo=UTC))
    ana.forgets_what_was_said()
    ana.says("/today")
    ana.sees("A rest day", "Paused until Sun 3 January", "Mon 4 Jan 9:00 Move")
    ana.says("/streak")
    ana.sees("A rest day, so nothing can be missed")
    ana.says("/remind")
    ana.sees("Paused until Sun 3 January")
    ana.taps("Resume")
    ana.sees("we go on", "Fri 13:00 Move")


def test_a_break_to_come_is_taken_back_by_undo_or_resume(december: World, ana: Somebody) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.taps("Undo")
    ana.sees("Noted")
    taken_back = ana.sees("taken back", "Mon 9:00 Move")
    assert "break is planned" not in taken_back
    ana.says("/pause 24 December to 2 January")
    ana.sees("Noted")
    ana.says("/resume")
    ana.sees("taken back")
    ana.says("/resume")
    ana.sees("no pause")
    december.until(datetime(2026, 12, 24, 9, 5, tzinfo=UTC))
    assert any("taken back" not in text for text in ana.unread())


def test_undo_brings_back_the_break_whose_place_was_taken(ana: Somebody) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.says("/pause 22 December to 27 December")
    ana.sees("Noted")
    ana.sees(
        "instead of the one from Thu 24 December to Sat 2 January", "from Tue 22 December to Sun 27 December"
    )
    ana.taps("Undo")
    ana.sees("break before it stands again", DAYS)


def test_undo_of_a_break_that_was_sent_twice_leaves_none(ana: Somebody) -> None:
    for _ in range(2):
        ana.says("/pause 24 December to 2 January")
    ana.taps("Undo")
    assert "is planned" not in ana.sees("The break is taken back", "Mon 9:00 Move")


def test_the_undo_of_an_older_break_changes_nothing(ana: Somebody) -> None:
    ana.says("/pause 24 December to 2 January")
    first = ana.person.messages[-1]
    ana.says("/pause 22 December to 27 December")
    ana.taps("Undo", first)
    ana.sees_toast("doesn't work any more")
    ana.says("/today")
    ana.sees("from Tue 22 December to Sun 27 December")


def test_undo_of_a_break_that_has_begun_ends_it(december: World, ana: Somebody) -> None:
    ana.says("/pause tomorrow to friday")
    december.until(datetime(2026, 12, 16, 9, 30, tzinfo=UTC))
    ana.forgets_what_was_said()
    ana.taps("Undo")
    ana.sees("taken back", "Wed 10:00 Move")


def test_a_pause_of_today_leaves_the_one_at_christmas_alone(ana: Somebody) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.says("/pause today")
    ana.sees("Noted")
    assert "send /resume" not in ana.sees("Paused until Tue 15 December", f"Another {DAYS}")
    ana.says("/resume")
    ana.sees("we go on", DAYS)


def test_a_break_that_runs_into_the_one_to_come_is_told_as_one(ana: Somebody) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.says("/pause until 24 December")
    ana.sees("Noted")
    ana.sees("Paused until Sun 3 January")


@pytest.mark.parametrize(
    "goes_on",
    [
        lambda who: who.says("/resume"),
        lambda who: who.says("reminders on again"),
        lambda who: who.says("I'm back"),
        lambda who: who.taps("Resume now", who.person.messages[-1]),
    ],
)
def test_who_comes_back_from_a_pause_keeps_the_break_at_christmas(
    december: World, ana: Somebody, goes_on: Callable[[Somebody], None]
) -> None:
    ana.says("every 90 min 9-12 weekends")
    ana.says("/pause 24 December to 2 January")
    ana.says("/pause today")
    december.until(datetime(2026, 12, 15, 6, tzinfo=UTC))
    ana.forgets_what_was_said()
    goes_on(ana)
    ana.sees("The break you've planned stays", "To take it back, send /resume", DAYS)
    ana.says("/resume")
    ana.sees("The break is taken back")


@pytest.mark.usefixtures("december")
def test_resume_takes_back_a_break_as_it_has_just_been_told(ana: Somebody) -> None:
    ana.says("/pause 3d")
    ana.says("/resume")
    ana.says("/pause 24 December to 2 January")
    ana.sees("Noted", "To take it back, send /resume")
    ana.says("/resume")
    ana.sees("The break is taken back")


@pytest.mark.parametrize("words", ["im back!", "Hi, I am back from my holiday", "back to work", "back again"])
def test_who_says_that_they_are_back_ends_the_break(ana: Somebody, words: str) -> None:
    ana.says("/pause 3d")
    ana.sees("Paused until")
    ana.says(words)
    ana.sees("Next, by your clock")
    ana.says(words)
    ana.sees("There was no pause", "Next, by your clock")


@pytest.mark.parametrize("words", ["back", "I'm back in pain", "back pain again", "I am back and forth"])
def test_words_of_the_back_end_no_break(ana: Somebody, words: str) -> None:
    ana.says("/pause 3d")
    ana.sees("Paused until")
    ana.says(words)
    ana.says("/today")
    ana.sees("/resume ends the pause")


def test_a_break_without_an_end_lasts_until_resume(december: World, ana: Somebody) -> None:
    ana.says("/pause from wednesday")
    ana.sees("from Wed 16 December on, without an end")
    december.until(datetime(2026, 12, 16, 4, tzinfo=UTC))
    ana.forgets_what_was_said()
    december.fast_forward(days=30)
    ana.sees_nothing()
    ana.says("/today")
    ana.sees("Paused until you send /resume")
    ana.says("/resume")
    ana.sees("we go on")


def test_whoever_starts_again_in_a_break_is_back_and_a_later_break_stays(
    ana: Somebody,
) -> None:
    ana.says("/pause 24 December to 2 January")
    ana.says("/pause 3d")
    ana.says("/stop")
    ana.says("/start")
    ana.sees(DAYS, "Mon 9:00 Move")


@pytest.mark.parametrize("end", [16, 18], ids=["in it", "after it"])
def test_an_outage_into_a_break_sends_nothing_of_its_days(december: World, ana: Somebody, end: int) -> None:
    ana.says("/pause wednesday to thursday")
    december.until(datetime(2026, 12, 15, 15, 30, tzinfo=UTC))
    ana.forgets_what_was_said()
    december.skip(days=end - 15, hours=-8)
    december.restart()
    ana.sees_nothing()
    december.until(datetime(2026, 12, 18, 9, 5, tzinfo=UTC))
    assert len(ana.unread()) == 2


def test_a_pause_of_the_version_before_runs_on_and_can_be_ended(december: World, ana: Somebody) -> None:
    with december.store.begin() as tx:
        people.change(tx, ana.id, {"resumes_on": date(2026, 12, 17)})
    ana.says("/today")
    ana.sees("Paused until Thu 17 December")
    ana.says("/resume")
    ana.sees("we go on", "Mon 9:00 Move")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("5/1 to 6/2", "two ways: Tue 5 January or Sat 1 May?"),
        ("friday", "Do you mean a pause from now until Fri 18 December"),
        ("friday", "/pause friday for 1 day"),
        ("10 December to 12 December", "is not ahead of us"),
        ("1 Jan 2020 to 3 Jan 2020", "is not ahead of us"),
        ("2027-02-02 to 2027-01-02", "/pause 2027-01-02 to 2027-02-02"),
        ("2 January to 24 December", "more than half a year"),
        ("24 December 2027 to 2 January 2028", "up to 366 days"),
        ("from 30 February to 3 March", "/pause 24 December to 2 January"),
        ("from here to eternity", "/pause 24 December to 2 January"),
    ],
)
def test_a_break_that_is_not_clear_is_asked_back_with_an_example(
    ana: Somebody, words: str, answer: str
) -> None:
    ana.says(f"/pause {words}")
    ana.sees(answer)
    ana.says("/today")
    assert "break" not in ana.sees("Mon 9:00 Move")


@pytest.mark.parametrize(
    "data", ["v1:unpause", "v1:unpause:1:2:3", "v1:unpause:0:99999999999", "v1:unpause:1:2", "v1:unpause:x"]
)
def test_a_forged_undo_of_a_break_changes_nothing(ana: Somebody, data: str) -> None:
    ana.says("/pause 24 December to 2 January")
    shown = ana.person.messages[-1]
    ana.does(lambda person: person.taps_data(data, shown))
    ana.sees_toast("doesn't work any more")


def test_in_a_break_what_was_left_unanswered_is_never_missed(december: World, ana: Somebody) -> None:
    december.until(datetime(2026, 12, 14, 14, 5, tzinfo=UTC))
    ana.says("/pause today")
    december.until(datetime(2026, 12, 15, 8, tzinfo=UTC))
    assert _missed(december, ana) == [0]


def test_a_break_never_changes_the_days_before_it(december: World, ana: Somebody) -> None:
    december.until(datetime(2026, 12, 15, 2, 59, tzinfo=UTC))
    december.skip(minutes=10)
    ana.says("/pause 3d")
    december.fast_forward(hours=1)
    (monday,) = _missed(december, ana)
    assert monday > 0


def _missed(here: World, ana: Somebody) -> list[int]:
    """How many moves count as missed, day by day."""
    return [row.missed for row in here.ask(lambda work: days.of(work.tx, ana.id, "move"))]
