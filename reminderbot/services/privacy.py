"""What is kept about a person: said, handed over, and deleted."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from reminderbot.rules import forgetting
from reminderbot.rules.forgetting import Choice
from reminderbot.services import exported, leaving, outbox, todaycard
from reminderbot.services.people import forget as erase
from reminderbot.services.replies import Tap, answer, subscriber
from reminderbot.services.work import Work
from reminderbot.store.queries import history, people
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.vault import LostKeyError

DAY_COLUMNS = {"habit": "habit", "day": "habit_day"} | {
    name: name for name in ("prompted", "done", "own", "skipped", "missed", "void", "snoozed")
}
"""The columns of the table for a spreadsheet, and what they are called in a day row."""

OF_OTHERS = frozenset({"acknowledged_by"})
"""Columns with the chat of somebody else: not handed over."""

ASKED = ("forget.question", "forget.unsure")
"""Templates that ask whether to delete everything."""

JUST = timedelta(minutes=5)
"""How long words may answer that."""

SWEPT_AT_ONCE = timedelta(days=30)
"""Age that is given to the last words to somebody forgotten: the next sweep takes them."""

Tables = Mapping[str, list[dict[str, Any]]]


def export(work: Work, chat_id: int) -> None:
    """Send every row of a person as JSON, decrypted, and the counts of the days as a CSV for a spreadsheet."""
    if not _known(work, chat_id):
        return
    tables = {
        name: [_readable(work, row) for row in rows] for name, rows in people.everything(work.tx, chat_id)
    }
    outbox.file(work, chat_id, "reminderbot.json", as_json(tables, work.at), "export.json")
    outbox.file(work, chat_id, "reminderbot.csv", as_csv(tables["day"]), "export.csv")


def as_json(tables: Tables, at: datetime) -> str:
    """The rows as JSON: an object of tables, each a list of rows; before them what the file is, and when it was made.

    Another server can read it (``services.exported``).
    """
    header = {"version": exported.VERSION, "exported_at": at.isoformat()}
    return json.dumps({exported.HEADER: header, **tables}, ensure_ascii=False, indent=1)


def as_csv(days: Sequence[Mapping[str, Any]]) -> str:
    """The day rows as CSV, a line for each habit and habit day: habit, day, and how often what happened."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(DAY_COLUMNS)
    writer.writerows([_cell(row[column]) for column in DAY_COLUMNS.values()] for row in days)
    return text.getvalue()


def ask_forget(work: Work, chat_id: int) -> None:
    """Ask before anything is deleted; first what has to be checked, for that will be forgotten as well."""
    if _known(work, chat_id):
        leaving.remind(work, chat_id, "leaving.forget")
        answer(work, chat_id, None, "forget.question")


def answered(work: Work, chat_id: int, text: str, reply_to: int | None) -> bool:
    """Whether words answer that, which is done then; a yes alone deletes nothing, it is told what does.

    As a reply to a reminder they are about that one.
    """
    choice = forgetting.read(text)
    if choice is None or (reply_to and history.of_message(work.tx, chat_id, reply_to)):
        return False
    if not _is_asked(work, chat_id):
        return False
    match choice:
        case Choice.DELETE:
            forget(work, chat_id)
        case Choice.UNSURE:
            outbox.say(work, chat_id, "forget.unsure")
        case Choice.KEEP:
            keep(work, chat_id)
    return True


def keep(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Delete nothing; what was deleted since, in words, is gone."""
    if _known(work, chat_id, tap):
        answer(work, chat_id, tap, "forget.kept", toast="tapped.kept")


def forget(work: Work, chat_id: int, tap: Tap | None = None) -> None:
    """Close what people on call know of a person, delete every row of theirs, then say so.

    The words that say so, and what takes the chat of somebody on call back to what it was, are the only rows left
    with that chat. They name nobody, are emptied when they are sent, and so old that the next sweep deletes them.
    """
    card = todaycard.message_of(work, chat_id)
    erase(work, chat_id)
    answer(work, chat_id, tap, "forget.done", toast="tapped.forgotten")
    todaycard.take_down(work, chat_id, card)
    people.backdate_messages(work.tx, chat_id, work.at - SWEPT_AT_ONCE)


def _is_asked(work: Work, chat_id: int) -> bool:
    """Whether that is what the bot spoke of last, just now, and no reminder has come since."""
    last = outbox_rows.last_said(work.tx, chat_id, work.at - JUST)
    if last is None or last.template not in ASKED:
        return False
    return not history.newest_shown(work.tx, chat_id, list(work.around.library.habits), last.created_at)


def _known(work: Work, chat_id: int, tap: Tap | None = None) -> bool:
    """Whether anything is kept about a person; somebody who told of a symptom need not be a subscriber."""
    stranger = people.get(work.tx, chat_id) is None
    return (stranger and people.is_kept(work.tx, chat_id)) or subscriber(work, chat_id, tap) is not None


def _readable(work: Work, row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: _plain(work, value) for column, value in row.items() if column not in OF_OTHERS}


def _plain(work: Work, value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, bytes):
        return value
    try:
        return work.around.vault.open(value)
    except LostKeyError:
        return work.around.library.messages["export.unreadable"].text.get()


def _cell(value: object) -> object:
    # A spreadsheet would run a text that begins like a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
