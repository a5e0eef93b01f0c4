"""A misreading is one tap from being undone, and can't fire again; consent to share is asked for, never assumed."""

import pytest

from reminderbot.store import tables
from tests.telegram.holding import report
from tests.telegram.looking import nudges, rows
from tests.world import Somebody, World

ZONE = "Europe/London"
SADDLE = "my groin is numb and I can't pee"
CLOT = "my calf is swollen and hot"
HEART = "crushing chest pain and my arm hurts"
DARK = "I'm going to kill myself tonight"
BODY_ASKED, MIND_ASKED = "Has somebody looked at it?", "You needn't explain anything"
TROUBLE = "I have trouble peeing"


@pytest.mark.parametrize(
    ("label", "words", "said", "why"),
    [("You misread me", "you misread me", "I misread that", "misread"),
     ("Not about me", "it's not about me", "If it is so for them now", "someone_else")],
)  # fmt: skip
@pytest.mark.parametrize("by_word", [False, True])
@pytest.mark.usefixtures("olga")
def test_a_correction_counts_at_once(
    here: World, ana: Somebody, label: str, words: str, said: str, why: str, by_word: bool
) -> None:
    ana.says(SADDLE)
    ana.says(words) if by_word else ana.taps(label)
    ana.sees(said)
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "normal"
    assert [case.state for case in rows(here, tables.cases)] == ["closed"]
    assert [report.closed_as for report in rows(here, tables.reports)] == [why]
    here.fast_forward(minutes=10)
    assert len(nudges(ana)) == 1


def test_what_was_corrected_cannot_fire_again_from_the_window(ana: Somebody) -> None:
    ana.says("it's all numb")
    ana.says("between my legs")
    ana.sees("Call now:")
    ana.taps("You misread me")
    ana.forgets_what_was_said()
    for words in ("between my legs", "it's all good", "numb with boredom"):
        ana.says(words)
        assert "Call now" not in ana.sees("")


