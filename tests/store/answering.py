"""Somebody whose reminders are made, sent and answered without Telegram: for the tests of answers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from reminderbot.rules import answers as words
from reminderbot.rules.answers import Word
from reminderbot.services import answers, days, delivery, due, people, reminders, settling
from reminderbot.services.answers import Said
from reminderbot.services.replies import Tap
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import history
from reminderbot.store.queries import people as people_rows
from reminderbot.store.tables import Lane
from reminderbot.store.tables import days as day_table
from reminderbot.store.tables import messages as message_table
from reminderbot.store.tables import reminders as reminder_table
from reminderbot.telegram import wording

BERLIN = ZoneInfo("Europe/Berlin")
MON = date(2026, 1, 5)
TUE = MON + timedelta(days=1)


def local(text: str, day: date = MON) -> datetime:
    """An instant by the clock in Berlin: ``local("9:05")``."""
    hour, minute, second = (int(part) for part in f"{text}:0".split(":")[:3])
    return datetime.combine(day, time(hour, minute, second), BERLIN).astimezone(UTC)


class Told(NamedTuple):
    """One message of the outbox, as it would read."""

    method: str
    template: str
    text: str
    target: str | None
    args: dict[str, Any]


class Ana:
    """A subscriber in Berlin. Moves are due at 9, 10, 11, 13, 14, 15 and 16 on weekdays, the stretch at 8:30."""

    chat_id = 7

    def __init__(self, at: Any, began: datetime, moves_only: bool = True) -> None:
        """Subscribe at an instant."""
        self.at = at
        self._messages = 100
        self._taps = 0
        with at(began) as work:
            people.start(work, self.chat_id, "Ana")
            people_rows.change(work.tx, self.chat_id, {"zone": "Europe/Berlin", "zone_confirmed": True})
            if moves_only:
                people_rows.change_cadence(work.tx, self.chat_id, "stretch", {"off": True})
            reminders.plan_next(work, self.chat_id)
        self.told(began)

    def receives(self, when: datetime, arrives: bool = True) -> ReminderKey:
        """The reminder that is due then is made, sent, and has arrived, or its fate is unknown."""
        with self.at(when) as work:
            days.close_due(work)
            due.make_due(work)
            outgoing = delivery.claim(work, [Lane.REMINDER], 10).rows
        assert len(outgoing) == 1, outgoing
        out = outgoing[0]
        assert isinstance(out.key, ReminderKey)
        with self.at(when) as work:
            wording.render(work.around.library, out.template, out.args, work.at)
            if arrives:
                settling.sent(work, out, self.next_message())
            else:
                settling.unknown(work, out, when)
        return out.key

    def receives_nothing(self, when: datetime) -> None:
        """What is due then is made, and nothing is sent."""
        with self.at(when) as work:
            days.close_due(work)
            due.make_due(work)
            assert not delivery.claim(work, [Lane.REMINDER], 10).rows

    def next_message(self) -> int:
        """The id of a new message in her chat."""
        self._messages += 1
        return self._messages

    def taps(self, when: datetime, verb: str, key: ReminderKey, message: int | None = None) -> list[Told]:
        """Press a button of a reminder; what she is told."""
        self._taps += 1
        tap = Tap(f"tap{self._taps}", message or self.message_of(key) or 99)
        with self.at(when) as work:
            if verb == "undo":
                answers.undo(work, self.chat_id, key, tap)
            else:
                answers.press(work, self.chat_id, key, Word(verb), tap)
        return self.told(when)

    def says(
        self, when: datetime, text: str, reply_to: ReminderKey | None = None, late: timedelta = timedelta()
    ) -> list[Told]:
        """Write something; ``late`` is how long the bot was down before it read it. What she is told."""
        said_at, replied = when, self.message_of(reply_to) if reply_to else None
        with self.at(when + late) as work:
            if text.lstrip("/") == "undo":
                answers.undo_said(work, self.chat_id, said_at, replied)
            elif text.startswith("/"):
                name, _, rest = text[1:].partition(" ")
                answers.said(work, self.chat_id, Said(Word(name), said_at, replied, rest=rest, command=True))
            else:
                found = words.read(text)
                assert found, text
                said = Said(found.word, said_at, replied, found.bare, found.minutes, found.rest)
                answers.said(work, self.chat_id, said)
        return self.told(when + late)

    def told(self, when: datetime) -> list[Told]:
        """What was put into the outbox since the last time, rendered; it counts as read."""
        with self.at(when) as work:
            rows = work.tx.execute(select(message_table).order_by(message_table.c.id)).all()
            work.tx.execute(message_table.delete())
            vault, library = work.around.vault, work.around.library
            found = []
            for row in rows:
                args: Any = vault.open(row.args)
                text = wording.render(library, row.template, args, when)
                assert row.method != "toast" or len(text) <= 200
                found.append(Told(row.method, row.template, text, row.target, args))
        return found

    def row(self, key: ReminderKey) -> Any:
        """A reminder's row."""
        with self.at(local("9:00")) as work:
            return history.reminder(work.tx, self.chat_id, key)

    def message_of(self, key: ReminderKey) -> int | None:
        """Telegram's id of a reminder's message."""
        row = self.row(key)
        return None if row is None else row.message_id

    def rows(self, habit: str = "move") -> list[Any]:
        """All her reminders of a habit, oldest first."""
        query = (
            select(reminder_table).where(reminder_table.c.habit == habit).order_by(reminder_table.c.due_at)
        )
        with self.at(local("9:00")) as work:
            return list(work.tx.execute(query))

    def day(self, day: date = MON, habit: str = "move") -> Any:
        """The row of a habit day; none when nothing was counted."""
        query = select(day_table).where(day_table.c.habit == habit, day_table.c.habit_day == day)
        with self.at(local("9:00")) as work:
            return work.tx.execute(query).first()

    def closes(self, when: datetime) -> int:
        """Time has passed: settle days that are over."""
        with self.at(when) as work:
            return days.close_due(work)

    def cadence(self, habit: str = "move") -> Any:
        """The row of one of her cadences."""
        with self.at(local("9:00")) as work:
            return history.cadence(work.tx, self.chat_id, habit)

    def next_due(self, habit: str = "move") -> datetime | None:
        """When a habit is due next."""
        found: datetime | None = self.cadence(habit).next_due_at
        return found


def texts(told: list[Told], method: str | None = None) -> list[str]:
    """Only the texts, maybe of one method."""
    return [one.text for one in told if method in (None, one.method)]
