"""Cancelling single reminders before they come: on a card with a button for each, or in words; and Undo of that."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from reminderbot.library.loader import Library
from reminderbot.rules import cancelling, clock
from reminderbot.rules.cancelling import Wish
from reminderbot.rules.timewords import WordsError
from reminderbot.rules.timewords.once import Pointed
from reminderbot.services import holds, notices, outbox, pauses, requests, schedules, singles, unread
from reminderbot.services.replies import Nested, Tap, answer, lines, nested, refuse, subscriber
from reminderbot.services.schedules import Schedule
from reminderbot.services.work import Work
from reminderbot.store.queries import singles as rows
from reminderbot.store.tables import Delivery, Standing

CARD: Final = "once.list"
"""Template of the card."""


class Meant(NamedTuple):
    """Which are to be cancelled: all or one of those of a habit, and at a moment, as far as either is told.

    ``is_unclear``: it is told in words that nobody can make anything of.
    """

    wish: Wish
    habit: str | None
    when: Pointed | None
    is_unclear: bool = False

    def fits(self, row: Any, wall: datetime) -> bool:
        """Whether a single reminder is among them, which comes at this naive local time."""
        return self.habit in (None, row.habit) and (self.when is None or self.when.fits(wall))


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
    new = [row for row in found if not _is_there(there, row)]
    if len(there) + len(new) > singles.MOST:
        show_full(work, chat_id, tap)
        return True
    for row in new:
        singles.put_anew(work, plan.who, row)
    told = [_told("once.comes_again", plan, row) for row in found]
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
    wish = cancelling.read(text)
    try:
        return wish is not None and _meant(library, wish, now) is not None
    except WordsError:
        return True


def said(work: Work, chat_id: int, text: str, when: datetime) -> None:
    """Cancel what a message tells of; where several can be meant, or none waits then, show the card."""
    who, wish = subscriber(work, chat_id), cancelling.read(text)
    if who is None:
        return
    if wish is None:
        show(work, chat_id)
        return
    now = clock.wall_of(when, clock.zone(who.zone))
    try:
        meant = _meant(work.around.library, wish, now)
    except WordsError as error:
        refuse(work, chat_id, None, error.code, error.args_)
        return
    day = _whole_day(meant, now) if meant else None
    waiting = singles.waiting(work, chat_id)
    if meant is None or (meant.is_unclear and not waiting):
        unread.not_understood(work, chat_id, text)
    elif day is None:
        _cancel_meant(work, who, meant, waiting)
    else:
        _free(work, who, day, waiting)


def _meant(library: Library, wish: Wish, now: datetime) -> Meant | None:
    """What a wish is about; none for all reminders at once, which is about the plan, and for all else.

    Raises WordsError for a day that there is not.
    """
    habit, rest = requests.take_habit(library, wish.words)
    if wish.is_clear and not rest:
        is_plan = wish.is_many and not wish.is_single and habit is None
        return None if is_plan else Meant(wish, habit, None)
    for when, purpose in cancelling.ways(rest, now):
        is_time = when.minutes and not purpose and not wish.words.isdecimal()
        if wish.is_clear or is_time:
            return Meant(wish, habit, when)
    return Meant(wish, None, None, is_unclear=True) if wish.is_clear and not wish.is_many else None


def _whole_day(meant: Meant, now: datetime) -> date | None:
    """The day, not gone by, of which all reminders are to be cancelled; none where only some are."""
    wish, when = meant.wish, meant.when
    if when is None or when.minutes or meant.habit or wish.is_single or not wish.is_many:
        return None
    return when.days[0] if when.days[0] >= now.date() else None


def _free(work: Work, who: Any, day: date, waiting: Sequence[Any]) -> None:
    """Nothing is to come on a day: neither single reminders nor what is planned."""
    zone = clock.zone(who.zone)
    if found := [row for row in waiting if singles.wall(row, zone).date() == day]:
        _cancel(work, who.chat_id, found, None)
    pauses.pause(work, who.chat_id, f"{day.isoformat()} for 1 day")


def _cancel_meant(work: Work, who: Any, meant: Meant, waiting: Sequence[Any]) -> None:
    zone = clock.zone(who.zone)
    fitting = [row for row in waiting if meant.fits(row, singles.wall(row, zone))]
    if fitting and (meant.wish.is_many or len(fitting) == 1) and not meant.is_unclear:
        _cancel(work, who.chat_id, fitting, None)
        return
    plan = schedules.of(work, who.chat_id)
    if fitting:
        card = _card(plan, heading="once.which", shown=fitting)
    else:
        card = _card(plan, [nested("once.none_then")] if waiting else ())
    answer(work, who.chat_id, None, CARD, card)


def _cancel(
    work: Work, chat_id: int, found: Sequence[Any], tap: Tap | None, toast: str = "tapped.cancelled"
) -> None:
    at = singles.cancel(work, chat_id, found)
    plan = schedules.of(work, chat_id)
    told = [_told("once.cancelled", plan, row) for row in found]
    answer(work, chat_id, tap, CARD, _card(plan, told, undo=at), toast)


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


def _is_there(there: Sequence[Any], row: Any) -> bool:
    """Whether the same one was asked for anew meanwhile."""
    return singles.twice(there, row.habit, row.due_at, singles.named_of(row)) is not None
