"""Files of another server: as /export makes them, and as nobody's program ever would."""

import json
from datetime import date, timedelta
from typing import Any

from reminderbot.store.queries import people
from tests.world import MONDAY, Somebody

File = dict[str, Any]

COUNTS = ("prompted", "done", "own", "skipped", "missed", "void", "snoozed")


def export_of(who: Somebody) -> File:
    """The JSON that /export brings."""
    who.says("/export")
    sent = [message for message in who.person.messages if message.file_id]
    files = [who.world.tele.world.files.get(str(message.file_id)) for message in sent]
    who.forgets_what_was_said()
    found: File = json.loads([one for one in files if one.name.endswith("json")][-1].content)
    return found


def brings(who: Somebody, file: File | bytes, name: str = "reminderbot.json", caption: str = "") -> None:
    """Send a file to the bot."""
    content = file if isinstance(file, bytes) else json.dumps(file).encode()
    who.does(lambda person: person.sends_document(name, content, caption))


def tables(who: Somebody) -> dict[str, list[dict[str, Any]]]:
    """All that is stored of somebody."""
    return who.world.ask(lambda work: dict(people.everything(work.tx, who.id)))


def settled(who: Somebody) -> dict[str, list[dict[str, Any]]]:
    """The same without what was only said and heard."""
    return {name: rows for name, rows in tables(who).items() if name not in ("inbox", "message")}


def file(**rows: list[Any]) -> File:
    """A file with these rows, each of Ana unless it says otherwise."""
    mine = {
        name: [{"chat_id": 1001} | row if isinstance(row, dict) else row for row in some]
        for name, some in rows.items()
    }
    return {"reminderbot": {"version": 1, "exported_at": "2026-01-05T08:00:00+00:00"}, **mine}


def day(back: int, **counts: int) -> dict[str, Any]:
    """The row of a day so long before the Monday on which a world begins."""
    when = MONDAY.date() - timedelta(days=back)
    return {"habit": "move", "habit_day": when.isoformat(), **dict.fromkeys(COUNTS, 0), **counts}


def days(count: int, **counts: int) -> list[dict[str, Any]]:
    """The days before that Monday."""
    return [day(back, **counts) for back in range(1, count + 1)]


def known_days(who: Somebody) -> dict[date, int]:
    """The days of the hourly nudge that are known here, each with what was done."""
    return {row["habit_day"]: row["done"] for row in tables(who)["day"] if row["habit"] == "move"}
