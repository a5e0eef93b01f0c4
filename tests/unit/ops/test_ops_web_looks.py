"""What operators see of the bot: whether it is ready, and its figures; and nobody's name."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import httpx
import pytest
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.parser import text_string_to_metric_families

from reminderbot.ops import ticker, web
from reminderbot.services import oncall, vitals
from reminderbot.services.counting import Counting
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import engine
from reminderbot.store.engine import Store
from reminderbot.store.queries import vitals as rows
from reminderbot.telegram.context import Desk
from tests.world import MONDAY, World, world

NUMB = "my groin is numb and I can't pee"


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    """A world that has counted nothing."""
    with world(store, replace(around, counting=Counting())) as place:
        yield place


async def got(desk: Desk | Mock, path: str) -> httpx.Response:
    site = web.site(desk, Mock(), "/telegram", "secret")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://here") as client:
        return await client.get(path)


def health(desk: Desk) -> tuple[int, dict[str, Any], set[str]]:
    """The status, all that is said, and the names of what is wrong."""
    answer = asyncio.run(got(desk, "/health"))
    told = answer.json()
    assert told["live"] is True
    assert told["ready"] is (answer.status_code == 200)
    return answer.status_code, told, {name for name, check in told["checks"].items() if not check["ok"]}


def wrong(here: World) -> set[str]:
    """What is wrong, by name."""
    return health(here.bot.desk)[2]


def ticks(here: World) -> None:
    """A worker does what is due, and notes that it ticks."""
    here.settle()
    here.run(ticker.note(here.bot.desk))


def figures(here: World) -> dict[str, float]:
    """All samples of the page, each by its name with its label's value."""
    answer = here.run(got(here.bot.desk, "/metrics"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == CONTENT_TYPE_LATEST
    families = text_string_to_metric_families(answer.text)
    return {
        " ".join([sample.name.removeprefix("reminderbot_"), *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_bot_that_does_its_work_is_ready_and_says_why(here: World) -> None:
    ticks(here)
    status, told, bad = health(here.bot.desk)
    assert (status, bad) == (200, set())
    assert set(told["checks"]) == {"database", "schema", "tick", "due", "cases"}
    assert all(check["reason"] for check in told["checks"].values())


def test_it_is_not_ready_before_a_worker_has_ticked_or_once_none_does(here: World) -> None:
    assert wrong(here) == {"tick"}
    ticks(here)
    here.skip(seconds=10)
    assert wrong(here) == set()
    here.skip(seconds=1)
    assert wrong(here) == {"tick"}


def test_a_clock_that_was_set_back_leaves_no_tick_in_the_future(here: World) -> None:
    ticks(here)
    here.skip(hours=-1)
    ticks(here)
    here.skip(seconds=11)
    assert wrong(here) == {"tick"}


def test_many_workers_note_their_ticks_once_in_a_while(here: World) -> None:
    ticks(here)
    here.skip(seconds=2)
    ticks(here)
    assert here.ask(lambda work: rows.last_tick(work.tx)) == MONDAY
    here.skip(seconds=1)
    ticks(here)
    assert here.ask(lambda work: rows.last_tick(work.tx)) == here.now


def test_it_is_not_ready_while_what_is_due_is_not_taken_up(here: World) -> None:
    here.person("Ana", "UTC")
    here.skip(minutes=6)  # the reminder of nine o'clock is due for a minute
    here.run(ticker.note(here.bot.desk))
    assert wrong(here) == set()
    here.skip(seconds=1)
    assert wrong(here) == {"due"}
    ticks(here)
    assert wrong(here) == set()


def test_an_update_and_an_answer_that_wait_for_long_are_due_too(here: World) -> None:
    ana = here.person("Ana")
    ana.person.says("/start")
    here.run(here.bot.intake.poll_once(0))
    here.skip(seconds=61)
    here.run(ticker.note(here.bot.desk))
    assert wrong(here) == {"due"}
    here.run(here.bot.answerer.drain())
    assert wrong(here) == set()
    here.skip(seconds=61)
    here.run(ticker.note(here.bot.desk))
    assert wrong(here) == {"due"}
    ticks(here)
    assert wrong(here) == set()


def test_reminders_that_wait_for_the_pace_are_no_fault(here: World) -> None:
    here.person("Ana", "UTC")
    here.skip(minutes=5)
    here.run(ticker.tick(here.bot.desk))  # made, and nobody sends
    here.skip(minutes=2)
    here.run(ticker.note(here.bot.desk))
    assert wrong(here) == set()
    seen = figures(here)
    assert seen["due_lag_seconds"] == 120
    assert seen["lane_depth reminder"] == 1


def test_it_is_not_ready_while_a_case_is_late_and_names_none(here: World) -> None:
    open_case(here)
    here.skip(minutes=12)
    here.run(ticker.note(here.bot.desk))
    _, told, bad = health(here.bot.desk)
    assert "cases" in bad
    assert told["checks"]["cases"]["reason"] == "cases that are late: 1"
    assert "Ana" not in json.dumps(told)
    assert "1001" not in json.dumps(told)


@pytest.mark.parametrize(("revision", "ready"), [("0001", False), ("9999", True)])
def test_old_tables_are_a_fault_and_those_of_the_next_version_are_not(
    sqlite_store: Store, around: Surroundings, revision: str, ready: bool
) -> None:
    desk = Desk(sqlite_store, around, lambda: MONDAY, lambda: None)
    with sqlite_store.begin() as tx:
        vitals.note(Work(tx, MONDAY, around), {})
        tx.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    assert health(desk)[2] == (set() if ready else {"schema"})


def test_without_its_database_it_is_not_ready_and_says_what_to_look_at(
    around: Surroundings, tmp_path: Path
) -> None:
    store = Store(engine.parse_url(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}"))
    status, told, bad = health(Desk(store, around, lambda: MONDAY, lambda: None))
    store.close()
    assert (status, bad) == (503, {"database"})
    assert "can't be opened" in told["checks"]["database"]["reason"]


def test_a_database_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "LOOK_SECONDS", 0.0)

    async def hangs(_verb: object) -> None:
        await asyncio.Event().wait()

    assert health(Mock(work=hangs))[2] == {"database"}


def test_the_figures_tell_what_came_in_what_went_out_and_how_bad_it_was(here: World) -> None:
    open_case(here)
    here.skip(minutes=1)
    ana = here.person("Ana")
    ana.says("thank you")
    ana.does(lambda person: person.edits(1, "hello"))
    here.tele.faults.refuse("sendMessage", status=403, description="Forbidden: bot was blocked by the user")
    here.person("Bela").says("/help")
    ticks(here)
    seen = figures(here)
    assert seen["updates_total message"] >= 5
    assert seen["updates_total edited_message"] == 1
    assert seen["sends_total sent"] >= 5
    assert seen["sends_total gone"] == 1
    assert seen["triage_total emergency"] == 1
    assert seen["triage_total none"] >= 1
    assert seen["cases open"] == 1
    assert seen["cases acknowledged"] == seen["cases unanswered"] == 0
    assert seen["case_unacknowledged_seconds"] == 60
    assert seen["due_lag_seconds"] == 0
    assert seen["lane_depth safety"] == seen["lane_depth answer"] == seen["lane_depth reminder"] == 0


def test_the_figures_name_nobody(here: World) -> None:
    open_case(here)
    ticks(here)
    page = here.run(got(here.bot.desk, "/metrics")).text
    assert not [word for word in ("Ana", "Osei", "1001", "1002", "groin") if word in page]


def test_counts_go_on_over_processes_and_restarts(here: World) -> None:
    here.person("Ana").says("/help")
    ticks(here)
    here.restart()
    here.person("Ana").says("/help")
    ticks(here)
    ticks(here)
    assert figures(here)["updates_total message"] == 2


def test_what_could_not_be_noted_is_noted_next_time(here: World, tmp_path: Path) -> None:
    here.person("Ana").says("/help")
    away = Store(engine.parse_url(f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}"))
    with pytest.raises(Exception, match="unable to open"):
        here.run(ticker.note(replace(here.bot.desk, store=away)))
    away.close()
    ticks(here)
    assert figures(here)["updates_total message"] == 1


def open_case(here: World) -> None:
    """Ana tells of an emergency, and Osei on call is told of it."""
    osei = here.person("Osei")
    osei.says("/help")
    with here.store.begin() as tx:
        oncall.add(Work(tx, here.now, here.around), osei.id, 1, "Osei")
    here.person("Ana", "UTC").says(NUMB)


def test_a_tick_is_noted_by_each_beat(here: World) -> None:
    here.run(ticker.beat(here.bot.desk))
    assert here.ask(lambda work: rows.last_tick(work.tx)) == MONDAY
