"""/symptom answered in words: what is written stands for a button of the page, and never for a move."""

from datetime import timedelta

import pytest

from reminderbot.library import guided
from reminderbot.store.queries import cases, history, safety
from reminderbot.store.tables import Outcome, on_call
from tests.telegram.holding import report
from tests.telegram.test_symptom_check import found
from tests.world import MONDAY, Somebody, World

NINE = MONDAY.replace(hour=9, minute=1)
YES = ["yes", "Yes!", "yes all of them", "all of them", "yes I have that", "some of them", "both", "not sure"]
NO = ["no", "No.", "none", "none of these", "None of them", "no, none of those", "nothing", "not really"]


def moved(who: Somebody) -> bool:
    rows = who.world.ask(lambda work: history.of_day(work.tx, who.id, "move", who.world.now.date()))
    return any(row.outcome in (Outcome.DONE, Outcome.SKIPPED) for row in rows)


@pytest.fixture
def nudged(here: World, ana: Somebody) -> Somebody:
    """Ana, with a nudge that waits, who has begun the check."""
    here.until(NINE)
    ana.says("/symptom")
    ana.forgets_what_was_said()
    return ana


@pytest.mark.parametrize("words", YES)
def test_a_yes_to_the_emergencies_is_an_emergency_and_no_move(
    here: World, nudged: Somebody, words: str
) -> None:
    nudged.says(words)
    nudged.sees("checked by a doctor straight away", "Call now", "Exercises are paused")
    assert found(nudged) == [("emergency", None, False)]
    assert here.ask(lambda work: safety.get(work.tx, nudged.id)).level == "emergency"  # type: ignore[union-attr]
    assert not moved(nudged)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("the first one", "cauda-equina"),
        ("yes the first one", "cauda-equina"),
        ("2", "cauda-bladder"),
        ("the last", "cauda-sexual"),
        ("both legs", "cauda-legs"),
        ("Peeing has changed", "cauda-bladder"),
        ("no control of my bowels", "cauda-bowel"),
    ],
)
def test_words_that_name_a_sign_are_its_button(nudged: Somebody, words: str, condition: str) -> None:
    nudged.says(words)
    nudged.sees("Call now")
    assert [row[:2] for row in found(nudged)] == [("emergency", condition)]
    assert not moved(nudged)


@pytest.mark.parametrize("words", NO)
def test_a_no_is_none_of_these_and_no_skip(nudged: Somebody, words: str) -> None:
    nudged.says(words)
    nudged.sees("right now?", "chest")
    for _ in guided.PAGES[1:]:
        nudged.says(words)
    nudged.sees("None of that: good.")
    assert found(nudged) == []
    assert not moved(nudged)


def test_people_on_call_are_told_of_a_yes(here: World, ana: Somebody) -> None:
    duty = {"chat_id": 77, "step": 1, "since": MONDAY}
    here.ask(lambda work: work.tx.execute(on_call.insert().values(duty)))
    ana.says("/symptom")
    ana.says("yes all of them")
    assert len(here.ask(lambda work: cases.unclosed_of(work.tx, ana.id))) == 1


def test_what_says_neither_is_asked_again(nudged: Somebody) -> None:
    nudged.says("ok")
    nudged.sees("between your legs")
    assert not moved(nudged)


def test_after_a_tap_the_next_page_is_what_words_answer(nudged: Somebody) -> None:
    nudged.taps("None of these")
    nudged.says("the first one")
    assert found(nudged) == [("emergency", "heart", False)]


def test_where_cards_differ_a_yes_has_its_card_and_is_asked_which(nudged: Somebody) -> None:
    nudged.taps("None of these")
    nudged.forgets_what_was_said()
    nudged.says("yes")
    nudged.sees("Call now")
    nudged.sees("which of these is it?")
    nudged.taps("Ending my life")
    assert ("emergency", "self-harm", True) in found(nudged)


def test_a_yes_to_what_can_wait_for_days_is_no_emergency(nudged: Somebody) -> None:
    for _ in guided.PAGES[:-1]:
        nudged.says("no")
    nudged.forgets_what_was_said()
    nudged.says("yes")
    nudged.sees("worth a booked visit")
    assert found(nudged) == [("gp", None, False)]


def test_a_yes_that_tells_more_is_heard_for_what_it_tells(nudged: Somebody) -> None:
    for _ in guided.PAGES[:-1]:
        nudged.says("no")
    nudged.says("yes, and my groin is numb and I can't pee")
    assert [row[0] for row in found(nudged)] == ["emergency"]
    nudged.says("/symptom")
    nudged.says("yes and I want to end my life")
    assert any(mental for _, _, mental in found(nudged))


@pytest.mark.parametrize("words", ["done", "yes, did it", "done, feeling good"])
def test_what_tells_of_a_move_is_a_move(nudged: Somebody, words: str) -> None:
    nudged.says(words)
    assert moved(nudged)
    assert found(nudged) == []


def test_half_an_hour_later_a_yes_is_no_answer_to_it(here: World, ana: Somebody) -> None:
    ana.says("/pause")
    ana.says("/symptom")
    here.fast_forward(minutes=31)
    ana.says("yes")
    assert found(ana) == []


def test_a_reminder_that_came_since_is_what_a_yes_answers(here: World, ana: Somebody) -> None:
    ana.says("/symptom")
    here.until(NINE)
    ana.says("yes")
    assert found(ana) == []
    assert moved(ana)


def test_after_anything_else_was_said_a_yes_is_no_answer_to_it(here: World, nudged: Somebody) -> None:
    here.fast_forward(seconds=5)
    nudged.says("/today")
    nudged.says("yes")
    assert found(nudged) == []


def test_a_yes_in_reply_to_a_reminder_is_about_that(here: World, ana: Somebody) -> None:
    here.until(NINE)
    card = ana.person.messages[-1]
    ana.says("/symptom")
    ana.says("yes", reply_to=card)
    assert found(ana) == []
    assert moved(ana)


def test_the_same_sign_in_words_at_once_is_one_report_and_is_answered(ana: Somebody) -> None:
    ana.says("/symptom")
    ana.says("the first one")
    ana.says("/symptom")
    ana.forgets_what_was_said()
    ana.says("the first one")
    assert len(found(ana)) == 1
    assert ana.unread()


def test_somebody_who_is_no_subscriber_may_write_as_well(here: World) -> None:
    stranger = here.person("Stranger")
    stranger.says("/symptom")
    stranger.says("no")
    stranger.says("the first one")
    assert found(stranger) == [("emergency", "heart", False)]


def test_who_comes_back_after_silence_is_understood_too(here: World, ana: Somebody) -> None:
    here.fast_forward(days=20)
    ana.says("/symptom")
    ana.says("yes")
    assert found(ana) == [("emergency", None, False)]


def test_the_weekly_check_takes_words_too(here: World, ana: Somebody) -> None:
    report(ana, "gp")
    ana.says("/pause")
    ana.says("/settings")
    ana.taps("If something is wrong")
    ana.taps("Ask me every week")
    here.until(MONDAY.replace(hour=10, minute=0) + timedelta(days=7))
    ana.says("none")
    ana.sees("none of these this week")
