"""The commands: usage and settings errors end in one sentence and exit code 2, and never in a traceback."""

import contextlib
import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from sqlalchemy.exc import OperationalError

from reminderbot import app, cli
from reminderbot.cli import common
from reminderbot.settings import Role, Settings
from reminderbot.store import sqlite
from reminderbot.telegram.polling import StoppedError
from tests.unit.library.library_folder import complete_folder

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Run a command in an empty folder, with only the given variables set."""
    for name in [name for name in os.environ if name not in ("PATH", "HOME")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REMINDERBOT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*words: str, **environ: str) -> Ended:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["reminderbot", *words])
        code: object = 0
        try:
            cli.main()
        except SystemExit as end:
            code = end.code
        told = capsys.readouterr()
        return Ended(int(str(code or 0)), told.out, told.err)

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def refused(ended: Ended) -> str:
    """The sentence of a refusal."""
    assert ended.code == 2
    assert "Traceback" not in ended.err
    return ended.err.strip().splitlines()[-1]


def test_help_answers_at_once_and_names_every_command() -> None:
    before = os.times()
    words = [sys.executable, "-X", "importtime", "-m", "reminderbot", "--help"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    took = os.times().children_user - before.children_user
    assert all(
        name in done.stdout
        for name in ("run", "web", "worker", "demo", "migrate", "check", "preview", "backup", "doctor")
    )
    heavy = (
        "sqlalchemy",
        "telegram",
        "pydantic",
        "aiohttp",
        "structlog",
        "yaml",
        "cryptography",
        "uvicorn",
        "psycopg",
        "PIL",
    )
    assert not [name for name in heavy if f"| {name}" in done.stderr]
    # The goal is 0.4 s. Of the processor's time, since a machine may be busy; the list above has no grace.
    assert took < 1


def test_a_bot_that_polls_with_sqlite_loads_nothing_of_servers_and_migrations() -> None:
    words = [sys.executable, "-c", "import sys, reminderbot.app; print(*sys.modules)"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint({"alembic", "prometheus_client", "psycopg", "starlette", "uvicorn"})


def test_run_without_a_token_says_where_to_get_one(command: Command) -> None:
    assert "@BotFather" in refused(command("run"))


def test_a_bad_setting_stops_every_command_that_reads_it(command: Command) -> None:
    for words in (["run"], ["migrate"], ["check"], ["doctor"], ["backup", "x.db"]):
        assert refused(command(*words, SEND_RATE="fast")).startswith("Error: SEND_RATE ")


def test_settings_are_read_from_dotenv_in_the_current_folder(command: Command, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_FORMAT=xml\n")
    assert "LOG_FORMAT" in refused(command("run"))


@pytest.mark.parametrize("words", [["walk"], ["run", "--fast"], ["backup"], ["demo", "--port", "99999"]])
def test_wrong_usage_is_told_in_a_sentence(command: Command, words: list[str]) -> None:
    assert refused(command(*words)).startswith("Error: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["demo", "--port", "abc"], "--port takes a number from 0 to 65535, not 'abc'; try --port 8080"),
        (["demo", "--port", "99999"], "--port takes a number from 0 to 65535, not '99999'; try --port 8080"),
        (["walk"], "No such command 'walk'. reminderbot --help lists what there is."),
        (["dem"], "No such command 'dem'. "),
        (["oncall", "ad"], "reminderbot oncall --help lists what there is."),
        (["--fast"], "No such option '--fast'. reminderbot --help lists what there is."),
        (["demo", "--prot", "1"], "'--port'? reminderbot demo --help lists what there is."),
        (["backup"], "PATH is missing; type it behind the command: reminderbot backup PATH"),
    ],
)
def test_wrong_usage_is_one_line_that_says_what_to_do(command: Command, words: list[str], told: str) -> None:
    ended = command(*words)
    assert told in refused(ended)
    assert len(ended.err.strip().splitlines()) == 1
    assert ended.out == ""


def test_a_group_without_a_command_shows_what_there_is(command: Command) -> None:
    assert "invite" in command("oncall").err


def test_a_database_of_another_kind_is_refused(command: Command) -> None:
    assert "DATABASE_URL" in refused(command("migrate", DATABASE_URL="postgresql://h/d"))


def test_a_data_folder_that_cannot_be_made_is_refused(command: Command, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    assert "REMINDERBOT_HOME" in refused(command("migrate"))


def test_migrate_makes_the_database_and_can_be_repeated(command: Command, tmp_path: Path) -> None:
    for _ in range(2):
        assert command("migrate").code == 0
    assert (tmp_path / "home" / "reminderbot.db").is_file()


def test_migrate_refuses_what_is_no_database(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("words " * 1000)
    assert "not a SQLite database" in refused(
        command("migrate", DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    )


def test_backup_makes_a_copy_and_says_that_the_key_is_not_in_it(command: Command, tmp_path: Path) -> None:
    command("migrate")
    ended = command("backup", "copy.db")
    assert ended.code == 0
    assert "key is not in it" in ended.out
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT count(*) FROM subscriber").fetchone() == (0,)
    copy.close()


def test_a_backup_is_noted_for_the_operators_in_the_database_alone(command: Command, tmp_path: Path) -> None:
    command("migrate")
    assert command("backup", "copy.db").err == ""
    noted = "SELECT count(*) FROM meta WHERE name = 'last backup'"
    for file, times in ((tmp_path / "home" / "reminderbot.db", 1), (tmp_path / "copy.db", 0)):
        with contextlib.closing(sqlite3.connect(file)) as database:
            assert database.execute(noted).fetchone() == (times,)


def test_a_backup_that_can_not_be_noted_is_one_all_the_same(command: Command, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        database.execute("CREATE TABLE words (word TEXT)")
    ended = command("backup", "copy.db", DATABASE_URL=f"sqlite:///{tmp_path / 'bot.db'}")
    assert ended.code == 0
    assert "will not know of this backup" in ended.err
    assert (tmp_path / "copy.db").is_file()


def test_backup_of_nothing_and_over_something_is_refused(command: Command, tmp_path: Path) -> None:
    assert "no database" in refused(command("backup", "copy.db"))
    command("migrate")
    (tmp_path / "copy.db").write_text("precious")
    assert "exists already" in refused(command("backup", "copy.db"))


def test_a_server_that_can_not_be_reached_is_told(command: Command) -> None:
    told = refused(command("backup", "copy.db", DATABASE_URL="postgresql://127.0.0.1:9/d"))
    assert "can't be reached" in told


def test_an_empty_database_is_filled_from_a_backup(command: Command, tmp_path: Path) -> None:
    command("migrate")
    command("backup", "copy.db")
    ended = command("migrate", "--from", "copy.db", DATABASE_URL=f"sqlite:///{tmp_path / 'fresh.db'}")
    assert ended.out.startswith("Copied 0 rows from copy.db.")
    assert "There is no file" in refused(command("migrate", "--from", "nothing.db"))


def test_doctor_prints_a_line_for_each_finding_and_fails_without_a_token(
    command: Command, tmp_path: Path
) -> None:
    content = str(complete_folder(tmp_path / "content").path)
    ended = command("doctor", TELEGRAM_API_URL="http://127.0.0.1:9", REMINDERBOT_CONTENT=content)
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert len(lines) >= 6
    assert all(line.split()[0] in ("ok", "warn", "fail") for line in lines)
    assert "Traceback" not in ended.err


def test_ctrl_c_is_quiet(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "settings", interrupted)
    ended = command("run")
    assert (ended.code, ended.out, ended.err.strip()) == (130, "", "")


def test_a_fault_of_the_program_shows_no_token(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe")

    monkeypatch.setattr(common, "settings", broken)
    ended = command("run")
    assert ended.code == 1
    assert "please report" in ended.err
    assert TOKEN not in ended.err


def test_what_stops_the_bot_is_told_in_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_settings: Settings, _role: Role) -> int:
        raise StoppedError(f"Telegram refuses {TOKEN}.")

    monkeypatch.setattr(app, "run", stopped)
    assert refused(command("run", TELEGRAM_BOT_TOKEN=TOKEN)) == "Error: Telegram refuses [hidden]."


def test_the_demo_gets_its_options(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, bool, bool]] = []

    def shown(_settings: Settings, port: int, open_browser: bool, keep: bool) -> int:
        asked.append((port, open_browser, keep))
        return 0

    monkeypatch.setattr(app, "demo", shown)
    assert command("demo").code == 0
    assert command("demo", "--port", "9000", "--no-browser", "--keep").code == 0
    assert asked == [(8080, True, False), (9000, False, True)]


def test_a_demo_that_cannot_be_served_says_so(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_settings: Settings, _port: int, _open_browser: bool, _keep: bool) -> int:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(app, "demo", busy)
    assert "Address already in use" in refused(command("demo"))


def test_a_database_in_use_by_another_program_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    command("migrate")
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 1)
    other = sqlite3.connect(tmp_path / "home" / "reminderbot.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert "is locked by another program" in refused(command("migrate"))
    finally:
        other.close()


def test_a_database_fault_in_mid_run_shows_no_statement(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_settings: Settings, _role: Role) -> int:
        raise OperationalError(
            "INSERT INTO inbox VALUES (?)", ["my back"], sqlite3.OperationalError("disk full")
        )

    monkeypatch.setattr(app, "run", full)
    ended = command("run", TELEGRAM_BOT_TOKEN=TOKEN)
    assert ended.code == 1
    assert ended.err.startswith("Error: The database ")
    assert "INSERT" not in ended.err
