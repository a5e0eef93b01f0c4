"""People on call: how they come and go, and what they may press."""

from datetime import timedelta

import pytest

from reminderbot.demo.telegram.profile import commands_for
from reminderbot.services import duty, ladder, oncall, people
from reminderbot.store import tables
from reminderbot.store.tables import CaseState
from tests.telegram.alarms import alarm, alarmed, case, closes, logged, on_call
from tests.telegram.looking import rows
from tests.world import Somebody, World


def test_a_link_puts_one_person_on_call_and_tells_them_what_it_means(here: World) -> None:
    secret = here.ask(lambda work: oncall.invite(work, 2))
    eve, bea = here.person("Eve"), here.person("Bea")
    eve.says(f"/start oncall-{secret}")
    told = eve.sees(
        "You are on call now, at step 2.", "by day and by night", "what they wrote only if they agree"
    )
    assert "no emergency service" in told
    assert "when they report more, or say that help is on its way" in told
    assert rows(here, tables.subscribers) == [], "on call is no subscription"
    bea.says(f"/start oncall-{secret}")
    bea.sees("That link doesn't work any more")
    assert [row.chat_id for row in rows(here, tables.on_call)] == [eve.id]


def test_a_link_is_over_after_48_hours_and_a_made_up_one_never_worked(here: World) -> None:
    secret = here.ask(lambda work: oncall.invite(work, 1))
    here.skip(hours=48)
    eve = here.person("Eve")
    for tried in (secret, "abc", ""):
        eve.says(f"/start oncall-{tried}")
        eve.sees("That link doesn't work any more")
    assert rows(here, tables.on_call) == []
    here.ask(lambda work: oncall.sweep(work, 10))
    assert rows(here, tables.invites) == []


def test_the_secret_of_a_link_is_not_stored(here: World) -> None:
    secret = here.ask(lambda work: oncall.invite(work, 1))
    [row] = rows(here, tables.invites)
    assert secret not in str(row)


