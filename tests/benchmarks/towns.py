"""Stores with many subscribers in them, made quickly."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from reminderbot.rules import cadence
from reminderbot.services import reminders, schedules, upkeep
from reminderbot.services.work import Work
from reminderbot.store.engine import Store
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, people
from reminderbot.store.tables import Delivery, Standing, subscribers
from tests.benchmarks import parts

ZONES = ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome", "Africa/Lagos")
"""Zones with the same wall time in winter: a whole crowd is due at one instant."""

CHAT_ID_STEP = 7919
"""Between two chat ids, so that they spread as Telegram's do."""

MONTH, MINUTES = timedelta(days=30), 40_000

SUBSCRIBED_AT = "2026-01-01 00:00:00.000000+00"

SUBSCRIBER = ("chat_id", "standing", "zone", "zone_confirmed", "day_start", "asked_avoid", "subscribed_at")
CADENCE = ("chat_id", "habit", "plan", "off", "next_due_at", "deck_round", "deck_cursor", "ignored")

Row = tuple[Any, ...]


def note_zone_data(work: Work) -> None:
    """Nobody is there yet, so there is nothing to be worked out when the bot starts."""
    upkeep.replan_page(work, (0, ""))


def subscribe(work: Work, chats: range, zone: str = "UTC", **move: Any) -> None:
    """Subscribers with the usual cadences; ``move`` are other columns of the one for moves."""
    who = {"standing": Standing.ACTIVE, "zone": zone, "zone_confirmed": True, "subscribed_at": work.at}
    work.tx.execute(insert(subscribers), [who | {"chat_id": chat_id} for chat_id in chats])
    usual = {"next_due_at": None}
    people.add_cadences(
        work.tx,
        [
            row | usual | (move if row["habit"] == "move" else {})
            for chat_id in chats
            for row in schedules.new_rows(work, chat_id, off=False)
        ],
    )


def remind(work: Work, chats: range, key: ReminderKey, **more: Any) -> None:
    """A reminder of each of them; ``more`` are other columns than those of a new one."""
    habit = work.around.library.habits[key.habit]
    moment, plan = cadence.Due(key.due_at, key.due_at.replace(tzinfo=None)), reminders.plan_of(habit.cadence)
    due.add(work.tx, [reminders.new_row(habit, chat_id, moment, plan, "UTC", 3) | more for chat_id in chats])


def in_front(key: ReminderKey) -> dict[str, Any]:
    """Columns of a reminder that its person has seen, as message 1 of the chat."""
    return {"state": Delivery.SENT, "message_id": 1, "sent_at": key.due_at}


def fill(store: Store, size: int, crowd: int, apart: int, due_at: datetime) -> None:
    """So many subscribers with the usual cadences: of a crowd, every ``apart``-th, a move is due at an instant.

    All else is due some time after a month from then.
    """
    with store.begin() as tx:
        _add(tx, "subscriber", SUBSCRIBER, _people(size))
        _add(tx, "cadence", CADENCE, _cadences(size, crowd, apart, due_at))
    if store.is_server:  # as its own vacuum leaves it after a while
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze subscriber, cadence")


def chat(number: int) -> int:
    """The chat of the n-th subscriber."""
    return 100_000 + number * CHAT_ID_STEP


def _people(size: int) -> Iterator[Row]:
    for n in range(size):
        yield chat(n), Standing.ACTIVE, ZONES[n % len(ZONES)], 1, 3, 0, SUBSCRIBED_AT


def _cadences(size: int, crowd: int, apart: int, due_at: datetime) -> Iterator[Row]:
    habits = parts.around().library.habits.values()
    for n in range(size):
        in_crowd = n % apart == 0 and n < crowd * apart
        month_later = due_at + MONTH + timedelta(minutes=n % MINUTES)
        for habit in habits:
            at = due_at if in_crowd and habit.id == "move" else month_later
            yield chat(n), habit.id, habit.cadence, 0, f"{at:%Y-%m-%d %H:%M:%S.%f}", 0, 0, 0


def _add(tx: Connection, table: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    """Without the cost of statements: a million rows are to be there soon."""
    raw: Any = tx.connection.driver_connection
    names = ", ".join(columns)
    if tx.dialect.name == "sqlite":
        raw.executemany(f"insert into {table} ({names}) values ({', '.join('?' * len(columns))})", rows)
        return
    with raw.cursor() as cursor, cursor.copy(f"copy {table} ({names}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
