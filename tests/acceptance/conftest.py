"""One parent of processes for all tests here, and a stage for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reminderbot.store.engine import Store
from tests.acceptance.crew import Crew
from tests.acceptance.processes import Nursery
from tests.acceptance.stage import Stage


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where bots with a clock that can be moved are forked."""
    parent = Nursery()
    yield parent
    parent.close()


@pytest.fixture
def stage(tmp_path: Path, nursery: Nursery) -> Iterator[Stage]:
    """A fresh stage; at its end every log is read for words and tokens."""
    here = Stage(tmp_path, nursery)
    yield here
    here.close()


@pytest.fixture
def crew(stage: Stage, nursery: Nursery, server: Store, worker_id: str) -> Iterator[Crew]:
    """A bot whose database is ready, and no process yet."""
    address = server.url.set(drivername="postgresql").render_as_string(hide_password=False)
    here = Crew(stage, nursery, address, f"roles_{worker_id}")
    here.does("migrate")
    yield here
    here.router.close()
