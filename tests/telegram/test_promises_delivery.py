"""Promises of delivery: a nudge at most once, an answer at least once, one update one effect, nothing lost."""

import asyncio
from typing import Literal

import pytest

from reminderbot.services import delivery, due
from reminderbot.store import keys, tables
from reminderbot.store.tables import Delivery, InboxState, Lane, Outcome
from tests.telegram.looking import clocks, fates, miscounted, nudges, rows
from tests.world import Somebody, World

How = Literal["timeout", "reset"]


def killed_after_storing(here: World) -> None:
    """The process dies when an update is stored, before anything is done about it; a new one begins."""

    async def die() -> None:
        await here.bot.intake.poll_once(0)
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()

    here.run(die())
    assert [row.state for row in rows(here, tables.inbox)][-1] == InboxState.NEW
    here.restart()


@pytest.mark.parametrize("how", ["timeout", "reset"])
def test_a_nudge_with_an_unknown_fate_is_not_sent_again_and_its_button_works(
    here: World, ana: Somebody, how: How
) -> None:
    here.tele.faults.lose_answer("sendMessage", how=how)
    here.fast_forward(minutes=5)
    nudge = ana.person.last
    here.fast_forward(minutes=20)
    here.restart()
    here.fast_forward(minutes=20)
    assert clocks(ana) == ["Mon 9:00"]
    ana.taps("Done", nudge)
    ana.sees_toast("Done")
    assert "✅ Done" in nudge.text
    assert fates(ana)[0] == (Delivery.SENT, Outcome.DONE)
    assert miscounted(here) == []


def test_a_nudge_with_an_unknown_fate_can_be_answered_by_a_word(here: World, ana: Somebody) -> None:
    here.tele.faults.lose_answer("sendMessage")
    here.fast_forward(minutes=7)
    ana.says("done")
    ana.sees("Move: done.", "1 of 7")
    assert fates(ana)[0] == (Delivery.UNKNOWN, Outcome.DONE)


def test_a_nudge_with_an_unknown_fate_counts_for_nothing_when_it_is_not_answered(
    here: World, ana: Somebody
) -> None:
    here.tele.faults.lose_answer("sendMessage")
    here.fast_forward(minutes=30)
    here.fast_forward(hours=20)
    assert fates(ana)[0] == (Delivery.UNKNOWN, Outcome.VOID)
    assert fates(ana)[1] == (Delivery.SENT, Outcome.MISSED)
    day = rows(here, tables.days, chat_id=ana.id, habit="move")[0]
    assert (day.void, day.missed, day.done) == (1, 6, 0)


def test_its_button_still_works_the_day_after(here: World, ana: Somebody) -> None:
    here.tele.faults.lose_answer("sendMessage")
    here.fast_forward(minutes=30)
    nudge = nudges(ana)[0]
    message = next(m for m in ana.person.messages if "Done" in m.labels)
    here.fast_forward(hours=22)
    ana.taps("Done", message)
    ana.sees_toast("counted for Mon 5 January")
    row = rows(here, tables.reminders, chat_id=ana.id, due_at=nudge.key.due_at)[0]
    assert (row.state, row.outcome) == (Delivery.SENT, Outcome.DONE)
    assert miscounted(here) == []


@pytest.mark.parametrize("how", ["timeout", "reset"])
def test_an_answer_with_an_unknown_fate_is_sent_again(here: World, ana: Somebody, how: How) -> None:
    here.tele.faults.lose_answer("sendMessage", how=how)
    ana.says("/streak")
    here.fast_forward(seconds=30)
    assert len(here.tele.made("sendMessage", ana.id)) - _before_streak(here, ana) == 2
    here.fast_forward(minutes=3)
    assert len(here.tele.made("sendMessage", ana.id)) - _before_streak(here, ana) == 2


def _before_streak(here: World, ana: Somebody) -> int:
    return sum("Streak 0 days" not in str(c.params["text"]) for c in here.tele.made("sendMessage", ana.id))


