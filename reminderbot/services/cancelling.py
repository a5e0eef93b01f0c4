"""Cancelling single reminders before they come: on a card with a button for each, or in words; and Undo of that."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from reminderbot.library.loader import Library
from reminderbot.rules import cancelling, clock
from reminderbot.rules.cancelling import Asked
from reminderbot.rules.timewords import WordsError
from reminderbot.rules.timewords.once import Pointed
from reminderbot.services import holds, notices, outbox, requests, schedules, singles, unread
from reminderbot.services.replies import Nested, Tap, answer, lines, nested, refuse, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import singles as rows
from reminderbot.store.tables import Delivery, Standing

CARD: Final = "once.list"
"""Template of the card."""


class Meant(NamedTuple):
    """Which are to be cancelled: all or one of those of a habit, and at a moment, as far as either is told.

    ``is_unclear``: which of them is told in words that nobody can make anything of, or they are all reminders at once,
    which is about the plan.
    """

    asked: Asked
    habit: str | None
    when: Pointed | None
    is_unclear: bool = False

    def fits(self, row: Any, wall: datetime) -> bool:
        """Whether a single reminder is among them, which comes at this naive local time."""
        return self.habit in (None, row.habit) and (self.when is None or self.when.fits(wall))

    def whole_days(self) -> tuple[date, ...]:
        """The days of which all reminders are to be cancelled, or one of these; none where only some are."""
        is_whole = self.asked.is_many and not (self.asked.is_single or self.habit)
        return self.when.days if is_whole and self.when and not self.when.minutes else ()

    def is_plain(self, days: Sequence[date]) -> bool:
        """Whether those that fit are meant, which come on these days: a single one, or all of them on a day told."""
        told = self.when.days if self.when else ()
        is_one_day = len(told) < 2 or len(set(days)) == 1  # of two only one is meant, as of "1/2"
        return bool(days) and not self.is_unclear and (len(days) == 1 or (self.asked.is_many and is_one_day))


def show(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Show the single reminders that wait, each with a button."""
    if subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, CARD, _card(schedules.of(work, chat_id)), "tapped.here")


def show_full(work: Work, chat_id: int, tap: Tap | None) -> None:
    """Say that no more of them can wait, with the card."""
    full = nested("once.full", limit=singles.MOST)
    answer(work, chat_id, tap, CARD, _card(schedules.of(work, chat_id), [full]), "tapped.here")


def press(work: Work, chat_id: int, asked_at: datetime | None, tap: Tap, *, older_too: bool = False) -> None:
    """Cancel the one that was asked for at an instant, or those up to it; where none waits any more, say why."""
    if subscriber(work, chat_id, tap) is None:
        return
    if asked_at is None:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
        return
    shown = schedules.of(work, chat_id).singles() if older_too else singles.waiting(work, chat_id)
    found = [row for row in shown if row.asked_at == asked_at or (older_too and row.asked_at < asked_at)]
    if found:
        toast = "tapped.cancelled_all" if len(found) > 1 else "tapped.cancelled"
        _cancel(work, chat_id, found, tap, toast)
    else:
        _is_over(work, chat_id, asked_at, tap)


def take_back(work: Work, chat_id: int, at: datetime, tap: Tap | None) -> bool:
    """Let those come after all that were cancelled at an instant; false where none of them can any more."""
    found = [row for row in singles.cancelled(work, chat_id) if row.not_before == at]
    plan, there = schedules.of(work, chat_id), singles.waiting(work, chat_id)
    if not (found and _is_running(plan)):
        return False
    new = [row for row in found if _same(there, row) is None]
    if len(there) + len(new) > singles.MOST:
        show_full(work, chat_id, tap)
        return True
    for row in new:
        singles.put_anew(work, plan.who, row)
    now_there = singles.waiting(work, chat_id)  # the clock may be another one by now
    back = [
        _same(there, row) or next(one for one in now_there if one.asked_at == row.asked_at) for row in found
    ]
    told = [_told("once.comes_again", plan, row) for row in back]
    answer(work, chat_id, tap, CARD, _card(plan, told), "tapped.comes_again")
    return True


def newest(work: Work, chat_id: int, since: datetime) -> datetime | None:
    """When single reminders were cancelled last, if that was since an instant and can be undone."""
    at = [row.not_before for row in singles.cancelled(work, chat_id) if row.not_before >= since]
    return max(at, default=None)


def is_meant(library: Library, text: str, now: datetime) -> bool:
    """Whether a message is about cancelling single reminders, or their list; ``now`` is a naive time near it."""
    if cancelling.asks_for_list(text):
        return True
    asked = cancelling.read(text)
    try:
        return asked is not None and _meant(library, asked, now) is not None
    except WordsError:
        return True


def said(work: Work, chat_id: int, text: str, when: datetime) -> None:
    """Cancel what a message tells of; where it is not plain which, or none waits then, show the card."""
    who, asked = subscriber(work, chat_id), cancelling.read(text)
    if who is None:
        return
    if asked is None:
        show(work, chat_id)
        return
    now = clock.wall_of(when, clock.zone(who.zone))
    try:
        meant = _meant(work.around.library, asked, now)
    except WordsError as error:
        refuse(work, chat_id, None, error.code, error.args_)
        return
    if meant is None:
        unread.not_understood(work, chat_id, text)
    else:
        _cancel_meant(work, who, meant, now.date())


