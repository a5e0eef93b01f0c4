"""Content that is wrong is refused with file, line, field and a sentence."""

import operator
import os
from pathlib import Path

import pytest

from reminderbot.library.loader import default_folder, load
from reminderbot.library.models import Nudge
from reminderbot.library.problems import ContentError
from reminderbot.services.work import Surroundings
from tests.unit.library.library_folder import Folder, right_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return right_folder(tmp_path)


def test_a_right_folder_loads_whole(folder: Folder) -> None:
    library = load(folder.path)
    stand_up = library.card("stand-up")
    assert isinstance(stand_up, Nudge)
    assert list(library.habits) == ["move"]
    assert {name: len(deck) for name, deck in library.cards.items()} == {
        "nudges": 1,
        "stretches": 1,
        "facts": 1,
    }
    assert stand_up.text.get("de-AT") == "Steh auf."
    assert library.card("gone") is None
    assert library.habits["move"].quiet_after.hour == 21


def test_nothing_in_a_library_can_be_changed(folder: Folder) -> None:
    library = load(folder.path)
    move = library.habits["move"]
    for mapping in (library.habits, library.cards, library.messages, move.label.root):
        with pytest.raises(TypeError):
            operator.setitem(mapping, "en", "x")  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="frozen"):
        setattr(move, "late", 3)  # noqa: B010


def test_a_library_knows_where_each_message_stands(folder: Folder) -> None:
    folder.write("messages/more.yaml", "# More.\na.b: {en: A}\na.c: {en: B}\n")
    assert load(folder.path).origins["a.c"] == ("messages/more.yaml", 3)


def test_another_file_makes_another_habit_from_some_kinds_of_nudges(folder: Folder) -> None:
    habit = (folder.path / "habits/move.yaml").read_text()
    folder.write("habits/drink.yaml", habit.replace("id: move", "id: drink") + "only: [water]\n")
    folder.write(
        "nudges/sip.yaml", "id: sip\nkind: water\nposition: any\ntext: {en: Take a sip of something nice.}\n"
    )
    library = load(folder.path)
    assert [card.id for card in library.deck("drink")] == ["sip"]
    assert len(library.deck("move")) == 2


