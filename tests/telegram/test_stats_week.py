"""The Sunday card: one picture and one kind sentence, which asks nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from reminderbot.services import holds
from reminderbot.store import keys, tables
from reminderbot.store.keys import ReminderKey
from reminderbot.telegram import callbacks
from tests.telegram.holding import report
from tests.telegram.living import lives, picture
from tests.telegram.looking import fates, rows
from tests.world import MONDAY, Somebody, World

SUNDAY = datetime(2026, 1, 11, 18, 0, tzinfo=UTC)


def cards(ana: Somebody) -> list[Any]:
    """The Sunday cards that have come, as messages."""
    return [message for message in ana.person.messages if message.photo and "Your week" in message.text]


def test_on_sunday_evening_one_picture_sums_the_week_up(here: World, ana: Somebody) -> None:
    """Without a sound, with a sentence, the same in words, and one button."""
    lives(here, ana, "move", "stretch")
    here.until(SUNDAY - timedelta(minutes=1))
    assert cards(ana) == []
    here.until(SUNDAY + timedelta(minutes=1))
    (card,) = cards(ana)
    title, sentence, _, *habits = card.text.split("\n")
    assert title == "Your week"
    assert sentence.endswith(".")
    assert habits[0] == "Move: 5 done. 5 days kept, 2 at rest. Strength 23 %."
    assert habits[1] == "Stretch: 5 done. 5 days kept, 1 went by. Strength 22 %."
    assert card.labels == ["No more Sunday cards"]
    assert here.tele.made("sendPhoto", ana.id)[-1].params["disable_notification"] is True
    assert picture(here, card).width == 900


def test_one_tap_ends_it_and_says_how_to_get_it_back(here: World, ana: Somebody) -> None:
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(minutes=1))
    ana.taps("No more Sunday cards")
    (card,) = [message for message in ana.person.messages if message.photo]
    assert not [call for call in here.tele.calls if call.method == "editMessageText" and not call.ok]
    assert "Sunday card is off" in card.text
    assert "/remind week on" in card.text
    ana.says("/done move")
    here.until(SUNDAY + timedelta(days=7, minutes=1))
    assert cards(ana) == []
    ana.says("/remind week on")
    ana.sees("Sunday card: at 18:00", "Sun 25 Jan 18:00")


def test_the_words_do_the_same(here: World, ana: Somebody) -> None:
    lives(here, ana, "move")
    ana.says("/remind week off")
    ana.sees("Sunday card is off")
    here.until(SUNDAY + timedelta(minutes=1))
    assert cards(ana) == []


def test_it_comes_by_the_persons_own_clock_and_at_the_time_they_chose(here: World) -> None:
    ana = here.person("Ana", "America/New_York")
    ana.says("/remind week 17:15")
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(hours=5))
    assert [card.at for card in cards(ana)] == [SUNDAY.replace(hour=22, minute=15)]


def test_whoever_has_only_begun_gets_none(here: World) -> None:
    """There is no week yet to sum up."""
    here.until(MONDAY + timedelta(days=4))
    ana = here.person("Ana", "UTC")
    ana.says("/done move")
    here.until(SUNDAY + timedelta(minutes=1))
    assert cards(ana) == []
    assert fates(ana, "week") == [("dropped", "void")]


def test_a_silent_week_is_left_in_silence(here: World, ana: Somebody) -> None:
    lives(here, ana, "move", days=2)
    here.until(SUNDAY + timedelta(minutes=1))
    assert len(cards(ana)) == 1
    here.until(SUNDAY + timedelta(days=7, minutes=1))
    assert len(cards(ana)) == 1


def test_a_habit_in_which_nothing_was_done_is_left_out(here: World, ana: Somebody) -> None:
    """Nobody is shown a row of misses."""
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(minutes=1))
    assert "Stretch" not in cards(ana)[0].text


def _pauses(ana: Somebody) -> None:
    ana.says("/pause 2d")


def _is_held(ana: Somebody) -> None:
    report(ana, "urgent")


def _wants_reminders_after_dark_thoughts(ana: Somebody) -> None:
    """On the same day: reminders come again, and no cheer."""
    report(ana, "emergency", mental=True)
    assert ana.world.ask(lambda work: holds.switch_on(work, ana.id))


def _stops(ana: Somebody) -> None:
    ana.says("/stop")


@pytest.mark.parametrize("does", [_pauses, _is_held, _wants_reminders_after_dark_thoughts, _stops])
def test_it_never_comes_where_nothing_else_would(
    here: World, ana: Somebody, does: Callable[[Somebody], None]
) -> None:
    lives(here, ana, "move")
    here.until(SUNDAY - timedelta(hours=2))
    does(ana)
    here.until(SUNDAY + timedelta(minutes=1))
    assert cards(ana) == []


@pytest.mark.parametrize("hours", [2, 4])
def test_after_an_outage_it_comes_in_the_evening_or_not_at_all(
    here: World, ana: Somebody, hours: float
) -> None:
    """Never late at night."""
    lives(here, ana, "move")
    here.until(SUNDAY - timedelta(minutes=1))
    here.skip(hours=hours)
    here.settle()
    assert len(cards(ana)) == (1 if hours == 2 else 0)


@pytest.mark.parametrize(("zone", "west"), [("UTC", 0), ("Atlantic/Azores", 1), ("America/Los_Angeles", 8)])
@pytest.mark.parametrize("hours", [9, 14.5], ids=["mon-3:00", "mon-8:30"])
def test_it_is_void_when_it_is_looked_at_first_on_monday(
    here: World, zone: str, west: int, hours: float
) -> None:
    """Neither at night nor on the day after, by the person's own clock."""
    ana = here.person("Ana", zone)
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(hours=west, minutes=-1))
    here.skip(hours=hours, minutes=1)
    here.settle()
    assert cards(ana) == []
    assert fates(ana, "week") == [("dropped", "void")]


