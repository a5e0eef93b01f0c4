"""Single reminders at a moment that somebody names: asked for, read back, changed, taken back."""

from datetime import UTC, datetime

import pytest

from tests.telegram.moving import export_of
from tests.world import Somebody, World


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("remind me in 2 hours", "Move, Mon 10:55"),
        ("in 2 hours", "Move, Mon 10:55"),
        ("/remind in 2 h", "Move, Mon 10:55"),
        ("/remind me in half an hour to stretch", "Stretch, Mon 9:25"),
        ("at 3pm tomorrow", "Move, Tue 15:00"),
        ("/remind at 3pm tomorrow", "Move, Tue 15:00"),
        ("tomorrow at 9", "Move, Tue 9:00"),
        ("on friday at 15:00", "Move, Fri 15:00"),
        ("Could you remind me at 3?", "Move, Mon 15:00"),
        ("tonight at 8", "Move, Mon 20:00"),
        ("20 January at noon", "Move, Tue 20 Jan 12:00"),
        ("stretch tomorrow at 9", "Stretch, Tue 9:00"),
        ("/remind yoga tomorrow at 9", "Chair yoga, Tue 9:00"),
        ("remind me to take a walk in 20 minutes", "Move, Mon 9:15"),
        ("set a reminder for tomorrow at 9 to stretch", "Stretch, Tue 9:00"),
    ],
)
def test_a_moment_is_read_back_with_its_day_its_time_and_the_zone(
    ana: Somebody, words: str, noted: str
) -> None:
    ana.says(words)
    ana.sees(f"Noted: {noted} by your clock (UTC).")
    ana.sees_nothing()
    assert "Undo" in ana.buttons()


def test_it_is_among_what_comes_next_wherever_that_is_told(ana: Somebody) -> None:
    ana.says("remind me in 10 minutes")
    ana.says("remind me on 20 January at noon")
    ana.forgets_what_was_said()
    for words in ("/today", "/remind"):
        ana.says(words)
        ana.sees("Mon 9:00 Move\nMon 10:00 Move\nMon 11:00 Move\nAnd once, as you asked:\nMon 9:05 Move\n"
                 "Tue 20 Jan 12:00 Move")  # fmt: skip
    ana.says("/remind move")
    ana.sees("Mon 9:00, Mon 10:00, Mon 11:00\nAnd once, as you asked: Mon 9:05, Tue 20 Jan 12:00")


def test_all_of_them_are_named_as_many_as_there_may_be(ana: Somebody) -> None:
    for hour in range(10, 20):
        ana.says(f"remind me at {hour}:30")
    ana.forgets_what_was_said()
    listed = [f"Mon {hour}:30" for hour in range(10, 20)]
    for words in ("/remind", "/today"):
        ana.says(words)
        ana.sees("And once, as you asked:\n" + "\n".join(f"{time} Move" for time in listed))
    ana.says("/remind move")
    ana.sees("And once, as you asked: " + ", ".join(listed))


def test_where_one_takes_the_place_of_the_plan_it_alone_is_named(here: World, ana: Somebody) -> None:
    ana.says("remind me at 10:00")
    ana.forgets_what_was_said()
    for words in ("/today", "/remind"):
        ana.says(words)
        ana.sees("Mon 9:00 Move\nMon 11:00 Move\nMon 13:00 Move\nAnd once, as you asked:\nMon 10:00 Move")
    ana.says("/remind move")
    ana.sees("Mon 9:00, Mon 11:00, Mon 13:00\nAnd once, as you asked: Mon 10:00")
    here.until(datetime(2026, 1, 5, 9, 59, tzinfo=UTC))
    ana.forgets_what_was_said()
    here.fast_forward(minutes=2)
    assert len(ana.unread()) == 1


def test_one_of_another_habit_is_named_beside_the_plan(ana: Somebody) -> None:
    ana.says("remind me to stretch at 10:00")
    ana.says("/today")
    ana.sees("Mon 9:00 Move\nMon 10:00 Move\nMon 11:00 Move\nAnd once, as you asked:\nMon 10:00 Stretch")


def test_what_takes_no_place_while_it_is_stopped_leaves_the_plan_named(ana: Somebody) -> None:
    ana.says("remind me at 10:00")
    ana.says("/stop")
    ana.says("/today")
    ana.sees("Reminders are stopped", "Mon 9:00 Move\nMon 10:00 Move\nMon 11:00 Move")


def test_undo_drops_it(here: World, ana: Somebody) -> None:
    ana.says("remind me at 20:00")
    ana.taps("Undo")
    ana.sees("Taken back: Move, Mon 20:00.", "it won't come", "Next, by your clock (UTC)")
    ana.sees_toast("Taken back")
    ana.says("remind me at 21:00")
    ana.says("undo")
    ana.sees("it won't come")
    here.fast_forward(hours=10.5)
    ana.forgets_what_was_said()
    here.fast_forward(hours=3)
    ana.sees_nothing()


def test_undo_after_it_has_come_changes_nothing_and_says_so(here: World, ana: Somebody) -> None:
    ana.says("remind me in 2 minutes")
    noted = ana.person.last
    here.fast_forward(minutes=3)
    ana.forgets_what_was_said()
    ana.taps("Undo", noted)
    ana.sees_toast("nothing was changed")
    ana.sees_nothing()


