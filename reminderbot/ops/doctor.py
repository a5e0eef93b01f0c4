"""`reminderbot doctor`: each thing the bot needs, looked at without changing it, with a sentence and a mend."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Row

from reminderbot.library.checking import check
from reminderbot.ops.fetch import Answer, UnreachableError, fetch
from reminderbot.store.engine import Store, StoreError, parse_url
from reminderbot.store.look import Look, look
from reminderbot.store.queries import oncall
from reminderbot.store.vault import Vault

ASK_SECONDS: Final = 10.0
"""How long the Bot API may take to answer."""
CLOCK_SECONDS: Final = 30.0
"""How far this machine's clock may be from the Bot API's."""
DISK_LITTLE: Final = 500_000_000
DISK_NONE: Final = 50_000_000
"""Bytes free: fewer than these are a warning, and a failure."""
LATE: Final = timedelta(minutes=1)
"""How late the next step of a case may be, as in the on-call policy that is shipped."""
FREE_RATE: Final = 30
"""Messages a second, over all chats, that Telegram takes without pay (Bots FAQ)."""
SPREAD_FROM: Final = 500
"""Subscribers from which all nudges at the same minute are too many."""
WIPING_HOSTS: Final = {
    "DYNO": "Heroku",
    "RENDER": "Render",
    "RAILWAY_ENVIRONMENT": "Railway",
    "FLY_APP_NAME": "Fly",
    "K_SERVICE": "Cloud Run",
}
"""Variables by which a host whose disk is wiped at every restart can be told."""


class Level(StrEnum):
    """How bad a finding is; only ``fail`` makes the command fail."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was seen in a sentence, and what to do about it."""

    level: Level
    what: str
    sentence: str
    mend: str = ""

    def __str__(self) -> str:
        """Return it as one line: ``warn  disk: ...``."""
        return f"{self.level:<4}  {self.what}: {self.sentence}" + (f" {self.mend}" if self.mend else "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is examined: the settings that matter here, as plain values."""

    database: str
    content: Path
    token: str | None = field(default=None, repr=False)
    api_url: str = "https://api.telegram.org"
    database_file: Path | None = None
    key: str | None = field(default=None, repr=False)
    zone: str = "UTC"
    spread_minutes: int = 0
    send_rate: int = 25
    allow_paid_broadcast: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine underneath; tests put another in its place."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    bytes_free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free
    fleeting: tuple[Path, ...] = (Path(tempfile.gettempdir()), Path("/dev/shm"), Path("/run"))  # noqa: S108
    """Folders that are emptied at a restart."""
    root: Path = Path("/")


def examine(subject: Subject, machine: Machine | None = None) -> Iterator[Finding]:
    """Look at everything, one finding after the other; never raises for what it finds."""
    machine = machine or Machine()
    yield from _telegram(subject, machine)
    yield from _database(subject, machine)
    yield _place(subject, machine)
    yield _content(subject.content)
    yield _disk(subject, machine)
    yield _zones(subject.zone)
    yield _rate(subject)


def _rate(subject: Subject) -> Finding:
    if subject.send_rate > FREE_RATE and not subject.allow_paid_broadcast:
        told = f"SEND_RATE is {subject.send_rate}, and Telegram refuses what is over {FREE_RATE} messages a second."
        mend = f"Set SEND_RATE to {FREE_RATE} at most, or pay with ALLOW_PAID_BROADCAST=yes."
        return Finding(Level.WARN, "rate", told, mend)
    return Finding(Level.OK, "rate", f"At most {subject.send_rate} messages a second.")


def _telegram(subject: Subject, machine: Machine) -> list[Finding]:
    path = f"/bot{subject.token}/getMe" if subject.token else "/"
    try:
        answer = asyncio.run(fetch(subject.api_url + path, ASK_SECONDS))
    except UnreachableError:
        told = f"{subject.api_url} can't be reached."
        mend = "Check the network, a proxy or firewall, and TELEGRAM_API_URL."
        unreached = Finding(Level.FAIL, "API", told, mend)
        return [unreached, *[_token_missing()] * (not subject.token), _clock(None, machine.now())]
    reached = Finding(Level.OK, "API", f"{subject.api_url} answers.")
    token = _token(answer) if subject.token else _token_missing()
    return [reached, token, _clock(answer.date, machine.now())]


def _token_missing() -> Finding:
    mend = "Get one from @BotFather in Telegram and set TELEGRAM_BOT_TOKEN."
    return Finding(Level.FAIL, "token", "There is no token.", mend)


def _token(answer: Answer) -> Finding:
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        mend = "Copy the token again from @BotFather into TELEGRAM_BOT_TOKEN."
        return Finding(Level.FAIL, "token", "Telegram does not know this token.", mend)
    match _json(answer.body):
        case {"ok": True, "result": {"username": str(name)}}:
            return Finding(Level.OK, "token", f"The bot is @{name}.")
    told = f"It could not be tried: the API answered with status {answer.status}."
    return Finding(Level.WARN, "token", told, "Wait and run this again; if it stays, check TELEGRAM_API_URL.")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _clock(date: str | None, now: datetime) -> Finding:
    try:
        off = abs((now - parsedate_to_datetime(date or "")).total_seconds())
    except (ValueError, TypeError):
        return Finding(Level.WARN, "clock", "not checked: no answer from Telegram told the time.")
    if off <= CLOCK_SECONDS:
        return Finding(Level.OK, "clock", "It agrees with Telegram's.")
    told = f"It is {off:.0f} seconds away from Telegram's, and so is every reminder."
    return Finding(Level.WARN, "clock", told, "Switch on time synchronisation on this machine.")


def _database(subject: Subject, machine: Machine) -> Iterator[Finding]:
    if subject.database_file and not subject.database_file.exists():
        yield Finding(Level.OK, "database", f"{subject.database_file} will be made at the first start.")
        return
    try:
        store = Store(parse_url(subject.database))
        try:
            seen = look(store, Vault(subject.key) if subject.key else None, machine.now() - LATE)
            team, untried = _team(store, seen)
        finally:
            store.close()
    except StoreError as error:
        yield Finding(Level.FAIL, "database", str(error))
        return
    yield _opens(seen, is_server=store.is_server)
    yield _key(subject.key, seen.key_fits)
    yield _on_call(seen, team, untried, machine.now())
    if seen.active >= SPREAD_FROM and not subject.spread_minutes:
        mend = "Set NUDGE_SPREAD=10m."
        yield Finding(Level.WARN, "spread", f"{seen.active} people get their nudge in the same minute.", mend)


def _opens(seen: Look, *, is_server: bool) -> Finding:
    told = f"It opens and can be written; subscribers: {seen.active}."
    if not seen.upgrade_due:
        return Finding(Level.OK, "database", told)
    if is_server:
        told = "Its tables are older than this program."
        return Finding(Level.FAIL, "database", told, "Run `reminderbot migrate`.")
    return Finding(Level.OK, "database", f"{told} Its tables are brought up to date at the next start.")


def _team(store: Store, seen: Look) -> tuple[Sequence[Row[Any]], frozenset[int]]:
    """Everybody on call, and the chats to whom nothing was sent yet; nobody before the tables are there."""
    if seen.upgrade_due:
        return (), frozenset()
    with store.engine.connect() as tx:
        return oncall.everybody(tx), oncall.untried(tx)


def _untried(chats: Sequence[int]) -> Finding:
    named = ", ".join(map(str, chats))
    told = f"Not tried yet: {named}. Whoever has never opened a chat with the bot can't be told of anything."
    mend = "Start the bot and run this again; `reminderbot oncall invite --step 1` prints a link instead."
    return Finding(Level.WARN, "on call", told, mend)


def _on_call(seen: Look, team: Sequence[Row[Any]], untried: frozenset[int], now: datetime) -> Finding:
    """``team`` is everybody on call; of these only who can be reached and is not away is told of a case.

    ``untried`` are chats of whom that is not known yet.
    """
    if seen.late:
        late = ", ".join(map(str, seen.late))
        mend = "Look whether the bot runs, and answer them with /cases."
        return Finding(Level.FAIL, "on call", f"The next step of these cases is overdue: {late}.", mend)
    if not team:
        told = "Nobody can be reached about a serious sign, and the bot says so on its cards."
        return Finding(Level.OK, "on call", told, "`reminderbot oncall invite --step 1` prints a link.")
    here = [who for who in team if who.reachable and not (who.away_until and now < who.away_until)]
    steps = [who.step for who in here]
    if steps[:1] != [1]:
        return _on_call_gap(len(team), steps)
    if unsure := [who.chat_id for who in here if who.chat_id in untried]:
        return _untried(unsure)
    return Finding(Level.OK, "on call", f"{len(steps)} can be reached, and no case is late.")


def _on_call_gap(people: int, steps: Sequence[int]) -> Finding:
    """``steps`` are those of whoever can be told, in order; none of them is step 1."""
    mend = "`reminderbot oncall list` shows why; `reminderbot oncall invite --step 1` prints a link for one more."
    told = f"Nobody at step 1 can be told of a case, so that each begins at step {min(steps, default=0)}."
    if not steps:
        told = f"Nobody can be told of a case: on call are {people}, all away or out of reach."
    return Finding(Level.WARN, "on call", told, mend)


def _key(key: str | None, fits: bool | None) -> Finding:
    mend = "Put the key of this database back (REMINDERBOT_KEY, or the .key file beside the database)."
    if key is None and fits is not False:
        return Finding(Level.OK, "key", "It will be made at the first start.")
    if key is None:
        return Finding(Level.FAIL, "key", "There is a database but no key; stored words can't be read.", mend)
    if fits is False:
        return Finding(Level.FAIL, "key", "The database was written with another key.", mend)
    return Finding(Level.OK, "key", "The key fits the database." if fits else "There is a key.")


def _place(subject: Subject, machine: Machine) -> Finding:
    if subject.database_file is None:
        return Finding(Level.OK, "place", "The data is on a database server.")
    folder = _existing(subject.database_file.parent)
    reason = _fleeting(folder, machine)
    if reason is None:
        return Finding(Level.OK, "place", f"The data is in {folder}.")
    mend = "Set REMINDERBOT_HOME to a volume that stays, or DATABASE_URL=sqlite:///... to a file on one."
    return Finding(Level.WARN, "place", f"The data in {folder} may be lost at a restart: {reason}.", mend)


def _fleeting(folder: Path, machine: Machine) -> str | None:
    """Why a folder may not survive a restart; none when nothing says so."""
    if any(folder.resolve().is_relative_to(place.resolve()) for place in machine.fleeting):
        return "it is a folder for temporary files"
    on_a_volume = folder.stat().st_dev != machine.root.stat().st_dev
    host = next((host for name, host in WIPING_HOSTS.items() if machine.environ.get(name)), None)
    if host and not on_a_volume:
        return f"{host} wipes the disk"
    if (machine.root / ".dockerenv").exists() and not on_a_volume:
        return "it is inside a container and on no volume"
    return None


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())


