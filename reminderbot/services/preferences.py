"""Settings: what is set, what to avoid, when the habit day starts, and the ways to everything else."""

from typing import Any, assert_never

from reminderbot.library.choosing import CHOICES
from reminderbot.library.models import AVOID_ANSWERS
from reminderbot.rules import clock, switches
from reminderbot.rules.echo import echo
from reminderbot.rules.switches import Setting, Switch
from reminderbot.services import choices, outbox, reminders, singles, todaycard
from reminderbot.services.choices import Said
from reminderbot.services.people import avoid_args, avoided
from reminderbot.services.replies import Nested, Tap, answer, joined, nested, subscriber, tell
from reminderbot.services.work import Work
from reminderbot.store.queries import people


def show(work: Work, chat_id: int, tap: Tap | None = None, toast: str = "tapped.here") -> None:
    """Show what is set, with buttons."""
    who = subscriber(work, chat_id, tap)
    if who:
        avoid = _avoid_text(avoided(work, who.avoid))
        day = nested("settings.begins" if who.day_start else "settings.midnight", day_start=who.day_start)
        args = {"zone": who.zone, "day_text": day, "avoid_text": avoid}
        args |= {f"{what}_text": nested(f"settings.{what}_{choices.chosen(who, what)}") for what in CHOICES}
        switched = {str(each): "on" if _is_on(who, each) else "off" for each in Switch}
        args |= {f"{name}_text": nested(f"settings.{name}_{state}") for name, state in switched.items()}
        args["switched"] = switched
        answer(work, chat_id, tap, "settings.overview", args, toast)


def say(work: Work, chat_id: int, words: str) -> None:
    """Do what stands after ``/settings``: ask one of its questions, take the answer to one, or switch something."""
    if setting := switches.read(words):
        switch(work, chat_id, setting)
        return
    match choices.read(work.around.library, words):
        case None:
            tell(work, chat_id, "settings.unknown", {"words": echo(words)})
        case Said(choices.AVOID, None):
            show_avoid(work, chat_id)
        case Said(choices.AVOID, str(option)):
            _avoid_too(work, chat_id, option)
        case Said(what, option):
            choose(work, chat_id, what, option)


def press(work: Work, chat_id: int, what: str, option: str, tap: Tap) -> None:
    """Do what a button says about where somebody works, what they do or how hard it may be; without trust in it."""
    if what in CHOICES and option in ("", *choices.OPTIONS[what]):
        choose(work, chat_id, what, option or None, tap)
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def choose(work: Work, chat_id: int, what: str, option: str | None, tap: Tap | None = None) -> None:
    """Set where somebody works, what they do or how hard it may be, or set it back; without an option ask for one."""
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    if option is None:
        answer(work, chat_id, tap, f"settings.{what}", {"chosen": choices.chosen(who, what)}, "tapped.here")
    else:
        people.change(work.tx, chat_id, {what: None if option == choices.UNSAID else option})
        show(work, chat_id, tap, "tapped.saved")


def switch(work: Work, chat_id: int, setting: Setting, tap: Tap | None = None) -> None:
    """Switch something on or off; somebody who tapped sees the settings then."""
    if subscriber(work, chat_id, tap) is None:
        return
    match setting.switch:
        case Switch.SILENT:
            people.change(work.tx, chat_id, {"silent": setting.on})
        case Switch.CARD:
            todaycard.keep(work, chat_id) if setting.on else todaycard.let_go(work, chat_id)
        case unknown:
            assert_never(unknown)
    if tap:
        show(work, chat_id, tap, "tapped.saved")
    else:
        outbox.say(work, chat_id, f"settings.said_{setting.switch}_{'on' if setting.on else 'off'}")


def press_switch(work: Work, chat_id: int, name: str, state: str, tap: Tap) -> None:
    """Switch something on or off as a button says; without trust in it."""
    if name in list(Switch) and state in ("on", "off"):
        switch(work, chat_id, Setting(Switch(name), state == "on"), tap)
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


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
    if who:
        tags = frozenset[str]() if nothing else avoided(work, who.avoid) or frozenset()
        _settle_avoid(work, chat_id, tap, tags)


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
        singles.follow_clock(work, chat_id)
        show(work, chat_id, tap, "tapped.saved")
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def _is_on(who: Any, switch: Switch) -> bool:
    match switch:
        case Switch.SILENT:
            return bool(who.silent)
        case Switch.CARD:
            return todaycard.is_kept(who)
        case _:
            assert_never(switch)


def _avoid_too(work: Work, chat_id: int, option: str) -> None:
    """Avoid one thing more, or nothing."""
    who = subscriber(work, chat_id)
    if who:
        so_far = avoided(work, who.avoid) or frozenset()
        _settle_avoid(work, chat_id, None, frozenset() if option == choices.NOTHING else so_far | {option})


def _settle_avoid(work: Work, chat_id: int, tap: Tap | None, tags: frozenset[str]) -> None:
    _save_avoid(work, chat_id, tags)
    answer(work, chat_id, tap, "avoid.saved", {"avoid_text": _avoid_text(tags)})


def _save_avoid(work: Work, chat_id: int, tags: frozenset[str]) -> None:
    sealed = work.around.vault.seal(sorted(tags))
    people.change(work.tx, chat_id, {"avoid": sealed, "asked_avoid": True})


def _avoid_text(tags: frozenset[str] | None) -> Nested:
    if tags is None:
        return nested("avoid.open")
    known = [nested(f"avoid.{tag}") for tag in AVOID_ANSWERS if tag in tags]
    return joined("avoid.more", known) if known else nested("avoid.nothing")
