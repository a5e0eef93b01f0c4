"""What Telegram shows elsewhere than in a message is refused when it is read, not when it is shown."""

from pathlib import Path

import pytest

from tests.unit.library.library_folder import Folder, right_folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return right_folder(tmp_path)


@pytest.mark.parametrize(
    ("name", "most"),
    [("tapped.saved", 200), ("answers.toast_done", 200), ("answers.already", 200), ("export.json", 1024),
     ("command.help", 256), ("bot.description", 512), ("bot.short", 120)],
)  # fmt: skip
def test_a_text_that_does_not_fit_where_it_is_shown_is_named(folder: Folder, name: str, most: int) -> None:
    folder.write("messages/more.yaml", f"{name}:\n  en: {'x' * most}\n  de: {'x' * (most + 1)}\n")
    problem = folder.problem()
    assert (problem.file, problem.line, problem.field) == ("messages/more.yaml", 1, name)
    assert f"{most + 1} UTF-16 units long in de; at most {most}" in problem.message


def test_forty_characters_are_kept_free_for_each_argument(folder: Folder) -> None:
    folder.write("messages/more.yaml", f"tapped.x: {{en: '{'x' * 120}{{a}}{{b:day|days}}'}}\n")
    assert "205 UTF-16 units" in folder.problem().message


def test_tags_are_refused_where_telegram_shows_plain_text(folder: Folder) -> None:
    folder.write("messages/more.yaml", "tapped.x: {en: '<b>Saved</b>'}\n")
    assert "plain text" in folder.problem().message


def test_an_answer_with_buttons_is_a_message_and_may_be_longer(folder: Folder) -> None:
    text = f"answers.done_result:\n  text: {{en: {'x' * 300}}}\n  buttons: {{undo: {{en: Undo}}}}\n"
    folder.write("messages/more.yaml", text)
    from reminderbot.library.loader import load

    assert "answers.done_result" in load(folder.path).messages
