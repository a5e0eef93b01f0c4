"""`reminderbot doctor` about the people on call: whether somebody would be told of a case now, and from step 1 on."""

from datetime import timedelta
from pathlib import Path

import pytest

from reminderbot.ops.doctor import Finding, Level, Machine, Subject, examine
from reminderbot.services import oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery
from tests.world import MONDAY

OSEI, BO = 1003, 1004


@pytest.fixture
def work_in(store: Store, around: Surroundings) -> Store:
    """A database with Osei at step 1 and Bo at step 2, whom the bot has greeted."""
    with store.begin() as tx:
        for step, chat_id in enumerate((OSEI, BO), start=1):
            oncall.add(Work(tx, MONDAY, around), chat_id, step)
        tx.execute(tables.messages.update().values(state=Delivery.SENT))
    return store


def found(store: Store, folder: Path) -> Finding:
    file = None if store.is_server else folder / "bot.db"
    address = store.url.render_as_string(hide_password=False)
    subject = Subject(address, folder / "content", api_url="http://127.0.0.1:9", database_file=file)
    [finding] = [one for one in examine(subject, Machine(now=lambda: MONDAY)) if one.what == "on call"]
    return finding


def test_people_at_every_step_are_good_news(work_in: Store, tmp_path: Path) -> None:
    finding = found(work_in, tmp_path)
    assert finding.level is Level.OK
    assert "2 can be reached" in finding.sentence


def test_nobody_within_reach_is_a_warning(work_in: Store, around: Surroundings, tmp_path: Path) -> None:
    with work_in.begin() as tx:
        oncall.unreachable(Work(tx, MONDAY, around), OSEI)
        oncall.away(Work(tx, MONDAY - timedelta(hours=1), around), BO, "8h")
    finding = found(work_in, tmp_path)
    assert finding.level is Level.WARN
    assert "on call are 2, all away or out of reach" in finding.sentence
    assert "oncall invite --step 1" in finding.mend


@pytest.mark.parametrize("leaves", [oncall.unreachable, oncall.leave])
def test_nobody_at_step_1_is_a_warning(
    work_in: Store, around: Surroundings, tmp_path: Path, leaves: object
) -> None:
    assert callable(leaves)
    with work_in.begin() as tx:
        leaves(Work(tx, MONDAY, around), OSEI)
    finding = found(work_in, tmp_path)
    assert finding.level is Level.WARN
    assert "each begins at step 2" in finding.sentence


def test_whoever_is_back_from_being_away_counts(work_in: Store, around: Surroundings, tmp_path: Path) -> None:
    with work_in.begin() as tx:
        oncall.away(Work(tx, MONDAY - timedelta(hours=9), around), OSEI, "8h")
    assert found(work_in, tmp_path).level is Level.OK


def test_whoever_was_never_written_to_is_not_said_to_be_in_reach(
    work_in: Store, around: Surroundings, tmp_path: Path
) -> None:
    with work_in.begin() as tx:
        oncall.add(Work(tx, MONDAY, around), 1005, 2)
    finding = found(work_in, tmp_path)
    assert finding.level is Level.WARN
    assert "Not tried yet: 1005. Whoever has never opened a chat with the bot" in finding.sentence
    assert "can be reached" not in finding.sentence


def test_no_people_on_call_is_no_fault(store: Store, tmp_path: Path) -> None:
    assert found(store, tmp_path).level is Level.OK