def _content(folder: Path) -> Finding:
    report = check(folder)
    if report.ok:
        counts = ", ".join(f"{count.number} {count.name}" for count in report.counts)
        return Finding(Level.OK, "content", f"{counts}.")
    told = f"{folder} has {len(report.problems)} problem(s), the first: {report.problems[0]}."
    return Finding(Level.FAIL, "content", told, "See all with `reminderbot check`.")


def _disk(subject: Subject, machine: Machine) -> Finding:
    folder = _existing((subject.database_file or Path.cwd() / "file").parent)
    free = machine.bytes_free(folder)
    told = f"{free / 1e9:.1f} GB are free."
    if free >= DISK_LITTLE:
        return Finding(Level.OK, "disk", told)
    level = Level.WARN if free >= DISK_NONE else Level.FAIL
    return Finding(level, "disk", f"Only {free // 1_000_000} MB are free.", f"Free some space at {folder}.")


def _zones(name: str) -> Finding:
    try:
        january, july = (datetime(2026, month, 1, tzinfo=ZoneInfo("Europe/Berlin")) for month in (1, 7))
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        mend = "Install the package tzdata again: `pip install --force-reinstall tzdata`."
        return Finding(Level.FAIL, "zones", "The time zone data can't be read.", mend)
    if january.utcoffset() == july.utcoffset():
        mend = "Mend the system's time zone data."
        return Finding(Level.FAIL, "zones", "The time zone data knows no summer time.", mend)
    return Finding(Level.OK, "zones", f"Time zones work; new subscribers start in {name}.")
