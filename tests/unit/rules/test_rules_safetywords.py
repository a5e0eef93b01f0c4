"""Short words are read as the answer they are, and nothing longer is."""

import pytest

from reminderbot.rules.safetywords import CardButton, Reply, card_button, of_list, place, reply


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Yes", Reply.YES), ("yes, now", Reply.YES), ("Yes since this morning", Reply.YES), ("yep!", Reply.YES),
        ("I think so", Reply.YES), ("not sure", Reply.YES), ("I don’t know", Reply.YES), ("Sí", Reply.YES),
        ("no", Reply.NO), ("Nope.", Reply.NO), ("not really", Reply.NO), ("não", Reply.NO),
        ("It went away", Reply.GONE), ("it's gone now, thanks", Reply.GONE), ("no, it went away", Reply.GONE),
        ("yes but it went away", Reply.GONE), ("yup, it went away", Reply.GONE), ("I'm fine now", Reply.GONE),
        ("all ok now", Reply.GONE),
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
     "gone " * 40, "no" + "!" * 90 + " my calf is swollen and hot", "please no"],
)  # fmt: skip
def test_what_says_more_or_less_than_an_answer_is_none(text: str) -> None:
    assert reply(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I'm getting help", CardButton.HELPED),
        ("the ambulance is on its way", CardButton.HELPED),
        ("Not about me", CardButton.NOT_ME),
        ("you misread me!", CardButton.MISREAD),
        ("Share what I wrote", CardButton.SHARE),
        ("Wrong country?", CardButton.COUNTRY),
    ],
)
def test_every_button_of_a_card_has_words(text: str, read: CardButton) -> None:
    assert card_button(text) is read


@pytest.mark.parametrize(
    "text", ["", "help", "me", "share my location", "I can't get help", "not getting help"]
)
def test_other_words_are_no_button(text: str) -> None:
    assert card_button(text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("yes", Reply.YES), ("Yes, all of them", Reply.YES), ("I have that", Reply.YES),
        ("the first and the third", Reply.YES), ("two of those", Reply.YES),
        ("I don't know", Reply.YES), ("yes, my leg", Reply.YES),
        ("no", Reply.NO), ("None of these!", Reply.NO), ("nothing new", Reply.NO),
        ("No, I don't have any of those", Reply.NO),
        ("the first one", None), ("yes, the second", None), ("no control", None), ("no but my leg is numb", None),
        ("yes but it went away", None), ("it went away", None), ("done", None), ("", None),
    ],
)  # fmt: skip
def test_an_answer_to_a_list_says_whether_any_of_it_is_so(text: str, read: Reply | None) -> None:
    assert of_list(text) is read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the first one", 0),
        ("Yes, the 2nd", 1),
        ("number 3", 2),
        ("I have the last one", -1),
        ("6", None),
        ("21", None),
    ],
)
def test_a_place_in_a_list_is_read(text: str, read: int | None) -> None:
    assert place(text) == read
