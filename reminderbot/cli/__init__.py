"""The commands. Everything heavy is imported inside the command that needs it: ``--help`` answers at once."""

from __future__ import annotations

import contextlib
import gc
import re
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reminderbot.cli import common
from reminderbot.cli.content import check, preview, triage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reminderbot.ops.roster import Roster
    from reminderbot.settings import Settings

WRONG_USAGE = 2
"""Exit code for wrong usage or settings."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells expect it."""
LAST_PORT = 65_535


def _port(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    """Read a TCP port; 0 stands for any that is free. Raises UsageError with what to type instead."""
    if not re.fullmatch("[0-9]{1,5}", value) or int(value) > LAST_PORT:
        wanted = f"--port takes a number from 0 to {LAST_PORT}, not {value!r}"
        raise click.UsageError(f"{wanted}; try --port 8080, or --port 0 for any free one.")
    return int(value)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reminderbot", message="%(prog)s %(version)s")
def cli() -> None:
    """A Telegram bot for movement habits: hourly nudges, a daily stretch, streaks without guilt.

    Try it without an account: reminderbot demo
    """


for command in (check, preview, triage):
    cli.add_command(command)


@cli.command()
def run() -> None:
    """Run the bot in one process: it polls, or has updates delivered when WEBHOOK_URL is set."""
    _serve("run")


@cli.command()
def web() -> None:
    """Take updates from Telegram's webhook and store them, beside any number of workers (PostgreSQL)."""
    _serve("web")


@cli.command()
def worker() -> None:
    """Answer, remind and send, beside any number of other processes (PostgreSQL)."""
    _serve("worker")


def _serve(role: str) -> None:
    gc.disable()  # what is made while starting stays: to look through it over and over took a third of the time
    try:
        settings = common.settings()
        _prepare_logs(settings)
        from reminderbot import app
        from reminderbot.settings import Role

        sys.exit(app.run(settings, Role(role)))
    finally:
        gc.enable()


@cli.command()
@click.option(
    "--port", metavar="NUMBER", default="8080", show_default=True, callback=_port, help="Port of the page."
)
@click.option("--no-browser", is_flag=True, help="Don't open a browser.")
@click.option("--keep", is_flag=True, help="Keep what the bot knows for next time; the chats start empty.")
def demo(port: int, no_browser: bool, keep: bool) -> None:
    """Try the bot in an offline Telegram on this machine; no token, no network."""
    settings = common.settings()
    _prepare_logs(settings)
    from reminderbot import app

    try:
        sys.exit(app.demo(settings, port, not no_browser, keep))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise click.UsageError(f"The demo can't be served ({reason}); try another --port.") from error


@cli.command()
@click.option(
    "--from",
    "source",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Fill the empty database from a backup, or from the file of a bot that has been stopped.",
)
def migrate(source: Path | None) -> None:
    """Bring the database's tables up to date."""
    settings = common.settings()
    _prepare(settings)
    if source:
        from reminderbot.ops import backup as backups

        rows = backups.restore(source, settings.database())
        click.echo(
            f"Copied {rows:,} rows from {source}. Their words need the key that they were written with."
        )
        return
    from reminderbot.store import schema
    from reminderbot.store.engine import Store, parse_url

    with contextlib.closing(Store(parse_url(settings.database()))) as store:
        schema.migrate(store)
    click.echo("The database is up to date.")


@cli.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the database to the new file PATH, also while the bot runs. The key is left out."""
    from reminderbot.ops import backup as backups

    settings = common.settings()
    file, begun = settings.database_file(), datetime.now(UTC)
    size = backups.backup(file, path) if file else backups.backup_server(settings.database(), path)
    click.echo(f"Copied {file or 'the database'} to {path} ({size:,} bytes).")
    click.echo(
        "The key is not in it: keep a copy of it in another place, or the words in the backup stay unreadable."
    )
    if not backups.note(settings.database(), begun):
        click.echo(
            "The database can't be written, so /admin in the chat will not know of this backup.", err=True
        )


@cli.command()
def doctor() -> None:
    """Look at token, API, database, content, clock and disk, and say how to mend what is wrong."""
    settings = common.settings()
    from reminderbot.ops import doctor as practice
    from reminderbot.ops.logs import mask
    from reminderbot.settings import present_key

    token = settings.telegram_bot_token
    subject = practice.Subject(
        database=settings.database(),
        content=common.content_folder(settings),
        token=token.get_secret_value() if token else None,
        api_url=settings.telegram_api_url,
        database_file=settings.database_file(),
        key=present_key(settings),
        zone=settings.default_timezone,
        spread_minutes=settings.nudge_spread,
        send_rate=settings.send_rate,
        allow_paid_broadcast=settings.allow_paid_broadcast,
    )
    failed = False
    for finding in practice.examine(subject):
        click.echo(mask(str(finding), settings.secrets()))
        failed = failed or finding.level is practice.Level.FAIL
    sys.exit(1 if failed else 0)


@cli.group()
def oncall() -> None:
    """Who is told when somebody writes about a serious sign."""


_STEP = click.option("--step", help="Step 1 is told first, the others one after the other.")
_CHAT = click.argument("chat", required=False)


@oncall.command("add", context_settings={"ignore_unknown_options": True})  # a group's number is negative
@_CHAT
@_STEP
def oncall_add(chat: str | None, step: str | None) -> None:
    """Put the person with this chat number on call, or move them to another step."""
    from reminderbot.ops import roster as rosters

    number, at = rosters.chat_number(chat), rosters.step_number(step)
    with _roster() as roster:
        click.echo(roster.add(number, at))


@oncall.command("invite")
@_STEP
def oncall_invite(step: str | None) -> None:
    """Print a one-time link that puts whoever opens it on call (needs TELEGRAM_BOT_TOKEN)."""
    from reminderbot.ops import roster as rosters

    at, settings = rosters.step_number(step), common.settings()
    bot = rosters.bot_name(settings.token(), settings.telegram_api_url)
    with _roster() as roster:
        click.echo(roster.invite(at, bot))


@oncall.command("list")
def oncall_list() -> None:
    """Show who is on call, step by step."""
    with _roster() as roster:
        click.echo(roster.everybody())


@oncall.command("remove")
@_CHAT
def oncall_remove(chat: str | None) -> None:
    """Take the person with this chat number off call."""
    from reminderbot.ops import roster as rosters

    number = rosters.chat_number(chat)
    with _roster() as roster:
        click.echo(roster.remove(number))


@contextlib.contextmanager
def _roster() -> Iterator[Roster]:
    settings = common.settings()
    _prepare(settings)
    from reminderbot import app
    from reminderbot.ops import roster

    store, around = app.open_store(settings)
    with contextlib.closing(store):
        yield roster.Roster(store, around)


def _prepare_logs(settings: Settings) -> None:
    from reminderbot.ops import logs

    logs.configure(settings.log_format, settings.secrets())


def _prepare(settings: Settings) -> None:
    from reminderbot.settings import make_folders

    _prepare_logs(settings)
    make_folders(settings)


def main() -> None:
    """Run a command; what a person can mend ends in one sentence and exit code 2, Ctrl-C in silence."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"Error: {_usage(error)}", err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stdout = None
        sys.exit(1)
    except Exception as error:
        click.echo(_told(error), err=True)
        sys.exit(WRONG_USAGE if _is_known(error) else 1)


def _usage(error: click.ClickException) -> str:
    """What is wrong with the words of a command, and what to type instead, in a sentence."""
    told = error.format_message()
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return told
    path = error.ctx.command_path
    match error:
        case click.MissingParameter(param=click.Argument() as missing):
            name = missing.make_metavar(error.ctx)
            return f"{name} is missing; type it behind the command: {path} {name}"
        case _ if told.startswith("No such"):
            return f"{told} {path} --help lists what there is."
    return told


def _is_known(error: Exception) -> bool:
    from reminderbot.library.places import PlacesError
    from reminderbot.library.problems import ContentError
    from reminderbot.ops.backup import BackupError
    from reminderbot.ops.roster import RosterError
    from reminderbot.settings import SettingsError
    from reminderbot.store.engine import StoreError
    from reminderbot.telegram.polling import StoppedError

    known = BackupError | ContentError | PlacesError | RosterError | SettingsError | StoppedError | StoreError
    return isinstance(error, known)


def _told(error: Exception) -> str:
    from sqlalchemy.exc import DatabaseError

    from reminderbot.ops.logs import mask
    from reminderbot.store import faults

    if isinstance(error, DatabaseError):
        return f"Error: {faults.sentence(error)}"
    if _is_known(error):
        return f"Error: {mask(str(error))}"
    trace = "".join(traceback.format_exception(error))
    return f"{mask(trace)}\nError: this is a fault in reminderbot; please report the lines above."
