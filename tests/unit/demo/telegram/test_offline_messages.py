"""What is in a message keeps Telegram's rules, seen through a real python-telegram-bot Bot."""

from __future__ import annotations

import io
from typing import Any

import pytest
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAnimation,
    ReplyParameters,
)
from telegram.error import (
    BadRequest,
)

from reminderbot.demo.telegram import OfflineTelegram, Person
from reminderbot.demo.telegram.picture import sunrise
from tests.images import gif, png, wide_png
from tests.unit.demo.telegram.hands import START, Hands, keyboard


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


async def test_deleting_and_reactions_show_in_the_chat(bot: Any, ana: Person, clock: Hands) -> None:
    sent = await bot.send_message(7, "today", disable_notification=True)
    assert ana.last.silent
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
    assert (await bot.send_animation(7, gif(2, 3))).animation.height == 3
    ana.sends_document("plan.pdf", b"%PDF")
    (update,) = await bot.get_updates()
    there = await bot.get_file(update.message.document.file_id)
    assert bytes(await there.download_as_bytearray()) == b"%PDF"


async def test_captions_are_counted_in_utf16_units_without_their_markup(bot: Any, ana: Person) -> None:
    await bot.send_photo(7, png(), caption="<b>" + "👍" * 512 + "</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(7, png(), caption="👍" * 513)
    assert len(ana.messages) == 1


async def test_a_gif_becomes_a_film_and_what_does_not_move_a_document(bot: Any, ana: Person) -> None:
    sent = await bot.send_animation(7, gif(), filename="frog.gif")
    assert (sent.animation.file_name, sent.animation.mime_type) == ("frog.gif.mp4", "video/mp4")
    for still in (gif(pictures=1), gif()[:20], png()):
        sent = await bot.send_animation(7, still)
        assert (sent.animation, bool(sent.document)) == (None, True)
    assert [message.kind for message in ana.messages] == ["animation"] + ["document"] * 3


@pytest.mark.parametrize("size", [(9000, 1001), (2100, 100), (100, 2100)])
async def test_photos_of_odd_sizes_are_refused(bot: Any, ana: Person, size: tuple[int, int]) -> None:
    with pytest.raises(BadRequest, match="Photo_invalid_dimensions"):
        await bot.send_photo(7, wide_png(*size))
    assert ana.messages == []


async def test_the_picture_of_a_message_is_changed_and_a_text_gets_one(
    bot: Any, tele: OfflineTelegram, ana: Person
) -> None:
    first = await bot.send_photo(7, png(), caption="one")
    other = InputMediaAnimation(gif(), caption="<b>two</b>", parse_mode="HTML")
    changed = await bot.edit_message_media(other, 7, first.message_id)
    assert (changed.photo, changed.caption, changed.reply_markup) == ((), "two", None)
    again = InputMediaAnimation(changed.animation.file_id, caption="<b>two</b>", parse_mode="HTML")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_media(again, 7, first.message_id)
    text = await bot.send_message(7, "only words")
    await bot.edit_message_media(again, 7, text.message_id)
    assert [message.kind for message in ana.messages] == ["animation", "animation"]
    assert tele.world.files.uploads == 2


async def test_words_and_captions_are_not_edited_as_each_other(bot: Any, ana: Person) -> None:
    text, picture = await bot.send_message(7, "hi"), await bot.send_photo(7, png(), caption="hi")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(7, text.message_id, caption="ho")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("ho", 7, picture.message_id)
    assert [message.text for message in ana.messages] == ["hi", "hi"]


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
