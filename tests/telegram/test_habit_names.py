"""What can be named is listed by words that make sense in a sentence, and that name it."""

import pytest

from tests.world import Somebody

LISTED = "move, stretch, Sunday card, chair yoga"


def test_what_is_no_habit_is_answered_with_those_that_there_are(ana: Somebody) -> None:
    ana.says("/remind next week")
    ana.sees("I don't know “next”. I can plan these for you: " + LISTED + ". For example:")


@pytest.mark.parametrize("name", LISTED.split(", "))
def test_each_name_that_is_listed_is_understood(ana: Somebody, name: str) -> None:
    ana.says(f"/remind {name} 10:00")
    assert "I don't know" not in ana.sees("at 10:00" if name != "move" else "10:00")


def test_the_question_which_one_lists_them_so_as_well(ana: Somebody) -> None:
    ana.says("/remind week off")
    ana.says("/remind chair-yoga off")
    ana.says("/remind on")
    ana.sees("Which one do you mean: Sunday card, chair yoga?")
