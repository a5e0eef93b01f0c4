"""The fault harness in short; ``python -m tests.acceptance.harness`` runs it for as long as anybody likes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.acceptance.harness.evidence import Evidence
from tests.acceptance.harness.options import Options
from tests.acceptance.harness.play import Play
from tests.acceptance.harness.summary import broken_in, lived_through
from tests.acceptance.harness.weather import forecast
from tests.acceptance.processes import Nursery

SHORT = {"seconds": 12.0, "people": 10, "kill_every": 2.0, "fault_every": 0.8}

TAMPERED = {
    "an answer counts as another": "update reminder set outcome = 'void' where rowid = "
    "(select rowid from reminder where outcome in ('done', 'skipped') and origin = 'cadence' limit 1)",
    "a day counts more than was done": "update day set done = done + 1 where rowid = (select max(rowid) from day)",
    "an update is not handled": "update inbox set state = 'new' where update_id = (select max(update_id) from inbox)",
    "a message counts as sent": "update message set message_id = 999999 where id = "
    "(select max(id) from message where method = 'send' and state = 'sent')",
    "a message is still to be sent": "update message set state = 'pending' where id = (select max(id) from message)",
    "a report is stored twice": "insert into report (chat_id, id, reported_at, state, level, mental, language, rules, "
    "codes, lexicon, reacted) values (1001, 7, '2026-01-05 09:00:00.000000', 'open', 'emergency', 0, 'en', '[]', "
    "'[]', '', 0)",
}
"""What the reckoning has to find: lies told to the store afterwards."""


def test_one_process_on_sqlite_keeps_every_promise_and_the_reckoning_believes_no_lie(
    tmp_path: Path, nursery: Nursery
) -> None:
    """Together, for each run takes its time."""
    options = Options(seed=29, database="sqlite", **SHORT)  # type: ignore[arg-type]
    with lived_through(options, tmp_path, nursery) as play:
        evidence = Evidence(play)
        assert broken_in(evidence) == []
        assert play.fleet.kills
        assert evidence.reports
        for lie in TAMPERED:
            with told(play, lie):
                assert broken_in(Evidence(play)), lie


@contextmanager
def told(play: Play, lie: str) -> Iterator[None]:
    """Tell the store a lie, and take it back."""
    path, kept = play.folder / "bot.db", play.folder / "kept.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("vacuum into ?", (str(kept),))
        assert connection.execute(TAMPERED[lie]).rowcount == 1, lie
        yield
        with closing(sqlite3.connect(kept)) as before:
            before.backup(connection)
    kept.unlink()


@pytest.mark.parametrize("web", [2, 0], ids=["web and workers", "run and a worker"])
def test_several_processes_on_postgresql_keep_every_promise(
    web: int, tmp_path: Path, nursery: Nursery
) -> None:
    options = Options(seed=74, database="postgresql", web=web, **SHORT)  # type: ignore[arg-type]
    with lived_through(options, tmp_path, nursery) as play:
        evidence = Evidence(play)
        assert broken_in(evidence) == []
        assert play.fleet.kills
        assert evidence.reports


def test_the_same_seed_draws_the_same_plan() -> None:
    first, again, other = (forecast(Options(seed=seed)) for seed in (5, 5, 6))
    assert first == again != other
    assert sum(fault.kind == "kill" for fault in first) > 200
