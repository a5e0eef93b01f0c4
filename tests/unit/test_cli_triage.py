"""`reminderbot triage`: one JSON object a line, in order, for arguments or for lines of standard input."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from reminderbot import cli
from tests.unit.library import triage_files


class Input(io.TextIOWrapper):
    """Standard input with these bytes, from a pipe or typed at a terminal."""

    def __init__(self, data: bytes, *, typed: bool = False) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")
        self._typed = typed

    def isatty(self) -> bool:
        return self._typed


@pytest.fixture(autouse=True)
def small_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    triage_files.write(tmp_path / "content")
    monkeypatch.setenv("REMINDERBOT_HOME", str(tmp_path))
    monkeypatch.setenv("REMINDERBOT_CONTENT", str(tmp_path / "content"))
    monkeypatch.chdir(tmp_path)


def lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str
) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "argv", ["reminderbot", "triage", *words])
    cli.main()
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_argument_gives_one_line_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done, numb = lines(capsys, monkeypatch, "done", "my groin is numb")
    assert done == {"text": "done", "level": "none", "ask": False, "rules": [], "evidence": []}
    assert list(numb) == ["text", "level", "ask", "rules", "evidence"]
    assert numb["level"] == "emergency"
    assert all(
        set(evidence) == {"concept", "text", "start", "end", "assertion", "reason"}
        for evidence in numb["evidence"]
    )


def test_each_line_of_standard_input_is_judged_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Input("my groin\n\nis numb\r\nI can’t pee 😭\nlast".encode()))
    found = lines(capsys, monkeypatch)
    assert [line["text"] for line in found] == ["my groin", "", "is numb", "I can’t pee 😭", "last"]
    assert [line["level"] for line in found] == ["none", "none", "none", "emergency", "none"]


@pytest.mark.parametrize(
    ("typed", "words", "told"),
    [
        (True, [], "Type one message a line; Ctrl-D ends.\n"),
        (False, [], ""),
        (True, ["done"], ""),
    ],
)
def test_at_a_terminal_it_says_what_it_waits_for(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: bool,
    words: list[str],
    told: str,
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(b"done\n", typed=typed))
    monkeypatch.setattr(sys, "argv", ["reminderbot", "triage", *words])
    cli.main()
    shown = capsys.readouterr()
    assert shown.err == told
    assert json.loads(shown.out)["text"] == "done"


def test_letters_are_printed_as_they_are(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["reminderbot", "triage", "can’t pee 😭"])
    cli.main()
    assert "can’t pee 😭" in capsys.readouterr().out


def test_what_is_no_text_ends_in_no_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Input(b"\xff\xfe groin\n\x00\n"))
    assert len(lines(capsys, monkeypatch)) == 2
    assert len(lines(capsys, monkeypatch, "\udcff")) == 1


def test_faulty_content_is_told_apart_from_the_answers(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "content/triage/cues.yaml").unlink()
    monkeypatch.setattr(sys, "argv", ["reminderbot", "triage", "done"])
    cli.main()
    told = capsys.readouterr()
    assert json.loads(told.out)["level"] == "none"
    assert "warning: triage/cues.yaml" in told.err
