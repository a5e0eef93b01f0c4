"""Who is told of a case, and when: each sentence of the policy, through Telegram's refusals and through downtime."""

from datetime import timedelta

from reminderbot.store.tables import CaseKind, CaseState
from tests.telegram.alarms import alarm, alarmed, case, closes, logged, on_call
from tests.world import Somebody, World

ZONE = "Europe/London"
HELLO = "Hello!"


def told_at(who: Somebody) -> list[int]:
    """Minutes since the beginning at which somebody got a new note or reminder of one."""
    begun = who.world.now.replace(hour=8, minute=55, second=0, microsecond=0)
    calls = who.world.tele.made("sendMessage", who.id)
    return [
        round((call.at - begun) / timedelta(minutes=1))
        for call in calls
        if "Case" in str(call.params["text"])
    ]


def test_an_emergency_climbs_every_ten_minutes_and_reminds_those_below(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    cleo = on_call(here, "Cleo", 3)
    alarmed(ana)
    here.fast_forward(minutes=65)
    assert told_at(osei) == [0, 10, 20, 30, 40, 50]
    assert told_at(bo) == [10, 20, 30, 40, 50]
    assert told_at(cleo) == [20, 30, 40, 50]


def test_an_urgent_case_climbs_after_half_an_hour_and_then_hourly(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana, "urgent")
    osei.sees("Case 1: urgent")
    here.fast_forward(hours=6)
    assert told_at(osei) == [0, 30, 90]
    assert told_at(bo) == [30, 90]


def test_an_older_note_shrinks_when_a_newer_one_comes(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    older = osei.person.last
    here.fast_forward(minutes=10)
    assert older.text == "Case 1: see the newer message."
    assert older.labels == []
    assert "About Ana" in osei.person.last.text


def test_after_six_rounds_the_person_is_told_plainly_and_the_number_again(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    ana.forgets_what_was_said()
    here.fast_forward(minutes=59)
    assert not [text for text in ana.unread() if "nobody has answered" in text]
    here.fast_forward(minutes=2)
    ana.sees("nobody has answered", "999")
    assert case(here, number).state == CaseState.UNANSWERED
    assert case(here, number).next_at is None
    assert "Nobody answered" in osei.person.last.text
    assert osei.person.last.labels == ["Acknowledge", "Close"]


def test_somebody_whose_country_is_not_known_gets_words_instead_of_a_number(
    here: World, osei: Somebody
) -> None:
    eve = here.person("Eve", "UTC")
    alarmed(eve)
    here.fast_forward(minutes=61)
    eve.sees("nobody has answered", "your local emergency number")
    assert osei.person.last


def test_an_unconfirmed_case_is_labelled_so_and_climbs_like_an_urgent_one(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana, "emergency", CaseKind.UNCONFIRMED)
    osei.sees("Case 1: unconfirmed, maybe emergency")
    here.fast_forward(hours=3)
    assert told_at(osei) == [0, 30, 90]


def test_an_acknowledgement_stops_the_ladder_and_the_person_is_told(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana)
    here.fast_forward(minutes=11)
    bo.taps("Acknowledge")
    bo.sees_toast("You have case 1 until")
    ana.sees("A person on call has seen")
    assert "Bo has it until" in osei.person.last.text
    assert "You have it until" in bo.person.last.text
    assert osei.person.last.labels == bo.person.last.labels == ["Close"]
    here.fast_forward(minutes=55)
    assert told_at(osei) == [0, 10]
    assert case(here, number).state == CaseState.ACKNOWLEDGED


def test_an_acknowledgement_expires_and_all_begins_again_with_whoever_let_it_lapse(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(minutes=11)
    bo.taps("Acknowledge")
    here.fast_forward(minutes=85)
    assert told_at(osei) == [0, 10, 71, 81, 91]
    assert told_at(bo) == [10, 71, 81, 91]
    bo.sees("acknowledged before, and is open again")


def test_after_three_lapsed_acknowledgements_the_one_who_saw_it_has_not_been_heard_from(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    for _ in range(3):
        osei.taps("Acknowledge")
        assert case(here, number).state == CaseState.ACKNOWLEDGED
        here.fast_forward(minutes=60)
    assert "nobody has answered" not in ana.sees("I haven't heard from them since", "999")
    assert case(here, number).state == CaseState.UNANSWERED
    assert logged(here, "case_expired") == 3


def test_an_urgent_acknowledgement_holds_for_four_hours(here: World, ana: Somebody, osei: Somebody) -> None:
    number = alarmed(ana, "urgent")
    osei.taps("Acknowledge")
    here.fast_forward(hours=3, minutes=59)
    assert case(here, number).state == CaseState.ACKNOWLEDGED
    here.fast_forward(minutes=2)
    assert case(here, number).state == CaseState.OPEN


def test_a_case_that_nobody_answered_can_still_be_acknowledged(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    here.fast_forward(hours=2)
    ana.forgets_what_was_said()
    osei.taps("Acknowledge")
    ana.sees("A person on call has seen")


def test_closing_ends_it_for_everyone_who_was_told(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana)
    here.fast_forward(minutes=11)
    osei.taps("Acknowledge")
    closes(osei)
    osei.sees_toast("Case 1 is closed")
    for who in (osei, bo):
        assert "Closed by Osei" in who.person.last.text
        assert who.person.last.labels == []
    osei.forgets_what_was_said()
    here.fast_forward(hours=30)
    osei.sees_nothing()
    assert case(here, number).next_at is None


def test_closing_tells_the_person_with_the_number(ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    closes(osei)
    ana.sees("The person on call has closed your case", "999")


def test_a_step_without_anybody_is_noted_and_passed_at_once(here: World, ana: Somebody, bo: Somebody) -> None:
    alarmed(ana)
    bo.sees("Case 1: emergency")
    assert logged(here, "case_step_passed") == 1


def test_a_first_step_that_has_blocked_the_bot_is_passed_at_once(
    ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    osei.does(lambda person: person.blocks())
    alarmed(ana)
    bo.sees("Case 1: emergency")


def test_a_block_that_telegram_tells_only_when_a_note_is_sent_climbs_at_once(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    osei.person.leaves_telegram()
    alarmed(ana)
    bo.sees("Case 1: emergency")
    here.fast_forward(minutes=25)
    assert told_at(bo) == [0, 10, 20]


def test_a_block_while_a_case_is_open_climbs_at_once_and_leaves_the_rounds_as_they_are(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana)
    here.fast_forward(minutes=4)
    osei.does(lambda person: person.blocks())
    bo.sees("Case 1: emergency")
    here.fast_forward(minutes=60)
    assert told_at(bo) == [4, 10, 20, 30, 40, 50]
    assert case(here, number).state == CaseState.UNANSWERED


def test_whoever_blocked_and_comes_back_is_told_what_they_missed(
    ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    osei.does(lambda person: person.blocks())
    alarmed(ana)
    assert bo.person.last
    osei.does(lambda person: person.unblocks())
    osei.sees("Case 1: emergency")


def test_a_holder_who_blocks_the_bot_hands_the_case_back_at_once(
    ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    alarmed(ana)
    osei.taps("Acknowledge")
    osei.does(lambda person: person.blocks())
    bo.sees("Case 1: emergency", "Nobody has acknowledged")


def test_the_person_is_never_told_of_their_own_case(osei: Somebody, bo: Somebody) -> None:
    alarmed(osei)
    bo.sees("Case 1: emergency", "About Osei")
    osei.says("/cases")
    osei.says("/ack 1")
    assert not [text for text in osei.unread() if "emergency" in text]
    osei.sees("There is no such case")


def test_with_nobody_else_on_call_there_is_no_case(here: World, osei: Somebody) -> None:
    assert alarm(osei) is None
    assert logged(here, "case_not_opened") == 1


def test_no_round_is_lost_and_none_comes_in_a_burst_when_the_bot_was_down(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    alarmed(ana)
    here.skip(minutes=47)
    here.restart()
    assert told_at(osei) == [0, 47]
    here.fast_forward(minutes=11)
    assert told_at(osei) == [0, 47, 57]


def test_a_note_with_an_unknown_fate_is_sent_again_and_says_so(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    here.tele.faults.lose_answer("sendMessage", chat_id=osei.id)
    alarmed(ana)
    here.fast_forward(seconds=30)
    assert told_at(osei) == [0, 0]


def test_a_second_report_raises_the_case_instead_of_making_another(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    number = alarmed(ana, "urgent")
    osei.taps("Acknowledge")
    here.fast_forward(minutes=5)
    osei.forgets_what_was_said()
    assert alarmed(ana, "emergency") == number
    osei.sees("Case 1: emergency", "acknowledged before, and is open again")
    here.fast_forward(minutes=11)
    bo.sees("Case 1: emergency")


def test_a_report_of_the_same_level_does_not_take_a_case_from_its_holder(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    osei.taps("Acknowledge")
    osei.forgets_what_was_said()
    here.fast_forward(minutes=5)
    assert alarmed(ana) == number
    osei.sees("You have it until")
    assert case(here, number).state == CaseState.ACKNOWLEDGED


def test_a_doubt_about_something_worse_is_told_and_climbs_like_an_emergency(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana, "urgent")
    here.fast_forward(minutes=5)
    assert alarmed(ana, "emergency", CaseKind.UNCONFIRMED) == number
    osei.sees("More from Ana, case 1", "unconfirmed, maybe emergency")
    here.fast_forward(hours=3)
    assert told_at(osei) == [0, 5, 15, 25, 35, 45, 55]
