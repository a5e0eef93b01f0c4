"""No exercise is sent once a report is stored or its question is open, whatever was on its way before."""

from datetime import timedelta

from tests.acceptance.processes import until
from tests.acceptance.stage import MONDAY, Stage
from tests.acceptance.watch import DOUBT, NUMB, QUICK, cards, gets_card, is_card, subscribe

NINE = MONDAY.replace(hour=9, minute=0)


def test_exercise_waits_while_a_question_is_open_and_after_a_card_and_comes_back_with_a_correction(
    stage: Stage,
) -> None:
    stage.starts()
    asked, carded, witness = people = [
        stage.person(name) for name in ("Anastasia", "Bela-Katharina", "Cleopatra")
    ]
    for person in people:
        person.subscribes()
    stage.at(NINE - timedelta(minutes=3))  # the question's five minutes end well after nine
    asked.says(DOUBT)
    asked.sees("One question")
    carded.says(NUMB)
    gets_card(carded)
    stage.settles()
    stage.at(NINE - timedelta(seconds=0.2))
    witness.is_asked()
    stage.settles()
    for person, answer in ((asked, "It went away"), (carded, "You misread me")):
        assert stage.telegram.nudges(person.id) == []
        person.says("/stretch")
        person.sees("paused" if person is carded else "question")
        person.taps(answer)
        person.sees("goes on as before")
    stage.settles()
    stage.at(NINE + timedelta(minutes=60, seconds=-0.2))
    for person in people:
        assert NINE + timedelta(hours=1) <= person.is_asked().at


def test_no_exercise_is_sent_after_a_report_is_stored_however_many_reminders_are_queued(stage: Stage) -> None:
    bot = stage.starts()
    people = [stage.person(f"Person-{number}") for number in range(10)]
    subscribe(people)
    stage.settles()
    bot.is_killed()
    stage.at(NINE - timedelta(seconds=0.5))
    stage.starts(tick=QUICK, SEND_RATE="4")
    people[0].is_asked()  # the others wait for their turn, and some of them write just now
    reporting = people[2::2]
    for person in reporting:
        person.says(NUMB)
    for person in reporting:
        gets_card(person)
    for person in people[1::2]:
        person.is_asked()
    stage.settles()
    held = 0
    for person in reporting:
        card = cards(stage, person)[0]
        assert not [call for call in stage.telegram.tries(person.id) if call.is_nudge and call.at > card.at]
        held += stage.outcomes(person) == {"void": 1}
    assert held >= len(reporting) / 2, "most of them wrote before their turn"


def test_what_was_asked_for_snoozed_or_answered_before_a_report_does_not_come_after_it(stage: Stage) -> None:
    ana, bela, cleo = people = [stage.person(name) for name in ("Anastasia", "Bela-Katharina", "Cleopatra")]
    stage.starts(tick=QUICK)
    subscribe(people)
    stage.settles()
    stage.at(NINE - timedelta(seconds=0.2))
    for person in people:
        person.is_asked()
    bela.taps("Snooze")
    bela.sees("Back at")
    cleo.taps("Skip")
    cleo.sees("Skipped")
    stage.settles()
    for person in (bela, cleo):
        person.says(NUMB)
        gets_card(person)
    stage.telegram.does("faults", kind="slow", seconds=3, method="sendMessage", chat_id=ana.id)
    ana.says("/help")
    ana.sees("/today")  # its answer hangs, and the stretch has to wait behind it
    ana.says("/stretch")
    ana.says(NUMB)
    gets_card(ana)
    cleo.taps("Undo")
    stage.settles()
    stage.passes(timedelta(minutes=11))
    snoozed = "select state, outcome from reminder where chat_id = ? and origin = 'snooze'"
    until(lambda: stage.rows(snoozed, bela.id) == [("dropped", "void")], "end of what was snoozed")
    stage.settles()
    for person in people:
        card = cards(stage, person)[0]
        later = stage.telegram.tries(person.id)
        later = later[later.index(card) :]
        assert not [call for call in later if call.asks and not is_card(call)], person
