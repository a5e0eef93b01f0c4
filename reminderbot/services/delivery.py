"""What goes out next, decided again at the last moment, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

import structlog

from reminderbot.library import choosing
from reminderbot.services import cards, cases, days, holds, people
from reminderbot.services.outbox import warn
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

LOOKED_AT = 16
"""How many reminders are looked at together even when fewer may go: a backlog of late ones is let go of quickly."""

_CARDS = "reminder."
"""How the templates that show a card begin."""


_PLAIN = {"case": "case.unreadable"}
"""What is said, by the topic of its template, instead of a safety message that can't be decrypted or sent."""


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
    repeat: bool = False  # an earlier attempt may have arrived, and the text has to say so


@dataclass(frozen=True, slots=True)
class Claim:
    """What one look at the lanes gave: rows to send, and how many were looked at (some are dropped or wait)."""

    rows: list[Outgoing]
    seen: int


def claim(work: Work, lanes: Iterable[Lane], room: int, reminders: int | None = None) -> Claim:
    """Take up to ``room`` rows to be sent now, lane by lane: a later lane gets what the earlier ones leave.

    ``reminders`` is how many of them may be reminders, by default all.
    """
    rows: list[Outgoing] = []
    seen = 0
    for lane in lanes:
        if left := room - len(rows):
            if lane is Lane.REMINDER:
                found = _claim_reminders(work, left if reminders is None else min(left, reminders))
            else:
                found = _claim_messages(work, lane, left)
            rows += found.rows
            seen += found.seen
    return Claim(rows, seen)


def _claim_messages(work: Work, lane: Lane, room: int) -> Claim:
    claimed = []
    rows = outbox.claim(work.tx, work.at, work.at + LEASE, room, lane)
    for row in rows:
        key = outbox.Key(row.chat_id, row.id)
        template, args = row.template, _args(work, row)
        if args is None and lane is Lane.SAFETY:  # a lost key never stops a card or the ladder
            template, args = _plain(template), {}
        if row.expires_at <= work.at or args is None:
            outbox.settle(work.tx, key, Delivery.DROPPED)
            continue
        if _is_stopped(work, row.chat_id, template, args):
            _drop_card(work, key, Method(row.method), args)
            continue
        target = row.target
        if row.method == Method.EDIT and not str(target).isdigit():
            target = _message_id(work, key, str(target))
            if target is None:
                continue
        repeat = lane is Lane.SAFETY and bool(row.repeat)
        claimed.append(
            Outgoing(row.chat_id, key, lane, Method(row.method), template, args, row.attempts, target,
                     repeat=repeat)
        )  # fmt: skip
    return Claim(claimed, len(rows))


def _plain(template: str) -> str:
    return _PLAIN.get(template.partition(".")[0], "safety.unreadable")


def _args(work: Work, row: Any) -> dict[str, Any] | None:
    try:
        args = work.around.vault.open(row.args)
    except LostKeyError:
        return None
    return args if isinstance(args, dict) else None


def _message_id(work: Work, key: outbox.Key, target: str) -> str | None:
    """The message to edit for a reminder or a row; waits while that one is on its way, gives up if it never was."""
    row_id, reminder = keys.decode_row(target), keys.decode(target)
    found: tuple[str, int | None] | None = None
    waits: tuple[Delivery, ...] = (Delivery.SENDING,)
    if row_id is not None:
        found, waits = outbox.message_of(work.tx, outbox.Key(key.chat_id, row_id)), (Delivery.PENDING, *waits)
    elif reminder:
        found = due.message_of(work.tx, key.chat_id, reminder)
    if found and found[1] is not None:
        return str(found[1])
    if (found and found[0] in waits) or outbox.shows(work.tx, key.chat_id, target):
        outbox.put_back(work.tx, key, work.at + timedelta(seconds=1), counted=False)
    else:
        outbox.settle(work.tx, key, Delivery.DROPPED)
    return None


def _claim_reminders(work: Work, room: int) -> Claim:
    due.lose_leases(work.tx, work.at)
    claimed: list[Outgoing] = []
    seen = 0
    for row in due.to_send(work.tx, work.at, max(room, LOOKED_AT)):
        if len(claimed) == room:
            break
        seen += 1
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
    return Claim(claimed, seen)


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
        and not _keeps_back(work, row)
    )


def _keeps_back(work: Work, row: Any) -> bool:
    """Whether a hold keeps exercise back; on the way back from one, all but walking, and every second nudge."""
    habit = work.around.library.habits[row.habit]
    if not habit.exercise:
        return False
    if not holds.is_returning(row, row.habit_day):
        return holds.is_held(row)
    return not holds.walks(work.around.library, habit) or holds.is_left_out(work, row)


def still_wanted(work: Work, out: Outgoing) -> bool:
    """Decide a last time, right before the call: a report may have come in since the row was claimed.

    What is stopped is settled here, and must not be sent.
    """
    if not _is_stopped(work, out.chat_id, out.template, out.args):
        return True
    match out.key:
        case outbox.Key():
            _drop_card(work, out.key, out.method, out.args)
        case ReminderKey():
            refused(work, out)
        case _:
            assert_never(out.key)
    return False


def shows_card(template: str) -> bool:
    """Whether a message shows a card with its buttons: a reminder, one asked for, or one after an undo."""
    return template.startswith(_CARDS)


def _is_stopped(work: Work, chat_id: int, template: str, args: Mapping[str, Any]) -> bool:
    shown = keys.decode(str(args.get("key", ""))) if shows_card(template) else None
    habit = work.around.library.habits.get(shown.habit) if shown else None
    return bool(habit and habit.exercise and holds.is_held(holds.row(work, chat_id)))


def _drop_card(work: Work, key: outbox.Key, method: Method, args: Mapping[str, Any]) -> None:
    """Let go of a message that shows a card; one that was asked for and is not answered becomes void."""
    outbox.settle(work.tx, key, Delivery.DROPPED)
    shown = keys.decode(str(args["key"]))
    row = history.reminder(work.tx, key.chat_id, shown) if shown and method is Method.SEND else None
    if row and row.outcome is None:
        void = {"state": Delivery.DROPPED, "outcome": Outcome.VOID}
        history.change(work.tx, key.chat_id, key_of(row), void)
        days.recount(work, key.chat_id, row.habit, row.habit_day)


def _outgoing(work: Work, row: Any) -> Outgoing:
    """Choose the card, note it, and mark the reminder as being sent."""
    library = work.around.library
    habit, key = library.habits[row.habit], key_of(row)
    card = library.card(row.card) if row.card else None
    walking = habit.exercise and holds.is_returning(row, row.habit_day)
    if card is None or not cards.may_come(work, row.chat_id, habit, card, walking=walking):
        deck = choosing.Deck(row.deck_round, row.deck_cursor)
        card = cards.choose(work, row, habit, deck, walking=walking)
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
            _attempted(work, out, out.key, arrived=True)
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
            _attempted(work, out, out.key, arrived=False)
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
    plain = _plain(out.template)
    if out.lane is Lane.SAFETY and out.method is Method.SEND and out.template != plain:
        warn(work, out.chat_id, plain)


def gone(work: Work, out: Outgoing) -> None:
    """The person has blocked the bot or is no more: nothing else is tried."""
    refused(work, out)
    people.mark_unreachable(work, out.chat_id)


def _attempted(work: Work, out: Outgoing, key: outbox.Key, *, arrived: bool) -> None:
    """An attempt to send a safety message has ended, however: the case behind it may go on."""
    if out.lane is Lane.SAFETY and out.method is Method.SEND:
        cases.attempted(work, out.chat_id, key.id, arrived=arrived)
