"""Red flags are part of every library: those of its folder, else those that ship."""

from pathlib import Path

import pytest

from reminderbot.library.loader import load
from reminderbot.library.places import Places
from reminderbot.rules.triage import Level, judge
from tests.unit.library import triage_files
from tests.unit.library.library_folder import Folder, right_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    # Places are of no interest here, and take a second to read.
    monkeypatch.setattr(Places, "load", lambda _: Places.__new__(Places))
    folder = right_folder(tmp_path)
    triage_files.write(tmp_path)
    return folder


def test_a_library_knows_the_red_flags_of_its_folder(folder: Folder) -> None:
    library = load(folder.path)
    assert judge(library.triage.lexicon, "my groin is numb").level is Level.EMERGENCY
    assert list(library.triage.conditions) == ["cauda"]


def test_the_texts_of_a_condition_are_messages_of_the_library(folder: Folder) -> None:
    message = load(folder.path).messages["triage.cauda.reason"]
    assert message.render() == "Numbness there should be looked at straight away."


def test_a_folder_that_says_nothing_about_red_flags_has_the_shipped_ones(tmp_path: Path) -> None:
    library = load(right_folder(tmp_path).path)
    assert judge(library.triage.lexicon, "I can't pee and my groin is numb").level is Level.EMERGENCY


def test_faulty_triage_is_refused_like_all_content(folder: Folder) -> None:
    folder.write("triage/ordinary.yaml", "small talk: done\n")
    assert folder.problem().file == "triage/ordinary.yaml"
