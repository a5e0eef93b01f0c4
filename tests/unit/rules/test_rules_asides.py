"""Small words beside a card are told from words that say something."""

import pytest

from reminderbot.rules import asides
from reminderbot.rules.asides import Aside


@pytest.mark.parametrize(
    ("said", "meant"),
    [("thanks", Aside.THANKS), ("Thank you so much!", Aside.THANKS), ("ok thanks", Aside.THANKS),
     ("gracias", Aside.THANKS), ("ok", Aside.OKAY), ("Okay.", Aside.OKAY), ("yes", Aside.OKAY), ("no", Aside.LIGHT),
     ("nah", Aside.LIGHT),
     ("kk", Aside.OKAY),
     ("lol", Aside.LIGHT), ("hahaha", Aside.LIGHT), ("looool", None), ("👍", Aside.LIGHT), ("🙏🙏", Aside.LIGHT),
     ("...", Aside.LIGHT)],
)  # fmt: skip
def test_a_whole_text_in_passing_is_read(said: str, meant: Aside | None) -> None:
    assert asides.read(said) is meant


@pytest.mark.parametrize(
    "said",
    ["", " ", "done", "thanks but it's worse", "ok my leg is numb too", "no feeling", "help", "x" * 60],
)
def test_what_says_more_is_left_alone(said: str) -> None:
    assert asides.read(said) is None


@pytest.mark.parametrize(
    "said",
    ["it is still numb", "It's still numb.", "still the same", "no better", "its worse", "not getting any better",
     "my left leg is still weak", "It hasn’t got better", "it is back again"],
)  # fmt: skip
def test_what_is_no_better_is_read(said: str) -> None:
    assert asides.is_no_better(said)


@pytest.mark.parametrize(
    "said",
    ["", "much better", "still here in the office", "better", "it is gone", "same time tomorrow", "done"],
)
def test_what_says_anything_else_is_left(said: str) -> None:
    assert not asides.is_no_better(said)
