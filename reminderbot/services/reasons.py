"""Why a reminder was skipped: offered below the result of a tap on Skip, once a day at most; no words are kept."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from reminderbot.rules.answers import Reason
from reminderbot.services import holds, outbox, reminders, results, symptoms
from reminderbot.services.replies import Nested, Tap, joined, nested, subscriber
from reminderbot.services.results import Result
from reminderbot.services.work import Work
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history, people
from reminderbot.store.tables import Outcome

TOLD = timedelta(days=13)
"""Reasons are counted of today and of so many days before: of two weeks."""

ANSWERABLE = timedelta(days=7)
"""How long after a skip its reason may still be said."""


def asked(work: Work, chat_id: int, result: Result) -> Result:
    """The result of a skip with the reasons below it, unless they were offered today, or it is no day to ask.

    Only after a tap: who writes has said it in their own words.
    """
    person, today = people.get(work.tx, chat_id), holds.today(work, chat_id)
    unfit = result.past or result.quiet or result.held
    if unfit or person is None or person.reason_asked_on == today:
        return result
    people.change(work.tx, chat_id, {"reason_asked_on": today})
    return replace(result, fills=result.fills | {"reasons": list(Reason)})


def give(work: Work, chat_id: int, key: ReminderKey, reason: Reason, tap: Tap) -> None:
    """Note why a reminder was skipped, once; pain begins the guided check. Only Undo takes it back, with the skip."""
    if subscriber(work, chat_id, tap) is None:
        return
    row = history.reminder(work.tx, chat_id, key)
    if row is None or row.outcome != Outcome.SKIPPED or row.habit not in work.around.library.habits:
        outbox.toast(work, chat_id, tap.query_id, "answers.not_skipped")
    elif row.answered_at < work.at - ANSWERABLE:
        outbox.toast(work, chat_id, tap.query_id, "answers.too_old")
    elif row.reason:
        outbox.toast(work, chat_id, tap.query_id, "answers.reason_known")
    else:
        _tell(work, note(work, row, reason), tap)
        if reason is Reason.PAIN:
            symptoms.begin(work, chat_id)


def summary(work: Work, chat_id: int, today: date) -> Nested | None:
    """How often which reason was said in the last two weeks; none when none was."""
    found = history.reasons(work.tx, chat_id, today - TOLD)
    told = [nested(f"stats.{reason}", times=found[reason]) for reason in Reason if reason in found]
    return nested("stats.reasons", reasons_text=joined("span.more", told)) if told else None


def note(work: Work, row: Any, reason: Reason) -> Any:
    """Keep why a reminder was skipped; its row as it stands then."""
    key = reminders.key_of(row)
    history.change(work.tx, row.chat_id, key, {"reason": reason})
    return history.reminder(work.tx, row.chat_id, key)


def _tell(work: Work, row: Any, tap: Tap) -> None:
    result = results.of(work, row)
    results.show(work, row, result, tap.message_id)
    outbox.toast(work, row.chat_id, tap.query_id, result.template("toast"), result.fills)
