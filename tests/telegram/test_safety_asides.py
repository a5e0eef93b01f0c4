"""Thanks, an okay, a laugh, a thumb or a sticker beside an open card: a kind word, the number, and no reminder done."""

import pytest

from reminderbot.store import tables
from tests.telegram.looking import fates, rows
from tests.world import Somebody, World

SADDLE = "my groin is numb and I can't pee"
CLOT = "my calf is swollen and hot"


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana in London, with a nudge of nine o'clock in front of her."""
    somebody = here.person("Ana", "Europe/London")
    here.fast_forward(minutes=6)
    somebody.forgets_what_was_said()
    return somebody


@pytest.mark.parametrize(
    "words", ["thanks", "ok", "lol", "👍", "yes", "no", "Thank you so much", "haha", "👌🏽", "✅"]
)
def test_small_words_are_answered_with_the_number_and_mark_nothing(ana: Somebody, words: str) -> None:
    ana.says(SADDLE)
    ana.sees("Call now:")
    ana.says(words)
    ana.sees("If you haven't called yet:\n999")
    ana.sees_nothing()
    assert fates(ana) == [("sent", None)]


@pytest.mark.parametrize(
    ("words", "kind"), [("thanks", "You're welcome."), ("ok", "All right."), ("lol", "still here")]
)
def test_the_answer_begins_as_people_would(ana: Somebody, words: str, kind: str) -> None:
    ana.says(SADDLE)
    ana.says(words)
    ana.sees(kind, "999")


def test_a_sticker_is_answered_with_the_number_too(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.does(lambda person: person.sends_sticker("🙂"))
    ana.sees("I'm still here. If you haven't called yet:\n999")


def test_who_is_getting_help_is_not_told_again_to_call(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("I'm getting help")
    ana.says("thanks")
    assert "999" not in ana.sees("You're welcome. I'll ask later how it went.")


def test_after_an_urgent_card_the_line_for_today_is_named(ana: Somebody) -> None:
    ana.says(CLOT)
    ana.says("ok")
    assert "999" not in ana.sees("If nobody has looked at it yet:", "111")


def test_after_dark_thoughts_somebody_to_talk_to_is_named(ana: Somebody) -> None:
    ana.says("I'm going to kill myself tonight")
    ana.says("thanks")
    ana.sees("I'm glad you're writing to me.", "999")


def test_while_a_question_is_open_it_stays_open_and_nothing_is_done(ana: Somebody) -> None:
    ana.says("my groin went numb after cycling")
    ana.says("👍")
    ana.sees("My question above is still open")
    assert fates(ana) == [("sent", None)]


def test_an_okay_in_reply_to_a_reminder_is_about_the_reminder(ana: Somebody) -> None:
    nudge = ana.person.last
    ana.says(SADDLE)
    ana.says("ok", nudge)
    assert fates(ana) == [("sent", "done")]


def test_half_a_day_later_small_words_are_what_they_always_are(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    here.fast_forward(hours=13)
    ana.forgets_what_was_said()
    ana.says("thanks")
    assert "999" not in ana.sees("")


def test_a_yes_in_words_to_the_questions_behind_an_urgent_card_is_an_emergency(
    here: World, ana: Somebody
) -> None:
    ana.says(CLOT)
    ana.says("yes")
    ana.sees("Call now:\n999")
    assert [row.level for row in rows(here, tables.reports)] == ["emergency"]


def test_a_yes_after_none_of_these_or_much_later_is_no_answer_to_them(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    ana.taps("None of these")
    ana.says("yes")
    here.fast_forward(minutes=20)
    ana.says("yes")
    assert [row.level for row in rows(here, tables.reports)] == ["urgent"]
