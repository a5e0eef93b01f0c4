"""The triage content becomes one lexicon; what is wrong names file, line and field, and stops nothing else."""

from pathlib import Path

import pytest

from reminderbot.library import triage_folder
from reminderbot.library.problems import Problem
from reminderbot.library.triage import messages_of
from reminderbot.rules.triage import Level, judge
from tests.unit.library import triage_files


@pytest.fixture
def triage(tmp_path: Path) -> Path:
    return triage_files.write(tmp_path)


def spoil(triage: Path, file: str, old: str, new: str) -> Problem:
    """Replace a piece of a file; the one problem that comes of it, while all else still works."""
    path = triage / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    found, problems = triage_folder.read(triage.parent)
    (problem,) = problems
    assert judge(found.lexicon, "no puedo orinar").level is Level.EMERGENCY
    return problem


def test_a_right_folder_is_compiled_whole(triage: Path) -> None:
    found, problems = triage_folder.read(triage.parent)
    assert problems == []
    assert judge(found.lexicon, "my gorin is nubm").rules == ("cauda.numb",)
    assert judge(found.lexicon, "cantpee").level is Level.EMERGENCY
    assert judge(found.lexicon, "my groan is numb").level is Level.NONE
    assert judge(found.lexicon, "NO PUEDO orinar").language == "es"
    assert [case.example.say for case in found.cases][-2:] == ["done", "thanks"]
    assert found.languages["es"].answers.yes == "Sí"


def test_examples_that_are_not_kept_are_checked_all_the_same(triage: Path) -> None:
    (triage / "ordinary.yaml").write_text("small talk: done\n")
    kept, problems = triage_folder.read(triage.parent)
    bare, told = triage_folder.read(triage.parent, examples=False)
    assert told == problems != []
    assert (len(bare.cases), bare.conditions["cauda"].examples) == (0, ())
    assert all(not topic.examples for topic in bare.languages["es"].topics.values())
    assert bare.languages["es"].answers == kept.languages["es"].answers
    assert bare.lexicon.version == kept.lexicon.version


def test_what_only_questions_need_is_a_hint(triage: Path) -> None:
    concepts = triage_folder.read(triage.parent)[0].lexicon.concepts
    assert not concepts["numbness"].hint
    condition = triage / "conditions/cauda.yaml"
    condition.write_text(condition.read_text().replace("level: emergency\n", "level: none\n    ask: true\n"))
    assert triage_folder.read(triage.parent)[0].lexicon.concepts["numbness"].hint


def test_its_version_changes_with_every_file(triage: Path) -> None:
    before = triage_folder.read(triage.parent)[0].lexicon.version
    assert triage_folder.read(triage.parent)[0].lexicon.version == before
    (triage / "ordinary.yaml").write_text("small talk: [done]\n")
    assert triage_folder.read(triage.parent)[0].lexicon.version != before


def test_a_conditions_texts_are_messages(triage: Path) -> None:
    found, _ = triage_folder.read(triage.parent)
    messages = messages_of(found.conditions["cauda"])
    assert sorted(messages) == ["triage.cauda.question", "triage.cauda.reason"]
    assert messages["triage.cauda.question"].render() == "Is it numb right now?"


def test_a_condition_may_have_a_few_words_for_its_sign(triage: Path) -> None:
    condition = triage / "conditions/cauda.yaml"
    plain = condition.read_text()
    condition.write_text(f"{plain}sign: {{en: trouble peeing}}\n")
    found, problems = triage_folder.read(triage.parent)
    assert problems == []
    assert messages_of(found.conditions["cauda"])["triage.cauda.sign"].render() == "trouble peeing"
    condition.write_text(f"{plain}sign: {{en: {'much ' * 9}}}\n")
    _, problems = triage_folder.read(triage.parent)
    assert ["at most 8" in str(problem) for problem in problems] == [True]


