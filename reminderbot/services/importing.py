"""Moving in from another server: its export is shown, and taken over when the person says so.

Nothing that keeps somebody safe is weakened by it: a hold there goes on here, one here stays, and what is to be avoided
only grows.
"""

from datetime import timedelta
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Row

from reminderbot.rules import clock
from reminderbot.services import (
    exported,
    holds,
    import_offers,
    once,
    outbox,
    reminders,
    schedules,
    sifting,
    singles,
    todaycard,
    unread,
    zones,
)
from reminderbot.services.exported import Export, WrongFileError
from reminderbot.services.people import avoided
from reminderbot.services.replies import Tap, answer, subscriber
from reminderbot.services.sifting import Found
from reminderbot.services.work import Work, new_id
from reminderbot.store import keys
from reminderbot.store.queries import changes, people, reports, safety
from reminderbot.store.queries import importing as rows
from reminderbot.store.tables import Delivery, Hold, ReportState
from reminderbot.store.vault import LostKeyError

KEPT: Final = timedelta(hours=1)
"""How long the button takes over what was shown."""

MOVED: Final = "import"
"""What the report behind a hold that was taken over has for a lexicon: none has judged it here."""


def offer(work: Work, chat_id: int, export: Export) -> None:
    """Show a subscriber what of a file would be taken over, with a button that does it."""
    who = subscriber(work, chat_id)
    if who is None:
        return
    try:
        found = sifting.sift(work, who, export)
    except WrongFileError as wrong:
        refuse(work, chat_id, wrong)
        return
    if found.is_empty:
        outbox.say(work, chat_id, "import.nothing")
        return
    draft = new_id(work.at)
    rows.put(work.tx, chat_id, draft, work.at, work.around.vault.seal(found.model_dump(mode="json")))
    shown = {"found_text": import_offers.lines_of(work, chat_id, found), "draft": keys.encode_number(draft)}
    outbox.say(work, chat_id, "import.offer", shown)


def refuse(work: Work, chat_id: int, wrong: WrongFileError) -> None:
    """Say what is wrong with a file, and what to send instead."""
    unread.tell(work, chat_id, wrong.template)


def take(work: Work, chat_id: int, draft: int | None, tap: Tap) -> None:
    """Take over what the message with the button has shown; nothing when that has expired, or was done before."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    found = _taken(work, chat_id, draft)
    if found is None:
        outbox.toast(work, chat_id, tap.query_id, "tapped.import_over")
        return
    _settle_in(work, who, found, tap)
    added = _add_days(work, chat_id, found)
    _go_on_holding(work, chat_id, found)
    plan = schedules.of(work, chat_id)
    done = {"days": added, "habits_text": plan.lines(), "next_text": plan.next_text()}
    answer(work, chat_id, tap, "import.done", done)


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` offers that have expired; returns how many."""
    return rows.sweep(work.tx, work.at - KEPT, limit)


def _taken(work: Work, chat_id: int, draft: int | None) -> Found | None:
    sealed = None if draft is None else rows.take(work.tx, chat_id, draft, work.at - KEPT)
    try:
        return Found.model_validate(work.around.vault.open(sealed)) if sealed else None
    except (LostKeyError, ValidationError):  # of another version, say
        return None


def _settle_in(work: Work, who: Row[Any], found: Found, tap: Tap) -> None:
    """Set what the file says of settings and plans."""
    about = found.about
    values = about.model_dump(exclude_none=True, exclude={"avoid", "zone_confirmed", "card_due_at"})
    if about.zone:
        values["zone_confirmed"] = True
        zones.close_questions(work, who.chat_id, about.zone, tap)
    if about.avoid is not None:
        tags = (avoided(work, who.avoid) or frozenset()) | set(about.avoid)
        values |= {"avoid": work.around.vault.seal(sorted(tags)), "asked_avoid": True}
    if values:
        people.change(work.tx, who.chat_id, values)
    if about.card_due_at and not todaycard.is_kept(who):
        todaycard.keep(work, who.chat_id)
    schedules.of(work, who.chat_id)  # a habit that is new in the content has its row from here on
    for plan in found.plans:
        people.change_cadence(
            work.tx, who.chat_id, plan.habit, {"plan": plan.plan, "off": plan.off} | changes.FINAL
        )
    reminders.plan_next(work, who.chat_id)
    singles.follow_clock(work, who.chat_id)
    now = people.get(work.tx, who.chat_id)
    for row in found.singles:
        once.take_over(work, now, row.habit, clock.aware(row.due_at), row.asked_for)


def _add_days(work: Work, chat_id: int, found: Found) -> int:
    """Add the days that are not known here, with the reminders behind the last of them; returns how many days."""
    known = rows.known_days(work.tx, chat_id)
    new = [day for day in found.days if (day.habit, day.habit_day) not in known]
    rows.add_days(work.tx, [{"chat_id": chat_id, **day.model_dump()} for day in new])
    named = {(day.habit, day.habit_day) for day in new}
    behind = [row for row in found.reminders if (row.habit, row.habit_day) in named]
    rows.add_reminders(work.tx, [_reminder(work, chat_id, row) for row in behind])
    return len({day.habit_day for day in new})


def _reminder(work: Work, chat_id: int, row: exported.Reminder) -> dict[str, Any]:
    """The row of a reminder that was sent by another bot and is over: it has no message here."""
    due_at = clock.aware(row.due_at)
    values = row.model_dump() | {
        "due_at": due_at,
        "answered_at": row.answered_at and clock.aware(row.answered_at),
    }
    sent_at = due_at if row.state == Delivery.SENT else None
    over = {"closes_at": work.at, "expires_at": due_at, "not_before": due_at, "sent_at": sent_at}
    return {"chat_id": chat_id, **values, **over}


def _go_on_holding(work: Work, chat_id: int, found: Found) -> None:
    """Stop here what was stopped there; a hold that is here already, or the way back from one, stays as it is."""
    for card in found.dropped:
        safety.drop_card(work.tx, chat_id, card.card, card.why, work.at)
    was = holds.row(work, chat_id)
    if holds.is_held(was):
        return
    if found.held:
        _hold(work, chat_id, found.held)
    elif found.returns_on and not holds.is_returning(was, holds.today(work, chat_id)):
        holds.ensure(work, chat_id)
        safety.change(work.tx, chat_id, {"hold": Hold.RETURNING, "returns_on": found.returns_on})


def _hold(work: Work, chat_id: int, held: sifting.Held) -> None:
    """Hold by a report of which nothing is left to be asked: it was told, and answered, elsewhere."""
    report = new_id(work.at)
    holds.ensure(work, chat_id)
    told = {"chat_id": chat_id, "id": report, "reported_at": work.at, **held.model_dump()}
    over = {"state": ReportState.CLOSED, "closed_as": holds.FOLLOWED, "reacted": True}
    reports.add(work.tx, told | over | {"rules": "[]", "codes": "[]", "lexicon": MOVED})
    holds.hold(work, chat_id, held.level, held.mental, report)
