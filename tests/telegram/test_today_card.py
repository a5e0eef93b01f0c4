"""The card of today, pinned above the chat for whoever wants it: it always shows how the day stands."""

from itertools import pairwise

import pytest

from reminderbot.services import todaycard
from tests.telegram.moving import brings, export_of
from tests.telegram.pinning import card, notes, writings
from tests.world import MONDAY, Somebody, World


def test_there_is_no_card_until_somebody_wants_one(here: World, ana: Somebody) -> None:
    here.fast_forward(hours=30)
    assert card(ana) is None
    ana.says("/settings")
    ana.sees("Card of today: not pinned")
    ana.taps("Pin today")
    ana.sees("Card of today: pinned above our chat")
    assert card(ana) is not None


@pytest.mark.parametrize(
    "words", ["pin today", "Pin today please!", "/settings pin today", "/settings card on"]
)
def test_words_pin_it(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Here it comes")
    shown = ana.sees("Next: Mon 9:00 Move", "Move: Today 0 of 7, 4 more and it counts.")
    assert card(ana).text == shown
    assert card(ana).labels == ["Pause today"]
    assert "Stretch" not in shown, "nothing of it is planned for the rest of today"


def test_it_comes_without_a_sound_and_without_a_line_about_the_pin(ana: Somebody) -> None:
    ana.says("pin today")
    assert card(ana).silent
    pinned = ana.world.tele.made("pinChatMessage", ana.id)
    assert [call.params["disable_notification"] for call in pinned] == [True]
    assert notes(ana) == []
    ana.sees("Here it comes")
    ana.sees("Next:")
    ana.sees_nothing()


def test_an_answer_shows_on_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.fast_forward(minutes=6)
    ana.taps("Done")
    here.fast_forward(seconds=10)
    assert "Today 1 of 7, 3 more and it counts." in card(ana).text
    ana.says("undo")
    here.fast_forward(seconds=10)
    assert "Today 0 of 7" in card(ana).text


def test_a_reminder_that_has_come_gives_way_to_the_next(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.until(MONDAY.replace(hour=9, second=2))
    assert card(ana).text.startswith("Next: Mon 10:00 Move")
    here.until(MONDAY.replace(hour=16, minute=1))
    assert card(ana).text.startswith("Next: Tue 8:30 Stretch")


def test_the_reminder_goes_before_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.forgets_what_was_said()
    here.until(MONDAY.replace(hour=9, minute=1))
    assert "Next:" not in ana.unread()[0]
    assert "Next: Mon 10:00" in ana.unread()[1]


def test_a_new_plan_shows_on_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/remind move every 2h 9:30-17:30")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Next: Mon 9:30 Move")
    ana.says("/remind move off")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Next: Tue 8:30 Stretch")
    assert "Move" not in card(ana).text


def test_a_new_day_shows_on_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    for hour in (9, 10, 11, 13):
        here.until(MONDAY.replace(hour=hour, minute=1))
        ana.taps("Done")
    here.until(MONDAY.replace(hour=23))
    assert "Streak 1 day. Today 4 of 7, and it counts." in card(ana).text
    here.until(MONDAY.replace(day=6, hour=3, minute=2))
    assert "Move: Streak 1 day. Today 0 of 7" in card(ana).text
    assert "Stretch: Today 0 of 1" in card(ana).text


def test_a_pause_and_its_end_show_on_the_card(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/pause 3d")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Paused until Thu 8 January")
    assert card(ana).labels == ["Resume"]
    here.until(MONDAY.replace(day=8, hour=3, minute=2))
    assert card(ana).text.startswith("Next: Thu 8:30 Stretch")
    assert card(ana).labels == ["Pause today"]


def test_a_break_to_come_is_the_last_line_from_a_week_before_on(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/pause 24 January to 30 January")
    here.fast_forward(seconds=10)
    assert card(ana).text == "Next: Mon 9:00 Move\nMove: Today 0 of 7, 4 more and it counts."
    here.until(MONDAY.replace(day=17, hour=4))
    first, *_, last = card(ana).text.split("\n")
    assert first == "Next: Sat 8:30 Stretch"
    assert last.startswith("A break is planned from Sat 24 January")


def test_with_everything_off_nothing_can_be_paused(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/remind move off")
    ana.says("/remind stretch off")
    here.fast_forward(seconds=10)
    assert card(ana).labels == []


def test_another_break_after_a_pause_leaves_the_first_line_short(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/pause 2d")
    ana.says("/pause 10 January to 12 January")
    here.fast_forward(seconds=10)
    first, *_, last = card(ana).text.split("\n")
    assert first == "Paused until Wed 7 January"
    assert last.startswith("A break is planned from Sat 10 January")
    assert card(ana).labels == ["Resume"]


def test_one_tap_on_the_card_pauses_today_and_another_one_goes_on(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    said = len(ana.person.messages)
    ana.taps("Pause today")
    ana.sees_toast("Paused for the rest of today")
    assert card(ana).text.startswith("Paused until Tue 6 January")
    here.until(MONDAY.replace(hour=10, minute=30))
    ana.taps("Resume")
    ana.sees_toast("on we go")
    assert card(ana).text.startswith("Next: Mon 11:00 Move")
    assert len(ana.person.messages) == said, "a quiet chat: nothing new was said"


def test_a_second_tap_on_pause_shortens_no_longer_pause(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/pause 3d")
    ana.taps("Pause today")
    here.fast_forward(seconds=20)
    assert card(ana).text.startswith("Paused until Thu 8 January")


@pytest.mark.parametrize("data", ["v1:card", "v1:card:", "v1:card:sleep", "v1:card:pause:resume"])
def test_a_forged_button_changes_nothing(ana: Somebody, data: str) -> None:
    ana.says("pin today")
    before = card(ana).text
    ana.does(lambda person: person.taps_data(data, card(ana)))
    ana.sees_toast("doesn't work any more")
    assert card(ana).text == before


def test_many_changes_at_once_are_one_writing(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.fast_forward(minutes=20)
    before = len(writings(ana))
    for words in ("done", "undo", "done", "/remind move every 30m", "undo"):
        ana.says(words)
        here.fast_forward(seconds=1)
    here.fast_forward(minutes=2)
    assert 1 <= len(writings(ana)) - before <= 2
    moments = [call.at for call in writings(ana)]
    gaps = [after - before for before, after in pairwise(moments)]
    assert min(gaps) >= todaycard.SPACING


def test_what_changes_nothing_writes_nothing(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    here.fast_forward(minutes=1)
    before = len(writings(ana))
    for words in ("/streak", "/today", "hello", "/settings"):
        ana.says(words)
        here.fast_forward(seconds=15)
    assert len(writings(ana)) == before


def test_to_unpin_leaves_one_line(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    message = card(ana)
    ana.says("unpin today")
    ana.sees("The card of today is not pinned")
    assert card(ana) is None
    assert message.text == "This was the card of today. pin today brings a new one."
    assert message.labels == []
    here.fast_forward(hours=20)
    assert message.text.startswith("This was the card")


def test_pinned_again_it_is_a_new_message(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    first = card(ana)
    here.fast_forward(minutes=2)
    ana.says("pin today")
    assert card(ana).id != first.id
    assert first.text.startswith("This was the card")
    assert [message.id for message in ana.person.messages if message.pinned] == [card(ana).id]


def test_a_card_that_somebody_deletes_is_off(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.does(lambda person: person.deletes(card(ana)))
    here.fast_forward(minutes=10)
    assert card(ana) is None
    calls = len(here.tele.calls)
    here.fast_forward(minutes=40)
    assert not [call for call in here.tele.calls[calls:] if call.chat_id == ana.id]
    ana.says("/settings")
    ana.sees("Card of today: not pinned")
    ana.says("pin today")
    assert card(ana).text.startswith("Next:")


def test_a_card_that_is_gone_before_it_could_be_pinned_is_off(here: World, ana: Somebody) -> None:
    here.tele.faults.refuse("pinChatMessage", status=400, description="Bad Request: message to pin not found")
    ana.says("pin today")
    ana.says("/settings")
    ana.sees("Card of today: not pinned")


def test_a_card_that_somebody_unpins_is_written_on_and_can_be_pinned_again(
    here: World, ana: Somebody
) -> None:
    ana.says("pin today")
    message = card(ana)
    ana.does(lambda person: person.unpins(message))
    here.fast_forward(minutes=10)
    assert card(ana) is None
    assert message.text.startswith("Next: Mon 10:00")
    ana.says("pin today")
    assert card(ana).text.startswith("Next: Mon 10:00")


def test_a_card_that_stays_unpinned_is_off_the_next_day(here: World, ana: Somebody) -> None:
    """No update tells of it: the bot looks once a day."""
    ana.says("pin today")
    message = card(ana)
    ana.does(lambda person: person.unpins(message))
    here.until(MONDAY.replace(day=6, hour=4))
    assert message.text.startswith("This was the card of today")
    ana.says("/settings")
    ana.sees("Card of today: not pinned")
    here.until(MONDAY.replace(day=6, hour=12))
    assert message.text.startswith("This was the card of today")
    ana.says("pin today")
    assert card(ana).text.startswith("Next: Tue 13:00 Move")


def test_what_somebody_pins_above_the_card_does_not_end_it(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    message = card(ana)
    here.fast_forward(minutes=6)
    ana.does(lambda person: person.pins(person.last))
    here.until(MONDAY.replace(day=6, hour=9, minute=1))
    assert message.text.startswith("Next: Tue 10:00 Move")


def test_after_stop_the_card_says_how_to_come_back(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.says("/stop")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Reminders are stopped; /start brings them back")
    assert card(ana).labels == []
    calls = len(here.tele.calls)
    here.fast_forward(hours=50)
    assert not [call for call in here.tele.calls[calls:] if call.method == "editMessageText"]
    ana.says("/start")
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Next: Wed 11:00 Move")


def test_nothing_is_tried_while_the_bot_is_blocked(here: World, ana: Somebody) -> None:
    ana.says("pin today")
    ana.does(lambda person: person.blocks())
    calls = len(here.tele.calls)
    here.fast_forward(hours=30)
    assert not [call for call in here.tele.calls[calls:] if call.chat_id == ana.id]
    ana.does(lambda person: person.unblocks())
    here.fast_forward(seconds=10)
    assert card(ana).text.startswith("Next: Tue 15:00 Move")


def test_forgotten_with_everything_else_the_card_is_taken_down(ana: Somebody) -> None:
    ana.says("pin today")
    message = card(ana)
    ana.says("/forget")
    ana.taps("Delete everything")
    assert (message.pinned, message.labels) == (False, [])
    assert "Streak" not in message.text


def test_what_somebody_pins_themselves_is_left_alone(ana: Somebody) -> None:
    ana.forgets_what_was_said()
    ana.does(lambda person: person.pins(person.messages[0]))
    ana.sees_nothing()
    assert len(notes(ana)) == 1


def test_a_stranger_who_pins_is_told_how_to_begin(here: World) -> None:
    stranger = here.person("Stranger")
    stranger.says("pin today")
    stranger.sees("We haven't started yet")


def test_the_wish_moves_to_another_server(ana: Somebody) -> None:
    ana.says("pin today")
    file = export_of(ana)
    ana.says("unpin today")
    brings(ana, file)
    ana.sees("Card of today: pinned above our chat")
    ana.taps("Take it over")
    assert card(ana).text.startswith("Next:")
