"""One parent of processes for all tests here, and a stage for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