def test_a_chat_is_watched_only_while_somebody_else_is_there(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    def watched(who: Somebody) -> bool:
        return here.ask(lambda work: duty.watched(work, who.id))

    assert watched(ana)
    assert not watched(osei)
    osei.says("/away 8h")
    assert not watched(ana)
    osei.says("/away off")
    assert watched(ana)
    osei.does(lambda person: person.blocks())
    assert not watched(ana)


def test_a_press_by_somebody_who_is_not_on_call_changes_nothing(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    eve = here.person("Eve", "UTC")
    message = eve.person.last
    for data in (f"v1:oack:{number}", f"v1:oclose:{number}"):
        eve.does(lambda person, data=data: person.taps_data(data, message))  # type: ignore[misc]
        eve.sees_toast("you are not one of them")
    for words in (f"/ack {number}", f"/close {number}", "/cases", "/cases drill", "/away 8h"):
        eve.says(words)
        eve.sees("you are not one of them")
    assert case(here, number).state == CaseState.OPEN
    assert osei.person.last.labels == ["Acknowledge", "Close"]


def test_rights_are_looked_up_at_every_press(here: World, ana: Somebody, osei: Somebody) -> None:
    number = alarmed(ana)
    here.ask(lambda work: oncall.remove(work, osei.id))
    osei.taps("Acknowledge")
    osei.sees_toast("you are not one of them")
    assert case(here, number).state == CaseState.OPEN


@pytest.mark.parametrize("data", ["v1:oack:99", "v1:oack:", "v1:oack:1:2", "v1:oclose:x", "v1:oack:-1"])
def test_a_forged_press_changes_nothing(here: World, ana: Somebody, osei: Somebody, data: str) -> None:
    number = alarmed(ana)
    osei.does(lambda person: person.taps_data(data, person.last))
    osei.sees_toast("Nothing was changed")
    assert case(here, number).state == CaseState.OPEN


def test_the_second_to_acknowledge_is_told_that_somebody_has_it(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana)
    osei.taps("Acknowledge")
    bo.says("/ack 1")
    bo.sees("Somebody else has case 1")
    osei.says("/ack 1")
    osei.sees("You have case 1 already")
    assert case(here, number).acknowledged_by == osei.id
    bo.says("/close 1")
    osei.says("/ack 1")
    osei.sees("closed already")


def test_commands_do_what_the_buttons_do(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    osei.says("/cases")
    osei.sees("1 · emergency · Mon 8:55 · nobody has it yet")
    osei.says("/ack 1")
    osei.sees("You have case 1 until Mon 9:55")
    osei.says("/close 1")
    osei.sees("Case 1 is closed")
    osei.says("/cases")
    osei.sees("No case is open")
    osei.says("/ack")
    osei.sees("Which one?")


def test_forgetting_somebody_on_call_climbs_at_once(ana: Somebody, osei: Somebody, bo: Somebody) -> None:
    osei.says("/start")
    alarmed(ana)
    osei.says("/forget")
    osei.taps("Delete everything")
    bo.sees("Case 1: emergency")
    assert "Ana" not in "".join(message.text for message in osei.person.messages)


def test_removing_somebody_climbs_at_once_and_they_are_told(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    assert here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    osei.sees("You are off call")
    assert "Ana" not in "".join(message.text for message in osei.person.messages)
    bo.sees("Case 1: emergency")


def test_away_hands_over_and_warns_the_last_one(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    osei.says("/away 8h")
    osei.sees("You are off duty until Mon 16:55", "Others are on call")
    bo.sees("Case 1: emergency")
    bo.says("/away 1h")
    bo.sees("You were the last one")
    osei.says("/away soon")
    osei.sees("For how long?")
    here.fast_forward(hours=1)
    bo.sees("Welcome back, you are on call again")


def test_whoever_comes_back_hears_of_what_nobody_was_told(here: World, ana: Somebody, osei: Somebody) -> None:
    osei.says("/away 35m")
    alarmed(ana, "urgent")
    osei.forgets_what_was_said()
    here.fast_forward(minutes=34)
    osei.sees_nothing()
    here.fast_forward(minutes=1)
    osei.sees("Case 1: urgent")


def test_somebody_on_call_is_kept_though_they_stopped_their_own_reminders(
    here: World, osei: Somebody
) -> None:
    osei.says("/start")
    osei.says("/stop")
    here.now += timedelta(days=200)
    here.ask(lambda work: people.forget_long_gone(work, 10))
    assert [row.chat_id for row in rows(here, tables.on_call)] == [osei.id]


def test_a_drill_says_so_tells_its_starter_too_and_ends_when_acknowledged(
    here: World, osei: Somebody, bo: Somebody
) -> None:
    bo.says("/cases drill")
    for who in (osei, bo):
        who.sees("Drill 1: this is a test.")
        assert who.buttons() == ["Acknowledge"]
    bo.says("/cases drill")
    bo.sees("Drill 1 is still running")
    osei.taps("Acknowledge")
    osei.sees_toast("Drill 1 is acknowledged")
    assert "Acknowledged by Osei" in bo.person.last.text or "Acknowledged by Osei" in "".join(bo.unread())
    assert case(here, 1).state == CaseState.CLOSED
    bo.says("/cases drill")
    bo.sees("Drill 2")


def test_a_drill_that_nobody_acknowledges_says_so(here: World, osei: Somebody, bo: Somebody) -> None:
    osei.says("/cases drill")
    here.fast_forward(minutes=61)
    osei.sees("nobody has acknowledged it")
    assert bo.person.last


def test_a_press_that_is_redelivered_has_one_effect(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    tap = osei.person.taps("Acknowledge")
    assert tap
    here.settle()
    here.tele.redeliver(tap)
    here.settle()
    assert logged(here, "pressed_acknowledge") == 1


def test_whoever_was_taken_off_call_sees_nothing_of_what_comes_later(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    osei.forgets_what_was_said()
    bo.taps("Acknowledge")
    closes(bo)
    osei.sees_nothing()
    assert "Ana" not in "".join(message.text for message in osei.person.messages)


def test_a_note_that_waits_is_not_sent_to_whoever_is_off_call(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarm(ana, card=False)
    here.now += timedelta(seconds=3)
    here.ask(lambda work: ladder.advance(work, 10))
    here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    osei.sees("You are off call")
    osei.sees_nothing()
    assert "Ana" not in "".join(message.text for message in osei.person.messages)


def test_whoever_is_added_before_opening_a_chat_is_there_once_they_write(here: World, ana: Somebody) -> None:
    dee = here.person("Dee")
    here.ask(lambda work: oncall.add(work, dee.id, 1))
    here.ask(lambda work: people.mark_unreachable(work, dee.id))
    alarmed(ana)
    dee.says("hello")
    dee.sees("You are on call now, at step 1.")
    assert any("Case 1" in message.text for message in dee.person.messages)


def test_a_link_is_neither_judged_nor_kept(here: World) -> None:
    dee = here.person("Dee")
    dee.says("/start oncall-MVA-chest-pain-I-want-to-die")
    dee.sees("That link doesn't work any more")
    dee.sees_nothing()
    assert rows(here, tables.heard) == rows(here, tables.reports) == []


def test_people_on_call_have_their_commands_in_the_menu_until_they_leave(here: World, osei: Somebody) -> None:
    assert offered(osei)[:4] == ["cases", "ack", "close", "away"]
    here.restart()
    assert offered(osei).count("cases") == 1
    here.ask(lambda work: oncall.remove(work, osei.id))
    here.settle()
    assert offered(osei)[:1] == ["today"]


def test_forgetting_takes_the_commands_away(osei: Somebody) -> None:
    osei.says("/start")
    osei.says("/forget")
    osei.taps("Delete everything")
    assert "cases" not in offered(osei)


def test_a_menu_that_is_refused_stops_nothing(here: World) -> None:
    dee = here.person("Dee")
    here.tele.faults.refuse("setMyCommands", status=400, chat_id=dee.id)
    on_call(here, "Dee", 1)
    dee.says("/cases")
    dee.sees("No case is open")


def offered(who: Somebody) -> list[str]:
    """The commands in the menu of somebody's chat."""
    return [command["command"] for command in commands_for(who.world.tele.world, who.id, "en")]
