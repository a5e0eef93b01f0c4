"""Answering a person who typed, or who tapped a button: one way for both."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row

from reminderbot.services import duty, mending, outbox, reminders
from reminderbot.services.work import Work
from reminderbot.store.queries import people

Nested = dict[str, object]
"""A text inside a text: ``{"template": ..., "args": ...}``."""


class Tap(NamedTuple):
    """A press on a button: Telegram's id of the press, and the message that has the button.

    ``captioned`` tells of a message that is a picture, whose words are its caption.
    """

    query_id: str
    message_id: int
    captioned: bool = False


def answer(
    work: Work,
    chat_id: int,
    tap: Tap | None,
    template: str,
    args: Mapping[str, object] | None = None,
    toast: str = "tapped.saved",
) -> None:
    """Say something new to a person who typed; to one who tapped, change the message that has the button."""
    if tap is None:
        outbox.say(work, chat_id, template, args)
        return
    outbox.toast(work, chat_id, tap.query_id, toast)
    captioned = {"captioned": True} if tap.captioned else {}
    outbox.edit(work, chat_id, tap.message_id, template, captioned | dict(args or {}))


def add(
    work: Work,
    chat_id: int,
    tap: Tap | None,
    template: str,
    args: Mapping[str, object] | None = None,
    toast: str = "tapped.below",
) -> None:
    """Say something new in either case, and leave the message with the button as it is."""
    if tap:
        outbox.toast(work, chat_id, tap.query_id, toast)
    outbox.say(work, chat_id, template, args)


def tell(work: Work, chat_id: int, template: str, args: Mapping[str, object] | None = None) -> None:
    """Say something to a subscriber; tell anybody else how to begin."""
    if subscriber(work, chat_id):
        outbox.say(work, chat_id, template, args)


def unasked(work: Work, chat_id: int, template: str, args: Mapping[str, object] | None = None) -> None:
    """Say something that the person has not asked for: without a sound, where they want reminders so."""
    who = people.get(work.tx, chat_id)
    outbox.say(work, chat_id, template, args, silent=bool(who and who.silent))


def refuse(work: Work, chat_id: int, tap: Tap | None, code: str, args: Mapping[str, object]) -> None:
    """Say why words were not understood, and what to type instead; a button is wrong only when it is old or forged."""
    if tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
    else:
        outbox.say(work, chat_id, f"refused.{code}", args)


def subscriber(work: Work, chat_id: int, tap: Tap | None = None) -> Row[Any] | None:
    """The subscriber behind a chat, mended where needed; whoever writes or taps can be reached, and is active again.

    Somebody who is not a subscriber is told how to begin, and the caller stops there.
    """
    back = people.come_back(work.tx, chat_id)
    row = mending.readable(work, chat_id)
    if back:
        reminders.plan_next(work, chat_id)
    if row is None and tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.stranger")
    elif row is None:
        outbox.say(work, chat_id, duty.greeting(work, chat_id))
    return row


def nested(template: str, **args: object) -> Nested:
    """A text inside a text."""
    return {"template": template, "args": args}


def noted(note: str, template: str, args: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """Template and arguments of a message with this note above it; its buttons stay the same."""
    return "reminder.noted", {**args, "note_text": nested(note), "body_text": nested(template, **args)}


def lines(items: Sequence[Nested]) -> Nested:
    """Several texts, a line each; at least one."""
    return joined("lines.more", items)


def joined(template: str, items: Sequence[Nested]) -> Nested:
    """Several texts as one, at least one; ``template`` puts ``first_text`` before ``rest_text``."""
    first, *rest = items
    return nested(template, first_text=first, rest_text=joined(template, rest)) if rest else first
