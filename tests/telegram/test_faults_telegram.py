"""Telegram says no, or nothing at all: what waits, what ends, and what goes on for everybody else."""

from datetime import timedelta
from typing import Literal

import pytest

from reminderbot.store import tables
from reminderbot.store.tables import Delivery, Outcome, Standing
from tests.telegram.looking import clocks, fates, miscounted, nudges, rows
from tests.world import Somebody, World

BLOCKED = (403, "Forbidden: bot was blocked by the user")
GONE = (403, "Forbidden: user is deactivated")
NOT_FOUND = (400, "Bad Request: chat not found")
BROKEN = (400, "Bad Request: can't parse entities: unsupported start tag")


def standing(who: Somebody) -> str:
    return str(rows(who.world, tables.subscribers, chat_id=who.id)[0].standing)


def attempts(who: Somebody, template: str) -> list[tuple[str, int]]:
    found = rows(who.world, tables.messages, chat_id=who.id, template=template)
    return [(row.state, row.attempts) for row in found]


def test_a_nudge_waits_as_long_as_telegram_says(here: World, ana: Somebody) -> None:
    here.tele.faults.too_many("sendMessage", retry_after=40)
    here.fast_forward(minutes=5, seconds=39)
    assert clocks(ana) == []
    here.fast_forward(seconds=1)
    assert clocks(ana) == ["Mon 9:00"]
    assert rows(here, tables.reminders, chat_id=ana.id)[0].attempts == 1, "a 429 is no attempt"


def test_an_answer_waits_as_long_as_telegram_says(here: World, ana: Somebody) -> None:
    here.tele.faults.too_many("sendMessage", retry_after=90, times=2)
    ana.says("/privacy")
    here.fast_forward(seconds=89)
    ana.sees_nothing()
    assert len([call for call in here.tele.calls if call.error]) == 1
    here.fast_forward(seconds=92)
    ana.sees("What I know about you")
    ana.sees_nothing()
    assert attempts(ana, "privacy.text")[0] == (Delivery.SENT, 1)


def test_a_chat_that_had_too_much_gets_nothing_else_meanwhile_and_all_in_order(here: World) -> None:
    bea = here.person("Bea")
    here.tele.faults.too_many("sendMessage", retry_after=30, chat_id=bea.id)
    bea.says("/start")
    here.fast_forward(seconds=29)
    bea.says("/privacy")
    assert [call.at for call in here.tele.calls if call.chat_id == bea.id] == [
        here.now - timedelta(seconds=29)
    ]
    here.fast_forward(seconds=2)
    bea.sees("You're in")
    bea.sees("Is it 8:55 for you now?")
    bea.sees("What I know about you")


def test_one_crowded_chat_delays_no_answer_to_another(here: World, ana: Somebody) -> None:
    here.tele.faults.too_many("sendMessage", retry_after=300)
    here.fast_forward(minutes=5)
    assert clocks(ana) == []
    bea = here.person("Bea")
    bea.says("/start")
    bea.sees("You're in")


def test_a_nudge_that_has_to_wait_too_long_is_let_go(here: World, ana: Somebody) -> None:
    here.tele.faults.too_many("sendMessage", retry_after=1000)
    here.fast_forward(minutes=50)
    assert fates(ana) == [(Delivery.DROPPED, Outcome.VOID)]
    here.fast_forward(minutes=16)
    assert clocks(ana) == ["Mon 10:00"]


@pytest.mark.parametrize("no", [BLOCKED, GONE, NOT_FOUND])
def test_a_chat_that_says_no_gets_nothing_more(here: World, ana: Somebody, no: tuple[int, str]) -> None:
    here.tele.faults.refuse("sendMessage", status=no[0], description=no[1])
    here.fast_forward(minutes=5)
    assert standing(ana) == Standing.UNREACHABLE
    assert fates(ana) == [(Delivery.DROPPED, Outcome.VOID)]
    assert miscounted(here) == []
    calls = len(here.tele.calls)
    here.fast_forward(hours=72)
    here.restart()
    assert not [call for call in here.tele.calls[calls:] if call.chat_id == ana.id]


def test_a_no_to_an_answer_counts_as_well(here: World, ana: Somebody) -> None:
    here.tele.faults.refuse("sendMessage", status=403, description=BLOCKED[1])
    ana.says("/privacy")
    assert standing(ana) == Standing.UNREACHABLE
    here.fast_forward(hours=24)
    assert clocks(ana) == []


def test_somebody_who_was_thought_gone_and_writes_is_reminded_again(here: World, ana: Somebody) -> None:
    here.tele.faults.refuse("sendMessage", status=403, description=BLOCKED[1])
    here.fast_forward(minutes=5)
    ana.says("/today")
    assert standing(ana) == Standing.ACTIVE
    here.fast_forward(hours=1)
    assert clocks(ana) == ["Mon 10:00"]


