"""The commands for people who own the content: check it, try triage, look at a card."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reminderbot.cli import common

if TYPE_CHECKING:
    from reminderbot.library.loader import Library

ON_SCREEN = Path("-")
"""Stands for `--schema` without a folder."""


@click.command()
@click.argument("content", required=False, type=click.Path(path_type=Path))
@click.option(
    "--schema",
    metavar="[FOLDER]",
    is_flag=False,
    flag_value=ON_SCREEN,
    type=click.Path(path_type=Path),
    help="Write the JSON schemas of the files into a folder, for editors; without one, print them as one object.",
)
def check(content: Path | None, schema: Path | None) -> None:
    """Check the folder CONTENT (default: the one in use); names file, line and field of every problem."""
    if schema:
        _schemas(schema)
        return
    from reminderbot.library import checking

    folder = content or common.content_folder(common.settings())
    if not folder.is_dir():
        raise click.UsageError(f"there is no folder {folder}; name the content folder.")
    report = checking.check(folder, date.today())  # noqa: DTZ011 -- the day on the author's own calendar
    for line in (*(f"warning: {warning}" for warning in report.warnings), *map(str, report.problems)):
        click.echo(line)
    for count in report.counts:
        click.echo(str(count))
    click.echo("The content can be used." if report.ok else f"Problems to mend: {len(report.problems)}.")
    sys.exit(0 if report.ok else 1)


def _schemas(folder: Path) -> None:
    from reminderbot.library import schema

    if folder == ON_SCREEN:
        click.echo(
            schema.as_json({kind.files: schema.schema(kind) for kind in schema.KINDS.values()}), nl=False
        )
        return
    try:
        for path, files in schema.write(folder):
            click.echo(f"{path} is for {files}")
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> click.UsageError:
    return click.UsageError(f"{folder} can't be written: {error.strerror}; name another folder.")


@click.command()
@click.argument("text", nargs=-1)
def triage(text: tuple[str, ...]) -> None:
    """Say what triage makes of each TEXT, or of each line of standard input: one JSON object a line, in order."""
    from reminderbot.library import triage_folder
    from reminderbot.ops import triage_lines

    found, problems = triage_folder.read(common.content_folder(common.settings()))
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)
    if not text and sys.stdin.isatty():
        click.echo("Type one message a line; Ctrl-D ends.", err=True)
    # Bytes that are no text could not be printed either.
    lines = (line.decode(errors="replace").rstrip("\r\n") for line in sys.stdin.buffer)
    for line in (word.encode(errors="replace").decode() for word in text) if text else lines:
        click.echo(triage_lines.told(found.lexicon, line))


@click.command()
@click.argument("card")
@click.option("--language", metavar="TAG", default="en", help="Show it in another language, such as de.")
@click.option(
    "--folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where the pictures go (default: a new folder).",
)
@click.option("--no-open", is_flag=True, help="Don't open them in a browser.")
def preview(card: str, language: str, folder: Path | None, no_open: bool) -> None:
    """Show a card, a condition or a sequence as a person would get it: its words, and its pictures as files."""
    from reminderbot.library import checking
    from reminderbot.ops import preview as previews
    from reminderbot.ops import preview_page

    content = common.content_folder(common.settings())
    try:
        messages = previews.shown(_library(content, language), card)
    except previews.UnknownCardError as error:
        raise click.UsageError(f"{error}") from None
    folder = folder or Path(tempfile.mkdtemp(prefix="reminderbot-"))
    try:
        files = preview_page.write(folder, card, messages)
    except OSError as error:
        raise _unwritable(folder, error) from error
    for message in messages:
        click.echo(f"{message}\n")
    for fault in checking.impossible(content, previews.stretches(messages)):
        click.echo(f"warning: {fault}")
    for file in files:
        click.echo(str(file))
    if not no_open:
        webbrowser.open(files[-1].resolve().as_uri())


def _library(content: Path, language: str) -> Library:
    """The content in a language; what is wrong with it ends the command as ``check`` ends."""
    from reminderbot.library import loader, translated
    from reminderbot.library.problems import ContentError

    try:
        library = loader.load(content, examples=False)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        click.echo(f"Problems to mend: {len(error.problems)}.")
        sys.exit(1)
    return translated.library_in(library, language)
