"""/symptom, a check by buttons that reads no text; and "Something feels wrong", with the stretch that did it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from reminderbot.library import guided, sequencing
from reminderbot.library.guided import Page
from reminderbot.library.texts import FALLBACK
from reminderbot.services import asides, audits, outbox, reports, safety_cards
from reminderbot.services.replies import Tap, add, answer
from reminderbot.services.reports import Finding
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history, safety
from reminderbot.store.queries import reports as rows

RECENT = timedelta(hours=24)
"""How long after a stretch it may be the one that felt wrong."""

SAME_TAP = timedelta(minutes=1)
"""The same answer again within this span is the same answer."""

WORSE = "worse"
"""Why a card never comes again: it made things worse."""

CHECKIN = "checkin"
"""Stands for a page where the weekly check-in asks what the first page does."""


def begin(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Begin the guided check, for subscribers and everybody else."""
    first = guided.PAGES[0]
    add(work, chat_id, tap, f"symptom.{first}", page_args(work, first), "tapped.below")


def page_args(work: Work, page: Page, name: str | None = None) -> dict[str, object]:
    """What the keyboard of a page needs; ``name`` is what its "none of these" stands for, by default the page."""
    return {"items": list(work.around.library.check.items(page)), "page": name or page}


def has(work: Work, chat_id: int, name: str, person: str, tap: Tap | None = None) -> None:
    """One of the answers is so: the card it calls for, at once. ``person`` is their first name."""
    found = work.around.library.check.item(name)
    if found is None:
        _unknown(work, chat_id, tap)
        return
    if tap:
        answer(work, chat_id, tap, "symptom.told", {"label": _label(work, name)}, "tapped.below")
    rules = (f"{found.condition}.{name}",)
    _report(work, chat_id, Finding(found.level, found.condition, rules, found.mental), person, tap)


def has_some(work: Work, chat_id: int, page: Page, person: str) -> None:
    """Yes, in words, to a page: which of it is not known, so the most serious of it counts.

    Where one of the answers calls for a card of another kind, which of them it is is asked as well.
    """
    items = work.around.library.check.items(page)
    rules = [f"{item.condition}.{name}" for name, item in items.items()]
    _report(work, chat_id, Finding(level(work, page), None, rules), person)
    if any(item.mental for item in items.values()):
        outbox.say(work, chat_id, "symptom.which", page_args(work, page))


def level(work: Work, page: Page) -> str:
    """The most serious level of a page's answers."""
    return max((item.level for item in work.around.library.check.items(page).values()), key=reports.rank)


def has_none(work: Work, chat_id: int, page: str, tap: Tap | None = None) -> None:
    """None of the answers of a page is so: the next page; after the last one what to do if that changes."""
    if page == CHECKIN:
        audits.log(work, chat_id, "checkin_none")
        answer(work, chat_id, tap, "symptom.noted", toast="tapped.noted")
        return
    known = next((one for one in guided.PAGES if one == page), None)
    if known is None:
        _unknown(work, chat_id, tap)
    elif following := guided.following(known):
        answer(work, chat_id, tap, f"symptom.{following}", page_args(work, following), "tapped.noted")
    else:
        _end(work, chat_id, tap)


def _unknown(work: Work, chat_id: int, tap: Tap | None) -> None:
    """Only a button can name what there is not."""
    if tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def _end(work: Work, chat_id: int, tap: Tap | None) -> None:
    """Nothing of it is so: say so, with the stretch of the last day, in case it was that; an open card still stands."""
    row = asides.open_one(work, chat_id)
    shown = safety_cards.numbers(work, chat_id)
    stretch = _last_stretch(work, chat_id)
    key = keys.encode(ReminderKey(stretch.habit, stretch.due_at)) if stretch else ""
    template = "symptom.over_open" if row else "symptom.over"
    answer(work, chat_id, tap, template, shown | {"key": key}, "tapped.noted")


def wrong(work: Work, chat_id: int, key: ReminderKey | None = None, tap: Tap | None = None) -> None:
    """Something feels wrong: was it the stretch? Without one of the last day that is asked about, the check begins."""
    row = history.reminder(work.tx, chat_id, key) if key else _last_stretch(work, chat_id)
    card = sequencing.stretch(work.around.library, row.card) if row else None
    if row is None or card is None:
        begin(work, chat_id, tap)
        return
    shown = {"heading": str(card.title), "key": keys.encode(ReminderKey(row.habit, row.due_at))}
    add(work, chat_id, tap, "symptom.wrong", shown)


def worse(work: Work, chat_id: int, key: ReminderKey, tap: Tap) -> None:
    """A stretch made it worse: it never comes again for this person, and is counted for the reviewer, nameless."""
    row = history.reminder(work.tx, chat_id, key)
    card = sequencing.stretch(work.around.library, row.card) if row else None
    if card is None:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")
        return
    if safety.drop_card(work.tx, chat_id, card.id, WORSE, work.at):
        audits.log(work, None, "card_made_it_worse", card=card.id)
    answer(work, chat_id, tap, "symptom.worse", {"heading": str(card.title)}, "tapped.noted")


def _label(work: Work, name: str) -> str:
    page = next(page for page in guided.PAGES if name in work.around.library.check.items(page))
    return str(work.around.library.messages[f"symptom.{page}"].button(name))


def _report(work: Work, chat_id: int, finding: Finding, person: str, tap: Tap | None = None) -> None:
    """Open a report; after the same a moment ago, words are told that its card stands."""
    same = (finding.condition, finding.level)
    told = [
        row
        for row in rows.unsettled(work.tx, chat_id)
        if (row.condition, row.level) == same and work.at - row.reported_at < SAME_TAP
    ]
    if not told:
        reports.open_report(work, chat_id, finding, person)
    elif not tap:
        asides.say_again(work, told[0], FALLBACK)


def _last_stretch(work: Work, chat_id: int) -> Row[Any] | None:
    """The reminder with the newest stretch of the last day; none when what came last was a sequence not begun."""
    library = work.around.library
    habits = [habit.id for habit in library.habits.values() if sequencing.has_stretches(habit)]
    row = history.newest_shown(work.tx, chat_id, habits, work.at - RECENT)
    return row if row and sequencing.stretch(library, row.card) else None
