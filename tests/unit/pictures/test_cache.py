"""The folder of drawn figures: names that change with what they show, and nothing drawn twice."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from reminderbot.library.loader import default_folder
from reminderbot.library.models import Stretch
from reminderbot.pictures import __main__ as command
from reminderbot.pictures import cache
from reminderbot.pictures.figure.panel import Drawing
from reminderbot.services.work import Surroundings


@pytest.fixture
def bird_dog(around: Surroundings) -> Stretch:
    """An exercise that moves."""
    return drawn(around, "bird-dog")


@pytest.fixture
def frog(around: Surroundings) -> Stretch:
    """An exercise that is held."""
    return drawn(around, "frog")


def drawn(around: Surroundings, card_id: str) -> Stretch:
    found = around.library.card(card_id)
    assert isinstance(found, Stretch)
    assert found.figure
    return found


def test_what_moves_is_sent_as_a_motion_and_what_is_held_as_a_still(bird_dog: Stretch, frog: Stretch) -> None:
    assert (cache.sent(bird_dog) or "").endswith(".gif")
    assert (cache.sent(frog) or "").endswith(".png")


def test_a_name_is_the_same_every_time_and_begins_with_the_card(frog: Stretch) -> None:
    assert cache.sent(frog) == cache.sent(frog.model_copy())
    assert (cache.sent(frog) or "").startswith("frog-")


def test_another_figure_or_another_side_is_another_file(frog: Stretch) -> None:
    assert frog.figure
    brighter = frog.model_copy(update={"figure": frog.figure.model_copy(update={"tint": ("belly",)})})
    mirrored = frog.model_copy(update={"sides": "each"})
    assert len({cache.sent(frog), cache.sent(brighter), cache.sent(mirrored)}) == 3


def test_other_words_are_the_same_file(frog: Stretch) -> None:
    assert cache.sent(frog.model_copy(update={"hold": 20})) == cache.sent(frog)


def test_a_card_without_a_figure_has_no_picture(frog: Stretch) -> None:
    bare = frog.model_copy(update={"figure": None})
    assert cache.sent(bare) is None
    assert cache.name(bare, "still") is None


def test_a_figure_that_does_not_move_has_no_motion(frog: Stretch) -> None:
    assert frog.figure
    still = frog.model_copy(
        update={"figure": frog.figure.model_copy(update={"end": None}), "kind": "strength"}
    )
    assert cache.name(still, "motion") is None
    assert cache.sent(still) == cache.name(still, "still")


def test_only_what_is_missing_is_drawn(frog: Stretch, tmp_path: Path) -> None:
    folder = tmp_path / "figures"
    expected = sorted(filter(None, (cache.name(frog, "still"), cache.name(frog, "motion"))))
    assert cache.fill([frog], folder) == ()
    assert sorted(path.name for path in folder.iterdir()) == expected
    (folder / expected[0]).write_bytes(b"kept")
    (folder / expected[1]).unlink()
    assert cache.fill([frog], folder) == ()
    assert (folder / expected[0]).read_bytes() == b"kept"
    assert (folder / expected[1]).stat().st_size > 1_000


def test_a_figure_that_cannot_be_drawn_is_told_and_keeps_no_other_from_being_drawn(
    frog: Stretch, bird_dog: Stretch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Drawing, "panel", _only_frogs(Drawing.panel, bird_dog))
    failed = cache.fill([bird_dog, frog], tmp_path)
    assert [line.partition(":")[0] for line in failed] == [
        cache.sent(bird_dog),
        cache.name(bird_dog, "still"),
    ]
    assert (tmp_path / (cache.sent(frog) or "")).is_file()


def _only_frogs(paint: Callable[..., Image.Image], broken: Stretch) -> Callable[..., Image.Image]:
    def panel(drawing: Drawing, share: float, felt: float) -> Image.Image:
        if drawing.figure == broken.figure:
            raise ZeroDivisionError
        return paint(drawing, share, felt)

    return panel


def test_what_a_killed_process_left_is_swept_away_but_nothing_that_is_being_written(tmp_path: Path) -> None:
    old, new = tmp_path / "frog-1.png.7.unfinished", tmp_path / "frog-1.png.8.unfinished"
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    cache.fill([], tmp_path)
    assert list(tmp_path.iterdir()) == [new]


def test_what_is_sent_is_drawn_first(
    frog: Stretch, bird_dog: Stretch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    monkeypatch.setattr(cache, "draw", lambda _, path: order.append(path.name))
    cache.fill([frog, bird_dog], tmp_path)
    assert order[:2] == [cache.sent(frog), cache.sent(bird_dog)]


class TestCommand:
    """python -m reminderbot.pictures."""

    def test_it_fills_the_folder_for_a_content_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[str] = []
        monkeypatch.setattr(cache, "draw", lambda card, _: seen.append(card.id))
        monkeypatch.setattr("os.nice", lambda _: 0)
        assert command.main([str(default_folder()), str(tmp_path)]) == 0
        assert "frog" in seen

    def test_it_says_what_it_needs(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main([]) == 2
        assert "CONTENT FOLDER" in capsys.readouterr().err

    def test_a_folder_that_is_no_content_is_one_sentence(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("os.nice", lambda _: 0)
        assert command.main([str(tmp_path / "none"), str(tmp_path)]) == 1
        assert "no content folder" in capsys.readouterr().err
