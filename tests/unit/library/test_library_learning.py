"""Conditions and sequences: read when they are there, and checked against the files that they name."""

from pathlib import Path

import pytest

from reminderbot.library.loader import load
from tests.unit.library.library_folder import HABIT, Folder, right_folder

CONDITION = """\
id: stiff-hip
title: {en: Stiff hip}
about: {en: A hip that feels stiff in the morning.}
helps:
  en: [Move a little every hour., Walk when you can.]
  de: [Bewege dich., Geh spazieren.]
be_seen: {en: [Within days if it stops you sleeping.]}
triage: [persistent-sciatica]
sources: [{title: A guideline, publisher: A ministry}]
"""
SEQUENCE = """\
id: cool-down
title: {en: Cool down}
about: {en: To end a run with.}
minutes: 5
moves:
  - {stretch: tall, seconds: 30}
  - {stretch: tall, seconds: 60}
sources: [{title: A guideline, publisher: A ministry}]
"""
EVENING = HABIT.replace("id: move", "id: evening").replace("cards: nudges", "cards: sequences")
WEEK = HABIT.replace("id: move", "id: week").replace("cards: nudges", "cards: week")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = right_folder(tmp_path)
    found.write("conditions/stiff-hip.yaml", CONDITION)
    found.write("sequences/cool-down.yaml", SEQUENCE)
    return found


def test_conditions_and_sequences_are_found_by_id(folder: Folder) -> None:
    library = load(folder.path)
    assert library.conditions["stiff-hip"].helps.get("de") == ("Bewege dich.", "Geh spazieren.")
    assert library.conditions["stiff-hip"].be_seen.get("de")[0].startswith("Within days")
    sequence = library.sequences["cool-down"]
    assert (sequence.rounds, [move.seconds for move in sequence.moves]) == (1, [30, 60])
    assert library.card("stiff-hip") is None


def test_content_of_ones_own_needs_neither(tmp_path: Path) -> None:
    library = load(right_folder(tmp_path).path)
    assert (library.conditions, library.sequences) == ({}, {})


def test_a_habit_may_show_a_sequence_and_its_deck_is_each_of_its_stretches_once(folder: Folder) -> None:
    folder.write("habits/evening.yaml", EVENING + "sequence: cool-down\nstarts: off\n")
    library = load(folder.path)
    habit = library.habits["evening"]
    assert (habit.starts, habit.counts, habit.has_deck) == ("off", True, False)
    assert [card.id for card in library.deck("evening")] == ["tall"]


def test_a_habit_may_show_the_week_and_has_no_deck(folder: Folder) -> None:
    folder.write("habits/week.yaml", WEEK + "counts: false\n")
    library = load(folder.path)
    assert (library.habits["week"].has_deck, library.deck("week")) == (False, ())
    assert library.habits["move"].has_deck


@pytest.mark.parametrize(
    ("file", "text", "line", "field", "says"),
    [
        ("sequences/cool-down.yaml", SEQUENCE.replace("tall, seconds: 60", "gone, seconds: 60"), 7,
         "moves.1.stretch", "is 'gone', and there is no such file in stretches/"),
        ("sequences/cool-down.yaml", SEQUENCE.replace("tall, seconds: 60", "some, seconds: 60"), 7,
         "moves.1.stretch", "no such file in stretches/"),
        ("sequences/cool-down.yaml", SEQUENCE.replace("seconds: 30", "seconds: 3"), 6, "moves.0.seconds", "at least 5"),
        ("conditions/stiff-hip.yaml", CONDITION.replace("[persistent-sciatica]", "[sore]"), 8,
         "triage.0", "is 'sore', and there is no such file in triage/conditions/"),
        ("conditions/stiff-hip.yaml", CONDITION.replace(", Walk when you can.", ""), 5, "helps.en", "at least 2"),
        ("conditions/stiff-hip.yaml", CONDITION.replace("A hip that", "x" * 501), 3, "about.en", "at most 500"),
        ("habits/evening.yaml", EVENING + "sequence: gone\n", 11, "sequence", "no such file in sequences/"),
        ("habits/evening.yaml", EVENING, 1, "", "write both or neither"),
        ("habits/evening.yaml", HABIT.replace("move", "evening") + "sequence: cool-down\n", 1, "", "both or neither"),
        ("habits/week.yaml", WEEK, 1, "", "add counts: false"),
        ("habits/week.yaml", WEEK + "counts: false\nonly: [walk]\n", 1, "", "chooses among nudges"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_line_and_field(
    folder: Folder, file: str, text: str, line: int, field: str, says: str
) -> None:
    folder.write(file, text)
    problem = folder.problem()
    assert (problem.file, problem.line, problem.field) == (file, line, field)
    assert says in problem.message
