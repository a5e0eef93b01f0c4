"""Examples are promises of the content: the check says which one is broken, and how."""

from pathlib import Path

import pytest

from reminderbot.library import triage_folder
from reminderbot.library.triage_examples import faults
from tests.unit.library import triage_files


def told(folder: Path, *examples: str) -> list[str]:
    triage = triage_files.write(folder)
    condition = triage_files.CONDITION.split("examples:")[0]
    (triage / "conditions/cauda.yaml").write_text(
        condition + "examples:\n" + "".join(f"  - {one}\n" for one in examples)
    )
    found, problems = triage_folder.read(folder)
    assert problems == []
    return [str(problem) for problem in faults(found)]


def test_the_examples_of_a_right_folder_come_right(tmp_path: Path) -> None:
    triage_files.write(tmp_path)
    assert list(faults(triage_folder.read(tmp_path)[0])) == []


@pytest.mark.parametrize(
    "example",
    [
        "{say: my groin is numb, want: emergency}",
        "{say: my groin is numb, want: urgent}",
        "{say: my groin hedges numb, want: emergency}",
        "{say: my groin hedges numb, want: ask}",
        "{say: is numb, want: emergency, earlier: [my groin]}",
        "{say: others cant pee, want: emergency, third: true}",
        "{say: fine, want: none}",
        "{say: my bum is numb, want: emergency, missed: bum is not a word here}",
    ],
)
def test_an_example_comes_right(tmp_path: Path, example: str) -> None:
    assert told(tmp_path, example) == []


@pytest.mark.parametrize(
    ("example", "fault"),
    [
        ("{say: my bum is numb, want: emergency}", "“my bum is numb” should be emergency, but is none"),
        ("{say: my groin is numb, want: none}", "should be none, but is emergency by cauda.numb"),
        ("{say: my groin hedges numb, want: none}", "is none and asks by cauda.numb [numbness hedge]"),
        ("{say: my groin is numb, want: ask}", "should be ask, but is emergency by cauda.numb"),
        (
            "{say: others cant pee, want: emergency, third: false}",
            "(third: false), but is emergency, about somebody else",
        ),
        ("{say: my groin is numb, want: emergency, missed: was hard}", "comes right now; remove `missed`"),
    ],
)
def test_an_example_that_does_not_is_told(tmp_path: Path, example: str, fault: str) -> None:
    (problem,) = told(tmp_path, example)
    assert problem.startswith("triage/conditions/cauda.yaml:16: examples.0 ")
    assert fault in problem


def test_small_talk_that_softens_a_red_flag_is_told(tmp_path: Path) -> None:
    triage = triage_files.write(tmp_path)
    concepts = triage_files.CONCEPTS.replace("[just kidding]", "[lol]")
    (triage / "concepts/all.yaml").write_text(concepts)
    (triage / "ordinary.yaml").write_text("small talk: [done]\n")
    condition = triage_files.CONDITION.replace("my groin is numb, want", "i cant pee, want")
    (triage / "conditions/cauda.yaml").write_text(condition)
    (problem,) = faults(triage_folder.read(tmp_path)[0])
    assert "with “ok ... lol” around it none" in problem.message
