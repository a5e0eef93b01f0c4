"""The offline Telegram keeps Telegram's rules, seen through a real python-telegram-bot Bot."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from reminderbot.demo.telegram import TOKEN, OfflineRequest, OfflineTelegram, Person
from reminderbot.telegram.transport import LostAnswerError, NeverLeftError
from tests.unit.demo.telegram.hands import START, Hands, keyboard


async def test_a_message_comes_as_an_update_and_is_confirmed_by_the_next_offset(
    bot: Any, tele: OfflineTelegram
) -> None:
    ana = tele.person(7, "Ana")
    ana.says("/start deep_1 /x")
    ana.says("hello")
    first, second = await bot.get_updates()
    assert (first.message.text, second.message.text) == ("/start deep_1 /x", "hello")
    assert first.message.entities[0].type == "bot_command"
    assert first.message.date == START
    assert [u.update_id for u in await bot.get_updates(limit=1)] == [first.update_id]
    assert [u.update_id for u in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()


async def test_a_long_poll_wakes_when_somebody_writes(bot: Any, ana: Person) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.01)
    assert not poll.done()
    ana.says("here")
    assert [u.message.text for u in await poll] == ["here"]


async def test_a_second_poller_ends_the_first_with_a_conflict(bot: Any, ana: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.01)
    second = asyncio.create_task(bot.get_updates(timeout=30))
    with pytest.raises(Conflict, match="make sure that only one bot instance is running"):
        await first
    ana.says("for the second")
    assert len(await second) == 1


async def test_updates_expire_messages_after_a_day_and_taps_after_150_seconds(
    bot: Any, ana: Person, clock: Hands
) -> None:
    sent = await bot.send_message(7, "Up?", reply_markup=keyboard([("Done", "d")]))
    ana.says("kept a day")
    ana.taps("Done")
    clock.pass_time(seconds=149)
    assert len(await bot.get_updates()) == 2
    clock.pass_time(seconds=2)
    assert [u.message.text for u in await bot.get_updates()] == ["kept a day"]
    clock.pass_time(hours=24)
    assert await bot.get_updates() == ()
    assert sent.message_id in {m.id for m in ana.messages}


async def test_allowed_updates_persist_until_named_again(bot: Any, ana: Person) -> None:
    await bot.get_updates(allowed_updates=["message"])
    ana.blocks()
    ana.unblocks()
    assert await bot.get_updates() == ()
    await bot.get_updates(allowed_updates=["my_chat_member"])
    ana.blocks()
    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_an_update_can_be_delivered_again_after_it_was_confirmed(
    bot: Any, tele: OfflineTelegram, ana: Person
) -> None:
    said = ana.says("once")
    (update,) = await bot.get_updates()
    assert update.update_id == said.update_id
    tele.redeliver(update.update_id)
    assert [u.update_id for u in await bot.get_updates(offset=update.update_id + 1)] == [update.update_id]
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_nobody_can_be_written_to_before_they_wrote(bot: Any, tele: OfflineTelegram) -> None:
    stranger = tele.person(9, "Ben")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(9, "hi")
    stranger.says("/start")
    assert (await bot.send_message(9, "hi")).chat.first_name == "Ben"


async def test_a_person_who_blocks_the_bot_gets_nothing_until_they_unblock(bot: Any, ana: Person) -> None:
    ana.blocks()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "hi")
    ana.unblocks()
    await bot.send_message(7, "hi")
    ana.leaves_telegram()
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7, "hi")


async def test_a_group_adds_removes_and_migrates(bot: Any, tele: OfflineTelegram, ana: Person) -> None:
    group = tele.group(-55, "Desk team")
    group.adds_bot(ana)
    added, service = await bot.get_updates()
    assert added.my_chat_member.new_chat_member.status == "member"
    assert service.message.new_chat_members[0].id == bot.id
    await bot.send_message(-55, "Private chats only, sorry.")
    assert [m.text for m in group.messages] == ["Private chats only, sorry."]
    group.migrates(ana, -1001)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-55, "hi")
    assert moved.value.new_chat_id == -1001
    await bot.leave_chat(-1001)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(-1001, "hi")


async def test_names_and_parameters_the_bot_api_does_not_know_are_refused(
    bot: Any, tele: OfflineTelegram, ana: Person
) -> None:
    with pytest.raises(BadRequest, match='Unknown parameter "txt"'):
        await bot.send_message(ana.id, "hi", api_kwargs={"txt": "x"})
    missing = await tele.handle(TOKEN, "sendMessage", {"chat_id": ana.id}, {})
    assert (missing.status, b"message text is empty" in missing.body) == (400, True)
    with pytest.raises(Exception, match="not found"):
        await bot.do_api_request("flyToTheMoon")


async def test_a_wrong_token_is_unauthorized(tele: OfflineTelegram) -> None:
    bot = Bot("1:wrong", request=OfflineRequest(tele), get_updates_request=OfflineRequest(tele))
    with pytest.raises(InvalidToken):
        await bot.initialize()


async def test_the_profile_is_kept_by_scope_and_language(bot: Any) -> None:
    await bot.set_my_commands([("today", "Today")])
    await bot.set_my_commands([("today", "Heute")], language_code="de")
    await bot.set_my_description("Moves you")
    assert [c.description for c in await bot.get_my_commands()] == ["Today"]
    assert [c.description for c in await bot.get_my_commands(language_code="de")] == ["Heute"]
    assert (await bot.get_my_description()).description == "Moves you"
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Today!", "x")])


async def test_scripted_refusals_hit_as_often_as_told(bot: Any, tele: OfflineTelegram, ana: Person) -> None:
    tele.faults.too_many("sendMessage", retry_after=5, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter):
            await bot.send_message(7, "hi")
    tele.faults.refuse(status=502, description="Bad Gateway", chat_id=7)
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await bot.send_message(7, "hi")
    await bot.send_message(7, "hi")
    assert [c.ok for c in tele.calls[-4:]] == [False, False, False, True]
    assert len(ana.messages) == 1


async def test_before_the_effect_and_after_it_look_as_the_library_shows_them(
    bot: Any, tele: OfflineTelegram, ana: Person
) -> None:
    tele.faults.unreachable("sendMessage")
    with pytest.raises(NeverLeftError):
        await bot.send_message(7, "never sent")
    tele.faults.unreachable("sendMessage", how="reset")
    with pytest.raises(NeverLeftError):
        await bot.send_message(7, "never sent")
    assert ana.messages == []
    tele.faults.lose_answer("sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(7, "sent, unknown")
    tele.faults.lose_answer("sendMessage", how="reset")
    with pytest.raises(LostAnswerError):
        await bot.send_message(7, "sent, cut off")
    tele.faults.slow("sendMessage", seconds=60)
    with pytest.raises(TimedOut):
        await bot.send_message(7, "sent, slowly")
    assert [m.text for m in ana.messages] == ["sent, unknown", "sent, cut off", "sent, slowly"]


async def test_rate_limits_apply_once_switched_on(
    bot: Any, tele: OfflineTelegram, ana: Person, clock: Hands
) -> None:
    tele.open_chats([8])
    tele.limits.per_chat, tele.limits.overall = 1, 2
    await bot.send_message(7, "one")
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(7, "two")
    await bot.send_message(8, "another chat")
    clock.pass_time(seconds=2)
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "still shut out")
    assert wait.value.retry_after == timedelta(seconds=3)
    clock.pass_time(seconds=2)
    await bot.send_message(7, "two")
    assert [m.text for m in ana.messages] == ["one", "two"]


async def test_the_ledger_holds_every_call_in_order_with_the_servers_clock(
    bot: Any, tele: OfflineTelegram, ana: Person, clock: Hands
) -> None:
    await bot.send_message(7, "hi", disable_notification=True)
    clock.pass_time(minutes=5)
    await bot.edit_message_text("bye", 7, ana.last.id)
    sent, edited = tele.calls[-2:]
    assert (sent.method, sent.chat_id, sent.message_id, sent.at) == ("sendMessage", 7, ana.last.id, START)
    assert sent.params["text"] == "hi"
    assert (edited.method, edited.at - sent.at) == ("editMessageText", timedelta(minutes=5))
    assert tele.made("editMessageText", 7) == [edited]
