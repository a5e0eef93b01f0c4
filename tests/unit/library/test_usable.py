"""Content that a bot is to use: looked at quickly when it starts, and whole by a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reminderbot.library.checking import check, usable
from reminderbot.library.places import PlacesError
from reminderbot.library.problems import ContentError, Problem
from tests.unit.library import triage_files
from tests.unit.library.library_folder import NUDGE, Folder, complete_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return complete_folder(tmp_path)


def checked_by_a_process(folder: Folder) -> list[Problem]:
    command = [sys.executable, "-m", "reminderbot.library", str(folder.path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return [Problem(**one) for one in json.loads(done.stdout)]


def test_what_can_be_used_is_given(folder: Folder) -> None:
    library, places = usable(folder.path)
    assert list(library.habits) == ["move"]
    assert places.find("Berlin")
    assert checked_by_a_process(folder) == []


def test_examples_are_left_to_the_process(folder: Folder) -> None:
    triage = triage_files.write(folder.path)
    condition = triage / "conditions/cauda.yaml"
    condition.write_text(condition.read_text().replace("say: my groin is numb", "say: my knee is numb"))
    assert usable(folder.path)[0].triage.cases == ()
    [problem] = checked_by_a_process(folder)
    assert str(problem).startswith("triage/conditions/cauda.yaml:16: examples.0 “my knee is numb” should be")
    assert check(folder.path).problems == (problem,)


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("nudges/stand-up.yaml", "id: stand-up\n", "kind is missing"),
        ("messages/start.yaml", 'start.welcome: {en: "Hello"}\n', "start.back is missing"),
        ("nudges/up.yaml", NUDGE.replace("stand-up", "up"), "says the same as nudges/stand-up.yaml"),
    ],
)
def test_all_else_is_refused_at_once(folder: Folder, file: str, text: str, told: str) -> None:
    folder.write(file, text)
    with pytest.raises(ContentError, match=told) as refused:
        usable(folder.path)
    assert list(refused.value.problems) == checked_by_a_process(folder)


def test_a_table_of_cities_that_is_broken_is_refused_too(folder: Folder) -> None:
    folder.write("places/cities.tsv", "name\tcountry\nBerlin\n")
    with pytest.raises(PlacesError):
        usable(folder.path)
