"""The way back to exercise, as a person asks for it: after a check, when they want to, or two weeks on."""

from datetime import timedelta

from reminderbot.library.models import Nudge
from reminderbot.rules import returning
from reminderbot.services import audits, cases, holds, mending, notices, outbox, schedules
from reminderbot.services.replies import Tap, add, answer
from reminderbot.services.work import Work
from reminderbot.store.queries import safety
from reminderbot.store.tables import Hold


def checked(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """A clinician has looked: begin the way back, and say what that means. Their case is closed."""
    if not holds.checked(work, chat_id):
        _say_how_it_is(work, chat_id, tap)
        return
    audits.log(work, chat_id, "checked")
    cases.withdraw(work, chat_id, holds.CHECKED)
    last = returning.last_day(holds.today(work, chat_id))
    days = {"last_day": last.isoformat(), "back_day": (last + timedelta(days=1)).isoformat()}
    known = mending.readable(work, chat_id) is not None
    add(work, chat_id, tap, "hold.checked" if known else "hold.checked_visitor", days, "tapped.noted")


def switch_on(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """The person wants reminders again that a mental health report had stopped."""
    if not holds.switch_on(work, chat_id):
        _say_how_it_is(work, chat_id, tap)
        return
    audits.log(work, chat_id, "switched_on")
    if mending.readable(work, chat_id):
        next_text = schedules.of(work, chat_id).next_text()
        add(work, chat_id, tap, "hold.switched_on", {"next_text": next_text}, "tapped.noted")
    else:
        add(work, chat_id, tap, "start.first", toast="tapped.noted")


def resume(work: Work, chat_id: int, tap: Tap | None) -> bool:
    """Answer somebody on hold who asks for reminders; false when nothing but a pause stands in the way."""
    row = holds.row(work, chat_id)
    if row is None or row.hold != Hold.HELD:
        return False
    if row.mental:
        switch_on(work, chat_id, tap)
    else:
        answer(work, chat_id, tap, "hold.now", notices.args(row, holds.today(work, chat_id)))
    return True


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


def _say_how_it_is(work: Work, chat_id: int, tap: Tap | None) -> None:
    """Nothing waits for this: say what there is instead."""
    how = notices.args(holds.row(work, chat_id), holds.today(work, chat_id))
    add(work, chat_id, tap, "hold.now" if how else "hold.nothing", how)
