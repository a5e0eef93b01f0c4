"""A small content folder that is right, for tests to spoil."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from reminderbot.library.loader import default_folder, load
from reminderbot.library.problems import ContentError, Problem

HABIT = """\
id: move
label: {en: Move}
title: {en: Time to move}
noun: {en: move}
cards: nudges
cadence: every 60m 9:00-12:00 13:00-17:00 weekdays
threshold: 0.5
late: 15
quiet_after: 21:00
snooze: 10
"""
NUDGE = """\
id: stand-up
kind: stand
position: standing
text:
  en: Stand up.
  de: Steh auf.
"""
STRETCH = """\
id: tall
title: {en: Tall}
area: [whole body]
position: chair
level: easy
kind: static
hold: 30
sides: none
steps:
  en:
    - Sit tall.
stop_if: {en: Stop if it hurts.}
sources:
  - title: A leaflet
    publisher: A hospital
reviewed: []
"""
FACT = """\
id: some
title: {en: Some}
text: {en: Some is fine.}
sources: [{title: A guideline, publisher: A ministry}]
"""
MESSAGES = """\
start.welcome:
  en: "Hello <b>{name}</b>, {days:day|days} so far."
"""
NUMBERS = """\
GB:
  name: the United Kingdom
  ambulance: "999"
  checked: 2026-01-31
  sources:
    - {title: A ministry, url: "https://example.org/a", seen: ["999"]}
    - {title: An ambulance service, url: "https://example.org/b", seen: ["999"]}
"""
LADDER = """\
  card_wait: 2s
  intervals: [10m]
  rounds: 6
  acknowledged_for: 60m
  expired_rounds: 3
"""
ONCALL = f"""\
emergency:
{LADDER}urgent:
{LADDER}unconfirmed: urgent
ask_silence: 5m
overdue_after: 60s
"""


@dataclass(frozen=True)
class Folder:
    """A content folder on disk."""

    path: Path

    def write(self, file: str, text: str | bytes) -> None:
        """Write a file, making its folder."""
        target = self.path / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def problems(self) -> list[Problem]:
        """Load it, which must fail, and return what was found."""
        with pytest.raises(ContentError) as caught:
            load(self.path)
        return list(caught.value.problems)

    def problem(self) -> Problem:
        """Load it, which must find exactly one problem."""
        (problem,) = self.problems()
        return problem


def right_folder(path: Path) -> Folder:
    """Return a content folder with one habit, one card of each sort, one message and a policy."""
    folder = Folder(path)
    for file, text in {
        "habits/move.yaml": HABIT,
        "nudges/stand-up.yaml": NUDGE,
        "stretches/tall.yaml": STRETCH,
        "facts/some.yaml": FACT,
        "messages/start.yaml": MESSAGES,
        "policy/numbers.yaml": NUMBERS,
        "policy/oncall.yaml": ONCALL,
    }.items():
        folder.write(file, text)
    return folder


def complete_folder(path: Path) -> Folder:
    """The same with all the messages and places that the bot needs, and a nudge for people who work standing too."""
    folder = right_folder(path)
    for name in ("messages", "places"):
        shutil.copytree(default_folder() / name, path / name, dirs_exist_ok=True)
    folder.write("nudges/stand-up.yaml", NUDGE.replace("kind: stand", "kind: walk"))
    return folder
