"""/streak, /today and /stretch, and the offer of fewer reminders."""

from datetime import timedelta
from typing import Any

import pytest

from reminderbot.library.choosing import Deck
from reminderbot.library.models import Habit, Stretch
from reminderbot.services import asking, calmer, cards, overviews, pauses
from reminderbot.services.cards import headline
from reminderbot.services.reminders import key_of
from reminderbot.services.replies import Tap
from reminderbot.services.work import Work
from reminderbot.store.queries import days as day_rows
from reminderbot.store.queries import history
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import Origin, Outcome
from tests.store.answering import MON, TUE, Ana, Told, local


@pytest.fixture
def ana(at: Any) -> Ana:
    """Ana, since Monday at seven, with moves and stretches."""
    return Ana(at, local("7:00"), moves_only=False)


def asks(ana: Ana, when: Any, verb: Any, *args: object) -> list[Told]:
    """Let a service answer her."""
    with ana.at(when) as work:
        verb(work, ana.chat_id, *args)
    return ana.told(when)


def test_today_says_what_is_done_what_waits_and_what_comes(ana: Ana) -> None:
    """For each habit, then the next times."""
    ana.taps(local("8:31"), "done", ana.receives(local("8:30")))
    ana.receives(local("9:00"))
    (told,) = asks(ana, local("9:05"), overviews.today)
    assert "Move\n" in told.text.replace("</b>", "").replace("<b>", "")
    assert "0 of 7 done. 4 more and today counts." in told.text
    assert "1 reminder waits for your answer" in told.text
    assert "1 of 1 done, and today counts." in told.text
    assert "Mon 10:00" in told.text


def test_streak_shows_each_habit_and_both_numbers(ana: Ana) -> None:
    """Streak and today, best, strength and freezes."""
    ana.taps(local("8:31"), "done", ana.receives(local("8:30")))
    (told,) = asks(ana, local("8:40"), overviews.streak)
    assert "Streak 0 days. Today 0 of 7, 4 more and it counts." in told.text
    assert "Streak 1 day. Today 1 of 1, and it counts." in told.text
    assert "Best 1 day.\nStrength: just beginning, 5 %." in told.text
    assert "freeze" not in told.text


def test_streak_leaves_out_what_is_still_zero(ana: Ana) -> None:
    """A newcomer sees the streak and today."""
    (told,) = asks(ana, local("7:01"), overviews.streak)
    assert "Streak 0 days." in told.text
    assert not [word for word in ("Best", "Strength", "freeze") if word in told.text]


def test_streak_says_what_a_freeze_is_when_there_is_one(ana: Ana, at: Any) -> None:
    """After seven kept days."""
    with at(local("8:00")) as work:
        for back in range(1, 8):
            day_rows.put(work.tx, ana.chat_id, "stretch", MON - timedelta(days=back), {"done": 1})
    (told,) = asks(ana, local("8:01"), overviews.streak)
    assert "1 freeze in hand: it covers a missed day." in told.text


def test_a_day_with_nothing_left_says_so_right_after_joining(ana: Ana) -> None:
    """Its time had passed when she came."""
    with ana.at(local("7:00")) as work:
        people_rows.change_cadence(work.tx, ana.chat_id, "stretch", {"next_due_at": local("8:30", TUE)})
    (told,) = asks(ana, local("8:31"), overviews.today)
    assert "Nothing more planned today." in told.text


def test_streak_with_everything_off_and_nothing_counted_says_how_to_begin(ana: Ana, at: Any) -> None:
    """No empty message."""
    with at(local("8:00")) as work:
        for habit in ("move", "stretch"):
            people_rows.change_cadence(work.tx, ana.chat_id, habit, {"off": True, "next_due_at": None})
    assert asks(ana, local("8:01"), overviews.streak)[0].template == "streak.none"
    assert "Nothing planned today." in asks(ana, local("8:01"), overviews.today)[0].text


@pytest.mark.parametrize("verb", [overviews.today, overviews.streak])
def test_a_stranger_is_told_how_to_begin(ana: Ana, verb: Any) -> None:
    """Not silence."""
    ana.chat_id = 99
    assert [one.template for one in asks(ana, local("8:00"), verb)] == ["start.first"]


def test_the_stretch_can_be_had_before_its_time(ana: Ana) -> None:
    """Today's occurrence is brought forward: nothing more comes at its time, and done it is today's stretch."""
    told = asks(ana, local("8:00"), asking.ask, "stretch")
    assert [one.template for one in told] == ["avoid.question", "reminder.stretch"]
    (row,) = ana.rows("stretch")
    assert (row.due_at, row.origin) == (local("8:30"), Origin.CADENCE)
    result = ana.taps(local("8:05"), "done", key_of(row), message=71)
    assert "Streak 1 day. Today 1 of 1, and it counts." in result[0].text
    ana.receives_nothing(local("8:30"))
    assert (ana.day(habit="stretch").done, ana.day(habit="stretch").own) == (1, 0)


def test_a_stretch_brought_forward_is_answered_by_a_word(ana: Ana) -> None:
    """Although its due moment is still to come."""
    asks(ana, local("8:00"), asking.ask, "stretch")
    ana.says(local("8:10"), "done")
    assert [row.outcome for row in ana.rows("stretch")] == [Outcome.DONE]
    assert ana.rows("move") == []


