"""The offline Telegram keeps Telegram's rules, seen through a real python-telegram-bot Bot."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from telegram import Bot, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
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
from reminderbot.demo.telegram.picture import sunrise
from reminderbot.telegram.transport import LostAnswerError, NeverLeftError

START = datetime(2026, 3, 2, 8, 55, tzinfo=UTC)


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture(autouse=True)
def periods_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def tele(clock: Hands) -> OfflineTelegram:
    return OfflineTelegram(clock)


@pytest.fixture
def ana(tele: OfflineTelegram) -> Person:
    return tele.person(7, "Ana", started=True)


@pytest.fixture
async def bot(tele: OfflineTelegram) -> AsyncIterator[Bot]:
    request = OfflineRequest(tele)
    async with Bot(TOKEN, request=request, get_updates_request=OfflineRequest(tele)) as ready:
        yield ready


def keyboard(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows])


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


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Message text is empty"),
        ("   \n", "Message text is empty"),
        ("x" * 4097, "Message is too long"),
        ("<b>" + "x" * 4097 + "</b>", "Message is too long"),
        ("<blink>x</blink>", 'unsupported start tag "blink" at byte offset 0'),
        ("<b>x", 'find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'expected "</i>", found "</b>"'),
        ("x</b>", "unexpected end tag at byte offset 1"),
        ("1 < 2", "unclosed start tag at byte offset 2"),
        ("Tom & Jerry", "bare &"),
        ("a&nbsp;b", "bare &"),
        ('<a name="x">y</a>', 'unsupported start tag "a"'),
    ],
)
async def test_texts_telegram_would_not_take_are_refused(bot: Any, ana: Person, text: str, why: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(ana.id, text, parse_mode="HTML")
    assert why.lower() in refusal.value.message.lower()
    assert ana.messages == []


async def test_markup_becomes_entities_and_can_be_read_back(bot: Any, ana: Person) -> None:
    source = 'Hi 👋 <b>Ana &lt;3</b> &amp; <a href="https://example.org/?a=1&amp;b=2">more</a>'
    sent = await bot.send_message(ana.id, f"  {source} ", parse_mode="HTML")
    assert sent.text == "Hi 👋 Ana <3 & more"
    assert [sent.parse_entity(e) for e in sent.entities] == ["Ana <3", "more"]
    assert sent.entities[1].url == "https://example.org/?a=1&b=2"
    assert ana.last.html == source


async def test_4096_characters_count_after_the_markup(bot: Any, ana: Person) -> None:
    await bot.send_message(ana.id, "<b>" + "&lt;" * 4096 + "</b>", parse_mode="HTML")
    assert len(ana.last.text) == 4096


def forged(**fields: Any) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("x", **fields)]])


@pytest.mark.parametrize(
    "markup",
    [
        forged(callback_data="é" * 33),
        forged(copy_text=CopyTextButton("x" * 257)),
        forged(),
        keyboard([(str(n), "d") for n in range(9)]),
        keyboard(*[[("x", "d")]] * 101),
    ],
    ids=["data over 64 bytes", "copy text over 256", "no action", "nine in a row", "101 buttons"],
)
async def test_keyboards_telegram_would_not_take_are_refused(
    bot: Any, ana: Person, markup: InlineKeyboardMarkup
) -> None:
    with pytest.raises(BadRequest):
        await bot.send_message(ana.id, "hi", reply_markup=markup)


async def test_a_tap_carries_the_message_and_its_answer_is_seen(bot: Any, ana: Person) -> None:
    await bot.send_message(7, "first", reply_markup=keyboard([("Done", "v1:d:1"), ("Skip", "v1:s:1")]))
    await bot.send_message(7, "second", reply_markup=keyboard([("✅ Done", "v1:d:2")]))
    assert ana.last.buttons == [[("✅ Done", "v1:d:2")]]
    ana.taps("v1:d:2")
    ana.taps("Skip")
    ana.taps_data("v1:d:999", ana.messages[0])
    taps = [u.callback_query for u in await bot.get_updates()]
    assert [(t.data, t.message.text) for t in taps] == [
        ("v1:d:2", "second"),
        ("v1:s:1", "first"),
        ("v1:d:999", "first"),
    ]
    await bot.answer_callback_query(taps[0].id, "Nice")
    assert [t.text for t in ana.toasts] == ["Nice"]
    with pytest.raises(LookupError, match="Skip"):
        ana.taps("Undo")


async def test_a_tap_answered_after_150_seconds_or_made_up_is_refused(
    bot: Any, ana: Person, clock: Hands
) -> None:
    await bot.send_message(7, "hi", reply_markup=keyboard([("Done", "d")]))
    ana.taps("Done")
    (update,) = await bot.get_updates()
    clock.pass_time(seconds=151)
    for callback_id in (update.callback_query.id, "12345"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(callback_id)


async def test_edits_change_the_message_and_say_when_nothing_changed(bot: Any, ana: Person) -> None:
    sent = await bot.send_message(7, "Up?", reply_markup=keyboard([("Done", "d")]))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text("Up?", 7, sent.message_id, reply_markup=keyboard([("Done", "d")]))
    await bot.edit_message_text("<b>Done</b>", 7, sent.message_id, parse_mode="HTML")
    assert (ana.last.text, ana.last.buttons, ana.last.edited) == ("Done", [], True)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 7, 999)
    mine = ana.says("mine")
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", 7, mine.id)


async def test_deleting_and_pinning_and_reactions_show_in_the_chat(
    bot: Any, ana: Person, clock: Hands
) -> None:
    sent = await bot.send_message(7, "today", disable_notification=True)
    await bot.pin_chat_message(7, sent.message_id)
    assert (ana.last.pinned, ana.last.silent) == (True, True)
    assert (await bot.get_chat(7)).pinned_message.message_id == sent.message_id
    await bot.unpin_chat_message(7)
    assert not ana.last.pinned
    said = ana.says("ouch")
    await bot.set_message_reaction(7, said.id, "✍")
    assert said.reaction == "✍"
    with pytest.raises(BadRequest, match="Reaction_invalid"):
        await bot.set_message_reaction(7, said.id, "🦖")
    await bot.delete_message(7, sent.message_id)
    assert ana.messages == []
    clock.pass_time(hours=49)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(7, said.id)


async def test_a_picture_is_uploaded_once_and_sent_again_by_its_id(
    bot: Any, tele: OfflineTelegram, ana: Person
) -> None:
    sent = await bot.send_photo(7, io.BytesIO(sunrise()), caption="<i>hip</i>", parse_mode="HTML")
    file_id = sent.photo[-1].file_id
    await bot.send_photo(7, file_id)
    assert [m.photo for m in ana.messages] == [file_id, file_id]
    assert (ana.messages[0].text, tele.world.files.uploads) == ("hip", 1)
    assert bytes(await (await bot.get_file(file_id)).download_as_bytearray()) == sunrise()
    await bot.edit_message_caption(7, sent.message_id, caption="done")
    assert ana.messages[0].text == "done"
    for wrong in ("no-such-file", io.BytesIO(b"not a picture")):
        with pytest.raises(BadRequest):
            await bot.send_photo(7, wrong)
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(7, file_id, caption="x" * 1025)


async def test_documents_and_animations_travel_both_ways(bot: Any, ana: Person) -> None:
    sent = await bot.send_document(7, io.BytesIO(b"a,b"), filename="export.csv")
    assert sent.document.file_name == "export.csv"
    gif = b"GIF89a" + bytes([2, 0, 3, 0]) + b"\0" * 8
    assert (await bot.send_animation(7, gif)).animation.height == 3
    ana.sends_document("plan.pdf", b"%PDF")
    (update,) = await bot.get_updates()
    there = await bot.get_file(update.message.document.file_id)
    assert bytes(await there.download_as_bytearray()) == b"%PDF"


async def test_everything_a_person_can_send_arrives(bot: Any, ana: Person) -> None:
    asked = await bot.send_message(7, "How was it?")
    ana.sends_sticker()
    photo = ana.sends_photo("look")
    assert photo.media == [{**photo.media[0], "width": 160, "height": 120}]
    ana.sends_voice()
    ana.sends_location(52.5, 13.4)
    ana.forwards("news", "Ben")
    said = ana.says("fine", reply_to=asked.message_id)
    ana.edits(said, "great")
    got = [u.effective_message for u in await bot.get_updates()]
    assert got[0].sticker.emoji == "👍"
    assert got[1].caption == "look"
    assert got[2].voice.duration
    assert got[3].location.latitude == 52.5
    assert got[4].forward_origin.sender_user_name == "Ben"
    assert got[5].reply_to_message.text == "How was it?"
    assert (got[6].text, got[6].edit_date) == ("great", START)


async def test_a_reply_to_a_message_that_is_gone_is_refused_unless_told_otherwise(
    bot: Any, ana: Person
) -> None:
    with pytest.raises(BadRequest, match="replied not found"):
        await bot.send_message(7, "hi", reply_parameters=ReplyParameters(404))
    await bot.send_message(7, "hi", reply_parameters=ReplyParameters(404, allow_sending_without_reply=True))
    assert ana.last.reply_to is None


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
