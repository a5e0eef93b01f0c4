"""What goes out next, decided again at the last moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog

from reminderbot.library import choosing, sequencing
from reminderbot.services import cards, days, holds, pacing, people, silence, wanting, week
from reminderbot.services.outbox import SILENT
from reminderbot.services.reminders import key_of
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, outbox, safety, turns
from reminderbot.store.queries import silence as quiet
from reminderbot.store.tables import Delivery, Lane, Method, Outcome
from reminderbot.store.vault import LostKeyError

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
"""How long a claimed row belongs to its sender; longer than a call to Telegram is waited for (15 s)."""

WEEKS_AT_ONCE = 16
"""How many weeks are summed up in one claim, up to three milliseconds each: what else is to be sent waits for it."""

LOOKED_AT = 16
"""How many reminders are looked at together even when fewer may go: a backlog of late ones is let go of quickly."""

SHORT_WAIT = timedelta(milliseconds=100)
"""When a message is looked at again whose person is being heard by another worker."""

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

    @property
    def is_captioned(self) -> bool:
        """Whether the message to edit is thought to be a picture, so that its words are a caption."""
        return bool(self.args.get("captioned") or "picture" in self.args)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one look at the lanes gave."""

    rows: list[Outgoing]
    """To be sent."""
    seen: int
    """How many were looked at: some are dropped or wait."""
    slots: Sequence[datetime] = ()
    """When calls may begin: one for each row, and for those that were owed one."""
    pause: timedelta = timedelta()
    """How long until the pace has more."""


def claim(
    work: Work, lanes: Iterable[Lane], room: int, owed: int = 0, lead: timedelta = timedelta()
) -> Claim:
    """Take up to ``room`` rows to be sent now, lane by lane: a later lane gets what the earlier ones leave.

    Never more than the pace of all workers has slots for in the next moments, beginning after ``lead``; calls that are
    owed one go before all but the safety lane. This is the last decision: what is returned is sent at these slots.
    """
    permits = pacing.Permits.of(work, lead)
    rows: list[Outgoing] = []
    seen, asked = 0, tuple(lanes)
    for lane in asked:
        if lane is not Lane.SAFETY:
            permits.take(owed)
            owed = 0
        found = _claim(work, lane, permits.left(lane, room - len(rows)))
        permits.take(len(found.rows))
        rows += found.rows
        seen += found.seen
    permits.take(owed)
    if not seen and Lane.REMINDER in asked:  # nothing else is to be sent: what nobody waits for
        found = _claim_messages(work, Lane.REMINDER, permits.left(Lane.REMINDER, room))
        permits.take(len(found.rows))
        rows, seen = found.rows, found.seen
    return Claim(rows, seen, permits.given, permits.note(work))


def lose_leases(work: Work, _limit: int) -> int:
    """Let go of reminders whose sender died: they may have arrived, so they are not sent again; 0, for the ticker."""
    due.lose_leases(work.tx, work.at)
    return 0


class _Found(NamedTuple):
    """What one lane gave: rows to be sent, and how many were looked at."""

    rows: list[Outgoing]
    seen: int


def _claim(work: Work, lane: Lane, room: int) -> _Found:
    if room <= 0:
        return _Found([], 0)
    return _claim_reminders(work, room) if lane is Lane.REMINDER else _claim_messages(work, lane, room)


def _claim_messages(work: Work, lane: Lane, room: int) -> _Found:
    rows = outbox.next_in(work.tx, lane, work.at, room)
    outbox.take(work.tx, rows, work.at + LEASE)
    claimed = [_message(work, lane, row) for row in rows]
    return _Found([out for out in claimed if out], len(rows))


def _message(work: Work, lane: Lane, row: Any) -> Outgoing | None:
    """A message ready to be sent; none when it is dropped, or has to wait."""
    key = outbox.Key(row.chat_id, row.id)
    template, args, method = row.template, _args(work, row), Method(row.method)
    if args is None and lane is Lane.SAFETY:  # a lost key never stops a card or the ladder
        template, args = plain(template), {}
    if row.expires_at <= work.at or args is None:
        outbox.settle(work.tx, key, Delivery.DROPPED)
        return None
    if shows_card(template) and not _may_show(work, key, template, args, method):
        return None
    target = row.target
    if method is Method.EDIT and not str(target).isdigit():
        target = _message_id(work, key, str(target))
        if target is None:
            return None
    repeat = lane is Lane.SAFETY and bool(row.repeat or row.state == Delivery.SENDING)
    return Outgoing(
        row.chat_id, key, lane, method, template, args, row.attempts + 1, target,
        silent=bool(args.get(SILENT)), repeat=repeat,
    )  # fmt: skip


def _may_show(work: Work, key: outbox.Key, template: str, args: Mapping[str, Any], method: Method) -> bool:
    """Whether a card may be shown now: dropped when exercise is stopped, later when the person is being heard."""
    if not turns.has(work.tx, key.chat_id):
        outbox.put_back(work.tx, key, work.at + SHORT_WAIT, counted=False)
        return False
    if not _is_stopped(work, key.chat_id, template, args):
        return True
    _drop_card(work, key, method, args)
    return False


