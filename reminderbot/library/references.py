"""What files say of one another: ids that must differ, and names of what there must be."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reminderbot.library.models import Stretch

if TYPE_CHECKING:
    from reminderbot.library.folder import FolderReader
    from reminderbot.library.loader import Library


def look(library: Library, reader: FolderReader) -> None:
    """Note every name that leads nowhere, and every id that two files share. All files are right by themselves."""
    _ids(library, reader)
    _habits(library, reader)
    _moves(library, reader)
    _signs(library, reader)


def _ids(library: Library, reader: FolderReader) -> None:
    """Cards are found by their id alone, so no two may have the same."""
    files = defaultdict(list)
    for folder, deck in library.cards.items():
        for card in deck:
            files[card.id].append(f"{folder}/{card.id}.yaml")
    for card_id, places in files.items():
        for file in places if len(places) > 1 else ():
            other = next(place for place in places if place != file)
            reader.fault(file, ("id",), f"{card_id!r} is also the id of {other}")


def _habits(library: Library, reader: FolderReader) -> None:
    if not library.habits:
        reader.add("habits", 0, "", "holds no habit, so there is nothing to be reminded of; add one")
    for habit in library.habits.values():
        file = f"habits/{habit.id}.yaml"
        if habit.sequence and habit.sequence not in library.sequences:
            reader.fault(
                file, ("sequence",), f"is {habit.sequence!r}, and there is no such file in sequences/"
            )
        elif habit.has_deck and not library.deck(habit.id):
            reader.fault(file, ("cards",), "finds no card; add cards, or widen cards and only")


def _moves(library: Library, reader: FolderReader) -> None:
    for sequence in library.sequences.values():
        for number, move in enumerate(sequence.moves):
            if not isinstance(library.card(move.stretch), Stretch):
                where = ("moves", number, "stretch")
                told = f"is {move.stretch!r}, and there is no such file in stretches/"
                reader.fault(f"sequences/{sequence.id}.yaml", where, told)


def _signs(library: Library, reader: FolderReader) -> None:
    for condition in library.conditions.values():
        for number, sign in enumerate(condition.triage):
            if sign not in library.triage.conditions:
                told = f"is {sign!r}, and there is no such file in triage/conditions/"
                reader.fault(f"conditions/{condition.id}.yaml", ("triage", number), told)
