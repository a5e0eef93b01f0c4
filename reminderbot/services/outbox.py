"""Putting words into the outbox: templates and arguments, written in the transaction that causes them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from reminderbot.rules import pacing
from reminderbot.services.work import Work, new_id
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import outbox
from reminderbot.store.tables import Delivery, Lane, Method

ANSWER_KEPT = timedelta(hours=24)
"""How long an answer is tried: Telegram keeps a person's message no longer either."""

SAFETY_KEPT = timedelta(hours=24)
"""How long a safety message is tried."""

PACE_KEPT = timedelta(minutes=10)
"""How far back the turns of a chat are looked for: one that waits longer would have had hundreds of messages."""

TOAST_KEPT = timedelta(seconds=60)
"""How long the notice after a tap is worth sending."""

DEED = "deed"
PIN, UNPIN, REMOVE, LOOK = "pin", "unpin", "remove", "look"
"""Argument of an edit that changes no words, and its values; the last one looks whether the message is still pinned."""

SILENT = "silent"
"""Argument of a message that arrives without a sound."""


def say(
    work: Work,
    chat_id: int,
    template: str,
    args: Mapping[str, object] | None = None,
    reminder: ReminderKey | None = None,
    *,
    silent: bool = False,
) -> None:
    """Answer a person with a new message. ``template`` is an id of content/messages; ``args`` is JSON.

    ``reminder`` is the one that the message shows, whose message id it becomes. ``silent`` makes no sound: only for
    what nobody has asked for.
    """
    target = keys.encode(reminder) if reminder else None
    how = {SILENT: True} if silent else {}
    _add(work, chat_id, Method.SEND, template, how | dict(args or {}), target, ANSWER_KEPT)


def warn(work: Work, chat_id: int, template: str, args: Mapping[str, object] | None = None) -> int:
    """Say something in the safety lane, which goes before all else, at least once; returns the row's id.

    An attempt after one that may have arrived says that it repeats.
    """
    return _add(work, chat_id, Method.SEND, template, args or {}, None, SAFETY_KEPT, Lane.SAFETY)


def has_just_warned(work: Work, chat_id: int) -> bool:
    """Whether something was said in the safety lane in this very transaction."""
    return outbox.warned_at(work.tx, chat_id, work.at)


def take_back(work: Work, chat_id: int, template: str) -> None:
    """Leave out what was said in this very transaction."""
    outbox.take_back(work.tx, chat_id, template, work.at)


def edit(
    work: Work, chat_id: int, target: int | str, template: str, args: Mapping[str, object],
    lane: Lane = Lane.ANSWER,
) -> None:  # fmt: skip
    """Change an earlier message: ``target`` is its message id, a reminder's key or a row (``keys``)."""
    _add(work, chat_id, Method.EDIT, template, args, str(target), ANSWER_KEPT, lane)


def write_quietly(
    work: Work, chat_id: int, template: str, args: Mapping[str, object], message_id: int | None
) -> None:
    """Write what nobody waits for, behind all else and without a sound: as a new message, or over an earlier one."""
    method, target = (Method.EDIT, str(message_id)) if message_id else (Method.SEND, None)
    _add(work, chat_id, method, template, {SILENT: True, **args}, target, ANSWER_KEPT, Lane.REMINDER)


def act(work: Work, chat_id: int, message_id: int, deed: str) -> None:
    """Pin a message, unpin it, take it away, or look whether it is still pinned, behind all else.

    An edit without words: a method of its own would stop the version before this one, which may run beside it.
    """
    _add(work, chat_id, Method.EDIT, "", {DEED: deed}, str(message_id), ANSWER_KEPT, Lane.REMINDER)


def toast(
    work: Work, chat_id: int, query_id: str, template: str, args: Mapping[str, object] | None = None
) -> None:
    """Answer a tap with a small notice of at most 200 characters (Bot API, answerCallbackQuery)."""
    _add(work, chat_id, Method.TOAST, template, args or {}, query_id, TOAST_KEPT)


def file(work: Work, chat_id: int, name: str, text: str, template: str) -> None:
    """Send a text file with a caption."""
    _add(work, chat_id, Method.FILE, template, {"name": name, "text": text}, None, ANSWER_KEPT)


def leave(work: Work, chat_id: int) -> None:
    """Leave a group, after what has been said there."""
    _add(work, chat_id, Method.LEAVE, "", {}, None, ANSWER_KEPT)


def menu(work: Work, chat_id: int, *, on_call: bool) -> None:
    """Offer a chat the commands of people on call besides the others, or no longer."""
    _add(work, chat_id, Method.MENU, "", {"on_call": on_call}, None, ANSWER_KEPT)


def _add(
    work: Work, chat_id: int, method: Method, template: str, args: Mapping[str, object], target: str | None,
    kept: timedelta, lane: Lane = Lane.ANSWER,
) -> int:  # fmt: skip
    row_id = new_id(work.at)
    # Safety never waits for a chat's pace, and only what is a message in the chat counts for it.
    is_paced = lane is Lane.ANSWER and method in (Method.SEND, Method.EDIT, Method.FILE)
    paced_at = _turn(work, chat_id) if is_paced else None
    outbox.add(
        work.tx,
        {
            "chat_id": chat_id,
            "id": row_id,
            "lane": lane,
            "method": method,
            "template": template,
            "args": work.around.vault.seal(dict(args)),
            "target": target,
            "created_at": work.at,
            "expires_at": work.at + kept,
            "state": Delivery.PENDING,
            "not_before": paced_at or work.at,
            "paced_at": paced_at,
        },
    )
    return row_id


def _turn(work: Work, chat_id: int) -> datetime:
    """When the chat may get one more message."""
    burst = work.around.chat_burst
    earlier = outbox.turns_of(work.tx, chat_id, work.at - PACE_KEPT, burst)
    return pacing.chat_turn(work.at, earlier, burst)
