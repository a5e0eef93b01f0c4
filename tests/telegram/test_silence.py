"""Two silent weeks: one question in place of a reminder, then quiet, and all as before with the first word or tap."""

from datetime import UTC, datetime, timedelta

import pytest

from reminderbot.demo.telegram.people import Person
from reminderbot.store import tables
from tests.telegram.holding import report, take_back
from tests.telegram.looking import clocks, rows
from tests.world import Somebody, World

QUESTION = "Are these reminders still useful to you?"
ASKED = datetime(2026, 1, 20, 8, 31, tzinfo=UTC)
"""A Tuesday: she was heard on the fifth, and fourteen stretches have come since."""

GONE_BY = "resting since Tue 20 January"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana has one reminder a day, the stretch at half past eight."""
    who = here.person("Ana", "UTC")
    who.says("/remind move off")
    who.forgets_what_was_said()
    return who


@pytest.fixture
def silent(here: World, ana: Somebody) -> Somebody:
    """Ana has not been heard for two weeks, and was asked; that was eight days ago."""
    here.until(ASKED)
    ana.sees(QUESTION)
    ana.forgets_what_was_said()
    here.until(ASKED + timedelta(days=8))
    return ana


def stretches(who: Somebody) -> list[str]:
    return clocks(who, habit="stretch")


def test_after_two_silent_weeks_one_question_comes_in_place_of_a_reminder(here: World, ana: Somebody) -> None:
    here.until(ASKED - timedelta(minutes=2))
    assert not any(QUESTION in text for text in ana.unread())
    assert len(stretches(ana)) == 14
    here.until(ASKED)
    ana.sees(QUESTION, "that's fine", "write anything, and they come again")
    assert ana.buttons() == ["Keep them", "Fewer", "Pause"]
    assert len(stretches(ana)) == 14


def test_then_nothing_is_sent_however_long(here: World, silent: Somebody) -> None:
    here.until(ASKED + timedelta(days=40))
    silent.sees_nothing()
    assert {row.next_due_at for row in rows(here, tables.cadences, chat_id=silent.id)} == {None}


def test_on_weekdays_alone_two_working_weeks_are_two_weeks(here: World) -> None:
    ben = here.person("Ben", "UTC")
    ben.says("/remind stretch off")
    ben.says("/remind move every 60m 9:00-10:00 weekdays")
    ben.forgets_what_was_said()
    here.until(ASKED.replace(hour=8))
    assert not any(QUESTION in text for text in ben.unread())
    here.until(ASKED.replace(hour=9))
    ben.sees(QUESTION)


@pytest.mark.parametrize("words", ["hi", "/today", "/remind", "/streak", "done", "thanks", "/help"])
def test_whatever_she_writes_is_answered_and_then_everything_goes_on(
    here: World, silent: Somebody, words: str
) -> None:
    silent.says(words)
    *answers, last = silent.unread()
    assert answers
    assert not any("resting" in text for text in answers)
    assert "Good to hear from you" in last
    assert GONE_BY in last
    assert "Next up: Stretch, Thu 8:30" in last
    here.fast_forward(days=1)
    assert stretches(silent)[-1] == "Thu 8:30"


def _taps_done(person: Person) -> None:
    nudge = next(message for message in reversed(person.messages) if "Done" in message.labels)
    person.taps("Done", nudge)


@pytest.mark.parametrize("act", [_taps_done, lambda person: person.sends_sticker()])
def test_so_is_whatever_she_does(here: World, silent: Somebody, act: object) -> None:
    assert callable(act)
    silent.does(act)
    assert GONE_BY in silent.unread()[-1]
    here.fast_forward(days=1)
    assert stretches(silent)[-1] == "Thu 8:30"


def test_she_is_welcomed_once(silent: Somebody) -> None:
    silent.says("hi")
    silent.sees(GONE_BY)
    silent.says("/today")
    silent.sees("Stretch")
    silent.sees_nothing()


def test_the_days_between_are_days_of_rest(here: World, silent: Somebody) -> None:
    silent.says("/done")
    silent.forgets_what_was_said()
    silent.says("/stats")
    days = rows(here, tables.days, chat_id=silent.id, habit="stretch")
    assert [row.habit_day.day for row in days if row.missed] == list(range(6, 20))


def test_keep_them_keeps_them_and_after_two_more_silent_weeks_she_is_asked_again(
    here: World, ana: Somebody
) -> None:
    here.until(ASKED)
    ana.taps("Keep them")
    ana.sees("All stays as it is")
    ana.sees("Your reminders go on; next up: Stretch, Wed 8:30")
    ana.sees_nothing()
    here.until(ASKED + timedelta(days=14))
    assert not any(QUESTION in text for text in ana.unread())
    here.until(ASKED + timedelta(days=15))
    ana.sees(QUESTION)


@pytest.mark.parametrize(
    "word", ["keep", "keep them", "Keep them, please!", "keep it as it is", "yes", "Yes please!", "👍"]
)
def test_keep_them_can_be_said_in_words(here: World, ana: Somebody, word: str) -> None:
    here.until(ASKED)
    ana.says(word)
    ana.sees("All stays as it is")
    ana.sees("go on")


@pytest.mark.parametrize("word", [None, "fewer", "fewer reminders please", "less often"])
def test_fewer_lets_what_comes_most_often_come_less_often(
    here: World, ana: Somebody, word: str | None
) -> None:
    ana.says("/remind move every 60m 9:00-10:00")
    here.until(ASKED)
    ana.sees(QUESTION)
    if word:
        ana.says(word)
    else:
        ana.taps("Fewer")
    ana.sees("Move", "every 90 min", "Wed 9:00")
    ana.sees("go on")


def test_fewer_of_what_comes_once_a_day_shows_the_plan(here: World, ana: Somebody) -> None:
    here.until(ASKED)
    ana.taps("Fewer")
    ana.sees("Stretch: at 8:30", "Tap, or write it in one line")


def test_yes_is_an_answer_weeks_later_and_no_move_was_done(silent: Somebody) -> None:
    silent.says("yes")
    silent.sees("All stays as it is")
    silent.sees(GONE_BY)
    assert not any(row.done for row in rows(silent.world, tables.days, chat_id=silent.id))


def test_a_thumb_as_a_reply_to_a_reminder_is_about_that_one(here: World, ana: Somebody) -> None:
    here.until(ASKED)
    shown = next(message for message in reversed(ana.person.messages) if "Done" in message.labels)
    ana.says("👍", reply_to=shown)
    ana.sees("Done, counted for Mon 19 January")
    ana.sees("Your reminders go on")


def test_yes_as_a_reply_to_the_question_keeps_them(here: World, ana: Somebody) -> None:
    here.until(ASKED)
    ana.says("yes", reply_to=ana.person.messages[-1])
    ana.sees("All stays as it is")


def test_done_as_a_reply_to_the_question_is_a_move_of_her_own(here: World, ana: Somebody) -> None:
    here.until(ASKED)
    ana.forgets_what_was_said()
    ana.says("done", reply_to=ana.person.messages[-1])
    ana.sees("done, on your own")
    ana.sees("Your reminders go on")
    ana.sees_nothing()


@pytest.mark.parametrize("word", [None, "pause", "no", "Not really."])
def test_pause_pauses_until_she_resumes(here: World, ana: Somebody, word: str | None) -> None:
    here.until(ASKED)
    ana.sees(QUESTION)
    if word:
        ana.says(word)
    else:
        ana.taps("Pause")
    ana.sees("Enjoy the break", "/resume")
    here.fast_forward(days=20)
    ana.sees_nothing()
    ana.says("/resume")
    ana.sees("And we go on!")
    ana.sees_nothing()


def test_after_stop_nothing_goes_on(here: World, silent: Somebody) -> None:
    silent.says("/stop")
    assert not any("Good to hear" in text for text in silent.unread())
    silent.forgets_what_was_said()
    here.fast_forward(days=2)
    silent.sees_nothing()
    silent.says("/start")
    silent.sees("Stretch")
    assert not any("resting" in text for text in silent.unread())
    here.fast_forward(days=1)
    assert stretches(silent)[-1].endswith("8:30")


def test_a_red_flag_is_answered_first_and_nothing_is_cheered(here: World, silent: Somebody) -> None:
    silent.says("my groin is numb and I can't pee")
    first, *rest = silent.unread()
    assert "Thanks for telling me" in first
    assert not any("Good to hear" in text or "resting" in text for text in rest)
    silent.forgets_what_was_said()
    silent.says("/remind")
    assert "resting" not in silent.sees("Exercises are paused")
    assert rows(here, tables.subscribers, chat_id=silent.id)[0].quiet_on is None


def test_after_something_to_be_seen_about_it_is_said_plainly(silent: Somebody) -> None:
    silent.says("my back has hurt for six weeks and it wakes me at night")
    *_, last = silent.unread()
    assert last == "Your reminders come again as before, Stretch, Thu 8:30 first."


def test_yes_to_a_question_about_a_symptom_is_for_that_question_alone(silent: Somebody) -> None:
    report(silent, "none", asked=True)
    silent.says("yes")
    assert not any("All stays as it is" in text for text in silent.unread())


def test_somebody_who_has_left_and_comes_back_is_not_silent(here: World, silent: Somebody) -> None:
    silent.does(lambda person: person.blocks())
    silent.does(lambda person: person.unblocks())
    silent.sees("Stretch")
    silent.forgets_what_was_said()
    here.fast_forward(days=1)
    assert stretches(silent)[-1] == "Thu 8:30"
    assert not any(QUESTION in text for text in silent.unread())


def test_fewer_is_not_offered_again_to_somebody_who_is_about_to_be_asked(here: World) -> None:
    ben = here.person("Ben", "UTC")
    ben.says("/remind move every 120m 9:00-17:00 daily")
    here.until(ASKED + timedelta(days=1))
    said = "\n".join(ben.unread())
    assert said.count("Would fewer reminders suit you") == 1
    assert said.count(QUESTION) == 1


def test_an_outage_of_weeks_is_no_silence(here: World, ana: Somebody) -> None:
    here.until(ASKED - timedelta(days=10))
    here.skip(days=30)
    here.until(here.now + timedelta(days=1))
    assert not any(QUESTION in text for text in ana.unread())
    assert stretches(ana)[-1].endswith("8:30")


def test_a_long_pause_is_no_silence(here: World, ana: Somebody) -> None:
    ana.says("/pause 30d")
    here.fast_forward(days=40)
    assert not any(QUESTION in text for text in ana.unread())
    assert stretches(ana)[-1].endswith("8:30")


def test_weeks_on_hold_are_no_silence(here: World, ana: Somebody) -> None:
    number = report(ana)
    here.fast_forward(days=30)
    take_back(ana, number)
    here.fast_forward(days=10)
    assert not any(QUESTION in text for text in ana.unread())
    assert stretches(ana)[-1].endswith("8:30")


def test_the_pinned_card_says_that_reminders_rest_and_since_when(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.until(ASKED + timedelta(hours=1))
    card = next(message for message in ana.person.messages if message.pinned)
    assert "Your reminders have been resting since Tue 20 January. Write or tap anything" in card.text
    assert card.labels == [], "all rests already"
    ana.says("hi")
    here.fast_forward(minutes=1)
    assert "resting" not in card.text
    assert card.labels == ["Pause today"]


@pytest.mark.parametrize("words", ["hi, me again", "back again", "/resume"])
def test_the_welcome_stands_for_an_answer_that_has_nothing_to_say(silent: Somebody, words: str) -> None:
    silent.says(words)
    (welcome,) = silent.unread()
    assert "Good to hear from you" in welcome
    silent.forgets_what_was_said()
    silent.says("hi, me again")
    silent.sees("Sorry, I didn't get that")
