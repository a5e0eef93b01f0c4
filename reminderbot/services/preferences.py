"""Settings: what to avoid, when the habit day starts, and the ways to everything else."""

from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.rules import clock
from reminderbot.services import outbox, reminders
from reminderbot.services.people import avoid_args, avoided
from reminderbot.services.replies import Nested, Tap, answer, lines, nested, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import people


def show(work: Work, chat_id: int, tap: Tap | None = None, toast: str = "tapped.here") -> None:
    """Show what is set, with buttons."""
    who = subscriber(work, chat_id, tap)
    if who:
        avoid = _avoid_text(avoided(work, who.avoid))
        day = nested("settings.begins" if who.day_start else "settings.midnight", day_start=who.day_start)
        args = {"zone": who.zone, "day_text": day, "avoid_text": avoid}
        answer(work, chat_id, tap, "settings.overview", args, toast)


def show_avoid(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Show the question what to avoid, with the answers so far."""
    who = subscriber(work, chat_id, tap)
    if who:
        answer(work, chat_id, tap, "avoid.question", avoid_args(avoided(work, who.avoid)), "tapped.here")


def toggle_avoid(work: Work, chat_id: int, tag: str, tap: Tap) -> None:
    """Add a tag to what the person avoids, or take it away."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    if tag in AVOID_ANSWERS:
        tags = (avoided(work, who.avoid) or frozenset()) ^ {tag}
        _save_avoid(work, chat_id, tags)
        answer(work, chat_id, tap, "avoid.question", avoid_args(tags))
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def settle_avoid(work: Work, chat_id: int, tap: Tap, *, nothing: bool) -> None:
    """The question is answered: with nothing, or with what was chosen."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    tags = frozenset[str]() if nothing else avoided(work, who.avoid) or frozenset()
    _save_avoid(work, chat_id, tags)
    answer(work, chat_id, tap, "avoid.saved", {"avoid_text": _avoid_text(tags)})


def show_day_start(work: Work, chat_id: int, tap: Tap) -> None:
    """Show the hours at which the habit day can begin."""
    who = subscriber(work, chat_id, tap)
    if who:
        answer(work, chat_id, tap, "settings.day_start", {"day_start": who.day_start}, "tapped.here")


def set_day_start(work: Work, chat_id: int, hour: int, tap: Tap) -> None:
    """Let the habit day begin at this hour; days that are over stay as they are."""
    if not subscriber(work, chat_id, tap):
        return
    if hour in clock.DAY_STARTS:
        people.change(work.tx, chat_id, {"day_start": hour})
        reminders.plan_next(work, chat_id)
        show(work, chat_id, tap, "tapped.saved")
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def _save_avoid(work: Work, chat_id: int, tags: frozenset[str]) -> None:
    sealed = work.around.vault.seal(sorted(tags))
    people.change(work.tx, chat_id, {"avoid": sealed, "asked_avoid": True})


def _avoid_text(tags: frozenset[str] | None) -> Nested:
    if tags is None:
        return nested("avoid.open")
    known = [nested(f"avoid.{tag}") for tag in AVOID_ANSWERS if tag in tags]
    return lines(known) if known else nested("avoid.nothing")
