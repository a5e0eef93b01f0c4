"""The main job as a person sees it: a nudge, one tap or one word, and a streak that grows."""

from datetime import timedelta

import pytest

from reminderbot.services import horizon
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.telegram import callbacks
from tests.telegram.holding import report
from tests.telegram.looking import nudges
from tests.world import MONDAY, Somebody, World


def test_a_nudge_is_edited_into_its_result(here: World, ana: Somebody) -> None:
    """One line for each nudge, with Undo, and a notice after the tap."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    assert nudge.labels == ["Done", "Skip", "Snooze"]
    said = nudge.text
    ana.taps("Done")
    ana.sees_toast("Done")
    assert ana.person.last.id == nudge.id
    assert ana.person.last.text == f"{said}\n✅ Done. Today 1 of 7, 3 more and it counts."
    assert ana.person.last.labels == ["Undo"]
    ana.taps("Undo")
    assert (ana.person.last.text, ana.person.last.labels) == (said, ["Done", "Skip", "Snooze"])


def test_a_word_answers_and_is_answered(here: World, ana: Somebody) -> None:
    """The nudge becomes its result, and a short line replies."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    ana.says("done!")
    assert "Done. Today" in nudge.text
    assert "Move: done. Today 1 of 7, 3 more and it counts." in ana.person.last.text


def test_a_thumb_is_understood_as_a_reply(here: World, ana: Somebody) -> None:
    """However late on its day."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    here.fast_forward(minutes=40)
    ana.says("👍", reply_to=nudge)
    assert "Done. Today" in nudge.text


def test_snooze_comes_back_and_the_series_stays(here: World, ana: Somebody) -> None:
    """Ten minutes later with the same words; the next nudge at ten."""
    here.fast_forward(minutes=5)
    said = ana.person.last.text
    ana.taps("Snooze")
    ana.sees_toast("10 minutes")
    ana.sees("Back at Mon 9:10.")
    here.fast_forward(minutes=11)
    assert ana.person.last.text == said
    ana.taps("Done")
    here.fast_forward(minutes=49)
    assert ana.person.last.labels == ["Done", "Skip", "Snooze"]


def test_four_of_seven_keep_the_day(here: World, ana: Somebody) -> None:
    """The streak says so with the fourth Done, and in /streak."""
    for hours in (1, 2, 3, 5):
        here.until(MONDAY.replace(hour=8 + hours, minute=1))
        ana.taps("Done")
    ana.sees("Streak 1 day. Today 4 of 7, and it counts.")
    ana.says("/streak")
    ana.sees("Move", "Streak 1 day. Today 4 of 7, and it counts.", "Best 1 day")
    ana.says("/today")
    ana.sees("4 of 7 done, and today counts.", "Mon 14:00")


def test_yesterdays_nudge_answers_yesterday(here: World, ana: Somebody) -> None:
    """The notice names the day."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    here.fast_forward(hours=22)
    ana.taps("Done", nudge)
    ana.sees_toast("counted for Mon 5 January")
    assert "counted for Mon 5 January" in nudge.text


def test_the_same_tap_twice_counts_once(here: World, ana: Somebody) -> None:
    """The second finds it answered."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    data = callbacks.encode("done", keys.encode(ReminderKey("move", MONDAY + timedelta(minutes=5))))
    ana.does(lambda person: (person.taps_data(data, nudge), person.taps_data(data, nudge)))
    ana.sees_toast("answered already")
    ana.says("/today")
    ana.sees("1 of 7 done")


@pytest.mark.parametrize(
    "data", ["v1:done:move:zzzzzz", "v1:undo:x", "v1:skip:", "v1:done:move:", "v1:calm:move:x"]
)
def test_a_forged_tap_is_answered_and_changes_nothing(here: World, ana: Somebody, data: str) -> None:
    """Whatever stands in it."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    said = nudge.text
    ana.does(lambda person: person.taps_data(data, nudge))
    ana.sees_toast("nothing has changed")
    assert nudge.text == said


def test_a_corrected_done_is_not_a_second_one(ana: Somebody) -> None:
    """Editing one's own message never counts."""
    written = []
    ana.does(lambda person: written.append(person.says("done")))
    ana.does(lambda person: person.edits(written[0], "done!"))
    ana.says("/today")
    ana.sees("1 of")


def test_the_stretch_now_and_its_result(here: World, ana: Somebody) -> None:
    """Steps, how long, and the same buttons; done, it counts."""
    ana.says("/stretch")
    here.settle()
    card = next(m for m in reversed(ana.person.messages) if "Your stretch" in m.text)
    assert card.labels[:3] == ["Done", "Skip", "Snooze"]
    ana.taps("Done", card)
    assert "✅ Done. Streak 1 day. Today 1 of 1, and it counts." in card.text


@pytest.mark.parametrize("times", [1, 2])
def test_the_stretch_now_is_edited_into_its_result_by_a_word(ana: Somebody, times: int) -> None:
    """As a nudge is; shown twice, the message that was shown last."""
    for _ in range(times):
        ana.says("/stretch")
    card = next(m for m in reversed(ana.person.messages) if "Your stretch" in m.text)
    ana.says("done")
    assert "✅ Done. Streak 1 day. Today 1 of 1, and it counts." in card.text
    assert card.labels == ["Undo"]
    ana.says("undo")
    assert card.labels[:3] == ["Done", "Skip", "Snooze"]