def test_all_problems_of_all_files_come_at_once_in_file_order(folder: Folder) -> None:
    folder.write("nudges/stand-up.yaml", "id: stand-up\nkind: hop\ntext: {de: Hallo}\nwarm: yes\n")
    folder.write("facts/some.yaml", "")
    found = [(problem.file, problem.line, problem.field) for problem in folder.problems()]
    assert found == [
        ("facts/some.yaml", 1, ""),
        ("nudges/stand-up.yaml", 2, "kind"),
        ("nudges/stand-up.yaml", 3, "text"),
        ("nudges/stand-up.yaml", 4, "warm"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "field", "says"),
    [
        ("nudges/stand-up.yaml", "Stand up.", "x" * 161, 5, "text.en", "161 characters long; at most 160"),
        ("nudges/stand-up.yaml", "Stand up.", '" "', 5, "text.en", "blank"),
        ("nudges/stand-up.yaml", "Stand up.", "12", 5, "text.en", "not text; put it in quotes"),
        ("nudges/stand-up.yaml", "  en: Stand up.\n", "", 4, "text", "no English text"),
        ("nudges/stand-up.yaml", "  de:", "  Deutsch:", 6, "text.Deutsch", "not a language such as en"),
        ("facts/some.yaml", "Some is fine.", "Some, perhaps", 3, "text.perhaps", "put the text in quotes"),
        ("nudges/stand-up.yaml", "standing", "floor", 3, "position", "it must be one of"),
        ("nudges/stand-up.yaml", "position: standing", "kind: walk", 3, "kind", "twice, first in line 2"),
        ("nudges/stand-up.yaml", "kind: stand\n", "", 1, "kind", "is missing"),
        ("nudges/stand-up.yaml", "id: stand-up", "id: stand", 1, "id", "file's name says 'stand-up'"),
        ("nudges/stand-up.yaml", "id: stand-up", "id: Stand up", 1, "id", "does not have the form"),
        ("stretches/tall.yaml", "- Sit tall.", "- " + "y" * 121, 11, "steps.en.0", "at most 120"),
        ("stretches/tall.yaml", "hold: 30", "hold: long", 7, "hold", "not a whole number"),
        ("stretches/tall.yaml", "hold: 30", "avoid_if: [tired]", 7, "avoid_if.0", "must be one of"),
        ("stretches/tall.yaml", "    publisher: A hospital\n", "", 14, "sources.0", "cannot be looked up"),
        ("stretches/tall.yaml", "reviewed: []", "reviewed: true", 16, "reviewed", "not a list"),
        (
            "stretches/tall.yaml",
            "reviewed: []",
            "reviewed: [{who: A, role: B, date: soon}]",
            16,
            "reviewed.0.date",
            "2026-01-31",
        ),
        (
            "stretches/tall.yaml",
            "reviewed: []",
            "figure: {start: {base: standing}}",
            16,
            "figure",
            "add `short:`",
        ),
        (
            "stretches/tall.yaml",
            "reviewed: []",
            "short: {en: " + "s" * 91 + "}",
            16,
            "short.en",
            "at most 90",
        ),
        ("stretches/tall.yaml", "reviewed: []", "only_for: [golfer]", 16, "only_for.0", "must be one of"),
        ("stretches/tall.yaml", "reviewed: []", "review_by: soon", 16, "review_by", "2026-01-31"),
        ("nudges/stand-up.yaml", "text:", "places: [office]\ntext:", 4, "places.0", "must be one of"),
        ("habits/move.yaml", "late: 15", "late: 15\nstarts: no", 9, "starts", "must be one of 'on' or 'off'"),
        ("habits/move.yaml", "weekdays", "weekdayz", 6, "cadence", "weekdayz"),
        ("habits/move.yaml", "21:00", "late", 9, "quiet_after", "write it as 21:00"),
        ("habits/move.yaml", "0.5", "2", 7, "threshold", "it must be at most 1"),
        ("messages/start.yaml", "start.welcome", "Start!", 1, "Start!", "not a message id"),
        ("messages/start.yaml", "</b>", "", 2, "start.welcome.en", "does not close <b>"),
        ("messages/start.yaml", "{name}", "{name.x}", 2, "start.welcome.en", "placeholder"),
    ],
)
def test_a_wrong_value_is_named_with_line_and_field(
    folder: Folder, file: str, old: str, new: str, line: int, field: str, says: str
) -> None:
    text = (folder.path / file).read_text()
    assert old in text
    folder.write(file, text.replace(old, new, 1))
    problem = folder.problem()
    assert (problem.file, problem.line, problem.field) == (file, line, field)
    assert says in problem.message
    assert str(problem).startswith(f"{file}:{line}: {field} ")


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 1, "is empty"),
        (b"# only a comment\n", 1, "is empty"),
        (b"id: a\n\tkind: b\n", 2, "tab"),
        (b"id: a\ntext: caf\xe9\n", 2, "not UTF-8"),
        (b"id: [a\nkind: b\n", 2, "not valid YAML"),
        (b"id: a\x07\n", 1, "not valid YAML"),
        (b"- a\n- b\n", 1, "not a mapping"),
        (b"id: a\n---\nid: b\n", 2, "not valid YAML"),
        (b"id: &x [a]\nkind: *x\n", 1, "anchor"),
        (b"a: &x [*x]\n", 1, "anchor"),
        (b"id: !!python/object/apply:os.getcwd []\n", 1, "tag"),
        (b"id: !!python/name:os.system x\n", 1, "tag"),
        (b"id: !!int x\n", 1, "!!int"),
        (b"a: " + b"[" * 40 + b"]" * 40 + b"\n", 1, "nested"),
        (b"? [a, b]\n: c\n", 1, "key that is not a word"),
        (b"#" * (256 * 1024 + 1), 0, "larger than 256 KiB"),
    ],
)
def test_a_file_that_is_no_plain_yaml_is_one_sentence(
    folder: Folder, data: bytes, line: int, says: str
) -> None:
    folder.write("nudges/stand-up.yaml", data)
    first = folder.problem()
    assert (first.file, first.line) == ("nudges/stand-up.yaml", line)
    assert says in first.message
    assert "\n" not in first.message