def test_the_stretch_of_today_is_shown_again_while_it_is_open(ana: Ana) -> None:
    """The same card, the same buttons; done under either counts once and shows in both."""
    key = ana.receives(local("8:30"))
    ana.told(local("8:31"))
    (told,) = asks(ana, local("9:30"), asking.ask, "stretch")
    before = ana.row(key)
    with ana.at(local("9:30")) as work:
        assert headline(work.around.library, "stretch", before.card) in told.text
    assert len(ana.rows("stretch")) == 1
    result = ana.taps(local("9:31"), "done", key, message=72)
    assert [one.target for one in result if one.method == "edit"] == [str(ana.message_of(key)), "72"]


def test_one_more_stretch_is_an_extra_and_never_missed(ana: Ana) -> None:
    """After today's is answered."""
    ana.taps(local("8:31"), "done", ana.receives(local("8:30")))
    asks(ana, local("9:30"), asking.ask, "stretch")
    own = ana.rows("stretch")[-1]
    assert (own.origin, own.outcome) == (Origin.ASKED, None)
    ana.closes(local("3:00", TUE))
    day = ana.day(habit="stretch")
    assert (day.done, day.missed, day.void) == (1, 0, 0)
    ana.taps(local("7:00", TUE), "done", key_of(own), message=73)
    assert (ana.day(habit="stretch").done, ana.day(habit="stretch").own) == (2, 1)


def test_a_pause_does_not_keep_the_stretch_from_who_asks(ana: Ana, at: Any) -> None:
    """It is an answer, not a reminder."""
    with at(local("8:00")) as work:
        pauses.pause(work, ana.chat_id, "2d")
    ana.told(local("8:00"))
    assert asks(ana, local("8:01"), asking.ask, "stretch")[-1].template == "reminder.stretch"
    assert ana.rows("stretch")[0].origin == Origin.ASKED


def test_floor_work_comes_only_outside_office_hours(ana: Ana, at: Any) -> None:
    """One way to choose, for a reminder and for a card asked for."""
    with at(local("7:00")) as work:
        people_rows.change(work.tx, ana.chat_id, {"avoid": work.around.vault.seal([])})
    desk, home = positions(ana, local("10:00")), positions(ana, local("20:00"))
    assert desk <= {"standing", "chair", "any"}
    assert {"kneeling", "floor"} <= home


def positions(ana: Ana, when: Any) -> set[str]:
    """Of the next forty stretches, were they chosen at this time."""
    found: set[str] = set()
    deck = Deck()
    for _ in range(40):
        with ana.at(when) as work:
            card = cards.choose(work, people_rows.get(work.tx, ana.chat_id), habit(work), deck)
        row = ana.cadence("stretch")
        assert isinstance(card, Stretch)
        found.add(card.position)
        deck = Deck(row.deck_round, row.deck_cursor)
    return found


def habit(work: Work) -> Habit:
    """The stretch."""
    return work.around.library.habits["stretch"]


def test_a_line_told_with_a_card_asked_for_is_not_told_again(ana: Ana, at: Any) -> None:
    """The reminder after it has none."""
    with at(local("8:00")) as work:
        history.set_note(work.tx, ana.chat_id, "stretch", "note.absence")
    assert "Good to have you here." in asks(ana, local("8:00"), asking.ask, "stretch")[-1].text
    assert ana.cadence("stretch").note is None


def test_a_calmer_plan_is_offered_once_in_14_days(ana: Ana) -> None:
    """Never for a plan at fixed times, never when it is calm already."""
    assert asks(ana, local("9:00"), calmer.offer, "stretch") == []
    (told,) = asks(ana, local("9:00"), calmer.offer, "move")
    assert "every 90 minutes instead of every 60" in told.text
    later = local("9:00", MON + timedelta(days=14))
    assert asks(ana, later - timedelta(seconds=1), calmer.offer, "move") == []
    assert len(asks(ana, later, calmer.offer, "move")) == 1


def test_three_ignored_nudges_bring_the_offer_with_the_fourth(ana: Ana) -> None:
    """And it is never asked sooner."""
    ana.taps(local("8:31"), "done", ana.receives(local("8:30")))
    for hour in (9, 10, 11):
        ana.receives(local(f"{hour}:00"))
        assert not [one for one in ana.told(local(f"{hour}:01")) if one.template == "calmer.offer"]
    ana.receives(local("13:00"))
    assert [one.template for one in ana.told(local("13:01"))] == ["calmer.offer"]
    ana.receives(local("14:00"))
    assert ana.told(local("14:01")) == []


def test_accepting_sets_the_plan_and_reads_it_back(ana: Ana) -> None:
    """A second press, or an offer that no longer fits, changes nothing."""
    (told, *_) = asks(ana, local("9:00"), calmer.accept, "move", 90, Tap("q1", 5))
    assert ana.cadence().plan == "every 90m 9:00-12:00 13:00-17:00 weekdays"
    assert told
    gone = asks(ana, local("9:02"), calmer.accept, "move", 90, Tap("q2", 5))
    unknown = asks(ana, local("9:02"), calmer.accept, "none", 90, Tap("q3", 5))
    kept = asks(ana, local("9:02"), calmer.keep, Tap("q4", 5))
    edits = [one.template for one in (*gone, *unknown, *kept) if one.method == "edit"]
    assert edits == ["calmer.gone", "calmer.gone", "calmer.kept"]