def test_it_is_never_answered_missed_or_counted(here: World, ana: Somebody) -> None:
    """Words, a reply and a forged press find nothing in it; nor does the end of the day."""
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(minutes=1))
    (card,) = cards(ana)
    key = keys.encode(ReminderKey("week", SUNDAY))
    before = ana.person.last.id
    ana.says("done", reply_to=card)
    ana.sees("Stretch (8:30): done.")
    ana.says("👍", reply_to=card)
    ana.says("/done week")
    ana.sees("I don't know “week”. You can name: ", "move, stretch")
    ana.does(lambda person: person.taps_data(callbacks.encode("done", key), card))
    assert card.text.startswith("Your week")
    assert ana.person.last.id > before
    assert fates(ana, "week") == [("sent", "void")]
    here.fast_forward(days=2)
    assert fates(ana, "week") == [("sent", "void")]
    assert not rows(here, tables.days, chat_id=ana.id, habit="week")
    (cadence,) = rows(here, tables.cadences, chat_id=ana.id, habit="week")
    assert (cadence.ignored, cadence.note) == (0, None)


def test_nothing_else_tells_of_it(here: World, ana: Somebody) -> None:
    """Neither /streak nor /today, nor what comes next; /remind does, and /export is complete."""
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(minutes=1))
    for command in ("/streak", "/today"):
        ana.forgets_what_was_said()
        ana.says(command)
        assert "Sunday card" not in ana.sees("Move")
    ana.says("/remind")
    ana.sees("Sunday card: at 18:00, Sun")
    ana.says("/export")
    file = next(message.file_id for message in ana.person.messages if message.kind == "document")
    assert b'"habit": "week"' in here.tele.world.files.get(file or "").content


def test_words_without_a_habit_still_mean_the_stretch(ana: Somebody) -> None:
    ana.says("/remind 7:30")
    ana.sees("Stretch: at 7:30")


def test_who_subscribed_before_there_was_a_card_is_offered_it_and_not_given_it(
    here: World, ana: Somebody
) -> None:
    here.ask(lambda work: work.tx.execute(tables.cadences.delete().where(tables.cadences.c.habit == "week")))
    lives(here, ana, "move")
    ana.says("/remind")
    ana.sees("Sunday card: off")
    here.until(SUNDAY + timedelta(minutes=1))
    assert cards(ana) == []


def test_telegram_is_crowded_and_the_card_comes_a_moment_later(here: World, ana: Somebody) -> None:
    """Void from the start, it is not lost on the way."""
    lives(here, ana, "move")
    here.tele.faults.too_many("sendPhoto", retry_after=5)
    here.until(SUNDAY + timedelta(minutes=1))
    assert len(cards(ana)) == 1


def test_its_plan_is_shown_with_its_own_example(ana: Somebody) -> None:
    """No buttons for times of the morning, nor for every day."""
    ana.says("/remind week")
    ana.sees("Sunday card: at 18:00, Sun", "Sun 11 Jan 18:00", "/remind week 18:00 sun")
    assert ana.buttons() == ["Turn off", "All plans"]


def test_where_only_the_card_is_on_it_is_what_comes_next(ana: Somebody) -> None:
    ana.says("/remind move off")
    ana.says("/remind stretch off")
    ana.forgets_what_was_said()
    ana.says("/remind")
    ana.sees("Sun 11 Jan 18:00 Sunday card")


def test_until_the_clock_is_confirmed_it_asks_whether_the_time_is_right(here: World) -> None:
    """As every reminder does."""
    ana = here.person("Ana")
    ana.says("/start")
    lives(here, ana, "move")
    here.until(SUNDAY + timedelta(minutes=1))
    assert cards(ana)[0].labels == ["No more Sunday cards", "Wrong time?"]
