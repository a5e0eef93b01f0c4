"""What is edited or deleted never loses an answer: it stands, and the person learns what became of it."""

import pytest

from tests.telegram.holding import report
from tests.world import MONDAY, Somebody, World

COUNTED = "Today 1 of 7"


@pytest.fixture
def nudged(here: World, ana: Somebody) -> Somebody:
    """Ana with the nudge of nine o'clock in front of her."""
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    return ana


def test_a_nudge_deleted_right_after_the_tap_leaves_its_result_in_a_new_message(nudged: Somebody) -> None:
    nudge = nudged.person.last
    nudged.person.taps("Done")
    nudged.does(lambda person: person.deletes(nudge))
    nudged.sees_toast("Done, nice. It's counted.")
    nudged.sees(nudge.text, COUNTED)
    assert nudged.person.last.silent
    nudged.taps("Undo")
    nudged.says("/today")
    nudged.sees("0 of 7 done")


def test_without_the_notice_the_new_message_tells_it_all_the_same(here: World, nudged: Somebody) -> None:
    here.tele.faults.refuse("answerCallbackQuery", status=400, description="Bad Request: query is too old")
    nudged.person.taps("Skip")
    nudged.does(lambda person: person.deletes(person.last))
    nudged.sees("⏭ Skipped")
    nudged.sees_nothing()


def test_a_word_for_a_deleted_nudge_is_answered_once(nudged: Somebody) -> None:
    nudged.does(lambda person: person.deletes(person.last))
    nudged.says("done")
    nudged.sees("Move: done.", COUNTED)
    nudged.sees_nothing()


def test_a_reply_to_a_nudge_that_is_deleted_counts_for_it(nudged: Somebody) -> None:
    nudge = nudged.person.last
    nudged.person.says("done", reply_to=nudge)
    nudged.does(lambda person: person.deletes(nudge))
    nudged.sees("Move: done.", COUNTED)
    nudged.sees_nothing()


def test_ones_own_done_deleted_later_still_counts(nudged: Somebody) -> None:
    nudged.says("done")
    mine = next(m for m in nudged.world.tele.messages(nudged.id) if m.text == "done")
    nudged.does(lambda person: person.deletes(mine))
    nudged.says("/today")
    nudged.sees("1 of 7 done")


@pytest.mark.parametrize(
    "no",
    [
        (400, "Bad Request: message can't be edited"),
        (400, "Bad Request: MESSAGE_ID_INVALID"),
        (400, "Bad Request: message to edit not found"),
    ],
)
def test_where_the_nudge_cannot_be_changed_the_result_is_a_new_message(
    here: World, nudged: Somebody, no: tuple[int, str]
) -> None:
    here.tele.faults.refuse("editMessageText", status=no[0], description=no[1])
    nudged.taps("Done")
    nudged.sees("✅ Done.", COUNTED)
    nudged.sees_nothing()


@pytest.mark.parametrize("sent", ["dome", "hm", "hello there"])
def test_done_written_into_an_earlier_message_counts(nudged: Somebody, sent: str) -> None:
    nudged.says(sent)
    nudged.forgets_what_was_said()
    mine = nudged.world.tele.messages(nudged.id)[-2]
    nudged.does(lambda person: person.edits(mine, "done"))
    nudged.sees("✅ Done.", COUNTED)
    nudged.sees("Move: done.", COUNTED)


def test_it_counts_once_however_often_it_is_changed(nudged: Somebody) -> None:
    nudged.says("dome")
    mine = nudged.world.tele.messages(nudged.id)[-2]
    for words in ("done", "done!", "done :)"):
        nudged.person.edits(mine, words)
        nudged.world.settle()
    nudged.sees("Move: done.", COUNTED)
    nudged.sees("please send it again")
    nudged.says("/today")
    nudged.sees("1 of 7 done")


def test_an_answer_that_was_given_stands_when_it_is_changed(nudged: Somebody) -> None:
    nudged.says("done")
    mine = nudged.world.tele.messages(nudged.id)[-2]
    nudged.forgets_what_was_said()
    nudged.does(lambda person: person.edits(mine, "skip"))
    nudged.sees("Answers and commands count as they were sent first")
    nudged.says("/today")
    nudged.sees("1 of 7 done")


def test_it_counts_for_the_nudge_that_was_there_when_the_message_was_sent(
    here: World, nudged: Somebody
) -> None:
    first = nudged.person.last
    here.until(MONDAY.replace(hour=9, minute=50))
    nudged.says("dome")
    mine = nudged.world.tele.messages(nudged.id)[-2]
    here.until(MONDAY.replace(hour=10, minute=1))
    second = nudged.person.last
    nudged.does(lambda person: person.edits(mine, "done"))
    assert "✅" in first.text
    assert "✅" not in second.text


def test_an_old_message_is_to_be_sent_again(here: World, nudged: Somebody) -> None:
    nudged.says("dome")
    mine = nudged.world.tele.messages(nudged.id)[-2]
    here.fast_forward(hours=2)
    nudged.forgets_what_was_said()
    nudged.does(lambda person: person.edits(mine, "done"))
    nudged.sees("please send it again")
    nudged.says("/today")
    nudged.sees("0 of 7 done")


@pytest.mark.parametrize("words", ["yes", "no", "done", "ok"])
def test_while_a_question_about_a_symptom_is_open_a_change_answers_no_reminder(
    nudged: Somebody, words: str
) -> None:
    report(nudged, "none", asked=True)
    mine = nudged.person.says("hmm")
    nudged.world.settle()
    nudged.forgets_what_was_said()
    nudged.does(lambda person: person.edits(mine, words))
    nudged.sees("question above is still open", "write yes or no")
    nudged.sees_nothing()


def test_a_symptom_beside_the_new_answer_is_all_that_is_heard(nudged: Somebody) -> None:
    nudged.says("dome")
    nudged.forgets_what_was_said()
    mine = nudged.world.tele.messages(nudged.id)[-2]
    nudged.does(lambda person: person.edits(mine, "done but my groin is numb and I can't pee"))
    nudged.sees("emergency")
    nudged.sees_nothing()


def test_a_page_of_settings_deleted_right_after_a_tap_comes_anew(here: World, nudged: Somebody) -> None:
    nudged.says("/settings")
    here.fast_forward(seconds=5)
    nudged.forgets_what_was_said()
    nudged.person.taps("How hard")
    nudged.does(lambda person: person.deletes(person.last))
    nudged.sees("How hard may it be?")
