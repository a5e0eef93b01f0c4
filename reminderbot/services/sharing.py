"""What people on call may see, and the weekly check-ins: the safety part of the settings."""

from reminderbot.services import audits, cases, checkins, holds, notes, outbox, safety_cards
from reminderbot.services.replies import Tap, answer, nested, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.queries import safety
from reminderbot.store.tables import Sharing


def show(work: Work, chat_id: int, tap: Tap, toast: str = "tapped.here") -> None:
    """Show what is set, with buttons."""
    if subscriber(work, chat_id, tap) is None:
        return
    row = holds.row(work, chat_id)
    sharing = row.sharing if row else Sharing.ASK
    asked = row is not None and row.checkin_at is not None
    args = {
        "sharing": sharing,
        "sharing_text": nested(f"settings.share_{sharing}"),
        "checkins": ("on" if asked else "off") if asked or checkins.are_offered(work, chat_id) else None,
        "checkins_text": nested("settings.checkins_on" if asked else "settings.checkins_off"),
    }
    answer(work, chat_id, tap, "settings.safety", args | safety_cards.numbers(work, chat_id), toast)


def choose(work: Work, chat_id: int, choice: str, tap: Tap) -> None:
    """Set what people on call may see from now on; a case that is running follows it."""
    if choice not in list(Sharing):
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
        return
    if subscriber(work, chat_id, tap) is None:
        return
    was = holds.ensure(work, chat_id).sharing
    safety.change(work.tx, chat_id, {"sharing": choice})
    audits.log(work, chat_id, "sharing", choice=choice)
    if choice == Sharing.ALWAYS:
        cases.share(work, chat_id)
    elif choice == Sharing.NOBODY:
        cases.withdraw(work, chat_id, "nobody_wanted")
    elif was == Sharing.ALWAYS:
        _hide(work, chat_id)
    show(work, chat_id, tap, "tapped.saved")


def switch_checkins(work: Work, chat_id: int, choice: str, tap: Tap) -> None:
    """Agree to weekly check-ins, or end them."""
    checkins.switch(work, chat_id, on=choice == "on")
    show(work, chat_id, tap, "tapped.saved")


def _hide(work: Work, chat_id: int) -> None:
    """Consent is taken back: notes show the words no more."""
    for case in case_rows.unclosed_of(work.tx, chat_id):
        case_rows.change(work.tx, case.number, {"shared": False})
        notes.refresh(work, case.number)
