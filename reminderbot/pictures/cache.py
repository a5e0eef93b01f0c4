"""The folder of drawn figures: what each file is called, and drawing those that are missing.

A name holds a hash of all that the picture depends on, so a changed figure is another file, hence another upload.
"""

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from reminderbot.library.models import Stretch

Sort: TypeAlias = Literal["still", "motion"]

DRAWING: Final = 2
"""Version of the drawing code; a higher one has every figure drawn again."""
_UNFINISHED: Final = ".unfinished"
_ABANDONED: Final = 600
"""Seconds after which nobody is still writing a file."""
_ENDINGS: Final = {"still": "png", "motion": "gif"}


def name(card: Stretch, sort: Sort) -> str | None:
    """Return the file's name of one of a card's pictures; None when it has no such picture."""
    if card.figure is None or (sort == "motion" and card.figure.end is None):
        return None
    seen = f"{DRAWING} {card.sides} {card.figure.model_dump_json(exclude_none=True)}"
    return f"{card.id}-{hashlib.sha256(seen.encode()).hexdigest()[:10]}.{_ENDINGS[sort]}"


def sent(card: Stretch) -> str | None:
    """Return the name of the picture that goes out with a card: a motion where something moves, else a still."""
    moving = None if card.kind == "static" else name(card, "motion")
    return moving or name(card, "still")


def draw(card: Stretch, path: Path) -> None:
    """Draw the picture of a card that has this path; what reads it sees all of it or nothing. Raises OSError."""
    from reminderbot.pictures import figure  # here, because names are asked for where nothing is drawn

    if card.figure is None:
        return
    drawn = figure.motion if path.suffix == ".gif" else figure.still
    data = drawn(card.figure, card.sides)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}{_UNFINISHED}")
    unfinished.write_bytes(data)
    unfinished.replace(path)


def fill(cards: Iterable[Stretch], folder: Path) -> tuple[str, ...]:
    """Draw what a folder lacks, first what is sent; return a line for each figure that could not be drawn."""
    _sweep(folder)
    stretches = list(cards)
    wanted = [(card, sent(card)) for card in stretches]
    wanted += [(card, name(card, sort)) for card in stretches for sort in get_args(Sort)]
    failed: dict[str, str] = {}
    for card, file in wanted:
        if file is None or file in failed or (folder / file).exists():
            continue
        try:
            draw(card, folder / file)
        except Exception as error:  # one figure that can't be drawn must not keep the others from being drawn
            failed[file] = f"{file}: {type(error).__name__}: {error}"
    return tuple(failed.values())


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed long ago left unfinished."""
    for path in folder.glob(f"*{_UNFINISHED}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()
