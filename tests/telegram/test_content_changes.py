"""Content is changed while the bot runs: what is right is taken, and what is broken is told and left alone."""

import shutil
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from reminderbot.ops import reloading
from reminderbot.store.engine import Store
from tests.telegram.changing import HELLO, HELP, Changing, changing, own_content
from tests.world import Somebody

BROKEN = "help.text: {en: Hi}\nhelp.more: 12\n"
WATER = """\
id: water
label: {en: Water}
title: {en: Time to drink}
noun: {en: drink}
cards: nudges
only: [water]
cadence: every 120m 9:00-17:00 daily
threshold: 0.5
late: 15
quiet_after: "21:00"
snooze: 10
"""
CONCEPTS, CONDITION = "triage/concepts/all.yaml", "triage/conditions/cauda.yaml"
CALL = "Call "


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own_content(tmp_path_factory.mktemp("own") / "content")


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "content"))


@pytest.fixture
def change(sqlite_store: Store, folder: Path) -> Iterator[Changing]:
    with changing(sqlite_store, folder) as made:
        yield made


@pytest.fixture
def ada(change: Changing) -> Somebody:
    """The operator."""
    return change.here.person("Ada", "UTC")


@pytest.fixture
def ben(change: Changing, ada: Somebody) -> Somebody:
    """Somebody else."""
    ada.forgets_what_was_said()
    return change.here.person("Ben", "UTC")


def hears(who: Somebody, words: str) -> None:
    who.says("/help")
    who.sees(words)


def test_what_was_changed_is_said_once_two_looks_have_seen_the_same(change: Changing, ben: Somebody) -> None:
    change.helps("Hello from the clinic")
    change.looked_at()
    hears(ben, HELLO)
    change.helps("Hello from the whole clinic")  # the file was not finished yet
    change.looked_at()
    hears(ben, HELLO)
    change.looked_at()
    hears(ben, "Hello from the whole clinic")


def test_broken_content_is_told_once_and_changes_nothing(
    change: Changing, ada: Somebody, ben: Somebody
) -> None:
    change.writes(HELP, BROKEN)
    with capture_logs() as logged:
        change.is_taken()
        change.is_taken()
    ada.sees(
        "can't be used",
        "since Mon 8:55 (UTC)",
        "messages/help.yaml:2: help.more",
        "goes on with what it had",
    )
    ada.sees_nothing()
    hears(ben, HELLO)
    [line] = [line for line in logged if line["action"] == "content.broken"]
    assert (line["file"], line["line"], line["field"]) == (HELP, 2, "help.more")
    change.here.fast_forward(minutes=20)
    change.writes(HELP, BROKEN + "Oh no: {en: x}\n")
    change.is_taken()
    ada.forgets_what_was_said()
    ada.says("/admin")
    ada.sees("reminderbot", "messages/help.yaml:2", "and 1 more problem.", "since Mon 8:55")
    ada.sees_nothing()


def test_when_it_is_mended_that_is_told_once_and_the_new_words_are_used(
    change: Changing, ada: Somebody, ben: Somebody
) -> None:
    change.writes(HELP, BROKEN)
    change.is_taken()
    ada.sees("can't be used")
    change.helps("Hello again")
    change.is_taken()
    change.is_taken()
    ada.sees("in order again")
    ada.sees_nothing()
    hears(ben, "Hello again")
    ada.says("/admin")
    ada.sees("All is well.")


def test_content_that_is_put_back_as_it_was_ends_it_too(change: Changing, ada: Somebody) -> None:
    ada.forgets_what_was_said()
    path = change.content.folder / HELP
    path.rename(path.with_name(".help"))
    change.is_taken()
    ada.sees("messages/help.yaml: help.text is missing")
    path.with_name(".help").rename(path)
    with capture_logs() as logged:
        change.is_taken()
    ada.sees("in order again")
    assert "content.taken" not in [line["action"] for line in logged]


def test_a_new_habit_is_there_to_be_switched_on(change: Changing, ben: Somebody) -> None:
    change.writes("habits/water.yaml", WATER)
    change.is_taken()
    ben.says("/remind")
    ben.sees("Water: off")
    ben.says("/remind move off")
    ben.says("/remind water on")
    ben.sees("Water: every 2 h", "Mon 9:00")
    change.here.fast_forward(minutes=6)
    ben.taps("Done")
    ben.sees("Done", "Today 1 of 4")


