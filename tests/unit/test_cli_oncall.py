"""`reminderbot oncall`: people on call are put there, listed and taken off, without the bot having to run."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from reminderbot.demo.telegram import TOKEN, OfflineTelegram
from reminderbot.services import oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import engine, tables
from reminderbot.store.engine import Store
from tests.unit import test_cli_commands as usual
from tests.unit.library.library_folder import complete_folder
from tests.unit.ops.test_ops_doctor import served
from tests.unit.test_cli_commands import Command, refused

usual_command = usual.command


@pytest.fixture
def command(usual_command: Command, tmp_path: Path) -> Command:
    """Run a command with little content, which is read quickly."""
    return partial(usual_command, REMINDERBOT_CONTENT=str(complete_folder(tmp_path / "content").path))


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with served(OfflineTelegram(lambda: datetime.now(UTC))) as url:
        yield url


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Store]:
    """The database that the commands have made."""
    store = Store(engine.parse_url(f"sqlite:///{tmp_path / 'home' / 'reminderbot.db'}"))
    yield store
    store.close()


def test_somebody_is_added_moved_listed_and_removed(command: Command) -> None:
    assert "Nobody is on call" in command("oncall", "list").out
    assert "1003 is on call at step 2" in command("oncall", "add", "1003", "--step", "2").out
    command("oncall", "add", "1003", "--step", "1")
    listed = command("oncall", "list").out
    assert re.fullmatch(r"step 1  1003  \(no name\)  not tried yet: .* can't be told of anything\n", listed)
    assert "off call" in command("oncall", "remove", "1003").out
    assert "1003 is not on call" in refused(command("oncall", "remove", "1003"))


def test_an_invitation_prints_a_link_with_the_name_of_the_bot_and_how_long_it_lives(
    command: Command, api: str, opened: Store, around: Surroundings
) -> None:
    told = command("oncall", "invite", "--step", "3", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL=api).out
    found = re.search(r"https://t\.me/reminder_offline_bot\?start=(oncall-[A-Za-z0-9_-]{1,57})\n", told)
    assert found
    assert "It works once" in told
    assert "48 hours" in told
    with opened.begin() as tx:
        work = Work(tx, datetime.now(UTC), around)
        oncall.enrol(work, 1003, "Osei", found[1].removeprefix(oncall.PAYLOAD))
        [row] = tx.execute(tables.on_call.select())
    assert (row.chat_id, row.step) == (1003, 3)


def test_an_invitation_needs_a_token(command: Command) -> None:
    assert "@BotFather" in refused(command("oncall", "invite", "--step", "1"))


def test_an_invitation_without_telegram_is_refused_and_none_is_left_behind(
    command: Command, opened: Store
) -> None:
    command("oncall", "list")
    ended = command(
        "oncall", "invite", "--step", "1", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:9"
    )
    assert "can't be reached" in refused(ended)
    with opened.begin() as tx:
        assert tx.execute(tables.invites.select()).all() == []


def test_a_token_that_telegram_refuses_is_told_and_not_shown(command: Command, api: str) -> None:
    wrong = TOKEN[:-3] + "xyz"
    ended = command("oncall", "invite", "--step", "1", TELEGRAM_BOT_TOKEN=wrong, TELEGRAM_API_URL=api)
    assert "does not know this token" in refused(ended)
    assert wrong not in ended.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add", "abc", "--step", "1"], "A chat is named by its number"),
        (["add"], "A chat is named by its number"),
        (["add", "0", "--step", "1"], "A chat is named by its number"),
        (["add", "9" * 30, "--step", "1"], "That number is too long"),
        (["add", "9" * 5000, "--step", "1"], "That number is too long"),
        (["add", "--step", "1", "--", "-1001234"], "That is a group"),
        (["add", "-1001234", "--step", "1"], "That is a group"),
        (["remove", "Ana"], "A chat is named by its number"),
        (["remove"], "A chat is named by its number"),
        (["add", "1003"], "A step is a whole number from 1 to 99"),
        (["add", "1003", "--step", "0"], "A step is a whole number from 1 to 99"),
        (["add", "1003", "--step", "x"], "A step is a whole number from 1 to 99"),
        (["add", "1003", "--step", "100"], "A step is a whole number from 1 to 99"),
        (["invite", "--step", "-1"], "A step is a whole number from 1 to 99"),
        (["remove", "99"], "99 is not on call"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence_with_what_to_do(
    command: Command, words: list[str], told: str
) -> None:
    ended = command("oncall", *words)
    assert refused(ended) == ended.err.strip(), "one line, and nothing before it"
    assert ended.err.startswith(f"Error: {told}")
    assert "Invalid value" not in ended.err
    assert "`" in ended.err, "what to type"


def test_an_unusual_chat_such_as_a_group_is_refused(command: Command) -> None:
    assert refused(command("oncall", "add", "-5", "--step", "1")).startswith("Error: ")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["1", "99"], "Steps 2 to 98 are empty and are passed at once."),
        (["1", "3"], "Step 2 is empty and is passed at once."),
        (["2", "5"], "Steps 1 and 3 to 4 are empty and are passed at once."),
    ],
)
def test_a_gap_between_the_steps_is_taken_and_told(command: Command, steps: list[str], told: str) -> None:
    for chat, step in enumerate(steps, start=1003):
        ended = command("oncall", "add", str(chat), "--step", step)
    assert ended.code == 0
    assert told in ended.out


def test_steps_without_a_gap_are_not_remarked_upon(command: Command) -> None:
    for chat, step in (("1003", "1"), ("1004", "2"), ("1005", "1")):
        assert "empty" not in command("oncall", "add", chat, "--step", step).out


def test_taking_the_last_one_off_call_warns_that_nobody_is_left(command: Command) -> None:
    for chat in ("1003", "1004"):
        command("oncall", "add", chat, "--step", "1")
    assert "goes to the others" in command("oncall", "remove", "1003").out
    told = command("oncall", "remove", "1004").out
    assert "Nobody is on call now" in told
    assert "oncall invite --step 1" in told


def test_people_out_of_reach_or_away_are_shown_so(
    command: Command, opened: Store, around: Surroundings
) -> None:
    for chat in ("1003", "1004"):
        command("oncall", "add", chat, "--step", "1")
    with opened.begin() as tx:
        work = Work(tx, datetime.now(UTC), around)
        oncall.unreachable(work, 1003)
        oncall.away(work, 1004, "8h")
    first, second = command("oncall", "list").out.splitlines()
    assert "unreachable" in first
    assert "away until" in second