def test_an_edit_with_an_unknown_fate_is_made_again_and_all_is_well(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    here.tele.faults.lose_answer("editMessageText")
    ana.taps("Done")
    here.fast_forward(seconds=30)
    assert ana.person.last.labels == ["Undo"]
    edits = rows(here, tables.messages, chat_id=ana.id, method="edit", template="answers.done_result")
    assert [row.state for row in edits] == [Delivery.SENT]


def test_a_sender_killed_with_rows_in_hand(here: World, ana: Somebody) -> None:
    """The answer comes again when the lease ends, the nudge never: it may have arrived."""
    here.now = here.now.replace(hour=9, minute=0)
    ana.person.says("/streak")
    here.run(here.bot.intake.poll_once(0))
    here.run(here.bot.answerer.drain())
    here.ask(due.make_due)
    assert here.ask(lambda work: [len(delivery.claim(work, [lane], 16).rows) for lane in Lane]) == [0, 1, 1]
    here.restart()
    ana.sees_nothing()
    here.fast_forward(minutes=2)
    here.settle()
    ana.sees("Streak 0 days")
    here.fast_forward(minutes=20)
    assert clocks(ana) == []
    assert fates(ana) == [(Delivery.UNKNOWN, None)]


@pytest.mark.parametrize("words", ["/start", "done", "/remind stretch 7:15", "/pause 3d"])
def test_killed_between_storing_and_handling_nothing_is_lost(here: World, ana: Somebody, words: str) -> None:
    ana.person.says(words)
    killed_after_storing(here)
    assert len(ana.unread()) == 1
    assert {row.state for row in rows(here, tables.inbox)} == {InboxState.DONE}


def test_killed_between_storing_and_handling_a_tap_is_not_lost(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    ana.person.taps("Done")
    killed_after_storing(here)
    assert "✅ Done" in ana.person.last.text
    assert fates(ana)[0] == (Delivery.SENT, Outcome.DONE)


def test_several_stored_updates_are_handled_in_order_after_a_crash(here: World, ana: Somebody) -> None:
    for words in ("/remind move off", "/remind move on", "/remind move every 45m", "/remind move off"):
        ana.person.says(words)
    killed_after_storing(here)
    assert rows(here, tables.cadences, chat_id=ana.id, habit="move")[0].off
    assert "off" in ana.unread()[-1]
    assert len(ana.unread()) == 4


@pytest.mark.parametrize("words", ["/start", "done", "/snooze 20m", "/export"])
def test_the_same_message_delivered_again_has_one_effect(here: World, ana: Somebody, words: str) -> None:
    here.fast_forward(minutes=5)
    ana.forgets_what_was_said()
    message = ana.person.says(words)
    assert message.update_id
    here.tele.redeliver(message.update_id)
    here.settle()
    said = ana.unread()
    here.tele.redeliver(message.update_id)
    here.settle()
    here.tele.redeliver(message.update_id)
    here.restart()
    assert ana.unread() == said
    assert len(fates(ana)) == (2 if words.startswith("/snooze") else 1)


def test_the_first_start_delivered_again_greets_once(here: World) -> None:
    bea = here.person("Bea")
    message = bea.person.says("/start")
    assert message.update_id
    here.tele.redeliver(message.update_id)
    here.settle()
    here.tele.redeliver(message.update_id)
    here.settle()
    assert len(bea.unread()) == 2, "the welcome, and the question about the clock"


def test_the_same_tap_delivered_again_has_one_effect(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    tap = ana.person.taps("Done")
    assert tap
    here.settle()
    ana.taps("Undo")
    here.tele.redeliver(tap)
    here.settle()
    assert fates(ana)[0] == (Delivery.SENT, None), "the tap that was undone stays undone"
    assert ana.person.last.labels == ["Done", "Skip", "Snooze"]


def test_done_written_while_the_bot_was_down_counts_when_it_was_written(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    here.skip(minutes=5)
    ana.person.says("done")
    here.skip(hours=1, minutes=2)
    here.restart()
    assert fates(ana) == [(Delivery.SENT, Outcome.DONE), (Delivery.SENT, None)]
    answered = rows(here, tables.reminders, chat_id=ana.id)[0]
    assert f"{answered.answered_at:%H:%M}" == "09:05"


def test_done_written_last_night_counts_for_last_night(here: World, ana: Somebody) -> None:
    here.fast_forward(hours=8)
    here.skip(hours=5)
    ana.person.says("done")
    here.skip(hours=10)
    here.restart()
    done = rows(here, tables.reminders, chat_id=ana.id, outcome=Outcome.DONE)
    newest = max(done, key=lambda row: row.due_at)
    assert f"{newest.habit_day} {newest.due_at:%H:%M}" == "2026-01-05 16:00"
    assert miscounted(here) == []


def test_a_days_words_written_while_the_bot_was_down_are_all_answered_in_order(
    here: World, ana: Somebody
) -> None:
    here.fast_forward(minutes=5)
    for word in ("done", "/timezone", "/remind stretch 7:00", "what now", "hello"):
        ana.person.says(word)
        here.skip(hours=4)
    here.restart()
    ana.sees("Move (9:00): done, counted for Mon 5 January.")
    ana.sees("Your time zone")
    ana.sees("at 7:00")
    ana.sees("I didn't get that")
    ana.sees("Hello!")


def test_words_read_after_a_night_down_are_answered_with_the_plan_of_now(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    here.skip(hours=20)
    ana.person.says("/today")
    ana.person.says("done")
    here.restart()
    ana.sees("Move\n0 of 7 done.", "Tue 8:30 Stretch\nTue 9:00 Move")
    ana.sees("Today 1 of 8")


def test_a_tap_two_minutes_before_the_bot_is_back_counts(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    ana.person.taps("Done")
    here.skip(seconds=149)
    here.restart()
    assert fates(ana)[0] == (Delivery.SENT, Outcome.DONE)


def test_a_tap_counts_even_when_telegram_takes_no_notice_any_more(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    here.tele.faults.refuse(
        "answerCallbackQuery",
        status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    ana.taps("Done")
    here.fast_forward(minutes=5)
    assert "✅ Done" in ana.person.last.text
    assert len([call for call in here.tele.calls if call.method == "answerCallbackQuery"]) == 1


def test_an_old_nudge_tapped_answers_its_own_hour(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    first = ana.person.last
    here.fast_forward(hours=2)
    ana.taps("Done", first)
    assert [outcome for _, outcome in fates(ana)] == [Outcome.DONE, None, None]


def test_a_tap_on_a_nudge_of_last_week_changes_nothing(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=5)
    first = ana.person.last
    ana.says("/pause 8d")
    here.fast_forward(hours=7 * 24 + 1)
    ana.taps("Done", first)
    ana.sees_toast("more than a week old")
    assert fates(ana)[0] == (Delivery.SENT, Outcome.VOID)  # nothing of a paused day is missed


def test_somebody_elses_button_changes_nothing_for_either(here: World, ana: Somebody) -> None:
    bea = here.person("Bea", "Asia/Kolkata")
    here.until(here.now.replace(hour=9, minute=31))
    foreign = next(nudge for nudge in nudges(bea) if nudge.key not in {mine.key for mine in nudges(ana)})
    data = f"v1:done:{keys.encode(foreign.key)}"
    before = fates(ana), fates(bea)
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("nothing has changed")
    assert (fates(ana), fates(bea)) == before
