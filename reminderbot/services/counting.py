"""What is counted while the bot runs: in memory, and added to the database once a second (``vitals.note``)."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock
from typing import TypeAlias

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""How often something has happened, by what it is and its kind; neither ever names a person."""


class Counting:
    """What this process has counted that is not in the database yet; for any thread."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()

    def count(self, what: str, kind: str) -> None:
        """Something of a kind has happened once more."""
        with self._lock:
            self._counts[what, kind] += 1

    def take(self) -> Counts:
        """All counts, to be put into the database; they begin anew here."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken

    def give_back(self, counts: Counts) -> None:
        """These could not be put into the database."""
        with self._lock:
            self._counts.update(counts)
