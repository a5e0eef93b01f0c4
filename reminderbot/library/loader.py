"""The content folder, read once, checked whole and frozen.

Habits and cards are one file each, named after their id; a file in messages/ is a mapping of dotted ids to
messages. Other folders (places, triage ...) have readers of their own and are left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

import reminderbot
from reminderbot.library import lengths, yamlfile
from reminderbot.library.messages import Message
from reminderbot.library.models import Card, Fact, Habit, Nudge, Stretch
from reminderbot.library.problems import ContentError, Problem, innermost, sentence

DECKS: Final[Mapping[str, type[Card]]] = {"nudges": Nudge, "stretches": Stretch, "facts": Fact}
"""The folders of cards, and what a file in each must be."""
_MESSAGE_ID: Final = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")
M = TypeVar("M", bound=BaseModel)


class Origin(NamedTuple):
    """Where a message stands: the file, relative to the content folder, and the line, from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Library:
    """All content of one folder, checked; nothing in it changes after loading."""

    habits: Mapping[str, Habit]
    """By id, in the order of their ids."""
    cards: Mapping[str, tuple[Card, ...]]
    """By folder: nudges, stretches, facts; each in the order of its ids."""
    messages: Mapping[str, Message]
    """By dotted id, over all files."""
    origins: Mapping[str, Origin] = field(default_factory=dict, repr=False, compare=False)
    """Where each message stands, by its id."""
    _by_id: Mapping[str, Card] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the cards by id."""
        by_id = {card.id: card for deck in self.cards.values() for card in deck}
        object.__setattr__(self, "_by_id", MappingProxyType(by_id))

    def card(self, card_id: str) -> Card | None:
        """Return a card of any deck; none when the content no longer has it."""
        return self._by_id.get(card_id)

    def deck(self, habit_id: str) -> tuple[Card, ...]:
        """Return the cards a habit draws from. Raises KeyError for an unknown habit."""
        habit = self.habits[habit_id]
        cards = self.cards[habit.cards]
        if not habit.only:
            return cards
        return tuple(card for card in cards if isinstance(card, Nudge) and card.kind in habit.only)


def default_folder() -> Path:
    """Return the content folder beside the package (a checkout), else the one inside it (installed)."""
    package = Path(reminderbot.__file__).parent
    beside = package.parent / "content"
    return beside if (beside / "habits").is_dir() else package / "content"


def load(folder: Path) -> Library:
    """Read a content folder whole. Raises ContentError with every problem of every file."""
    problems: list[Problem] = []
    if not folder.is_dir():
        raise ContentError([Problem("", 0, "", f"there is no content folder at {folder}")])
    reader = _Reader(folder, problems)
    habits = reader.one_a_file("habits", Habit)
    decks = {name: reader.one_a_file(name, model) for name, model in DECKS.items()}
    messages, origins = reader.messages()
    problems += _shared_ids(decks)
    library = Library(
        MappingProxyType({habit.id: habit for habit in habits}),
        MappingProxyType(decks),
        MappingProxyType(messages),
        MappingProxyType(origins),
    )
    if not problems:
        problems += _empty_decks(library)
    if problems:
        raise ContentError(problems)
    return library


def _shared_ids(decks: Mapping[str, tuple[Any, ...]]) -> Iterator[Problem]:
    times = Counter(card.id for deck in decks.values() for card in deck)
    for name, deck in decks.items():
        for card in deck:
            if times[card.id] > 1:
                yield Problem(
                    f"{name}/{card.id}.yaml",
                    1,
                    "id",
                    f"{card.id!r} is also the id of a card in another folder",
                )


def _empty_decks(library: Library) -> Iterator[Problem]:
    for habit in library.habits.values():
        if not library.deck(habit.id):
            message = "finds no card; add cards, or widen cards and only"
            yield Problem(f"habits/{habit.id}.yaml", 1, "cards", message)


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: Path
    problems: list[Problem]

    def one_a_file(self, name: str, model: type[M]) -> tuple[M, ...]:
        """Return the valid files of a folder as models, in the order of their names."""
        found = []
        for file, value, place in self._files(name):
            if (item := self._model(file, model, value, place, ())) is None:
                continue
            expected, actual = Path(file).stem, getattr(item, "id", "")
            if actual != expected:
                line, _ = place.find(("id",))
                self._add(file, line, "id", f"is {actual!r}, but the file's name says {expected!r}")
            found.append(item)
        return tuple(found)

    def messages(self) -> tuple[dict[str, Message], dict[str, Origin]]:
        """Return the valid messages of all files, and where each one stands."""
        found: dict[str, Message] = {}
        origins: dict[str, Origin] = {}
        for file, value, place in self._files("messages"):
            for key, entry in value.items():
                line, _ = place.find((key,))
                if not _MESSAGE_ID.fullmatch(key):
                    self._add(
                        file,
                        line,
                        key,
                        "is not a message id; write words in lower case with dots: start.welcome",
                    )
                elif key in origins:
                    self._add(file, line, key, f"is written twice, first in {origins[key].file}")
                elif message := self._model(file, Message, entry, place, (key,)):
                    found[key] = message
                    if fault := lengths.fault(key, message):
                        self._add(file, line, key, fault)
                origins.setdefault(key, Origin(file, line))
        return found, origins

    def _files(self, name: str) -> Iterator[tuple[str, dict[str, Any], yamlfile.Place]]:
        for path in self._paths(name):
            file = path.relative_to(self.folder).as_posix()
            try:
                value, place = yamlfile.read(path)
            except yamlfile.Unreadable as error:
                self.problems.append(error.problem(file))
                continue
            if isinstance(value, dict):
                yield file, value, place
            else:
                self._add(file, place.line, "", "is not a mapping; write lines of the form `name: value`")

    def _paths(self, name: str) -> list[Path]:
        try:
            paths = sorted((self.folder / name).iterdir())
        except FileNotFoundError:
            self._add(name, 0, "", "the folder is missing")
            return []
        except OSError as error:
            self._add(name, 0, "", f"the folder cannot be read: {error.strerror or error}")
            return []
        for path in paths:
            if path.suffix == ".yml":
                self._add(f"{name}/{path.name}", 0, "", "would not be read; rename it to end in .yaml")
        return [path for path in paths if path.suffix == ".yaml"]

    def _model(
        self, file: str, model: type[M], value: object, place: yamlfile.Place, at: tuple[str, ...]
    ) -> M | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for detail in innermost(error.errors(include_url=False)):
                line, where = place.find((*at, *detail["loc"]))
                self._add(file, line, where, sentence(detail))
            return None

    def _add(self, file: str, line: int, where: str, message: str) -> None:
        self.problems.append(Problem(file, line, where, message))
