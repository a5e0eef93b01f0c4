"""The figures of stretches as files: which one shows a card, and what is in it."""

from functools import cache as remembered
from functools import partial
from pathlib import Path

from reminderbot.library.loader import Library
from reminderbot.library.models import Stretch
from reminderbot.pictures import cache


class Figures:
    """The folder of drawn figures; without one no card has a figure."""

    def __init__(self, library: Library, folder: Path | None, *, draw_missing: bool) -> None:
        """``draw_missing``: a figure that nobody has drawn yet is drawn when it is read, in this process."""
        self._library, self._draw_missing = library, draw_missing
        self._path_of = remembered(partial(_path, library, folder))

    def name_of(self, card_id: str) -> str | None:
        """The file that shows a card; none when it has no figure."""
        path = self._path_of(card_id)
        return path.name if path else None

    def is_ready(self, card_id: str) -> bool:
        """Whether ``read`` may have something to give; this only asks the disk whether the file is there."""
        path = self._path_of(card_id)
        return path is not None and (self._draw_missing or path.is_file())

    def read(self, card_id: str) -> bytes | None:
        """What is in the file; none when it can't be had. It takes its time: not for the event loop."""
        path, card = self._path_of(card_id), self._library.card(card_id)
        if path is None or not isinstance(card, Stretch):
            return None
        try:
            if self._draw_missing and not path.is_file():
                cache.draw(card, path)
            return path.read_bytes()
        except OSError:
            return None


# No method: one that is remembered by what it belongs to would keep a content for ever that has been replaced.
def _path(library: Library, folder: Path | None, card_id: str) -> Path | None:
    card = library.card(card_id)
    name = cache.sent(card) if isinstance(card, Stretch) else None
    return folder / name if folder and name else None
