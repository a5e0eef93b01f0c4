"""Short words are read as the answer they are, and nothing longer is."""

import pytest

from reminderbot.rules.safetywords import Reply, Wish, reply, wish


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Yes", Reply.YES), ("yes, now", Reply.YES), ("Yes since this morning", Reply.YES), ("yep!", Reply.YES),
        ("I think so", Reply.YES), ("not sure", Reply.YES), ("I don’t know", Reply.YES), ("Sí", Reply.YES),
        ("no", Reply.NO), ("Nope.", Reply.NO), ("not really", Reply.NO), ("não", Reply.NO),
        ("It went away", Reply.GONE), ("it's gone now, thanks", Reply.GONE), ("no, it went away", Reply.GONE),
        ("yes but it went away", Reply.GONE), ("I'm fine now", Reply.GONE), ("all ok now", Reply.GONE),
        ("Someone else", Reply.OTHER), ("it's my mum", Reply.OTHER), ("not me", Reply.OTHER),
        ("Just a figure of speech", Reply.FIGURE), ("lol just kidding", Reply.FIGURE),
        ("that was a joke", Reply.FIGURE),
    ],
)  # fmt: skip
def test_answers_to_the_question(text: str, read: Reply) -> None:
    assert reply(text) is read


@pytest.mark.parametrize(
    "text",
    ["", "ok", "fine", "done", "hello", "no but it tingles", "no idea", "it's numb", "my mum says I should rest",
     "it went away but now it is back", "better safe than sorry", "no, and I can't pee", "not me, my back", "🙂",
     "gone " * 40],
)  # fmt: skip
def test_what_says_more_or_less_than_an_answer_is_none(text: str) -> None:
    assert reply(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [("I'm getting help", Wish.HELPED), ("the ambulance is on its way", Wish.HELPED), ("Not about me", Wish.NOT_ME),
     ("you misread me!", Wish.MISREAD), ("Share what I wrote", Wish.SHARE), ("Wrong country?", Wish.COUNTRY)],
)  # fmt: skip
def test_every_button_of_a_card_has_words(text: str, read: Wish) -> None:
    assert wish(text) is read


@pytest.mark.parametrize(
    "text", ["", "help", "me", "share my location", "I can't get help", "not getting help"]
)
def test_other_words_are_no_button(text: str) -> None:
    assert wish(text) is None
