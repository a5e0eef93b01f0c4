"""What became of what went out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, assert_never

from reminderbot.services import cases, days, people, todaycard
from reminderbot.services.delivery import Outgoing, plain
from reminderbot.services.outbox import say, warn
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, outbox
from reminderbot.store.tables import Delivery, Lane, Method, Outcome

_TURNED = "turned"
"""Argument of an edit that is tried in the other way."""


class Arrived(NamedTuple):
    """Something that Telegram has confirmed, with the id of the new message if there is one."""

    out: Outgoing
    message_id: int | None


def is_plain(out: Outgoing) -> bool:
    """Whether nothing waits for it to arrive, so that it may be noted together with others."""
    return out.lane is not Lane.SAFETY and not _is_new_card(out)


def arrived(work: Work, those: Sequence[Arrived]) -> None:
    """Telegram has confirmed these: ``is_plain`` holds for each. They are of many people, so no turn is needed."""
    reminders: dict[tuple[int, ReminderKey], int | None] = {}
    messages: dict[outbox.Key, int | None] = {}
    for out, message_id in sorted(those, key=lambda one: one.out.chat_id):
        match out.key:
            case outbox.Key():
                messages[out.key] = message_id
            case ReminderKey():
                reminders[out.chat_id, out.key] = message_id
            case _:
                assert_never(out.key)
    outbox.settle_all(work.tx, messages, Delivery.SENT)
    due.sent(work.tx, reminders, work.at)
    for out, message_id in those:
        _note(work, out, message_id)


def sent(work: Work, out: Outgoing, message_id: int | None) -> None:
    """Telegram has confirmed it."""
    arrived(work, [Arrived(out, message_id)])
    match out.key:
        case outbox.Key():
            _attempted(work, out, out.key, arrived=True)
        case ReminderKey():
            pass
        case _:
            assert_never(out.key)


def _note(work: Work, out: Outgoing, message_id: int | None) -> None:
    """What else is known now: where a card is shown, and that the line above it was told."""
    if out.method is Method.SEND and (shown := keys.decode(out.target or "")):
        history.change(work.tx, out.chat_id, shown, {"message_id": message_id})
    if _is_new_card(out):
        todaycard.arrived(work, out.chat_id, message_id)
    if out.note and isinstance(out.key, ReminderKey):
        due.clear_note(work.tx, out.chat_id, out.key.habit, out.note)


def later(work: Work, out: Outgoing, not_before: datetime, *, counted: bool) -> None:
    """Nothing was sent; try again not before this instant."""
    _again(work, out, not_before, counted=counted)
    if isinstance(out.key, outbox.Key):
        _attempted(work, out, out.key, arrived=False)


def put_back(work: Work, out: Outgoing, wait: timedelta = timedelta()) -> None:
    """It was not even tried: decide upon it anew, after a while."""
    _again(work, out, work.at + wait, counted=False)


def mistaken(work: Work, out: Outgoing) -> None:
    """The message to edit is a picture and was thought a text, or the other way round: try the other way, once."""
    if not isinstance(out.key, outbox.Key) or _TURNED in out.args:
        refused(work, out)
        return
    others = {name: value for name, value in out.args.items() if name != "picture"}
    turned = others | {"captioned": not out.is_captioned, _TURNED: True}
    outbox.put_back(work.tx, out.key, work.at, counted=False, args=work.around.vault.seal(turned))


def _again(work: Work, out: Outgoing, not_before: datetime, *, counted: bool) -> None:
    match out.key:
        case outbox.Key():
            outbox.put_back(work.tx, out.key, not_before, counted=counted)
        case ReminderKey():
            again = {"state": Delivery.PENDING, "not_before": not_before}
            attempts = out.attempts if counted else out.attempts - 1
            due.settle(work.tx, out.chat_id, out.key, again | {"attempts": attempts})
        case _:
            assert_never(out.key)


def unknown(work: Work, out: Outgoing, retry_at: datetime) -> None:
    """The answer was lost: a message is sent again, a reminder never, a notice after a tap is let go."""
    match out.key:
        case outbox.Key() if out.method is Method.TOAST:
            outbox.settle(work.tx, out.key, Delivery.UNKNOWN)
        case outbox.Key():
            outbox.doubt(work.tx, out.key, retry_at)
            _attempted(work, out, out.key, arrived=False)
        case ReminderKey():
            due.settle(work.tx, out.chat_id, out.key, {"state": Delivery.UNKNOWN, "sent_at": work.at})
        case _:
            assert_never(out.key)


def refused(work: Work, out: Outgoing) -> None:
    """Telegram will never take it as it is."""
    match out.key:
        case outbox.Key():
            outbox.settle(work.tx, out.key, Delivery.DROPPED)
            _attempted(work, out, out.key, arrived=False)
        case ReminderKey():
            row = history.reminder(work.tx, out.chat_id, out.key)
            if row is None:  # the person was forgotten meanwhile
                return
            dropped = {"state": Delivery.DROPPED, "outcome": row.outcome or Outcome.VOID}
            due.settle(work.tx, out.chat_id, out.key, dropped)
            days.recount(work, out.chat_id, row.habit, row.habit_day)
        case _:
            assert_never(out.key)


def broken(work: Work, out: Outgoing) -> None:
    """It can't be put into words, or Telegram will never take these: in the safety lane plain ones follow, once."""
    refused(work, out)
    words = plain(out.template)
    if out.lane is Lane.SAFETY and out.method is Method.SEND and out.template != words:
        warn(work, out.chat_id, words)


def missing(work: Work, out: Outgoing) -> None:
    """The message that was to be changed was deleted, or can't be changed any more.

    1. A card of today is kept no longer; nor is one that the person has unpinned.
    2. What a tap was to be answered with is said in a new message, without a sound: it would be lost with the other.
    """
    refused(work, out)
    if (out.target or "").isdecimal():
        todaycard.lost(work, out.chat_id, int(str(out.target)))
    if out.lane is Lane.ANSWER and isinstance(out.key, outbox.Key) and _answers_tap(work, out, out.key):
        args = {name: value for name, value in out.args.items() if name not in ("captioned", _TURNED)}
        say(work, out.chat_id, out.template, args, silent=True)


def gone(work: Work, out: Outgoing) -> None:
    """The person has blocked the bot or is no more: nothing else is tried."""
    refused(work, out)
    people.mark_unreachable(work, out.chat_id)


def _is_new_card(out: Outgoing) -> bool:
    return out.method is Method.SEND and out.template == todaycard.TEMPLATE


def _answers_tap(work: Work, out: Outgoing, key: outbox.Key) -> bool:
    """Whether nothing but a notice has told what an edit was to tell."""
    beside = outbox.beside(work.tx, key)
    told = Method.SEND in beside or outbox.sent_after(work.tx, out.chat_id, [out.template], key.id)
    return Method.TOAST in beside and not told


def _attempted(work: Work, out: Outgoing, key: outbox.Key, *, arrived: bool) -> None:
    """An attempt to send a safety message has ended, however: the case behind it may go on."""
    if out.lane is Lane.SAFETY and out.method is Method.SEND:
        cases.attempted(work, out.chat_id, key.id, arrived=arrived)
