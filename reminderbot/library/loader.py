"""The content folder, read once, checked whole and frozen.

Habits, cards, conditions and sequences are one file each, named after their id; a file in messages/ is a mapping of
dotted ids to messages; the two in policy/ are the emergency numbers and the on-call policy; what is in triage/
becomes one lexicon. Content of one's own may lack conditions/ and sequences/: then it has none, as those that
ship name other files. Other folders (places) have readers of their own and are left alone.
"""

import contextlib
import gc
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import reminderbot
from reminderbot.library import guided, lengths, numbers, policy, references, triage_folder
from reminderbot.library.folder import FolderReader
from reminderbot.library.guided import Check
from reminderbot.library.learning import Condition, Sequence
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


# All content as one text would hide what it is shown with.
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Library:
    """All content of one folder, checked; nothing in it changes after loading, so it is equal only to itself."""

    habits: Mapping[str, Habit]
    """By id, in the order of their ids."""
    cards: Mapping[str, tuple[Card, ...]]
    """By folder: nudges, stretches, facts; each in the order of its ids."""
    conditions: Mapping[str, Condition]
    """What may be read up, by id, in the order of their ids."""
    sequences: Mapping[str, Sequence]
    """By id, in the order of their ids; every stretch of theirs is among the cards."""
    messages: Mapping[str, Message]
    """By dotted id, over all files."""
    numbers: Numbers
    """The numbers to call in an emergency, by country."""
    policy: Policy
    """Who is told about a case, and when; each case keeps the copy that it was opened with."""
    triage: Triage
    """What is known about red flags."""
    check: Check
    """What the answers of the guided check mean."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Where each message stands, by its id."""
    _by_id: Mapping[str, Card] = field(init=False)

    def __post_init__(self) -> None:
        """Index the cards by id."""
        by_id = {card.id: card for deck in self.cards.values() for card in deck}
        object.__setattr__(self, "_by_id", MappingProxyType(by_id))

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The cards that are stretches."""
        return tuple(card for card in self.cards["stretches"] if isinstance(card, Stretch))

    def card(self, card_id: str) -> Card | None:
        """Return a card of any deck; none when the content no longer has it."""
        return self._by_id.get(card_id)

    def deck(self, habit_id: str) -> tuple[Card, ...]:
        """Return the cards a habit draws from; those of its moves, each once, when it shows a sequence.

        A habit that shows the week has none. Raises KeyError for an unknown habit.
        """
        habit = self.habits[habit_id]
        if habit.sequence:
            return self.moves(self.sequences[habit.sequence])
        cards = self.cards.get(habit.cards, ())
        if not habit.only:
            return cards
        return tuple(card for card in cards if isinstance(card, Nudge) and card.kind in habit.only)

    def moves(self, sequence: Sequence) -> tuple[Stretch, ...]:
        """Return the stretches of a sequence, each once, in the order in which they come first."""
        cards = map(self.card, dict.fromkeys(move.stretch for move in sequence.moves))
        return tuple(card for card in cards if isinstance(card, Stretch))


def default_folder() -> Path:
    """Return the content folder beside the package (a checkout), else the one inside it (installed)."""
    package = Path(reminderbot.__file__).parent
    beside = package.parent / "content"
    return beside if (beside / "habits").is_dir() else package / "content"


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """What is loaded stays: looking through it for garbage again and again would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    conditions, sequences = reader.optional("conditions", Condition), reader.optional("sequences", Sequence)
    messages, origins = _messages(reader)
    table, ladders = reader.one(numbers.FILE, Numbers), reader.one(policy.FILE, Policy)
    triage, faults = _triage(folder, examples)
    for sign in triage.conditions.values():
        messages |= messages_of(sign)
    for language in triage.languages.values():
        messages |= messages_in(language)
    questions = _with(guided.FILE, reader).one(guided.FILE, Check)
    problems += faults
    if problems or table is None or ladders is None or questions is None:
        raise ContentError(problems)
    library = Library(
        MappingProxyType({habit.id: habit for habit in habits}),
        MappingProxyType(decks),
        MappingProxyType({condition.id: condition for condition in conditions}),
        MappingProxyType({sequence.id: sequence for sequence in sequences}),
        MappingProxyType(messages),
        table,
        ladders,
        triage,
        questions,
        MappingProxyType(origins),
    )
    references.look(library, reader)
    if problems:
        raise ContentError(problems)
    return library


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
