"""The roles on the command line: each is run, or told in one sentence what it lacks."""

import socket
from pathlib import Path

import pytest

from reminderbot import app
from reminderbot.settings import Role, Settings
from reminderbot.store.engine import Store
from reminderbot.store.vault import new_key
from tests import postgres
from tests.unit import test_cli_commands as usual
from tests.unit.test_cli_commands import TOKEN, Command, refused

command = usual.command


def free_port() -> str:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("0.0.0.0", 0))
        return str(probe.getsockname()[1])


@pytest.mark.parametrize("role", ["web", "worker"])
def test_several_processes_on_one_file_are_refused_and_no_file_is_made(
    command: Command, tmp_path: Path, role: str
) -> None:
    hook = {"WEBHOOK_URL": "https://example.org", "WEBHOOK_SECRET": "of-our-own"}
    told = refused(command(role, TELEGRAM_BOT_TOKEN=TOKEN, **hook))
    assert f"`reminderbot {role}` shares a database server" in told
    assert "`reminderbot run`" in told
    assert not (tmp_path / "home").exists()


def test_a_port_in_use_is_told_in_a_sentence(command: Command) -> None:
    with socket.create_server(("0.0.0.0", 0)) as other:
        port = str(other.getsockname()[1])
        hook = {"WEBHOOK_URL": "https://example.org", "WEBHOOK_SECRET": "of-our-own", "PORT": port}
        told = refused(command("run", TELEGRAM_BOT_TOKEN=TOKEN, **hook))
    assert told.startswith(f"Error: PORT {port} can't be served (Address already in use)")


def test_old_tables_on_a_server_are_refused_by_every_role(command: Command, server: Store) -> None:
    url = postgres.fresh(server.url.set(drivername="postgresql").render_as_string(False), "reminderbot_old")
    ours = {
        "DATABASE_URL": url,
        "REMINDERBOT_KEY": new_key(),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "PORT": free_port(),
    }
    hook = {"WEBHOOK_URL": "https://example.org", "WEBHOOK_SECRET": "of-our-own"}
    for role in ("run", "web", "worker"):
        assert "run `reminderbot migrate`" in refused(command(role, **ours, **hook))
    migrated = command("migrate")
    assert (migrated.code, migrated.out) == (0, "The database is up to date.\n")


def test_each_role_is_run_and_ends_with_the_exit_code_of_the_bot(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Role]] = []

    def served(settings: Settings, role: Role) -> int:
        asked.append((settings.token(), role))
        return 3

    monkeypatch.setattr(app, "run", served)
    assert command("run", TELEGRAM_BOT_TOKEN=TOKEN).code == 3
    server = "postgresql://h/d"
    assert command("worker", DATABASE_URL=server).code == 3
    assert command("web", WEBHOOK_URL="https://example.org", WEBHOOK_SECRET="of-our-own").code == 3
    assert asked == [(TOKEN, Role.RUN), (TOKEN, Role.WORKER), (TOKEN, Role.WEB)]