@pytest.mark.parametrize(
    "words", ["Stretch instead", "no, stretch instead please", "make it stretch instead"]
)
def test_another_habit_can_come_instead_by_word(here: World, ana: Somebody, words: str) -> None:
    ana.says("remind me in 2 minutes")
    ana.says(words)
    ana.sees("Noted: Stretch, Mon 8:57")
    here.fast_forward(minutes=3)
    ana.sees("Your stretch")


def test_another_habit_can_come_instead_by_button(here: World, ana: Somebody) -> None:
    ana.says("remind me in 2 minutes")
    assert ana.buttons() == ["Chair yoga instead", "Stretch instead", "Undo"]
    ana.taps("Stretch instead")
    ana.sees("Noted: Stretch, Mon 8:57")
    assert "Move instead" in ana.buttons()
    noted = ana.person.last
    here.fast_forward(minutes=3)
    ana.taps("Chair yoga instead", noted)
    ana.sees_toast("nothing was changed")
    ana.says("move instead")
    ana.sees("not sure which reminder")


@pytest.mark.parametrize(
    "data", ["v1:instead:move:x!", "v1:instead:week:1", "v1:instead::", "v1:instead:x:zzzzzzzzzzzzzz"]
)
def test_a_forged_button_puts_nothing_instead(ana: Somebody, data: str) -> None:
    ana.says("remind me in 2 hours")
    ana.forgets_what_was_said()
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("othing was changed")
    ana.sees_nothing()


def test_a_purpose_that_is_not_moving_is_not_kept_and_that_is_said_kindly(ana: Somebody) -> None:
    ana.says("remind me to call mum at 18:00")
    ana.sees("Noted: Move, Mon 18:00", "I only know about moving")
    assert "mum" not in str(export_of(ana)["reminder"])


def test_the_same_moment_once_more_is_there_already_and_that_is_said(here: World, ana: Somebody) -> None:
    ana.says("in half an hour")
    ana.sees("Noted: Move, Mon 9:25")
    here.fast_forward(seconds=40)
    ana.says("remind me in half an hour")
    assert "Noted" not in ana.sees("noted already, so it comes once: Move, Mon 9:25")
    ana.says("undo")
    ana.sees("Taken back: Move, Mon 9:25.", "it won't come")


def test_the_same_time_of_the_clock_twice_comes_once(ana: Somebody) -> None:
    for time, answer in (("12:29", "Noted"), ("12:30", "Noted"), ("12:30", "noted already")):
        ana.says(f"remind me at {time}")
        ana.sees(answer, f"Move, Mon {time}")
    ana.says("/today")
    assert ana.sees("Mon 12:29").count("Mon 12:30") == 1


def test_ten_may_wait_and_sixty_days_are_the_farthest(ana: Somebody) -> None:
    for hour in range(10, 20):
        ana.says(f"remind me tomorrow at {hour}:15")
        ana.sees("Noted")
    ana.says("remind me tomorrow at 20:15")
    ana.sees("10 single reminders are waiting")
    ana.taps("Undo")
    ana.says("remind me in 60 days")
    ana.sees("Noted: Move, Fri 6 Mar 8:55")
    ana.says("undo")
    for words in ("remind me in 61 days", "remind me on 24 December at noon", "remind me in 9999 weeks"):
        ana.says(words)
        ana.sees("up to 60 days")


@pytest.mark.parametrize(
    "words",
    [
        "remind me today at 8am",
        "remind me on 4 January 2026 at 9",
        "/remind today at 8am",
        "remind me yesterday at 5",
        "/remind yesterday at 9",
        "remind me to stretch yesterday at 9",
        "remind me to stretch at 8am today",
        "remind me last friday at 9",
    ],
)
def test_what_is_over_is_refused(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("is over already", "tomorrow at 9:00")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("remind me on the 31st of february at 10", "31st of february"),
        ("remind me to stretch on 31 february", "31 february"),
        ("on 31 february", "31 february"),
        ("/remind on 31 february at 9", "31 february"),
        ("stretch on 31 april at 9", "31 april"),
    ],
)
def test_a_day_that_there_is_not_is_never_another_one(ana: Somebody, words: str, day: str) -> None:
    ana.says(words)
    ana.sees(f"There is no “{day}” in the calendar")
    ana.sees_nothing()


def test_a_time_of_the_clock_moves_with_the_zone_and_a_span_does_not(ana: Somebody) -> None:
    ana.says("remind me at 15:00")
    noted = ana.person.last
    ana.says("remind me in 2 hours to stretch")
    ana.forgets_what_was_said()
    ana.says("/timezone Berlin")
    ana.sees("And once, as you asked:\nMon 11:55 Stretch\nMon 15:00 Move")
    ana.taps("Undo", noted)
    ana.sees("it won't come")


def test_while_the_zone_is_unsure_the_question_is_beside_it(here: World) -> None:
    ben = here.person("Ben")
    ben.says("/start")
    ben.says("remind me at 15:00")
    ben.sees("Noted: Move, Mon 15:00 by your clock (UTC; wrong? /timezone)")


def test_it_is_in_the_export(ana: Somebody) -> None:
    ana.says("remind me tomorrow at 15:00")
    assert [row["asked_for"] for row in export_of(ana)["reminder"]] == ["2026-01-06T15:00:00"]
