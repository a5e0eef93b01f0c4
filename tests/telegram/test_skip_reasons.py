"""After Skip one more tap may say why: a meeting, not now, or pain, which leads to the check. Nobody has to."""

import pytest

from reminderbot.store import keys, tables
from reminderbot.store.keys import ReminderKey
from reminderbot.telegram import callbacks
from tests.telegram.holding import report
from tests.telegram.looking import rows
from tests.world import MONDAY, Somebody, World

NINE = MONDAY.replace(hour=9, minute=0)
KEY = keys.encode(ReminderKey("move", NINE))
REASONS = ["In a meeting", "Not now", "Pain"]


@pytest.fixture
def nudged(here: World, ana: Somebody) -> Somebody:
    """Ana with the nudge of nine o'clock."""
    here.until(NINE)
    return ana


def noted(here: World, who: Somebody) -> list[tuple[str | None, str | None]]:
    """Outcome and reason of each of somebody's nudges."""
    return [(row.outcome, row.reason) for row in rows(here, tables.reminders, chat_id=who.id, habit="move")]


def test_a_skip_counts_at_once_and_may_be_explained(here: World, nudged: Somebody) -> None:
    nudged.taps("Skip")
    nudged.sees_toast("Skipped. It doesn't count against you.")
    assert nudged.buttons() == [*REASONS, "Undo"]
    assert noted(here, nudged) == [("skipped", None)]


@pytest.mark.parametrize(
    ("label", "reason", "words"),
    [("In a meeting", "meeting", "in a meeting"), ("Not now", "not_now", "not now")],
)
def test_a_reason_is_one_tap(here: World, nudged: Somebody, label: str, reason: str, words: str) -> None:
    nudged.taps("Skip")
    nudged.taps(label)
    nudged.sees_toast(f"Noted: {words}.", "doesn't count against you")
    nudged.sees(f"Skipped: {words}. It doesn't count against you.")
    assert nudged.buttons() == ["Undo"]
    assert noted(here, nudged) == [("skipped", reason)]


def test_pain_leads_to_the_check_once(here: World, nudged: Somebody) -> None:
    nudged.taps("Skip")
    data, below = callbacks.encode("why", KEY, "pain"), nudged.person.last
    nudged.does(lambda person: (person.taps_data(data, below), person.taps_data(data, below)))
    nudged.sees("Skipped: pain.")
    nudged.says("/symptom")
    check = nudged.person.last.text
    assert [message.text for message in nudged.person.messages].count(check) == 2
    assert noted(here, nudged) == [("skipped", "pain")]


def test_the_first_reason_stands(here: World, nudged: Somebody) -> None:
    nudged.taps("Skip")
    below = nudged.person.last
    nudged.taps("Not now")
    nudged.does(lambda person: person.taps_data(callbacks.encode("why", KEY, "pain"), below))
    nudged.sees_toast("noted already")
    assert noted(here, nudged) == [("skipped", "not_now")]


def test_it_is_asked_once_a_day(here: World, nudged: Somebody) -> None:
    nudged.taps("Skip")
    here.until(NINE.replace(hour=10))
    nudged.taps("Skip")
    assert nudged.person.last.labels == ["Undo"]
    here.until(NINE.replace(day=6))
    nudged.taps("Skip")
    assert nudged.person.last.labels == [*REASONS, "Undo"]


def test_undo_takes_the_reason_along_and_it_is_not_asked_again(here: World, nudged: Somebody) -> None:
    said = nudged.person.last.text
    nudged.taps("Skip")
    nudged.taps("Not now")
    nudged.taps("Undo")
    assert (nudged.person.last.text, nudged.person.last.labels) == (said, ["Done", "Skip", "Snooze"])
    assert noted(here, nudged) == [(None, None)]
    nudged.taps("Skip")
    assert nudged.person.last.labels == ["Undo"]


def test_a_reason_after_undo_changes_nothing(here: World, nudged: Somebody) -> None:
    nudged.taps("Skip")
    data, below = callbacks.encode("why", KEY, "pain"), nudged.person.last
    nudged.taps("Undo")
    nudged.does(lambda person: person.taps_data(data, below))
    nudged.sees_toast("nothing has changed")
    assert noted(here, nudged) == [(None, None)]


