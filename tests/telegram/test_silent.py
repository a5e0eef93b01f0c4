"""Reminders without a sound, for whoever wants them so: only what nobody has asked for, and nothing about safety."""

import pytest

from reminderbot.demo.telegram.state import Message
from tests.telegram.looking import nudges
from tests.telegram.moving import brings, export_of
from tests.world import MONDAY, Somebody, World

ON = ["/settings silent", "/settings silent on", "silent on", "Silent reminders, please", "sound off"]
OFF = ["/settings silent off", "silent off", "Sound on!", "silent reminders off"]


def shown(who: Somebody, part: str) -> Message:
    """The newest message with these words."""
    return next(message for message in reversed(who.person.messages) if part in message.text)


def test_reminders_make_a_sound_until_somebody_wants_them_silent(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=1))
    ana.says("silent on")
    ana.sees("without a sound")
    here.until(MONDAY.replace(hour=11, minute=1))
    ana.says("silent off")
    ana.sees("make a sound again")
    here.until(MONDAY.replace(hour=13, minute=1))
    assert [nudge.silent for nudge in nudges(ana)] == [False, True, True, False]


@pytest.mark.parametrize("words", ON)
def test_words_turn_the_sound_off(here: World, ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Noted", "without a sound")
    here.fast_forward(minutes=6)
    assert [nudge.silent for nudge in nudges(ana)] == [True]


@pytest.mark.parametrize("words", OFF)
def test_words_turn_it_on_again(here: World, ana: Somebody, words: str) -> None:
    ana.says("silent on")
    ana.says(words)
    ana.sees("make a sound again")
    here.fast_forward(minutes=6)
    assert [nudge.silent for nudge in nudges(ana)] == [False]


def test_the_settings_show_it_and_one_tap_changes_it(ana: Somebody) -> None:
    ana.says("/settings")
    ana.sees("Reminders arrive: with a sound")
    ana.taps("Silent reminders")
    ana.sees_toast("Saved")
    ana.sees("Reminders arrive: without a sound")
    ana.taps("Reminders with sound")
    ana.sees("Reminders arrive: with a sound")


@pytest.mark.parametrize(
    "data", ["v1:switch", "v1:switch:silent", "v1:switch:silent:maybe", "v1:switch:zone:on"]
)
def test_a_switch_that_never_was_changes_nothing(ana: Somebody, data: str) -> None:
    ana.says("/settings")
    ana.does(lambda person: person.taps_data(data, person.messages[-1]))
    ana.sees_toast("doesn't work any more")
    ana.says("/settings")
    ana.sees("Reminders arrive: with a sound")


def test_answers_make_a_sound_all_the_same(here: World, ana: Somebody) -> None:
    ana.says("silent on")
    ana.says("/settings")
    assert not ana.person.last.silent
    ana.says("/today")
    ana.says("/stretch")
    here.fast_forward(minutes=6)
    ana.says("done")
    assert not shown(ana, "0 of 7 done").silent
    assert not shown(ana, "Your stretch").silent
    assert not shown(ana, "1 of 7").silent


def test_what_is_asked_beside_a_reminder_is_as_silent_as_that(here: World, ana: Somebody) -> None:
    ana.says("silent on")
    here.until(MONDAY.replace(day=6, hour=8, minute=31))
    assert shown(ana, "Your stretch").silent
    assert shown(ana, "Anything to avoid").silent
    assert shown(ana, "Would fewer reminders suit you").silent


def test_a_snoozed_reminder_comes_back_without_a_sound(here: World, ana: Somebody) -> None:
    ana.says("silent on")
    here.fast_forward(minutes=6)
    ana.taps("Snooze")
    here.fast_forward(minutes=11)
    assert [nudge.silent for nudge in nudges(ana)] == [True, True]


def test_what_is_about_safety_is_never_silent(here: World, ana: Somebody, osei: Somebody) -> None:
    for who in (ana, osei):
        who.says("silent on")
        who.forgets_what_was_said()
    ana.says("my groin is numb and I can't pee")
    assert ana.sees("emergency")
    assert osei.sees("emergency")
    here.fast_forward(hours=30)
    calls = [call for who in (ana, osei) for call in here.tele.made("sendMessage", who.id)]
    about = [call for call in calls if call.at >= MONDAY]
    assert not any(call.params.get("disable_notification") for call in about)


def test_the_wish_moves_to_another_server(ana: Somebody) -> None:
    ana.says("silent on")
    file = export_of(ana)
    ana.says("silent off")
    brings(ana, file)
    ana.sees("Reminders arrive: without a sound")
    ana.taps("Take it over")
    ana.says("/settings")
    ana.sees("Reminders arrive: without a sound")