def plain(template: str) -> str:
    """The template of what is said instead of a safety message that can't be decrypted or sent."""
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


def _claim_reminders(work: Work, room: int) -> _Found:
    rows = due.to_send(work.tx, work.at, max(room, LOOKED_AT))
    chosen: list[_Chosen] = []
    seen = 0
    weeks = week.gather(work, rows, min(room, WEEKS_AT_ONCE))
    known = _Known(_dropped(work, rows), weeks, silence.questions(work, rows))
    for row in rows:
        if len(chosen) == room or (week.is_shown_by(work, row) and row.chat_id not in known.weeks):
            break
        seen += 1
        try:
            goes = wanting.is_wanted(work, row) and not silence.gives_way(known.questions, row)
            found = _choose(work, row, known) if goes else None
        except (LookupError, ValueError) as error:  # one row that can't be made out must not stop all others
            log.error(
                "reminder dropped", action="delivery.dropped", habit=row.habit, error=type(error).__name__
            )
            found = None
        if found:
            chosen.append(found)
        else:
            days.let_go(work, row)
            silence.not_asked(work, row)
    due.take(work.tx, [found.taken for found in chosen], work.at + LEASE)
    quiet.quieten(work.tx, [found.asked for found in chosen if found.asked])
    due.advance_decks(work.tx, [found.advanced for found in chosen if found.advanced])
    return _Found([found.outgoing for found in chosen], seen)


class _Known(NamedTuple):
    """What was looked up for all together, by chat.

    Cards that never come again, the day rows of whoever gets a week, and the reminders in whose place people are asked.
    """

    dropped: Mapping[int, frozenset[str]]
    weeks: Mapping[int, week.Rows]
    questions: Mapping[int, ReminderKey]


class _Chosen(NamedTuple):
    """A reminder that goes out, with what is to be noted about it."""

    outgoing: Outgoing
    taken: due.Taken
    advanced: dict[str, Any] | None = None
    asked: quiet.Asked | None = None


def _dropped(work: Work, rows: Sequence[Any]) -> Mapping[int, frozenset[str]]:
    """The cards that never come again for the people of these rows."""
    habits = work.around.library.habits
    chats = {
        row.chat_id for row in rows if row.habit in habits and sequencing.has_stretches(habits[row.habit])
    }
    return safety.dropped_of(work.tx, chats) if chats else {}


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


def _choose(work: Work, row: Any, known: _Known) -> _Chosen | None:
    """Put the message of a reminder together; none when there is nothing to tell."""
    if known.questions.get(row.chat_id) == key_of(row) or silence.is_question(work, row):
        return _choose_question(row)
    if week.is_shown_by(work, row):
        return _choose_week(work, row, known.weeks[row.chat_id])
    return _choose_card(work, row, known.dropped.get(row.chat_id, frozenset()))


def _choose_question(row: Any) -> _Chosen:
    """The question in place of a reminder; without a card there is nothing to answer."""
    key = key_of(row)
    outgoing = Outgoing(
        row.chat_id, key, Lane.REMINDER, Method.SEND, silence.QUESTION, {}, row.attempts + 1,
        silent=not row.zone_confirmed or bool(row.silent),
    )  # fmt: skip
    asked = quiet.Asked(row.chat_id, key, row.habit_day)
    return _Chosen(outgoing, due.Taken(row.chat_id, key, None), asked=asked)


def _choose_week(work: Work, row: Any, rows: week.Rows) -> _Chosen | None:
    args = week.message(work, work.around.library.habits[row.habit], row, rows)
    if args is None:
        return None
    key = key_of(row)
    outgoing = Outgoing(
        row.chat_id, key, Lane.REMINDER, Method.SEND, "reminder.week", args, row.attempts + 1, silent=True
    )
    return _Chosen(outgoing, due.Taken(row.chat_id, key, None))


def _choose_card(work: Work, row: Any, dropped: frozenset[str]) -> _Chosen:
    """Choose the card of a reminder, unless an earlier attempt has, and put the message together."""
    library = work.around.library
    habit, key, advanced = library.habits[row.habit], key_of(row), None
    walking = habit.exercise and holds.is_returning(row, row.habit_day)
    card = cards.chosen(work, row, row, habit, dropped, walking=walking)
    if card is None:
        deck = choosing.Deck(row.deck_round, row.deck_cursor)
        card, after = cards.next_of(work, row, habit, deck, dropped, walking=walking)
        advanced = cards.advanced(row.chat_id, habit, after, card)
    if sequencing.has_stretches(habit) and not row.asked_avoid:
        people.ask_avoid(work, row.chat_id, silent=bool(row.silent))
    unsure = not row.zone_confirmed
    template, args = cards.reminder_message(library, habit, card, row.note, unsure, key)
    outgoing = Outgoing(
        row.chat_id, key, Lane.REMINDER, Method.SEND, template, args, row.attempts + 1,
        silent=unsure or bool(row.silent), note=row.note,
    )  # fmt: skip
    return _Chosen(outgoing, due.Taken(row.chat_id, key, card.id), advanced)
