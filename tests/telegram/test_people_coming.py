"""Coming, stopping, coming back, being blocked, groups: what a person sees."""

import pytest

from tests.world import Somebody, World


def test_start_subscribes_at_once_and_names_what_comes_when_and_how_to_stop(here: World) -> None:
    ana = here.person("Ana")
    ana.says("/start")
    ana.sees(
        "Hi Ana!", "Move: every 60 min, 9:00-12:00, 13:00-17:00, weekdays", "Move, Mon 9:00", "UTC", "/stop"
    )
    ana.sees("Is it 8:55 for you now?")
    here.fast_forward(minutes=6)
    assert "Done" in ana.buttons()


def test_a_name_with_markup_is_shown_as_it_is(here: World) -> None:
    bob = here.person("<b>Bob & co")
    bob.says("/start")
    bob.sees("Hi <b>Bob & co!")


def test_what_a_link_adds_to_start_does_no_harm(here: World) -> None:
    ana = here.person("Ana")
    ana.says("/start poster-17_a")
    ana.sees("Hi Ana!")


def test_start_again_changes_nothing_and_shows_the_plan(here: World) -> None:
    ana = here.person("Ana", "Europe/Berlin")
    ana.says("/remind every 45m")
    ana.forgets_what_was_said()
    ana.says("/start")
    ana.sees("already in", "every 45 min", "Mon 10:30")
    ana.sees_nothing()


def test_stop_ends_every_reminder_and_start_brings_back_the_same_plan(here: World, ana: Somebody) -> None:
    ana.says("/remind every 45m")
    ana.says("/stop")
    ana.sees("Stopped", "/start")
    here.fast_forward(hours=30)
    ana.sees_nothing()
    ana.taps("Start again")
    ana.sees("Welcome back", "every 45 min")
    here.fast_forward(hours=1)
    ana.sees("")


@pytest.mark.parametrize(
    "words",
    ["Stop!", "please stop", "stop it, please", "I want to stop", "unsubscribe", "stop reminding me",
     "Please stop the reminders", "stop the reminders.", "stop reminders now", "can you stop all my reminders please?",
     "stop messaging me", "stop everything", "no more reminders", "turn off all reminders",
     "turn the reminders off please", "cancel my reminders", "No reminders any more, please", "leave me alone"],
)  # fmt: skip
def test_words_that_ask_to_stop_are_enough(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Stopped")
    ana.says(words)
    ana.sees("are stopped")


@pytest.mark.parametrize("words", ["start again", "Start again, please!"])
def test_the_words_of_the_button_below_stop_start_again(ana: Somebody, words: str) -> None:
    ana.says("stop")
    ana.says(words)
    ana.sees("Welcome back")


def test_hours_below_the_welcome_change_the_nudges_only(here: World) -> None:
    ana = here.person("Ana")
    ana.says("/start")
    ana.taps("10-13, 14-18")
    ana.sees("Move: every 60 min, 10:00-13:00, 14:00-18:00, weekdays", "Stretch: at 8:30, daily", "Mon 10:00")
    ana.sees_toast("Saved")


def test_hours_below_an_old_welcome_change_nothing_and_show_the_plan(here: World, ana: Somebody) -> None:
    welcome = next(message for message in ana.person.messages if "10-13, 14-18" in message.labels)
    here.fast_forward(hours=25)
    ana.forgets_what_was_said()
    ana.taps("10-13, 14-18", welcome)
    ana.sees_toast("old", "nothing was changed")
    ana.sees("every 60 min, 9:00-12:00, 13:00-17:00, weekdays")
    ana.sees_nothing()


def test_a_blocked_bot_goes_quiet_and_goes_on_when_it_is_unblocked(here: World, ana: Somebody) -> None:
    ana.does(lambda person: person.blocks())
    calls = len(here.tele.calls)
    here.fast_forward(hours=24)
    assert not [call for call in here.tele.calls[calls:] if call.chat_id == ana.id]
    ana.does(lambda person: person.unblocks())
    ana.says("/start")
    ana.sees("Good to have you back")
    ana.sees("Here I am")
    ana.sees_nothing()


def test_a_group_is_told_once_that_the_bot_works_in_private_chats_and_is_left(here: World) -> None:
    ana = here.person("Ana")
    group = here.tele.group(-500, "Office")
    group.adds_bot(ana.person)
    group.says(ana.person, "/start")
    here.settle()
    assert [message.text for message in group.messages if "private chats" in message.text] == [
        group.messages[0].text
    ]
    assert [call.method for call in here.tele.calls if call.chat_id == -500] == ["sendMessage", "leaveChat"]


def test_forget_asks_first_and_then_nothing_is_sent_any_more(here: World, ana: Somebody) -> None:
    ana.says("/forget")
    ana.sees("Delete everything I know about you?")
    ana.taps("Keep")
    ana.sees("Nothing was deleted")
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.sees("everything I knew about you is deleted")
    ana.forgets_what_was_said()
    here.fast_forward(hours=30)
    ana.sees_nothing()
    ana.says("/remind")
    ana.sees("We haven't started yet")


def test_export_sends_two_files(ana: Somebody) -> None:
    ana.says("/export")
    ana.sees("JSON")
    ana.sees("CSV")


def test_what_to_avoid_is_chosen_with_buttons(ana: Somebody) -> None:
    ana.says("/settings")
    ana.sees("not answered yet")
    ana.taps("Anything to avoid")
    ana.taps("Knee")
    assert "✓ Knee" in ana.buttons()
    ana.taps("Dizziness")
    ana.taps("That's all")
    ana.sees("knee, dizziness")
    ana.taps("Settings")
    ana.sees("knee, dizziness")
    ana.taps("Anything to avoid")
    ana.taps("Nothing")
    ana.sees("To avoid: nothing")


def test_the_day_can_start_at_another_hour(ana: Somebody) -> None:
    ana.says("/settings")
    ana.taps("Start of the day")
    ana.taps("5:00")
    ana.sees("A new day begins at 5:00 (what you do after midnight still counts for the day before)")