def test_a_mark_at_the_start_of_a_file_is_allowed(folder: Folder) -> None:
    file = folder.path / "nudges/stand-up.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load(folder.path).card("stand-up")


def test_words_that_yaml_takes_for_truth_values_stay_words(folder: Folder) -> None:
    folder.write("messages/more.yaml", "a.b: {en: off, no: yes}\n")
    message = load(folder.path).messages["a.b"]
    assert (message.render(), message.render(language="no")) == ("off", "yes")


def test_a_missing_content_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"^there is no content folder at"):
        load(tmp_path / "nowhere")


def test_each_missing_folder_is_named(folder: Folder) -> None:
    for name in ("facts", "messages"):
        for file in (folder.path / name).iterdir():
            file.unlink()
        (folder.path / name).rmdir()
    assert [str(problem) for problem in folder.problems()] == [
        "facts: the folder is missing",
        "messages: the folder is missing",
    ]


@pytest.mark.parametrize("name", ["walk.yml", "walk.YAML", "walk.Yml"])
def test_a_file_that_would_be_overlooked_is_named(folder: Folder, name: str) -> None:
    folder.write(f"nudges/{name}", "id: walk\n")
    assert folder.problem().message == "would not be read; rename it to end in .yaml"


def test_other_files_and_folders_are_left_alone(folder: Folder) -> None:
    folder.write("nudges/README.md", "hello")
    folder.write("places/cities.tsv", "x")
    assert len(load(folder.path).cards["nudges"]) == 1


def test_an_unreadable_file_is_one_sentence(folder: Folder) -> None:
    (folder.path / "nudges/walk.yaml").mkdir()
    assert folder.problem().message.startswith("cannot be read: ")


def test_a_library_read_again_is_another_one(folder: Folder) -> None:
    library = load(folder.path)
    assert len({library, load(folder.path), library}) == 2


def test_the_same_id_in_two_folders_is_refused_in_both(folder: Folder) -> None:
    text = (folder.path / "facts/some.yaml").read_text()
    folder.write("facts/tall.yaml", text.replace("id: some", "id: tall"))
    assert [(problem.file, problem.message) for problem in folder.problems()] == [
        ("facts/tall.yaml", "'tall' is also the id of stretches/tall.yaml"),
        ("stretches/tall.yaml", "'tall' is also the id of facts/tall.yaml"),
    ]


def test_the_same_message_in_two_files_is_refused(folder: Folder) -> None:
    folder.write("messages/again.yaml", "start.welcome: {en: Hi}\n")
    problem = folder.problem()
    assert (problem.file, problem.message) == (
        "messages/start.yaml",
        "is written twice, first in messages/again.yaml",
    )


def test_a_habit_without_any_card_is_refused(folder: Folder) -> None:
    text = (folder.path / "habits/move.yaml").read_text()
    folder.write("habits/move.yaml", text + "only: [stairs]\n")
    assert "finds no card" in folder.problem().message


def test_content_without_any_habit_is_refused(folder: Folder) -> None:
    (folder.path / "habits/move.yaml").unlink()
    assert str(folder.problem()).startswith("habits: holds no habit")


def test_an_exercise_that_does_not_fit_under_a_picture_is_refused(folder: Folder) -> None:
    text = (folder.path / "stretches/tall.yaml").read_text()
    folder.write("stretches/tall.yaml", text.replace("Stop if it hurts.", "s" * 900))
    assert "fit under a picture" in folder.problem().message


def test_the_content_of_this_checkout_is_found_from_anywhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (default_folder() / "habits" / "move.yaml").is_file()
    assert Path(os.fspath(default_folder())).is_absolute()


def test_a_failing_test_shows_its_example_and_not_all_content(around: Surroundings) -> None:
    assert len(repr(around)) < 500
    assert len(repr(around.library.triage)) < 200
    assert len(repr(around.library.triage.lexicon)) < 200
