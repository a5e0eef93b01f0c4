"""What is pinned, unpinned and deleted keeps Telegram's rules, seen through a real python-telegram-bot Bot."""

from typing import Any

import pytest
from telegram.error import BadRequest

from reminderbot.demo.telegram import Person


async def test_what_the_bot_pins_is_the_pinned_message_of_the_chat(bot: Any, ana: Person) -> None:
    first, second = await bot.send_message(7, "one"), await bot.send_message(7, "two")
    await bot.pin_chat_message(7, second.message_id, disable_notification=True)
    await bot.pin_chat_message(7, first.message_id)
    newest = (await bot.get_chat(7)).pinned_message
    assert newest.message_id == second.message_id, "the newest by when it was sent"
    await bot.unpin_chat_message(7, message_id=second.message_id)
    assert (await bot.get_chat(7)).pinned_message.message_id == first.message_id
    await bot.unpin_chat_message(7)
    assert (await bot.get_chat(7)).pinned_message is None
    assert not any(message.pinned for message in ana.messages)


async def test_a_line_tells_of_the_pin_and_is_an_update_that_the_bot_can_delete(
    bot: Any, ana: Person
) -> None:
    sent = await bot.send_message(7, "today")
    await bot.pin_chat_message(7, sent.message_id)
    (update,) = await bot.get_updates()
    note = update.message
    assert (note.pinned_message.message_id, note.from_user.is_bot) == (sent.message_id, True)
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("x", 7, note.message_id)
    await bot.delete_message(7, note.message_id)
    assert [message.text for message in ana.messages] == ["today"]


async def test_pinned_twice_is_told_once(bot: Any, ana: Person) -> None:
    sent = await bot.send_message(ana.id, "today")
    await bot.pin_chat_message(7, sent.message_id)
    await bot.pin_chat_message(7, sent.message_id)
    assert len(await bot.get_updates()) == 1


async def test_a_pin_by_a_person_comes_from_that_person(bot: Any, ana: Person) -> None:
    sent = await bot.send_message(7, "keep this")
    ana.pins(sent.message_id)
    (update,) = await bot.get_updates()
    assert update.message.from_user.id == ana.id
    assert (await bot.get_chat(7)).pinned_message.text == "keep this"


async def test_the_bot_is_not_told_of_what_a_person_unpins_or_deletes(bot: Any, ana: Person) -> None:
    sent = await bot.send_message(7, "today")
    await bot.pin_chat_message(7, sent.message_id)
    told = await bot.get_updates()
    ana.unpins(sent.message_id)
    assert (await bot.get_chat(7)).pinned_message is None
    ana.deletes(sent.message_id)
    assert await bot.get_updates(offset=told[-1].update_id + 1) == ()


async def test_a_deleted_message_is_neither_edited_nor_pinned(bot: Any, ana: Person) -> None:
    sent = await bot.send_message(7, "today")
    await bot.pin_chat_message(7, sent.message_id)
    ana.deletes(sent.message_id)
    assert (await bot.get_chat(7)).pinned_message is None
    for attempt, why in (
        (bot.edit_message_text("x", 7, sent.message_id), "to edit not found"),
        (bot.pin_chat_message(7, sent.message_id), "to pin not found"),
        (bot.unpin_chat_message(7, message_id=sent.message_id), "to unpin not found"),
        (bot.delete_message(7, sent.message_id), "to delete not found"),
    ):
        with pytest.raises(BadRequest, match=why):
            await attempt