def test_what_got_its_card_cannot_fire_again_from_the_window(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees("Call now:")
    ana.says("ok I am calling my sister first, she has a car")
    assert "Call now:" not in ana.sees("still stands")


def test_a_correction_can_be_taken_back_with_one_tap(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("You misread me")
    ana.taps("It is real after all")
    ana.sees("Call now:\n999")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_a_button_of_a_report_that_is_over_changes_nothing_and_says_so(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    first = ana.person.last
    ana.says("a doctor has checked me")
    ana.says(SADDLE)
    ana.forgets_what_was_said()
    ana.taps("You misread me", first)
    ana.sees_toast("That one is over")
    ana.sees_nothing()
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_what_was_said_before_still_holds_when_the_later_report_is_misread(
    here: World, ana: Somebody
) -> None:
    ana.says(SADDLE)
    first = ana.person.last
    ana.says(HEART)
    ana.taps("You misread me")
    assert "as before" not in ana.sees("I misread that", "Exercises stay paused")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"
    here.fast_forward(hours=3)
    ana.sees("How are you now?")
    ana.taps("You misread me", first)
    ana.sees("I misread that. Everything goes on as before.")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "normal"


@pytest.mark.usefixtures("olga")
def test_the_case_goes_on_as_long_as_something_holds(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says(HEART)
    ana.taps("You misread me")
    assert [case.state for case in rows(here, tables.cases)] == ["open"]
    ana.says("you misread me")
    assert [case.state for case in rows(here, tables.cases)] == ["closed"]


@pytest.mark.usefixtures("olga")
def test_a_correction_leaves_the_case_of_an_urgent_question_that_is_open(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    card = next(message for message in ana.person.messages if "I'm getting help" in message.labels)
    ana.says(TROUBLE)
    ana.sees("One question")
    ana.taps("You misread me", card)
    assert [(case.number, case.state) for case in rows(here, tables.cases)] == [(1, "open")]
    ana.taps("You misread me")
    assert [case.state for case in rows(here, tables.cases)] == ["closed"]


@pytest.mark.usefixtures("olga")
def test_a_correction_ends_the_case_though_a_question_is_open_that_has_none(
    here: World, ana: Somebody
) -> None:
    ana.says(CLOT)
    ana.says("my groin went numb after cycling")
    ana.sees("One question")
    ana.taps("You misread me")
    assert [case.state for case in rows(here, tables.cases)] == ["closed"]


def test_a_card_that_a_later_one_took_over_can_still_be_used(ana: Somebody) -> None:
    ana.says(CLOT)
    questions = ana.person.last
    ana.says(HEART)
    ana.taps("Can't get my breath at rest", questions)
    ana.sees("your breath", "Call now:\n999", "“Can't get my breath at rest. … my calf")


@pytest.mark.parametrize(
    "data",
    ["v1:smis:zzzzzzzzzzzzz", "v1:smis:-1", "v1:smis", "v1:sask:1:maybe", "v1:sask:1", "v1:sq:1:knees", "v1:sreal:1",
     "v1:sworse:1", "v1:sshare:1", "v1:shelp:", "v1:swait:1"],
)  # fmt: skip
def test_a_forged_button_changes_nothing(here: World, ana: Somebody, data: str) -> None:
    ana.says(SADDLE)
    ana.forgets_what_was_said()
    before = rows(here, tables.reports), rows(here, tables.safety)
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("changed")
    ana.sees_nothing()
    assert rows(here, tables.safety) == before[1]
    assert [row.state for row in rows(here, tables.reports)] == [row.state for row in before[0]]


def test_somebody_elses_report_is_out_of_reach(here: World, ana: Somebody) -> None:
    eva = here.person("Eva", "UTC")
    ana.says(SADDLE)
    (report,) = rows(here, tables.reports)
    data = next(
        str(button["callback_data"]) for line in ana.person.last.inline_rows for button in line
        if "smis" in str(button.get("callback_data"))
    )  # fmt: skip
    eva.does(lambda person: person.taps_data(data, person.last))
    eva.sees_toast("That one is over")
    assert rows(here, tables.reports) == [report]


def test_getting_help_keeps_card_number_and_hold(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("I'm getting help")
    ana.sees("Call now:\n999")
    ana.sees("one sign checked", "I'll ask later")
    assert "I'm getting help" not in ana.person.messages[-2].labels
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_without_consent_nobody_on_call_reads_the_words_and_with_it_they_do(
    here: World, ana: Somebody, olga: Somebody
) -> None:
    ana.says(SADDLE)
    here.settle()
    assert all(SADDLE not in text for text in olga.unread())
    ana.taps("Share what I wrote")
    ana.sees("can read what you wrote")
    olga.sees(SADDLE)
    assert "Share what I wrote" not in str([m.labels for m in ana.person.messages])


def test_with_nobody_on_call_there_is_nothing_to_share(ana: Somebody) -> None:
    ana.says(SADDLE)
    assert "Share what I wrote" not in ana.buttons()
    ana.says("share what I wrote")
    ana.sees("Nobody is on call")


def test_on_call_is_told_after_the_card(here: World, ana: Somebody, olga: Somebody) -> None:
    ana.says(SADDLE)
    sends = [call.chat_id for call in here.tele.made("sendMessage")]
    assert sends[-2:] == [ana.id, olga.id]


@pytest.mark.usefixtures("olga")
def test_a_new_report_of_the_same_person_makes_no_second_case(here: World, ana: Somebody) -> None:
    ana.says("my calf is swollen and hot")
    ana.says(SADDLE)
    assert [case.level for case in rows(here, tables.cases)] == ["emergency"]


def test_dark_thoughts_get_their_card_whatever_else_is_open(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says("I want to die")
    ana.sees("To talk", "If you might act on it")


@pytest.mark.parametrize("told", [(DARK, SADDLE), (SADDLE, DARK)])
def test_body_and_mind_are_each_asked_about_and_no_card_comes_twice(
    here: World, ana: Somebody, told: tuple[str, str]
) -> None:
    for words in told:
        ana.says(words)
        here.fast_forward(minutes=1)
    ana.says("ok")
    here.fast_forward(hours=4)
    said = "\n".join(ana.unread())
    assert said.count(BODY_ASKED) == said.count(MIND_ASKED) == 1
    cards = [row.template for row in rows(here, tables.messages, chat_id=ana.id)]
    assert cards.count("safety.emergency") == cards.count("safety.crisis") == 1


@pytest.mark.usefixtures("olga")
def test_a_correction_of_one_leaves_the_other_of_body_and_mind_with_case_and_question(
    here: World, ana: Somebody
) -> None:
    ana.says(CLOT)
    ana.says(DARK)
    ana.says(SADDLE)
    ana.taps("You misread me")
    ana.sees("Exercises stay paused")
    assert [case.state for case in rows(here, tables.cases)] == ["open"]
    here.fast_forward(hours=5)
    said = "\n".join(ana.unread())
    assert said.count(BODY_ASKED) == said.count(MIND_ASKED) == 1


def test_a_body_emergency_leaves_an_open_question_about_dark_thoughts(here: World, ana: Somebody) -> None:
    report(ana, "none", mental=True, asked=True)
    ana.says(SADDLE)
    assert [row.state for row in rows(here, tables.reports)] == ["asked", "open"]


def test_another_lesser_symptom_an_hour_later_gets_a_card_of_its_own(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    here.fast_forward(minutes=61)
    ana.says("my calf is swollen and hot")
    ana.sees("One leg that is swollen")
    assert rows(here, tables.safety, chat_id=ana.id)[0].level == "emergency"
    ana.taps("You misread me")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_a_lesser_finding_takes_nothing_back(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says("sciatica for 3 months and it limits me")
    ana.sees("What I said above still stands", "999")
    assert rows(here, tables.safety, chat_id=ana.id)[0].level == "emergency"


def test_stretches_that_a_misread_ache_left_out_come_again(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says("sciatica for 3 months and it limits me")
    assert rows(here, tables.dropped_cards, chat_id=ana.id)
    ana.taps("You misread me")
    ana.sees("Everything goes on as before")
    assert not rows(here, tables.dropped_cards, chat_id=ana.id)


@pytest.mark.parametrize("label", ["It went away", "Someone else", "Just a figure of speech"])
def test_an_answer_says_as_before_only_when_it_is(here: World, ana: Somebody, label: str) -> None:
    ana.says("my groin went numb after cycling")
    question = ana.person.last
    ana.says(SADDLE)
    ana.taps(label, question)
    assert "as before" not in ana.sees("Exercises stay paused")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"
