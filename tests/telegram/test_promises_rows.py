"""Promises of what lies between: templates, not texts; words encrypted, then emptied; nothing of it in a log."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from reminderbot.ops import logs
from reminderbot.services import overviews
from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery, InboxState
from reminderbot.telegram import answering
from tests.telegram.looking import rows
from tests.world import Somebody, World

SECRET = "zebracrossing"
NAME = "Wilhelmine"


@pytest.fixture
def wil(here: World) -> Somebody:
    """Somebody with a name that is found nowhere else."""
    return here.person(NAME, "UTC")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, at every level, as an operator would see it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.QUIET}
    stream = io.StringIO()
    logs.configure("json", (), stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)
    structlog.reset_defaults()


def on_disk(store: Store) -> bytes:
    """Every byte of the database and of its journal."""
    path = Path(str(store.url.database))
    return b"".join(file.read_bytes() for file in path.parent.iterdir() if file.name.startswith(path.name))


def everything_said(who: Somebody) -> None:
    who.says(f"{SECRET} and {SECRET}")
    who.says(f"/timezone {SECRET}")
    who.says(f"/remind {SECRET}")
    who.says(f"/done {SECRET}")
    who.says("/start")


def test_words_and_names_are_never_on_the_disk_in_clear(here: World, wil: Somebody, store: Store) -> None:
    for word in (SECRET, NAME):
        assert word.encode() not in on_disk(store)
    fault = here.tele.faults.refuse("sendMessage", status=500, times=None)
    everything_said(wil)
    assert len(rows(here, tables.messages, state=Delivery.PENDING)) == 5
    for word in (SECRET, NAME):
        assert word.encode() not in on_disk(store), "while it waits"
    here.tele.faults.remove(fault)
    here.fast_forward(minutes=4)
    wil.sees(SECRET)
    wil.sees(NAME)
    for word in (SECRET, NAME):
        assert word.encode() not in on_disk(store), "once it is settled"


def test_a_row_in_the_outbox_holds_arguments_and_only_until_it_is_settled(
    here: World, wil: Somebody, around: Surroundings
) -> None:
    fault = here.tele.faults.refuse("sendMessage", status=500, times=None)
    wil.says("/start")
    [waiting] = rows(here, tables.messages, state=Delivery.PENDING)
    args = around.vault.open(waiting.args)
    assert isinstance(args, dict)
    assert args["name"] == NAME
    assert waiting.template == "start.again"
    assert "plan" not in str(waiting.target)
    here.tele.faults.remove(fault)
    here.fast_forward(minutes=4)
    settled = rows(here, tables.messages)
    assert settled
    assert all(row.args is None for row in settled)


def test_dropped_and_unknown_rows_are_emptied_too(here: World, wil: Somebody) -> None:
    here.fast_forward(minutes=6)
    here.tele.faults.lose_answer("answerCallbackQuery")
    wil.taps("Done")
    here.tele.faults.refuse("sendMessage", status=400, description="Bad Request: no")
    wil.says("/streak")
    wil.does(lambda person: (person.says(SECRET), person.blocks()))
    found = rows(here, tables.messages)
    assert {row.state for row in found} >= {Delivery.SENT, Delivery.UNKNOWN, Delivery.DROPPED}
    assert all(row.args is None for row in found)


def test_handled_updates_are_emptied_and_forgotten_after_a_week(here: World, wil: Somebody) -> None:
    everything_said(wil)
    stored = rows(here, tables.inbox)
    assert len(stored) == 7
    assert {(row.state, row.payload) for row in stored} == {(InboxState.DONE, None)}


@pytest.mark.usefixtures("here")
def test_no_log_line_holds_words_names_or_the_token(
    here: World, wil: Somebody, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "AGAIN_SECONDS", 0)

    def breaks(*_: object) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(overviews, "streak", breaks)
    everything_said(wil)
    wil.says("/streak")
    faults = here.tele.faults
    faults.refuse("sendMessage", status=500)
    faults.too_many("sendMessage", retry_after=5)
    faults.lose_answer("sendMessage")
    faults.unreachable("sendMessage")
    faults.refuse("sendMessage", status=400, description=f"Bad Request: {SECRET}")
    everything_said(wil)
    here.fast_forward(minutes=10)
    faults.refuse("sendMessage", status=403, description=f"Forbidden: {SECRET}")
    everything_said(wil)
    here.restart()
    said = log.getvalue()
    assert '"action": "intake.failed"' in said
    assert '"action": "sender.refused"' in said
    for word in (SECRET, NAME, here.tele.token, here.tele.token.partition(":")[2]):
        assert word not in said


def test_a_broken_text_is_dropped_and_its_words_stay_out_of_the_log(
    here: World, wil: Somebody, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object) -> str:
        raise AttributeError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr("reminderbot.telegram.wording.render", breaks)
        wil.says("/streak")
    here.fast_forward(minutes=6)
    wil.says("/today")
    wil.sees("Move", "Next")
    assert SECRET not in log.getvalue()
    assert {row.state for row in rows(here, tables.messages, template="streak.text")} <= {Delivery.DROPPED}