def test_unblocking_goes_on_where_it_was_with_the_streak_kept(here: World, ana: Somebody) -> None:
    for hour in (9, 10, 11, 13):
        here.until(here.now.replace(hour=hour, minute=1))
        ana.taps("Done")
    ana.sees("Streak 1 day. Today 4 of 7")
    ana.does(lambda person: person.blocks())
    here.fast_forward(hours=44)
    assert len(nudges(ana)) == 4
    ana.forgets_what_was_said()
    ana.does(lambda person: person.unblocks())
    ana.sees("your streak is as you left it")
    ana.sees_nothing()
    here.fast_forward(minutes=60)
    assert clocks(ana)[4:] == ["Wed 10:00"]
    ana.taps("Done")
    ana.sees("Streak 1 day. Today 1 of")
    assert miscounted(here) == []


def test_blocked_while_messages_wait_and_one_more_fault_stop_nobody_else(here: World, ana: Somebody) -> None:
    bea = here.person("Bea")
    here.tele.faults.refuse("sendMessage", status=403, description=BLOCKED[1], chat_id=bea.id)
    here.tele.faults.refuse("sendMessage", status=500, chat_id=bea.id)
    bea.says("/start")
    here.fast_forward(minutes=5)
    assert clocks(ana) == ["Mon 9:00"]
    assert {row.state for row in rows(here, tables.messages, chat_id=bea.id)} == {Delivery.DROPPED}


def test_a_nudge_that_telegram_will_never_take_is_tried_once_and_blocks_nobody(
    here: World, ana: Somebody
) -> None:
    bea = here.person("Bea", "UTC")
    here.tele.faults.refuse("sendMessage", status=BROKEN[0], description=BROKEN[1], chat_id=ana.id)
    here.fast_forward(minutes=5)
    tried = len([call for call in here.tele.calls if call.error])
    assert clocks(bea) == ["Mon 9:00"]
    here.fast_forward(minutes=60)
    assert len([call for call in here.tele.calls if call.error]) == tried == 1
    assert fates(ana) == [(Delivery.DROPPED, Outcome.VOID), (Delivery.SENT, None)]
    assert standing(ana) == Standing.ACTIVE
    here.fast_forward(hours=20)
    assert miscounted(here) == []


def test_an_answer_that_telegram_will_never_take_is_kept_and_tried_once(here: World, ana: Somebody) -> None:
    here.tele.faults.refuse("sendMessage", status=BROKEN[0], description=BROKEN[1])
    ana.says("/privacy")
    ana.says("/streak")
    ana.sees("Streak 0 days")
    here.fast_forward(minutes=4)
    assert attempts(ana, "privacy.text") == [(Delivery.DROPPED, 1)]


def test_not_modified_is_as_good_as_done(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    text = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )
    here.tele.faults.refuse("editMessageText", status=400, description=text)
    ana.taps("Done")
    edits = rows(here, tables.messages, chat_id=ana.id, method="edit")
    assert {row.state for row in edits} == {Delivery.SENT}


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_telegrams_own_is_waited_out(here: World, ana: Somebody, status: int) -> None:
    here.tele.faults.refuse("sendMessage", status=status, description="Server trouble", times=4)
    here.fast_forward(minutes=10)
    assert len(nudges(ana)) == 1
    ana.taps("Done")
    ana.sees("1 of 7")


@pytest.mark.parametrize("how", ["timeout", "reset"])
def test_without_a_connection_the_nudge_is_tried_until_it_is_too_late(
    here: World, ana: Somebody, how: Literal["timeout", "reset"]
) -> None:
    fault = here.tele.faults.unreachable("sendMessage", times=None, how=how)
    ana.says("/privacy")
    here.fast_forward(minutes=30)
    assert fates(ana) == [(Delivery.DROPPED, Outcome.VOID)]
    here.tele.faults.remove(fault)
    here.fast_forward(minutes=35)
    ana.sees("What I know about you")
    assert clocks(ana) == ["Mon 10:00"]
    assert miscounted(here) == []


def test_without_a_connection_for_five_minutes_the_nudge_comes_once(here: World, ana: Somebody) -> None:
    here.until(here.now.replace(hour=9, minute=0) - timedelta(seconds=1))
    fault = here.tele.faults.unreachable(times=None, method="sendMessage")
    here.fast_forward(minutes=5)
    here.tele.faults.remove(fault)
    here.fast_forward(minutes=20)
    assert len(nudges(ana)) == 1


def test_an_answer_is_tried_for_hours_and_a_day_at_most(here: World, ana: Somebody) -> None:
    fault = here.tele.faults.refuse("sendMessage", status=500, times=None)
    ana.says("/privacy")
    here.fast_forward(hours=25)
    here.tele.faults.remove(fault)
    assert attempts(ana, "privacy.text")[0][0] == Delivery.DROPPED
    ana.forgets_what_was_said()
    ana.says("/privacy")
    ana.sees("What I know about you")
