"""What on call learns of the card itself: sent, refused, hanging, dropped, and of a person who can't be reached."""

import pytest

from reminderbot.services import delivery, people
from reminderbot.store.tables import Lane
from tests.telegram.alarms import alarm, alarmed
from tests.world import Somebody, World

ZONE = "Europe/London"


def sent_to(here: World) -> list[int]:
    """Chats in the order in which new messages went out to them."""
    return [call.chat_id for call in here.tele.made("sendMessage") if call.chat_id is not None]


def test_step_1_is_told_as_soon_as_the_card_has_been_sent(here: World, ana: Somebody, osei: Somebody) -> None:
    before = len(sent_to(here))
    alarmed(ana)
    assert sent_to(here)[before:] == [ana.id, osei.id]
    note = osei.sees("Case 1: emergency", "About Ana", "has been delivered", "Nobody has acknowledged")
    assert "haven't shared" in note
    assert osei.buttons() == ["Acknowledge", "Close"]


@pytest.mark.parametrize("status", [400, 403, 500])
def test_a_card_that_is_refused_delays_nobody_and_is_shown(
    here: World, ana: Somebody, osei: Somebody, status: int
) -> None:
    here.tele.faults.refuse("sendMessage", status=status, chat_id=ana.id)
    alarmed(ana)
    osei.sees("Case 1: emergency", "Card not delivered")


def test_a_card_that_arrives_at_last_is_shown_in_the_same_note(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    here.tele.faults.refuse("sendMessage", status=500, chat_id=ana.id)
    alarmed(ana)
    note = osei.person.last
    here.fast_forward(seconds=10)
    assert "has been delivered" in note.text
    assert osei.person.last is note


def test_a_card_whose_attempt_does_not_end_is_waited_for_two_seconds(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarm(ana, card=False)
    here.fast_forward(seconds=1.9)
    osei.sees_nothing()
    here.fast_forward(seconds=0.2)
    osei.sees("Case 1: emergency", "Card not delivered")


def test_people_on_call_see_that_somebody_cannot_be_reached_and_can_again(
    ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    ana.does(lambda person: person.blocks())
    assert "I can't reach them any more" in osei.person.last.text
    ana.does(lambda person: person.unblocks())
    assert "I can't reach them any more" not in osei.person.last.text


def test_somebody_who_blocks_before_the_card_is_sent_is_told_of_at_once(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarm(ana)
    here.ask(lambda work: people.mark_unreachable(work, ana.id))
    here.settle()
    osei.sees("Case 1: emergency", "Card not delivered", "can't reach them any more")


def test_a_card_that_was_being_sent_when_the_bot_died_goes_out_again(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    """At the next start where there is one worker; else by whoever is there, when the lease ends."""
    alarm(ana)
    here.ask(lambda work: delivery.claim(work, [Lane.SAFETY], 10))
    here.restart()
    if here.store.is_server:
        ana.sees_nothing()
        here.fast_forward(seconds=delivery.LEASE.total_seconds())
    ana.sees("may be here twice")
    osei.sees("Case 1: emergency", "has been delivered")


def test_a_card_or_note_that_telegram_never_takes_is_followed_by_plain_words_once(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    for who in (ana, osei):
        here.tele.faults.refuse("sendMessage", status=400, chat_id=who.id)
    alarmed(ana)
    ana.sees("may need a doctor soon")
    ana.sees_nothing()
    osei.sees("There is news about a case")
    osei.says("/cases")
    osei.sees("1 · emergency · ")