@pytest.mark.parametrize(
    "data", ["v1:why:move:zzzz:pain", f"v1:why:{KEY}:boredom", "v1:why:", f"v1:why:{KEY}"]
)
def test_a_forged_reason_changes_nothing(here: World, nudged: Somebody, data: str) -> None:
    nudged.taps("Skip")
    nudged.does(lambda person: person.taps_data(data, nudged.person.last))
    nudged.sees_toast("nothing has changed")
    assert noted(here, nudged) == [("skipped", None)]


def test_who_skips_in_words_is_not_asked(nudged: Somebody) -> None:
    nudge = nudged.person.last
    nudged.says("in a meeting")
    assert nudge.labels == ["Undo"]


def test_a_skip_for_a_day_gone_by_is_not_asked_about(here: World, nudged: Somebody) -> None:
    nudge = nudged.person.last
    here.until(NINE.replace(day=6, hour=8))
    nudged.taps("Skip", nudge)
    assert nudge.labels == ["Undo"]


def test_a_reason_may_be_said_on_the_day_after(here: World, nudged: Somebody) -> None:
    nudge = nudged.person.last
    nudged.taps("Skip")
    here.until(NINE.replace(day=6, hour=8))
    nudged.taps("In a meeting", nudge)
    assert "Skipped: in a meeting." in nudge.text
    assert noted(here, nudged)[0] == ("skipped", "meeting")


def test_while_exercise_is_stopped_nobody_is_asked(nudged: Somebody) -> None:
    nudge = nudged.person.last
    report(nudged)
    nudged.taps("Skip", nudge)
    assert nudge.labels == ["Undo"]


def test_a_stretch_may_be_skipped_because_of_pain(ana: Somebody) -> None:
    ana.says("/stretch")
    card = next(message for message in reversed(ana.person.messages) if "Skip" in message.labels)
    ana.taps("Skip", card)
    ana.taps("Pain", card)
    assert card.labels == ["Undo"]
    assert "Skipped: pain." in card.text


def test_the_reasons_are_counted_in_the_stats(here: World, nudged: Somebody) -> None:
    for day, label in ((5, "In a meeting"), (6, "Pain"), (7, "In a meeting")):
        here.until(NINE.replace(day=day, minute=1))
        nudged.taps("Skip")
        nudged.taps(label)
    nudged.says("/stats")
    nudged.sees("Skipped in the last two weeks: 2 times in a meeting, 1 time because of pain.")
    here.until(NINE.replace(day=19, minute=1))
    nudged.says("/stats")
    nudged.sees("Skipped in the last two weeks: 1 time in a meeting, 1 time because of pain.")


def test_without_a_reason_the_stats_say_nothing_of_it(nudged: Somebody) -> None:
    nudged.taps("Skip")
    nudged.says("/stats")
    assert "last two weeks" not in nudged.sees("1 skipped")


def test_a_warm_up_that_was_stopped_because_of_pain_may_be_taken_up_again(ana: Somebody) -> None:
    ana.says("/warmup")
    ana.taps("Next")
    move = next(message for message in reversed(ana.person.messages) if "Stop" in message.labels)
    said, labels = move.text, move.labels
    ana.taps("Stop", move)
    ana.taps("Pain", move)
    ana.sees("Skipped: pain.")
    ana.taps("Undo", move)
    assert (move.text, move.labels) == (said, labels)


@pytest.mark.parametrize(
    ("words", "reason", "answer"),
    [
        ("skip, in a meeting", "meeting", "Move: skipped, in a meeting."),
        ("skip because I was in a meeting", "meeting", "Move: skipped, in a meeting."),
        ("skip, too busy", "not_now", "Move: skipped, not now."),
    ],
)
def test_a_reason_is_taken_from_the_words(
    here: World, nudged: Somebody, words: str, reason: str, answer: str
) -> None:
    nudged.says(words)
    nudged.sees(answer, "doesn't count against you")
    assert noted(here, nudged) == [("skipped", reason)]
    nudged.taps("Undo")
    assert noted(here, nudged) == [(None, None)]


def test_pain_in_words_leads_to_the_check(here: World, nudged: Somebody) -> None:
    nudged.says("skip because of pain")
    nudged.sees("Move: skipped because of pain.")
    check = nudged.person.last.text
    nudged.says("/symptom")
    assert nudged.person.last.text == check
    assert noted(here, nudged) == [("skipped", "pain")]