def _meant(library: Library, asked: Asked, now: datetime) -> Meant | None:
    """What was asked to be cancelled; none for words about something else. WordsError for a day that there is not."""
    unclear = Meant(asked, None, None, is_unclear=True) if asked.is_clear else None
    if asked.is_limited:
        return unclear
    habit, rest = requests.take_habit(library, asked.words)
    if asked.is_clear and not rest:
        is_plan = asked.is_many and not asked.is_single and habit is None
        return Meant(asked, habit, None, is_unclear=is_plan)
    for when, purpose in cancelling.ways(rest, now):
        # What one was for is not known any more, so it can't tell several from the others.
        if asked.is_clear and not (asked.is_many and purpose):
            return Meant(asked, habit, when)
        if when.minutes and not purpose and not asked.words.isdecimal():
            return Meant(asked, habit, when)
    return unclear


def _cancel_meant(work: Work, who: Any, meant: Meant, today: date) -> None:
    zone, plan = clock.zone(who.zone), schedules.of(work, who.chat_id)
    waiting = singles.waiting(work, who.chat_id)
    fitting = [row for row in waiting if meant.fits(row, singles.wall(row, zone))]
    days = [singles.wall(row, zone).date() for row in fitting]
    stays = _plan_stays(plan, meant, days, today)
    if meant.is_plain(days):
        _cancel(work, who.chat_id, fitting, None, also=stays if meant.whole_days() else ())
        return
    if meant.is_unclear and meant.asked.is_many:
        card = _card(plan, stays)
    elif fitting:
        card = _card(plan, heading="once.which", shown=fitting)
    elif waiting:
        card = _card(plan, [nested("once.none_then"), *stays])
    else:
        card = _card(plan, stays if meant.whole_days() else ())
    answer(work, who.chat_id, None, CARD, card)


def _plan_stays(plan: Schedule, meant: Meant, days: Sequence[date], today: date) -> list[Nested]:
    """That nothing of the plan was cancelled, and what does that; nothing once the plan is stopped."""
    if not _is_running(plan):
        return []
    if meant.is_unclear:
        return [nested("once.plan_stays")]
    told = set(days or meant.whole_days())
    day = max(told) if meant.whole_days() and len(told) == 1 else today
    return [
        nested("once.plan_stays_day", on_day=day.isoformat())
        if day > today
        else nested("once.plan_stays_today")
    ]


def _cancel(
    work: Work,
    chat_id: int,
    found: Sequence[Any],
    tap: Tap | None,
    toast: str = "tapped.cancelled",
    also: Iterable[Nested] = (),
) -> None:
    at = singles.cancel(work, chat_id, found)
    plan = schedules.of(work, chat_id)
    told = [_told("once.cancelled", plan, row) for row in found]
    # One that was overdue, as after an outage, can't come after all.
    undo = at if any(row.due_at > work.at for row in found) else None
    answer(work, chat_id, tap, CARD, _card(plan, [*told, *also], undo=undo), toast)


def _is_over(work: Work, chat_id: int, asked_at: datetime, tap: Tap) -> None:
    """Say what has become of one that does not wait any more, and show the card as it is now.

    Where it was cancelled, as by a second press on the same button, that can still be undone.
    """
    plan, row = schedules.of(work, chat_id), rows.requested(work.tx, chat_id, asked_at)
    same = [one for one in singles.cancelled(work, chat_id) if row and one.not_before == row.not_before]
    if row in same:
        told = [_told("once.cancelled", plan, one) for one in same]
        card = _card(plan, told, undo=row.not_before)
        answer(work, chat_id, tap, CARD, card, "tapped.cancelled_before")
        return
    toast = "tapped.has_come" if row and row.state != Delivery.DROPPED else "tapped.changed_since"
    answer(work, chat_id, tap, CARD, _card(plan), toast)


def _card(
    plan: Schedule,
    told: Iterable[Nested] = (),
    *,
    heading: str = "once.list_some",
    shown: Sequence[Any] | None = None,
    undo: datetime | None = None,
) -> dict[str, object]:
    """What the card says: what was just done, and the single reminders that wait, or some of them, for its buttons."""
    waiting = (plan.singles() if shown is None else shown) if _is_running(plan) else []
    zone = clock.zone(plan.who.zone)
    found = [
        {
            "id": singles.stamp(row.asked_at),
            "label": plan.label(row.habit),
            "when_time": singles.wall(row, zone).isoformat(),
        }
        for row in waiting
    ]
    newest_one = max((row.asked_at for row in waiting), default=None)
    below = nested(heading, zone=plan.who.zone) if waiting else _nothing(plan)
    card: dict[str, object] = {"told_text": lines([*told, below]), "singles": found}
    card |= {"newest": singles.stamp(newest_one)} if newest_one and shown is None else {}
    return card | ({"undo": singles.stamp(undo)} if undo else {})


def _nothing(plan: Schedule) -> Nested:
    """Why no single reminder is to come: there is none, or what waits is kept back."""
    work, chat_id = plan.work, plan.who.chat_id
    if not _is_running(plan):
        return nested("stop.already")
    hold = notices.of(holds.row(work, chat_id), holds.today(work, chat_id))
    return hold if hold and singles.waiting(work, chat_id) else nested("once.list_none")


def _is_running(plan: Schedule) -> bool:
    return bool(plan.who.standing == Standing.ACTIVE)


def _told(template: str, plan: Schedule, row: Any) -> Nested:
    wall = singles.wall(row, clock.zone(plan.who.zone))
    return nested(template, label=plan.label(row.habit), when_time=wall.isoformat())


def _same(there: Sequence[Any], row: Any) -> Any:
    """The one that was asked for anew meanwhile, and is the same; none where none is."""
    return singles.twice(there, row.habit, row.due_at, singles.named_of(row))
