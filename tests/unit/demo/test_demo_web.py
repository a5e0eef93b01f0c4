"""The demo's page: what it is told, and what people can do there."""

import base64
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from tests.unit.demo.pages import ANA, Demo


async def test_a_page_starts_with_everything_and_hears_what_follows(demo: Demo, bot: Bot) -> None:
    await bot.set_my_description("A nudge an hour.")
    async with demo.page() as page:
        first = await page.next("snapshot")
        assert [(p["name"], p["messages"]) for p in first["people"]] == [
            ("Ana", []),
            ("Ben", []),
            ("Dr. Osei", []),
        ]
        assert first["bot"]["description"] == "A nudge an hour."
        assert first["clock"]["at"] == int(demo.clock.now().timestamp() * 1000)
        assert await demo.do("say", chat=ANA, text="/start") == (200, None)
        said = await page.next("message")
        assert (said["chat"], said["message"]["text"], said["message"]["mine"]) == (ANA, "/start", True)
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d", style="success")]])
        sent = await bot.send_message(ANA, "<b>Up</b> &lt;you&gt;", parse_mode="HTML", reply_markup=keys)
        shown = (await page.next("message"))["message"]
        assert (shown["text"], shown["entities"]) == (
            "Up <you>",
            [{"type": "bold", "offset": 0, "length": 2}],
        )
        assert shown["rows"][0][0]["style"] == "success"
        assert shown["time"] == "08:55"
        await bot.delete_message(ANA, sent.message_id)
        assert await page.next("delete") == {"chat": ANA, "id": sent.message_id}
    async with demo.page() as again:
        assert len((await again.next("snapshot"))["people"][0]["messages"]) == 1


async def test_a_tap_reaches_the_bot_and_its_answer_reaches_the_page(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="/start")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Done", callback_data="d")]])
    sent = await bot.send_message(ANA, "Up?", reply_markup=keys)
    async with demo.page() as page:
        await demo.do("tap", chat=ANA, message=sent.message_id, data="d")
        update = (await bot.get_updates())[-1]
        assert update.callback_query is not None
        await update.callback_query.answer("Done for 9:00")
        await update.callback_query.edit_message_text("Done.")
        assert (await page.next("toast"))["text"] == "Done for 9:00"
        edited = await page.next("message")
        assert (edited["message"]["text"], edited["message"]["edited"], edited["new"]) == (
            "Done.",
            True,
            False,
        )


async def test_replies_blocks_and_other_kinds_of_messages_are_real_updates(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="one")
    await demo.do("say", chat=ANA, text="two", reply_to=1)
    for deed in ("sticker", "photo", "voice"):
        assert (await demo.do(deed, chat=ANA))[0] == 200
    await demo.do("location", chat=ANA, latitude=38.7, longitude=-9.1)
    await demo.do("edit", chat=ANA, message=1, text="One")
    async with demo.page() as page:
        await demo.do("block", chat=ANA, blocked=True)
        assert (await page.next("status"))["blocked"] is True
    assert await demo.do("say", chat=ANA, text="three") == (
        400,
        "Ana can't write: bot was blocked by the user",
    )
    await demo.do("block", chat=ANA, blocked=False)
    updates = await bot.get_updates()
    replied = updates[1].message
    assert replied is not None
    assert replied.reply_to_message is not None
    assert replied.reply_to_message.text == "one"
    assert [bool(u.my_chat_member) for u in updates[-2:]] == [True, True]


async def test_a_file_that_is_sent_from_the_page_can_be_fetched_by_the_bot(demo: Demo, bot: Bot) -> None:
    content = bytes(range(256)) * 1000
    encoded = base64.b64encode(content).decode()
    assert await demo.do("document", chat=ANA, name="reminderbot.json", content=encoded) == (200, None)
    message = (await bot.get_updates())[-1].message
    assert message is not None
    assert message.document is not None
    assert (message.document.file_name, message.document.file_size) == ("reminderbot.json", len(content))
    file = await message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content


@pytest.mark.parametrize(
    ("deed", "body"),
    [
        ("say", {"chat": ANA, "text": ""}),
        ("document", {"chat": ANA, "name": "reminderbot.json", "content": "no base 64"}),
        ("say", {"chat": ANA, "text": "x" * 4097}),
        ("say", {"chat": 5, "text": "hi"}),
        ("say", {"text": "hi"}),
        ("tap", {"chat": ANA, "message": 99, "data": "d"}),
        ("fly", {"chat": ANA}),
        ("clock", {"button": "yesterday"}),
    ],
)
async def test_nonsense_is_refused_with_a_reason(demo: Demo, deed: str, body: dict[str, Any]) -> None:
    status, problem = await demo.do(deed, **body)
    assert status == 400
    assert problem


async def test_only_ones_own_message_can_be_edited_and_not_into_nothing(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="one")
    answer = await bot.send_message(ANA, "Hello")
    for message, text in ((answer.message_id, "mine"), (1, ""), (1, "x" * 4097)):
        assert (await demo.do("edit", chat=ANA, message=message, text=text))[0] == 400
    async with demo.page() as page:
        assert await demo.do("edit", chat=ANA, message=1, text="two") == (200, None)
        edited = await page.next("message")
    assert (edited["message"]["text"], edited["message"]["edited"], edited["new"]) == ("two", True, False)
    changed = (await bot.get_updates())[-1].edited_message
    assert changed is not None
    assert changed.text == "two"


async def test_a_pinned_message_shows_and_a_line_tells_of_it(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="/start")
    sent = await bot.send_message(ANA, "Next: Move\nToday 1 of 7")
    async with demo.page() as page:
        await bot.pin_chat_message(ANA, sent.message_id)
        assert (await page.next("message"))["message"]["pinned"] is True
        assert (await page.next("message"))["message"]["note"] == "Reminder pinned “Next: Move”"
        assert await demo.do("unpin", chat=ANA, message=sent.message_id) == (200, None)
        assert (await page.next("message"))["message"]["pinned"] is False


async def test_somebody_deletes_a_message(demo: Demo, bot: Bot) -> None:
    await demo.do("say", chat=ANA, text="/start")
    sent = await bot.send_message(ANA, "Up?")
    async with demo.page() as page:
        await demo.do("delete", chat=ANA, message=sent.message_id)
        assert await page.next("delete") == {"chat": ANA, "id": sent.message_id}
