"""The way back to exercise, as a person asks for it: after a check, when they want to, or two weeks on."""

from datetime import timedelta

from reminderbot.library.models import Nudge
from reminderbot.rules import clock, returning
from reminderbot.services import (
    audits,
    cases,
    holds,
    mending,
    notices,
    outbox,
    safety_cards,
    schedules,
)
from reminderbot.services.replies import Tap, add, answer
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import reports, safety
from reminderbot.store.tables import Hold, ReportState


def checked(work: Work, chat_id: int, tap: Tap | None = None, up_to: int | None = None) -> None:
    """A clinician has looked: begin the way back, and say what that means. Their case is closed.

    ``up_to`` is the newest report that it is about, by default any. While anything else asks or holds, the case stays
    open as well: then that is said instead.
    """
    found = holds.checked(work, chat_id, up_to)
    if found:
        audits.log(work, chat_id, "checked")
    if _say_what_is_left(work, chat_id, tap, up_to, found=found):
        if found:
            cases.changed(work, chat_id)
        return
    if not found:
        say_how_it_is(work, chat_id, tap)
        return
    cases.withdraw(work, chat_id, holds.CHECKED)
    last = returning.last_day(holds.today(work, chat_id))
    days = {"last_day": last.isoformat(), "back_day": (last + timedelta(days=1)).isoformat()}
    known = mending.readable(work, chat_id) is not None
    add(work, chat_id, tap, "hold.checked" if known else "hold.checked_visitor", days, "tapped.noted")


def switch_on(work: Work, chat_id: int, tap: Tap | None = None, up_to: int | None = None) -> None:
    """The person wants reminders again that a mental health report had stopped, but for one made after ``up_to``."""
    found = holds.switch_on(work, chat_id, up_to)
    if found:
        audits.log(work, chat_id, "switched_on")
    if _say_what_is_left(work, chat_id, tap, up_to, found=found):
        return
    if not found:
        say_how_it_is(work, chat_id, tap)
    elif mending.readable(work, chat_id):
        told = safety_cards.numbers(work, chat_id) | {"next_text": schedules.of(work, chat_id).next_text()}
        add(work, chat_id, tap, "hold.switched_on", told, "tapped.noted")
    else:
        outbox.warn(work, chat_id, "safety.stands_mental", safety_cards.numbers(work, chat_id))
        add(work, chat_id, tap, "start.first", toast="tapped.noted")


def resume(work: Work, chat_id: int, tap: Tap | None) -> bool:
    """Say to somebody on hold who asks for reminders how it ends; false when nothing but a pause stands in the way."""
    row = holds.row(work, chat_id)
    if row is None or row.hold != Hold.HELD:
        return False
    answer(work, chat_id, tap, *_now(work, chat_id))
    return True


def wanted(work: Work, chat_id: int) -> bool:
    """Switch on, for words that ask for reminders, what a mental health report stopped; false when none did."""
    row = holds.row(work, chat_id)
    held = bool(row and row.hold == Hold.HELD and row.mental)
    if held:
        switch_on(work, chat_id)
    return held


def say_how_it_is(work: Work, chat_id: int, tap: Tap | None) -> None:
    """Nothing ends by this: say how things stand, with the button that ends a hold if there is one."""
    add(work, chat_id, tap, *_now(work, chat_id))


def ask_about_stretches(work: Work, chat_id: int) -> bool:
    """Ask whether the stretches left out after a gp report may come again; false when there are none."""
    library = work.around.library
    cards = [library.card(card) for card in sorted(safety.dropped_as(work.tx, chat_id, holds.GP))]
    titles = [str(card.title) for card in cards if card and not isinstance(card, Nudge)]
    if titles:
        outbox.say(work, chat_id, "hold.stretches_question", {"titles_list": titles})
    return bool(titles)


def bring_stretches_back(work: Work, chat_id: int, tap: Tap) -> None:
    """Let the stretches come again that were left out after a gp report; what made things worse stays out."""
    safety.bring_back(work.tx, chat_id, holds.GP)
    audits.log(work, chat_id, "stretches_back")
    answer(work, chat_id, tap, "hold.stretches_back")


def leave_stretches_out(work: Work, chat_id: int, tap: Tap) -> None:
    """Go on without the stretches that were left out after a gp report."""
    audits.log(work, chat_id, "stretches_stay")
    answer(work, chat_id, tap, "hold.stretches_stay")


def _say_what_is_left(work: Work, chat_id: int, tap: Tap | None, up_to: int | None, *, found: bool) -> bool:
    """Say what still asks or holds; false when nothing does. ``found``: something that held has just ended."""
    left = holds.newest(work, chat_id)
    if left is None:
        return False
    later = up_to is not None and left.id > up_to
    if left.state == ReportState.ASKED or not (found or later):
        say_how_it_is(work, chat_id, tap)
        return True
    row = reports.get(work.tx, chat_id, left.id)
    quoted = "" if left.mental else safety_cards.quoted_words(work, row)
    template = "hold.still_off" if left.mental else "hold.still_open" if quoted else "hold.still_open_plain"
    zone = clock.zone(who.zone if (who := mending.readable(work, chat_id)) else work.around.default_zone)
    told = {"at_time": clock.wall_of(row.reported_at, zone).isoformat(), "quote": quoted} if row else {}
    add(work, chat_id, tap, template, told | {"report": keys.encode_number(left.id)})
    return True


def _now(work: Work, chat_id: int) -> tuple[str, dict[str, object]]:
    """How things stand, as a template and its arguments; with whom to talk to while dark thoughts hold."""
    how = notices.args(work, chat_id)
    if how is None:
        return "hold.nothing", {}
    if how["ends"] == "switch_on":
        return "hold.now_mental", how | safety_cards.numbers(work, chat_id)
    return "hold.now", how