def test_a_rule_may_have_a_reason_of_its_own(triage: Path) -> None:
    condition = triage / "conditions/cauda.yaml"
    own = "    reason: {en: That should not wait.}\n    needs: [cant-pee"
    condition.write_text(condition.read_text().replace("    needs: [cant-pee", own))
    found, problems = triage_folder.read(triage.parent)
    assert problems == []
    messages = messages_of(found.conditions["cauda"])
    assert messages["triage.cauda.pee.reason"].render() == "That should not wait."
    assert "triage.cauda.numb.reason" not in messages


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field", "told"),
    [
        (
            "concepts/all.yaml",
            "    - cant {pee}",
            "    - cant {peee}",
            8,
            "cant-pee.phrases.0",
            "no list named 'peee'",
        ),
        ("concepts/all.yaml", "    - cant {pee}", "    - (cant", 8, "cant-pee.phrases.0", "never closed"),
        ("concepts/all.yaml", "kind: context", "kind: risk", 9, "pregnant.kind", "must be one of"),
        (
            "conditions/cauda.yaml",
            "numbness @ saddle",
            "numbnes @ saddle",
            9,
            "rules.0.needs.0",
            "no concept",
        ),
        (
            "conditions/cauda.yaml",
            "numbness @ saddle",
            "numbness @ cant-pee",
            9,
            "rules.0.needs.0",
            "not a site",
        ),
        ("conditions/cauda.yaml", "numbness @ saddle", "joke @ saddle", 9, "rules.0.needs.0", "neither"),
        (
            "conditions/cauda.yaml",
            "numbness @ saddle",
            "numbness at saddle",
            9,
            "rules.0.needs.0",
            "write a concept",
        ),
        ("conditions/cauda.yaml", "want: none", "want: nothing", 17, "examples.1.want", "must be one of"),
        ("conditions/cauda.yaml", "row: [1, 17]", "row: 31", 2, "row.0", "it must be at most 30"),
        (
            "conditions/cauda.yaml",
            "there should",
            "there " + "really " * 25 + "should",
            4,
            "reason.en",
            "at most 25",
        ),
        ("conditions/cauda.yaml", "reviewed: null", "reviewed: yes", 14, "reviewed", "write its fields"),
        (
            "languages/es.yaml",
            "condition: cauda",
            "condition: caudal",
            6,
            "topics.urine.condition",
            "no file",
        ),
        ("ordinary.yaml", "[done, thanks]", "done", 1, "small talk", "not a list of sentences"),
        ("lists.yaml", "[pee, wee]", "[pee, wee]\nwee: 3", 2, "wee", "not a list of phrases"),
        ("typos.yaml", "words: [groin]", "words: [leg]", 1, "words.0", "does not have the form"),
        ("typos.yaml", "[cantpee]", "[cant pe]", 2, "variants.cant pee.0", "one word"),
    ],
)
def test_a_fault_names_file_line_and_field(
    triage: Path, file: str, old: str, new: str, line: int, field: str, told: str
) -> None:
    problem = spoil(triage, file, old, new)
    assert (problem.file, problem.line, problem.field) == (f"triage/{file}", line, field)
    assert told in problem.message


def test_a_name_is_taken_once(triage: Path) -> None:
    (triage / "lists-toilet.yaml").write_text("pee: [piss]\n")
    (triage / "concepts/more.yaml").write_text("joke: {kind: cue, phrases: [haha]}\n")
    _, problems = triage_folder.read(triage.parent)
    assert [str(problem) for problem in problems] == [
        "triage/lists.yaml:1: pee is written twice, first in triage/lists-toilet.yaml",
        "triage/concepts/more.yaml:1: joke is written twice, first in triage/concepts/all.yaml",
    ]


@pytest.mark.parametrize("file", ["cues.yaml", "typos.yaml", "common-words.txt", "ordinary.yaml"])
def test_a_file_that_is_missing_is_missed(triage: Path, file: str) -> None:
    (triage / file).unlink()
    _, problems = triage_folder.read(triage.parent)
    assert f"triage/{file}" in {problem.file for problem in problems}
