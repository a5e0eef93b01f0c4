"""By hand: ``python -m tests.acceptance.month --subscribers 1000 --days 31 --seed 7 --database postgresql``.

The seed comes first, then how it goes, then figures as JSON. The same seed lives the same month. Exit code 1 when a
promise broke; each is named.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import structlog

from reminderbot.library import loader
from reminderbot.library.places import Places
from reminderbot.services.work import Surroundings
from reminderbot.store import engine, schema
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key
from tests import postgres
from tests.acceptance.month.life import Life
from tests.acceptance.month.options import Options
from tests.acceptance.month.reckoning import judge, look
from tests.acceptance.month.summary import told

UNPACED = 10_000

P = ParamSpec("P")
T = TypeVar("T")


class AtOnce(Store):
    """A store without threads: nothing happens side by side in this world, and waiting for them takes long."""

    async def run(self, job: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run it here and now."""
        return job(*args, **kwargs)


def main() -> int:
    """Read the command line, and live through it."""
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance.month", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1000)
    parser.add_argument("--days", type=int, default=31)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same seed, the same month")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = vars(parser.parse_args())
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    database, options, began = given.pop("database"), Options(**given), time.monotonic()
    _say(f"seed {options.seed}, from {options.begin}")
    with _store(database) as store:
        life = Life(store, _around(), options)
        try:
            life.run(_say)
            evidence = look(life)
            verdict = judge(life, evidence)
            figures = told(life, evidence, verdict, time.monotonic() - began)
        finally:
            life.close()
    _say(json.dumps({"database": database} | figures, indent=1, ensure_ascii=False))
    return 1 if verdict.broken else 0


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _around() -> Surroundings:
    folder = loader.default_folder()
    library, places = loader.load(folder), Places.load(folder / "places")
    return Surroundings(library, places, Vault(new_key()), chat_burst=UNPACED)


@contextmanager
def _store(database: str) -> Iterator[Store]:
    """A fresh, migrated database that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rb-month-") as folder:
        server = postgres.Server() if database == "postgresql" else None
        url = postgres.fresh(server.url(), "month") if server else f"sqlite:///{Path(folder) / 'month.db'}"
        store = AtOnce(engine.parse_url(url))
        try:
            schema.migrate(store)
            yield store
        finally:
            store.close()
            if server:
                server.close()


if __name__ == "__main__":
    sys.exit(main())
