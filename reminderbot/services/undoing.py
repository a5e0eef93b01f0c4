"""Undo of what was asked for in words or by buttons, and of whatever is the newest that can be undone."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from reminderbot.rules import clock
from reminderbot.services import answers, cadences, cancelling, once, outbox, pauses, resting, singles
from reminderbot.services.replies import Tap, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import changes, history


class Deed(NamedTuple):
    """Something that can be undone: when it was done, and what takes it back; false when nothing was."""

    at: datetime
    take_back: Callable[[], object]


def press(work: Work, chat_id: int, at: datetime | None, tap: Tap) -> None:
    """Take back what an Undo button names by when it was; nothing where it is another by now, or was taken back."""
    if subscriber(work, chat_id, tap) is None:
        return
    if at is None or not _take_back(work, chat_id, at, tap):
        outbox.toast(work, chat_id, tap.query_id, "tapped.changed_since")


def said(work: Work, chat_id: int, when: datetime, reply_to: int | None = None) -> None:
    """Take back the answer to the message replied to; else the newest since this habit day began, answer or request."""
    who = subscriber(work, chat_id)
    if who is None:
        return
    if reply_to and history.of_message(work.tx, chat_id, reply_to):
        answers.undo_said(work, chat_id, when, reply_to)
        return
    newest = max(_deeds(work, who, when), key=lambda deed: deed.at, default=None)
    if newest is None or newest.take_back() is False:
        answers.undo_said(work, chat_id, when)


def _take_back(work: Work, chat_id: int, at: datetime, tap: Tap | None) -> bool:
    ways = (cadences.take_back, once.take_back, cancelling.take_back)
    return any(take_back(work, chat_id, at, tap) for take_back in ways)


def _deeds(work: Work, who: Any, when: datetime) -> Iterator[Deed]:
    """The newest of each kind since this habit day began."""
    began = clock.day_begins(resting.today(work, who), clock.zone(who.zone), who.day_start)
    if answered := answers.last_answered(work, who, when):
        yield Deed(answered.answered_at, lambda: False)  # which is taken back where nothing newer is
    if begun := pauses.begun_at(work, who, began):
        yield Deed(begun, partial(pauses.resume, work, who.chat_id))
    if planned := pauses.planned_at(work, who, began):
        yield Deed(planned, partial(pauses.call_off, work, who, began))
    asked, cancelled = _newest_asked(work, who, began), cancelling.newest(work, who.chat_id, began)
    for at in filter(None, (asked, cancelled)):
        yield Deed(at, partial(_take_back, work, who.chat_id, at, None))


def _newest_asked(work: Work, who: Any, began: datetime) -> datetime | None:
    """When the newest change of a plan, or single reminder that waits, was asked for since this habit day began."""
    changed = changes.newest_change(work.tx, who.chat_id)
    found = [row.asked_at for row in singles.waiting(work, who.chat_id)] + ([changed] if changed else [])
    return max((at for at in found if at >= began), default=None)
