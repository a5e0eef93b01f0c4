"""Which file shows a stretch, and where it comes from."""

import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest

from reminderbot.library import loader
from reminderbot.library.loader import Library
from reminderbot.pictures import cache
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.telegram.context import Desk
from reminderbot.telegram.figures import Figures
from reminderbot.telegram.pictures import Pictures
from tests.world import MONDAY

STRETCH, NUDGE = "frog", "walk-slow-lap"


@pytest.fixture(scope="module")
def library() -> Library:
    return loader.load(loader.default_folder(), examples=False)


def name(library: Library) -> str:
    card = next(card for card in library.cards["stretches"] if card.id == STRETCH)
    found = cache.sent(card)  # type: ignore[arg-type]
    assert found
    return found


def test_a_figure_is_there_when_its_file_is(library: Library, tmp_path: Path) -> None:
    figures = Figures(library, tmp_path, draw_missing=False)
    assert not figures.is_ready(STRETCH)
    (tmp_path / name(library)).write_bytes(b"drawn")
    assert (figures.is_ready(STRETCH), figures.read(STRETCH)) == (True, b"drawn")
    assert figures.name_of(STRETCH) == name(library)


def test_where_asked_to_the_bot_draws_what_is_missing_once(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Path] = []

    def draw(_card: object, path: Path) -> None:
        drawn.append(path)
        path.write_bytes(b"drawn")

    monkeypatch.setattr(cache, "draw", draw)
    figures = Figures(library, tmp_path, draw_missing=True)
    assert figures.is_ready(STRETCH)
    assert [figures.read(STRETCH), figures.read(STRETCH)] == [b"drawn", b"drawn"]
    assert drawn == [tmp_path / name(library)]


def test_a_bot_that_sends_them_loads_nothing_that_draws() -> None:
    program = """
import sys, pathlib, tempfile
import reminderbot.app
from reminderbot.library import loader
from reminderbot.pictures import cache
from reminderbot.telegram.figures import Figures
library = loader.load(loader.default_folder(), examples=False)
with tempfile.TemporaryDirectory() as folder:
    figures = Figures(library, pathlib.Path(folder), draw_missing=False)
    pathlib.Path(folder, figures.name_of("frog")).write_bytes(b"drawn")
    assert figures.read("frog") == b"drawn"
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"reminderbot.telegram.figures", "telegram"} <= set(done.stdout.split())
    assert "PIL" not in done.stdout.split()


@pytest.mark.parametrize("card", [NUDGE, "no-such-card"])
def test_other_cards_have_no_figure(library: Library, tmp_path: Path, card: str) -> None:
    figures = Figures(library, tmp_path, draw_missing=True)
    assert (figures.name_of(card), figures.is_ready(card), figures.read(card)) == (None, False, None)


def test_without_a_folder_there_are_no_figures(library: Library) -> None:
    figures = Figures(library, None, draw_missing=True)
    assert (figures.name_of(STRETCH), figures.is_ready(STRETCH), figures.read(STRETCH)) == (None, False, None)


async def test_when_the_content_shows_another_figure_that_one_goes_out_as_soon_as_it_is_drawn(
    sqlite_store: Store, around: Surroundings, tmp_path: Path
) -> None:
    desk = Desk(sqlite_store, around, lambda: MONDAY, lambda: None)
    pictures = Pictures(desk, Mock(id=1), partial(Figures, folder=tmp_path, draw_missing=False))

    async def shown() -> object:
        async with pictures.of({"sort": "figure", "card": STRETCH}) as media:
            return media.content if media else None

    (tmp_path / name(around.library)).write_bytes(b"before")
    assert await shown() == b"before"
    other = [card for card in around.library.stretches if card.id != STRETCH and card.figure]
    figures = {"figure": other[0].figure}
    changed = [
        card.model_copy(update=figures if card.id == STRETCH else {}) for card in around.library.stretches
    ]
    desk.take(
        replace(around.library, cards={**around.library.cards, "stretches": tuple(changed)}), around.places
    )
    assert await shown() is None
    (tmp_path / name(desk.around.library)).write_bytes(b"after")
    assert await shown() == b"after"
