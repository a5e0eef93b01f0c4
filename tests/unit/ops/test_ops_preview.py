"""A preview shows what the bot would send: every card, condition and sequence that ships can be previewed."""

from pathlib import Path

import pytest

from reminderbot.library.loader import Library
from reminderbot.library.models import Stretch
from reminderbot.library.texts import TEXT_UNITS, utf16_units
from reminderbot.library.translated import library_in
from reminderbot.ops import preview, preview_page
from reminderbot.ops.preview import Shown, UnknownCardError, Words
from reminderbot.services.work import Surroundings


@pytest.fixture
def library(around: Surroundings) -> Library:
    return around.library


def test_everything_that_ships_can_be_previewed(library: Library) -> None:
    cards = [card.id for deck in library.cards.values() for card in deck]
    for name in (*cards, *library.conditions, *library.sequences):
        for message in preview.shown(library, name):
            assert 0 < utf16_units(message.text.plain) <= TEXT_UNITS


def test_a_condition_says_that_it_is_no_diagnosis(library: Library) -> None:
    (message,) = preview.shown(library, "sciatica")
    assert str(message).startswith("Sciatica\n")
    assert "not a diagnosis" in str(message)
    assert "<" not in str(message)


def test_a_sequence_shows_each_of_its_moves_in_each_round(library: Library) -> None:
    sequence = library.sequences["warmup"]
    assert len(preview.shown(library, "warmup")) == len(sequence.moves) * sequence.rounds


def test_a_sequence_of_a_habit_also_shows_its_reminder(library: Library) -> None:
    texts = [str(message) for message in preview.shown(library, "chair-yoga")]
    assert any(str(library.sequences["chair-yoga"].about) in text for text in texts)


def test_an_unknown_name_is_answered_with_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownCardError, match=r"sequence 'sciatcia'; do you mean sciatica"):
        preview.shown(library, "sciatcia")


def test_a_library_in_a_language_without_texts_is_the_english_one(library: Library) -> None:
    other = library_in(library, "xx")
    assert other.cards == library.cards
    assert other.messages["reminder.nudge"] == library.messages["reminder.nudge"]


def test_a_page_shows_the_words_with_their_buttons_and_escapes_them(tmp_path: Path) -> None:
    (page,) = preview_page.write(tmp_path, "x", [Shown(Words("<b>Up</b>", (("Done & dusted",),)))])
    text = page.read_text()
    assert text.count("<b>Up</b>") == 2
    assert "Done &amp; dusted" in text


def test_a_page_shows_the_picture_that_would_be_sent(library: Library, tmp_path: Path) -> None:
    card = library.card("squat-warm-up")
    assert isinstance(card, Stretch)
    assert card.figure
    still = card.model_copy(update={"figure": card.figure.model_copy(update={"end": None})})
    words = Words("Squat", ())
    for stretch, files in ((card, ["png", "gif"]), (still, ["png"])):
        *pictures, page = preview_page.write(tmp_path, "x", [Shown(words, words, stretch)])
        assert [picture.name for picture in pictures] == [f"squat-warm-up.{ending}" for ending in files]
        assert f'<img src="{pictures[-1].name}" ' in page.read_text()
