"""Telegram fails, the disk is full, the database is locked: said in the log, and nothing is lost."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

from tests.acceptance.processes import Process, until
from tests.acceptance.stage import LEASE, MONDAY, Stage

NINE = MONDAY.replace(hour=9, minute=0)


@contextmanager
def no_room(stage: Stage, bot: Process) -> Iterator[None]:
    """Files can't grow beyond what they are, as on a full disk."""
    wal = stage.database.with_name("reminderbot.db-wal")
    room = wal.stat().st_size
    assert room > 2 * bot.output.stat().st_size, "the log must go on"
    _, hard = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (room, hard))
    yield
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (hard, hard))


def test_storms_of_5xx_and_429_and_lost_answers_lose_nothing(stage: Stage) -> None:
    people = [stage.person(name) for name in ("Anastasia", "Bela-Katharina", "Cleopatra")]
    bot = stage.starts()
    for person in people:
        person.subscribes()
    stage.settles()
    storm = [
        {"kind": "refuse", "method": "getUpdates", "status": 502, "description": "Bad Gateway", "times": 1},
        {"kind": "refuse", "method": "sendMessage", "status": 500, "times": 4},
        {"kind": "too_many", "method": "sendMessage", "retry_after": 3, "times": 2},
        {"kind": "lose_answer", "method": "sendMessage", "how": "reset", "times": 2},
        {"kind": "unreachable", "method": "sendMessage", "how": "reset", "times": 2},
        {"kind": "refuse", "method": "answerCallbackQuery", "status": 502, "times": 1},
    ]
    for fault in storm:
        stage.telegram.does("faults", **fault)
    stage.at(NINE - timedelta(seconds=0.2))
    made = "select count(*) from reminder where state != 'pending' or attempts > 0"
    until(lambda: stage.rows(made) == [(3,)], "nudges")
    numbers = [person.says("/done") for person in people]
    until(stage.is_all_taken, "end of the queue")
    for number in numbers:
        stage.telegram.does("redeliver", update_id=number)
    for person in people:
        stage.passes(LEASE)
        person.sees("Move: done")
    stage.settles(after_death=True)
    for person in people:
        assert stage.outcomes(person)["done"] == 1
        assert len(stage.telegram.nudges(person.id)) <= 1
    assert "sender.refused" in bot.said()


def test_a_full_disk_is_told_and_nothing_is_lost_once_there_is_room_again(stage: Stage) -> None:
    bot, ana = stage.starts(), stage.person("Anastasia")
    ana.subscribes()
    stage.settles()
    with no_room(stage, bot):
        ana.says("/done")
        bot.says("intake.database")
        stage.at(NINE)
        bot.says("ticker.database")
        assert "the disk has a fault or is full" in bot.said()
        assert stage.telegram.nudges(ana.id) == []
    ana.sees("Move: done, on your own.")
    stage.settles()
    assert stage.outcomes(ana)["done"] == 1
    assert stage.rows("select count(*) from inbox where state != 'done'") == [(0,)]
    assert bot.poll() is None


def test_a_locked_database_is_told_and_waited_for(stage: Stage) -> None:
    bot, ana = stage.starts(patience=0.2), stage.person("Anastasia")
    ana.subscribes()
    stage.settles()
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        ana.says("/done")
        bot.says("is locked by another program")
        other.execute("rollback")
    ana.sees("Move: done, on your own.")
    stage.settles()
    assert stage.outcomes(ana)["done"] == 1
