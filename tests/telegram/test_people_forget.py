"""The question of /forget is answered in words: those of its buttons count, a yes alone deletes nothing."""

import pytest

from tests.telegram.holding import report
from tests.world import Somebody, World


@pytest.fixture
def asked(here: World, ana: Somebody) -> Somebody:
    """Ana, with a reminder that waits, who has just sent /forget."""
    here.fast_forward(minutes=6)
    ana.says("/forget")
    ana.forgets_what_was_said()
    return ana


@pytest.mark.parametrize(
    "words", ["delete everything", "Delete everything!", "yes, delete everything please"]
)
def test_the_words_of_the_button_delete_everything(asked: Somebody, words: str) -> None:
    asked.says(words)
    asked.sees("everything I knew about you is deleted")
    asked.taps("Keep")
    asked.sees_toast("We haven't started yet")
    asked.sees_nothing()


@pytest.mark.parametrize("words", ["yes", "Ok", "sure", "yes please", "delete it", "👍"])
def test_a_yes_deletes_nothing_and_is_no_move_but_is_told_what_deletes(asked: Somebody, words: str) -> None:
    for _ in range(2):
        asked.says(words)
        asked.sees("Nothing is deleted yet", "or write “delete everything”")
        asked.sees_nothing()
    asked.says("delete everything")
    asked.sees("everything I knew about you is deleted")


@pytest.mark.parametrize("words", ["no", "Nope", "keep", "Keep it, please", "👎"])
def test_a_no_keeps_everything_and_skips_nothing(asked: Somebody, words: str) -> None:
    asked.says(words)
    asked.sees("Nothing was deleted")
    asked.sees_nothing()
    asked.says("yes")
    asked.sees("Move: done")


def test_a_yes_is_for_the_reminder_that_came_since(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=3)
    ana.says("/forget")
    here.fast_forward(minutes=3)
    ana.says("yes")
    ana.sees("Move: done")


def test_a_yes_is_for_the_reminder_that_it_replies_to(asked: Somebody) -> None:
    nudge = next(message for message in asked.person.messages if "Done" in message.labels)
    asked.says("yes", nudge)
    asked.sees("Move: done")


def test_a_yes_to_a_safety_question_stays_one(asked: Somebody) -> None:
    report(asked, "none", asked=True)
    asked.says("/forget")
    asked.forgets_what_was_said()
    asked.says("yes")
    assert all("Nothing is deleted yet" not in text for text in asked.unread())


def test_later_on_the_words_of_the_button_only_ask_again(here: World, asked: Somebody) -> None:
    here.fast_forward(minutes=6)
    asked.says("yes")
    asked.sees("Move: done")
    asked.says("delete everything")
    asked.sees("Delete everything I know about you?")


def test_words_of_somebody_else_delete_nothing(asked: Somebody) -> None:
    asked.does(lambda person: person.forwards("delete everything"))
    asked.sees("Delete everything I know about you?")
