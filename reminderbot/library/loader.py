"""The content folder, read once, checked whole and frozen.

Habits and cards are one file each, named after their id; a file in messages/ is a mapping of dotted ids to
messages; the two in policy/ are the emergency numbers and the on-call policy; what is in triage/ becomes one lexicon.
Other folders (places) have readers of their own and are left alone.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import reminderbot
from reminderbot.library import guided, lengths, numbers, policy, triage_folder
from reminderbot.library.folder import FolderReader
from reminderbot.library.guided import Check
from reminderbot.library.messages import Message
from reminderbot.library.models import Card, Fact, Habit, Nudge, Stretch
from reminderbot.library.numbers import Numbers
from reminderbot.library.policy import Policy
from reminderbot.library.problems import ContentError, Problem
from reminderbot.library.triage import messages_in, messages_of
from reminderbot.library.triage_folder import Triage

DECKS: Final[Mapping[str, type[Card]]] = {"nudges": Nudge, "stretches": Stretch, "facts": Fact}
"""The folders of cards, and what a file in each must be."""
_MESSAGE_ID: Final = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)*")


class Origin(NamedTuple):
    """Where a message stands: the file, relative to the content folder, and the line, from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, repr=False)  # all content as one text hides what it is shown with
class Library:
    """All content of one folder, checked; nothing in it changes after loading."""

    habits: Mapping[str, Habit]
    """By id, in the order of their ids."""
    cards: Mapping[str, tuple[Card, ...]]
    """By folder: nudges, stretches, facts; each in the order of its ids."""
    messages: Mapping[str, Message]
    """By dotted id, over all files."""
    numbers: Numbers
    """The numbers to call in an emergency, by country."""
    policy: Policy
    """Who is told about a case, and when; each case keeps the copy that it was opened with."""
    triage: Triage = field(compare=False)
    """What is known about red flags."""
    check: Check = field(compare=False)
    """What the answers of the guided check mean."""
    origins: Mapping[str, Origin] = field(default_factory=dict, compare=False)
    """Where each message stands, by its id."""
    _by_id: Mapping[str, Card] = field(init=False, compare=False)

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


def load(folder: Path, *, examples: bool = True) -> Library:
    """Read a content folder whole. Raises ContentError with every problem of every file.

    Without ``examples`` those of triage are read like all else, but not kept (``triage_folder.read``).
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        raise ContentError([Problem("", 0, "", f"there is no content folder at {folder}")])
    reader = FolderReader(folder, problems)
    habits = reader.one_a_file("habits", Habit)
    decks = {name: reader.one_a_file(name, model) for name, model in DECKS.items()}
    messages, origins = _messages(reader)
    table, ladders = reader.one(numbers.FILE, Numbers), reader.one(policy.FILE, Policy)
    triage, faults = _triage(folder, examples)
    for condition in triage.conditions.values():
        messages |= messages_of(condition)
    for language in triage.languages.values():
        messages |= messages_in(language)
    questions = _with(guided.FILE, reader).one(guided.FILE, Check)
    problems += [*faults, *_shared_ids(decks)]
    if problems or table is None or ladders is None or questions is None:
        raise ContentError(problems)
    library = Library(
        MappingProxyType({habit.id: habit for habit in habits}),
        MappingProxyType(decks),
        MappingProxyType(messages),
        table,
        ladders,
        triage,
        questions,
        MappingProxyType(origins),
    )
    if problems := list(_empty_decks(library)):
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


def _triage(folder: Path, examples: bool) -> tuple[Triage, list[Problem]]:
    """Return what a folder says about red flags; when it says nothing, what ships: no content goes without them."""
    is_there = (folder / triage_folder.FOLDER).is_dir()
    return triage_folder.read(folder, examples=examples) if is_there else _shipped_triage(examples)


@lru_cache(maxsize=1)
def _shipped_triage(examples: bool) -> tuple[Triage, list[Problem]]:
    return triage_folder.read(default_folder(), examples=examples)


def _with(file: str, reader: FolderReader) -> FolderReader:
    """Return the reader, or one of the shipped folder when the folder lacks a file that no content goes without."""
    here = (reader.folder / file).is_file()
    return reader if here else FolderReader(default_folder(), reader.problems)


def _messages(reader: FolderReader) -> tuple[dict[str, Message], dict[str, Origin]]:
    """Return the valid messages of all files, and where each one stands."""
    found: dict[str, Message] = {}
    origins: dict[str, Origin] = {}
    for file, value, place in reader.files("messages"):
        for key, entry in value.items():
            line, _ = place.find((key,))
            if not _MESSAGE_ID.fullmatch(key):
                told = "is not a message id; write words in lower case with dots: start.welcome"
                reader.add(file, line, key, told)
            elif key in origins:
                reader.add(file, line, key, f"is written twice, first in {origins[key].file}")
            elif message := reader.model(file, Message, entry, place, (key,)):
                found[key] = message
                if fault := lengths.fault(key, message):
                    reader.add(file, line, key, fault)
            origins.setdefault(key, Origin(file, line))
    return found, origins