def test_a_new_habit_can_be_asked_for_once(change: Changing, ben: Somebody) -> None:
    change.writes("habits/water.yaml", WATER)
    change.is_taken()
    ben.says("remind me to drink in 3 minutes")
    ben.sees("Noted: Water, Mon 8:58")
    change.here.fast_forward(minutes=4)
    ben.taps("Done")
    ben.sees("Done.")


def test_nobody_is_reminded_of_a_habit_that_is_gone(change: Changing, ben: Somebody) -> None:
    (change.content.folder / "habits/move.yaml").unlink()
    change.is_taken()
    change.here.fast_forward(hours=3)
    ben.sees_nothing()
    ben.says("/remind")
    assert "Move" not in ben.sees("Stretch")


def test_telegram_is_told_the_menu_anew(change: Changing) -> None:
    change.replaces("messages/menu.yaml", "command.streak: {en: ", "command.streak: {en: Never mind. ")
    change.is_taken()
    told = change.here.tele.made("setMyCommands")[-1].params["commands"]
    assert any(command["description"].startswith("Never mind. ") for command in told)


def test_a_red_flag_that_was_added_is_heard_from_then_on(change: Changing, ben: Somebody) -> None:
    change.replaces(CONCEPTS, "[groin]", "[groin, bum]")
    ben.says("my bum is numb")
    assert CALL not in " ".join(ben.unread())
    change.is_taken()
    ben.forgets_what_was_said()
    ben.says("my bum is numb")
    ben.sees(CALL)


def test_a_change_that_loses_an_example_of_a_red_flag_is_not_taken(
    change: Changing, ada: Somebody, ben: Somebody
) -> None:
    change.replaces(CONCEPTS, "[groin]", "[knee]")
    change.is_taken()
    ada.sees("can't be used", "triage/conditions/cauda.yaml", "my groin is numb", "should be emergency")
    ben.says("my groin is numb")
    ben.sees(CALL)


def test_a_start_does_not_wait_for_the_examples_and_tells_afterwards_what_they_show(
    sqlite_store: Store, folder: Path
) -> None:
    condition = folder / CONDITION
    condition.write_text(condition.read_text().replace("no numb groin, want: none", "numb groin, want: none"))
    with changing(sqlite_store, folder, is_judged=False) as change:
        ada = change.here.person("Ada", "UTC")
        change.looked_at()
        ada.sees("is not right", "the bot uses it", "numb groin")


def test_when_content_that_was_refused_is_used_after_a_restart_that_is_told_too(
    sqlite_store: Store, folder: Path
) -> None:
    with changing(sqlite_store, folder) as change:
        ada = change.here.person("Ada", "UTC")
        change.replaces(CONCEPTS, "[groin]", "[knee]")
        change.is_taken()
        ada.sees("goes on with what it had")
    with changing(sqlite_store, folder, is_judged=False) as change:
        ada = change.here.person("Ada")
        ada.says("/start")
        change.is_taken()
        ada.sees("the bot uses it", "my groin is numb")
        ada.sees_nothing()


def test_a_check_that_keeps_failing_leaves_all_as_it_is_until_it_is_asked_for_again(
    change: Changing, ben: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    change.helps("Hello again")
    with monkeypatch.context() as patch, capture_logs() as logged:
        patch.setattr(reloading, "CHECK", ("-c", "raise SystemExit('killed')"))
        change.is_taken()
        change.is_taken()
    change.looked_at()
    assert [(line["action"], line["reason"]) for line in logged] == [("content.unchecked", "killed")]
    hears(ben, HELLO)
    change.here.run(change.content.look(change.here.bot.desk, at_once=True))
    hears(ben, "Hello again")


def test_content_that_was_replaced_is_let_go_of(change: Changing, ben: Somebody) -> None:
    desk = change.here.bot.desk
    for words in ("Hello", "Hello again"):
        old = weakref.ref(desk.around.library.habits["move"])
        change.helps(words)
        change.is_taken()
        ben.says("/stretch")
        ben.says("done")
    assert old() is None
