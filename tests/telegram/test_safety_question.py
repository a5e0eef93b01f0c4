"""A critical symptom in doubt: one question, exercise held while it is open, and no silence that goes unnoticed."""

import pytest

from reminderbot.store import keys, tables
from reminderbot.store.queries import reports as report_rows
from tests.telegram.looking import hold, newest_report, nudges, rows
from tests.world import Somebody, World

DOUBT = "my groin went numb after cycling"
URGENT_DOUBT = "trouble peeing"
SADDLE = "my groin is numb and I can't pee"


def test_a_doubt_is_put_as_one_question_with_four_answers(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.sees("One question", "right now?")
    ana.sees_nothing()
    assert ana.buttons() == ["Yes, now", "It went away", "Someone else", "Just a figure of speech"]
    assert hold(here, ana) == "asking"


def test_yes_is_an_emergency(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.taps("Yes, now")
    ana.sees("Call now:")
    assert (hold(here, ana), newest_report(here, ana)) == ("held", ("open", "emergency", None))


def test_the_same_answer_twice_is_one_answer(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    question = ana.person.last
    ana.taps("Yes, now")
    assert question.labels == []
    report_id = rows(here, tables.reports)[0].id
    ana.does(lambda person: person.taps_data(f"v1:sask:{keys.encode_number(report_id)}:yes", question))
    assert len([text for text in ana.unread() if "Call now:" in text]) == 1


def test_a_denial_taken_back_is_an_emergency(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.taps("Just a figure of speech")
    ana.taps("It is real after all")
    ana.sees("Call now:")
    assert (hold(here, ana), newest_report(here, ana)) == ("held", ("open", "emergency", None))


@pytest.mark.parametrize(
    ("label", "why"),
    [("It went away", "went_away"), ("Someone else", "someone_else"), ("Just a figure of speech", "figure")],
)
def test_any_other_answer_ends_it_at_once(
    here: World, ana: Somebody, olga: Somebody, label: str, why: str
) -> None:
    ana.says(DOUBT)
    ana.taps(label)
    assert (hold(here, ana), newest_report(here, ana)) == ("normal", ("closed", "none", why))
    here.fast_forward(minutes=10)
    olga.sees_nothing()
    assert len(nudges(ana)) == 1


@pytest.mark.parametrize(
    ("words", "state"),
    [("yes", "open"), ("Yes since this morning", "open"), ("not sure", "open"), ("it went away", "closed"),
     ("No, it's gone now, thanks", "closed"), ("no", "closed"), ("my mum", "closed"), ("just kidding", "closed"),
     ("you misread me", "closed")],
)  # fmt: skip
def test_words_answer_as_well(here: World, ana: Somebody, words: str, state: str) -> None:
    here.fast_forward(minutes=6)
    ana.says(DOUBT)
    ana.says(words)
    assert newest_report(here, ana)[0] == state
    assert [row.outcome for row in rows(here, tables.reminders, chat_id=ana.id)] == [None]


def test_yes_to_the_question_answers_no_nudge(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.says(DOUBT)
    ana.says("yes")
    assert not any("done" in text.lower() for text in ana.unread())


def test_an_answer_that_says_worse_than_yes_is_heard_whole(ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.says("yes, and I want to kill myself tonight")
    ana.sees("You matter")


def test_other_words_leave_the_question_open_and_say_so(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.says("what do you mean by that then")
    ana.sees("My question above is still open")
    ana.says("/today")
    ana.sees("day")
    assert hold(here, ana) == "asking"


def test_a_second_doubt_puts_no_second_question_and_gives_no_more_time(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    here.fast_forward(minutes=4)
    ana.forgets_what_was_said()
    ana.says(DOUBT)
    ana.sees("still open")
    here.fast_forward(minutes=1)
    ana.sees("Call now:")


def test_an_emergency_while_the_question_is_open_needs_no_answer(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    ana.says(SADDLE)
    ana.sees("Call now:")
    here.fast_forward(minutes=4)
    assert [row.closed_as for row in rows(here, tables.reports, chat_id=ana.id)] == ["superseded", None]


def test_no_exercise_comes_while_the_question_is_open(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=3)
    ana.says(DOUBT)
    here.fast_forward(minutes=3)
    assert nudges(ana) == []


def test_five_minutes_of_silence_are_an_emergency_that_nobody_has_confirmed(
    here: World, ana: Somebody, olga: Somebody
) -> None:
    ana.says(DOUBT)
    here.fast_forward(minutes=4, seconds=59)
    olga.sees_nothing()
    here.fast_forward(seconds=1)
    ana.sees("You haven't answered. Just in case:", "Call now:")
    assert hold(here, ana) == "held"
    (case,) = rows(here, tables.cases)
    assert case.kind == "unconfirmed"
    olga.sees("Ana")


@pytest.mark.usefixtures("olga")
def test_a_late_answer_still_counts(here: World, ana: Somebody) -> None:
    ana.says(DOUBT)
    here.fast_forward(minutes=6)
    ana.taps("It went away")
    assert hold(here, ana) == "normal"
    assert rows(here, tables.cases)[0].state == "closed"


@pytest.mark.usefixtures("olga")
def test_what_is_urgent_without_an_answer_holds_and_has_a_case_at_once(here: World, ana: Somebody) -> None:
    ana.says(URGENT_DOUBT)
    ana.sees("may need checking today")
    assert [row.level for row in rows(here, tables.cases)] == ["urgent"]
    ana.says("no")
    ana.sees("To be seen today, call a doctor or an out-of-hours line.")
    ana.sees("Is any of this true right now?")
    assert (hold(here, ana), newest_report(here, ana)) == ("held", ("open", "urgent", None))


@pytest.mark.usefixtures("olga")
def test_an_urgent_doubt_that_is_confirmed_raises_the_case(here: World, ana: Somebody) -> None:
    ana.says(URGENT_DOUBT)
    ana.taps("Yes, now")
    assert [row.level for row in rows(here, tables.cases)] == ["emergency"]


def test_the_question_in_another_language_has_its_own_answers(here: World, ana: Somebody) -> None:
    spanish = here.around.library.triage.languages["es"]
    doubts = [
        example.say
        for topic in spanish.topics.values()
        for example in topic.examples
        if example.want == "ask"
    ]
    ana.says(doubts[0])
    ana.sees(spanish.question)
    ana.taps(spanish.answers.gone)
    ana.sees("Todo sigue como antes")


def test_the_card_comes_once_more_after_five_minutes_without_a_sign(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees("Call now:")
    here.fast_forward(minutes=5)
    ana.sees("Once more:", "Call now:")
    here.fast_forward(minutes=60)
    ana.sees_nothing()


@pytest.mark.parametrize("sign", ["ok calling them", "/help", "I'm getting help"])
def test_any_word_keeps_the_card_from_coming_again(here: World, ana: Somebody, sign: str) -> None:
    ana.says(SADDLE)
    here.fast_forward(minutes=1)
    ana.says(sign)
    ana.forgets_what_was_said()
    here.fast_forward(minutes=10)
    ana.sees_nothing()


def test_any_tap_keeps_the_card_from_coming_again(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    here.fast_forward(minutes=1)
    ana.taps("Wrong country?") if "Wrong country?" in str(ana.buttons()) else ana.taps("Which country?")
    ana.forgets_what_was_said()
    here.fast_forward(minutes=10)
    ana.sees_nothing()


def test_follow_ups_come_after_hours_next_morning_and_three_days_and_then_no_more(
    here: World, ana: Somebody
) -> None:
    ana.says(SADDLE)
    here.fast_forward(minutes=10)
    ana.forgets_what_was_said()
    here.fast_forward(days=10)
    asked = [
        call.at
        for call in here.tele.made("sendMessage", ana.id)
        if "How are you now" in str(call.params["text"])
    ]
    assert [f"{at:%a %H:%M}" for at in asked] == ["Mon 10:55", "Tue 09:00", "Thu 08:55"]
    assert hold(here, ana) == "held"
    ana.taps("You misread me")
    assert hold(here, ana) == "normal"


@pytest.mark.parametrize("by_word", [False, True])
def test_worse_at_a_follow_up_is_an_emergency(here: World, ana: Somebody, by_word: bool) -> None:
    ana.says("my calf is swollen and hot")
    here.fast_forward(days=1)
    ana.says("it's getting worse") if by_word else ana.taps("It's worse")
    ana.sees("Call now:")


@pytest.mark.parametrize("by_word", [False, True])
def test_waiting_to_be_seen_is_fine_and_asks_for_nothing(here: World, ana: Somebody, by_word: bool) -> None:
    ana.says("my calf is swollen and hot")
    here.fast_forward(days=1)
    ana.says("I'm waiting") if by_word else ana.taps("I'm waiting")
    ana.sees("Exercises wait, too")
    assert hold(here, ana) == "held"


def test_a_check_by_a_clinician_ends_it_from_the_follow_up(here: World, ana: Somebody) -> None:
    ana.says("my calf is swollen and hot")
    here.fast_forward(hours=4)
    ana.taps("A clinician has checked me")
    assert hold(here, ana) == "returning"
    ana.forgets_what_was_said()
    here.fast_forward(days=5)
    assert not any("How are you now" in text for text in ana.unread())


def test_a_follow_up_to_dark_thoughts_asks_nothing_and_speaks_of_no_exercise(
    here: World, ana: Somebody
) -> None:
    ana.says("I'm going to kill myself tonight")
    here.fast_forward(hours=2)
    assert "xercise" not in ana.sees("How are you now? You needn't explain")
    ana.taps("I'm safe")
    ana.sees("reminders stay off until you want them")


def test_after_two_weeks_a_gp_report_is_asked_about_once(here: World, ana: Somebody) -> None:
    ana.says("sciatica for 3 months and it limits me")
    here.fast_forward(days=15)
    asked = [text for text in ana.unread() if "Some time ago" in text]
    assert len(asked) == 1


def test_nothing_is_asked_twice_through_a_restart(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    here.restart()
    here.settle()
    ana.sees_nothing()


def test_a_report_that_cannot_be_made_out_stops_nobody_else(here: World, ana: Somebody) -> None:
    bob = here.person("Bob", "UTC")
    ana.says(DOUBT)
    bob.says(DOUBT)
    bob.forgets_what_was_said()
    broken = rows(here, tables.reports, chat_id=ana.id)[-1].id
    here.ask(lambda work: report_rows.change(work.tx, ana.id, broken, {"next_step": "nonsense"}))
    here.fast_forward(minutes=5)
    bob.sees("Call now:")
    assert hold(here, ana) == "asking"