def test_a_snooze_at_the_hour_does_not_swallow_the_next_nudge(here: World, ana: Somebody) -> None:
    """Snoozed at 9:50 for ten minutes, both come at ten."""
    here.until(MONDAY.replace(hour=9, minute=50))
    ana.says("/snooze 10m")
    before = len(ana.person.messages)
    here.until(MONDAY.replace(hour=10, minute=1))
    assert [m.labels for m in ana.person.messages[before:]] == [["Done", "Skip", "Snooze"]] * 2


def test_ignored_nudges_bring_one_offer_of_fewer(here: World, ana: Somebody) -> None:
    """Its buttons change the plan, or keep it."""
    here.until(MONDAY.replace(hour=13, minute=1))
    ana.sees("Would fewer reminders suit you better?")
    ana.taps("Every 90 min")
    ana.sees("90")
    ana.says("/remind")
    ana.sees("90")


def test_an_unconfirmed_clock_is_asked_for_under_the_nudge(here: World) -> None:
    """And the nudge keeps its other buttons."""
    bea = here.person("Bea")
    bea.says("/start")
    here.fast_forward(minutes=5)
    nudge = next(m for m in reversed(bea.person.messages) if "Snooze" in m.labels)
    assert nudge.labels == ["Done", "Skip", "Snooze", "Wrong time?"]
    bea.taps("Wrong time?", nudge)
    bea.sees("Is it 9:00")


def test_a_killed_bot_loses_no_answer(here: World, ana: Somebody) -> None:
    """What was said while it was down counts for when it was said."""
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    ana.person.taps("Skip", nudge)
    here.skip(seconds=100)
    here.restart()
    assert "Skipped" in nudge.text


def test_a_move_just_before_a_nudge_spares_it_and_says_so(here: World, ana: Somebody) -> None:
    ana.says("did it")
    ana.sees("Move: done", "I leave out the one at 9:00.")
    here.fast_forward(minutes=10)
    ana.sees_nothing()
    here.fast_forward(minutes=60)
    ana.says("did it")
    assert "leave out" not in ana.sees("Move: done")


def test_a_spared_nudge_is_not_named_again_after_a_break_is_planned(here: World, ana: Somebody) -> None:
    ana.says("did it")
    ana.sees("I leave out the one at 9:00.")
    here.fast_forward(minutes=1)
    ana.says("/pause 8 to 9 January")
    assert "Mon 9:00" not in ana.sees("Mon 10:00 Move")
    ana.says("undo")
    assert "Mon 9:00" not in ana.sees("Mon 10:00 Move")


def test_a_snooze_in_a_break_is_refused_instead_of_promised(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.says("/pause")
    ana.taps("Snooze")
    ana.sees_toast("You're on a break", "/resume")
    ana.says("/resume")
    ana.taps("Snooze")
    ana.sees("Snoozed", "Mon 9:11")


def test_what_lies_ahead_knows_of_a_snoozed_reminder(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.taps("Snooze")
    coming = here.ask(lambda work: horizon.next_reminder(work, {ana.id: "Ana"}))
    assert coming is not None
    assert (coming[0].hour, coming[0].minute, coming[1]) == (9, 11, "Move for Ana")


def test_what_lies_ahead_leaves_out_what_a_hold_keeps_back(here: World, ana: Somebody) -> None:
    ben = here.person("Ben", "UTC")
    names = {ana.id: "Ana", ben.id: "Ben"}
    report(ana)
    coming = here.ask(lambda work: horizon.next_reminder(work, names))
    assert coming is not None
    assert coming[1] == "Move for Ben"
    report(ben, asked=True)
    assert here.ask(lambda work: horizon.next_reminder(work, names)) is None


def test_what_lies_ahead_leaves_out_what_the_way_back_leaves_out(here: World, ana: Somebody) -> None:
    """Short walks only, every second nudge: each moment that is named is one at which a reminder comes."""
    report(ana)
    ana.says("a clinician has checked me")
    for _ in range(5):
        coming = here.ask(lambda work: horizon.next_reminder(work, {ana.id: "Ana"}))
        assert coming is not None
        assert coming[1] == "Move for Ana"
        before = len(nudges(ana))
        here.until(coming[0] - timedelta(seconds=1))
        assert len(nudges(ana)) == before
        here.until(coming[0] + timedelta(seconds=1))
        assert len(nudges(ana)) == before + 1


def test_after_the_way_back_stretches_lie_ahead_again(here: World, ana: Somebody) -> None:
    report(ana)
    ana.says("a clinician has checked me")
    here.fast_forward(days=2, hours=22)
    coming = here.ask(lambda work: horizon.next_reminder(work, {}))
    assert coming is not None
    assert coming[1] == "Stretch"


def test_what_has_waited_long_is_named_with_its_time(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=1))
    for hour in (10, 11, 13):
        here.until(MONDAY.replace(hour=hour, minute=1))
        ana.taps("Done")
    here.fast_forward(minutes=20)
    ana.says("ok done")
    ana.sees("Move (9:00): done. ")
    here.until(MONDAY.replace(hour=14, minute=55))
    ana.says("done")
    ana.sees("Move: done. ")


def test_a_yes_answers_what_waits_and_is_never_a_move_of_its_own(here: World, ana: Somebody) -> None:
    here.until(MONDAY.replace(hour=9, minute=50))
    ana.says("yes")
    ana.sees("Move: done.")
    here.fast_forward(minutes=5)
    ana.says("yes")
    ana.sees("Nothing is waiting for an answer just now")
    ana.says("/today")
    ana.sees("1 of 6 done")
