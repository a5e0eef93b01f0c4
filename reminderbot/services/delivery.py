"""What goes out next, decided again at the last moment, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

import structlog

from reminderbot.library import choosing
from reminderbot.services import cards, days, people
from reminderbot.services.reminders import key_of
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, outbox
from reminderbot.store.tables import Delivery, Lane, Method, Origin, Outcome
from reminderbot.store.vault import LostKeyError

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long a claimed row belongs to its sender; longer than a call to Telegram is waited for (15 s)."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One claimed row, ready to be rendered and sent."""

    chat_id: int
    key: outbox.Key | ReminderKey
    lane: Lane
    method: Method
    template: str
    args: Mapping[str, Any]
    attempts: int
    target: str | None = None  # EDIT: message id; TOAST: callback query id
    silent: bool = False
    note: str | None = None  # template of the line that a reminder tells besides


@dataclass(frozen=True, slots=True)
class Claim:
    """What one look at the lanes gave: rows to send, and how many were looked at (some are dropped or wait)."""

    rows: list[Outgoing]
    seen: int


def claim(work: Work, lanes: Iterable[Lane], room: int) -> Claim:
    """Take up to ``room`` rows to be sent now, lane by lane: a later lane gets what the earlier ones leave."""
    rows: list[Outgoing] = []
    seen = 0
    for lane in lanes:
        if left := room - len(rows):
            found = (
                _claim_reminders(work, left) if lane is Lane.REMINDER else _claim_messages(work, lane, left)
            )
            rows += found.rows
            seen += found.seen
    return Claim(rows, seen)


def _claim_messages(work: Work, lane: Lane, room: int) -> Claim:
    claimed = []
    rows = outbox.claim(work.tx, work.at, work.at + LEASE, room, lane)
    for row in rows:
        key = outbox.Key(row.chat_id, row.id)
        if row.expires_at <= work.at or (args := _args(work, row)) is None:
            outbox.settle(work.tx, key, Delivery.DROPPED)
            continue
        target = row.target
        if row.method == Method.EDIT and not str(target).isdigit():
            target = _message_id(work, key, str(target))
            if target is None:
                continue
        claimed.append(
            Outgoing(row.chat_id, key, lane, Method(row.method), row.template, args, row.attempts, target)
        )
    return Claim(claimed, len(rows))


def _args(work: Work, row: Any) -> dict[str, Any] | None:
    try:
        args = work.around.vault.open(row.args)
    except LostKeyError:
        return None
    return args if isinstance(args, dict) else None


def _message_id(work: Work, key: outbox.Key, target: str) -> str | None:
    """The message to edit for a reminder's key; waits while that message is on its way, gives up if it never was."""
    reminder = keys.decode(target)
    found = due.message_of(work.tx, key.chat_id, reminder) if reminder else None
    if found and found[1] is not None:
        return str(found[1])
    if (found and found[0] == Delivery.SENDING) or outbox.shows(work.tx, key.chat_id, target):
        outbox.put_back(work.tx, key, work.at + timedelta(seconds=1), counted=False)
    else:
        outbox.settle(work.tx, key, Delivery.DROPPED)
    return None


def _claim_reminders(work: Work, room: int) -> Claim:
    due.lose_leases(work.tx, work.at)
    claimed = []
    rows = due.to_send(work.tx, work.at, room)
    for row in rows:
        try:
            outgoing = _outgoing(work, row) if _wanted(work, row) else None
        except (LookupError, ValueError) as error:  # one row that can't be made out must not stop all others
            log.error(
                "reminder dropped", action="delivery.dropped", habit=row.habit, error=type(error).__name__
            )
            outgoing = None
        if outgoing:
            claimed.append(outgoing)
        else:
            outcome = row.outcome or Outcome.VOID
            history.change(work.tx, row.chat_id, key_of(row), {"state": Delivery.DROPPED, "outcome": outcome})
            days.recount(work, row.chat_id, row.habit, row.habit_day)
    return Claim(claimed, len(rows))


def _wanted(work: Work, row: Any) -> bool:
    """Decide again at send time: answered, late, off, paused, stopped or unreachable is not sent.

    A card that the person asked for, put off, comes back in a pause as well.
    """
    resting = row.off or (row.resumes_on is not None and row.resumes_on > row.habit_day)
    return (
        row.habit in work.around.library.habits
        and row.outcome is None
        and work.at < row.expires_at
        and due.is_active(row)
        and (not resting or row.origin == Origin.ASKED)
    )


def _outgoing(work: Work, row: Any) -> Outgoing:
    """Choose the card, note it, and mark the reminder as being sent."""
    library = work.around.library
    habit, key = library.habits[row.habit], key_of(row)
    card = library.card(row.card) if row.card else None
    if card is None:
        card = cards.choose(work, row, habit, choosing.Deck(row.deck_round, row.deck_cursor))
    lease = {"state": Delivery.SENDING, "not_before": work.at + LEASE, "card": card.id}
    history.change(work.tx, row.chat_id, key, lease | {"attempts": row.attempts + 1})
    if habit.cards == "stretches" and not row.asked_avoid:
        people.ask_avoid(work, row.chat_id)
    unsure = not row.zone_confirmed
    template, args = cards.reminder_message(library, habit, card, row.note, unsure, key)
    return Outgoing(
        row.chat_id,
        key,
        Lane.REMINDER,
        Method.SEND,
        template,
        args,
        row.attempts + 1,
        silent=unsure,
        note=row.note,
    )


def sent(work: Work, out: Outgoing, message_id: int | None) -> None:
    """Telegram has confirmed it."""
    match out.key:
        case outbox.Key():
            outbox.settle(work.tx, out.key, Delivery.SENT, message_id)
            if out.method is Method.SEND and (shown := keys.decode(out.target or "")):
                history.change(work.tx, out.chat_id, shown, {"message_id": message_id})
        case ReminderKey():
            known = {"state": Delivery.SENT, "message_id": message_id, "sent_at": work.at}
            if history.change(work.tx, out.chat_id, out.key, known):
                due.count_ignored(work.tx, out.chat_id, out.key)
            if out.note:
                due.clear_note(work.tx, out.chat_id, out.key.habit, out.note)
        case _:
            assert_never(out.key)


def later(work: Work, out: Outgoing, not_before: datetime, *, counted: bool) -> None:
    """Nothing was sent; try again not before this instant."""
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
            outbox.put_back(work.tx, out.key, retry_at, counted=True)
        case ReminderKey():
            due.settle(work.tx, out.chat_id, out.key, {"state": Delivery.UNKNOWN, "sent_at": work.at})
        case _:
            assert_never(out.key)


def refused(work: Work, out: Outgoing) -> None:
    """Telegram will never take it as it is."""
    match out.key:
        case outbox.Key():
            outbox.settle(work.tx, out.key, Delivery.DROPPED)
        case ReminderKey():
            row = history.reminder(work.tx, out.chat_id, out.key)
            if row is None:  # the person was forgotten meanwhile
                return
            dropped = {"state": Delivery.DROPPED, "outcome": row.outcome or Outcome.VOID}
            due.settle(work.tx, out.chat_id, out.key, dropped)
            days.recount(work, out.chat_id, row.habit, row.habit_day)
        case _:
            assert_never(out.key)


def gone(work: Work, out: Outgoing) -> None:
    """The person has blocked the bot or is no more: nothing else is tried."""
    refused(work, out)
    people.mark_unreachable(work, out.chat_id)
