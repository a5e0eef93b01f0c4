"""Doctor: each thing the bot needs is seen as it is, and a mend is named where something is wrong."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reminderbot.demo.telegram import TOKEN, OfflineTelegram, serve
from reminderbot.ops.doctor import SPREAD_FROM, Finding, Level, Machine, Subject, examine
from reminderbot.store import schema
from reminderbot.store.engine import Store, parse_url
from reminderbot.store.tables import Standing, subscribers
from reminderbot.store.vault import Vault, key_beside, new_key
from tests.unit.library.library_folder import complete_folder

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
NO_CONTENT = Path("/nonexistent/content")
"""Reading all cards takes a moment: tests that are not about content leave it out."""


@contextmanager
def served(tele: OfflineTelegram) -> Iterator[str]:
    """The offline Telegram over HTTP in a thread of its own, as a server would be."""
    addresses: list[str] = []
    started = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def stay() -> None:
        async with serve(tele) as url:
            addresses.append(url)
            started.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(stay(),))
    thread.start()
    assert started.wait(10)
    try:
        yield addresses[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def api() -> Iterator[str]:
    with served(OfflineTelegram(lambda: datetime.now(UTC))) as url:
        yield url


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database as the first start leaves it."""
    file = tmp_path / "bot.db"
    store = Store(parse_url(f"sqlite:///{file}"))
    schema.migrate(store)
    with store.begin() as tx:
        schema.key_matches(tx, Vault(key_beside(file)))
    store.close()
    return file


def machine(**parts: object) -> Machine:
    # /proc is a file system of its own, so that to it all folders look like volumes.
    calm = {"environ": {}, "bytes_free": lambda _: 10**12, "fleeting": (), "root": Path("/proc")}
    return Machine(**{**calm, **parts})  # type: ignore[arg-type]


def subject(file: Path, api: str, **parts: object) -> Subject:
    plain = {
        "database": f"sqlite:///{file}",
        "database_file": file,
        "content": NO_CONTENT,
        "token": TOKEN,
        "api_url": api,
        "key": key_beside(file),
    }
    return Subject(**{**plain, **parts})  # type: ignore[arg-type]


def seen(findings: Iterator[Finding], what: str) -> Finding:
    return next(finding for finding in findings if finding.what == what)


def test_a_healthy_bot_gets_only_good_news(database: Path, api: str, tmp_path: Path) -> None:
    content = complete_folder(tmp_path / "content").path
    findings = list(examine(subject(database, api, content=content), machine()))
    assert [finding.what for finding in findings] == [
        "API", "token", "clock", "database", "key", "on call", "place", "content", "disk", "zones",
        "rate",
    ]  # fmt: skip
    assert [str(finding) for finding in findings if finding.level is not Level.OK] == []


@pytest.mark.parametrize(
    ("rate", "paid", "level"), [(30, False, Level.OK), (31, False, Level.WARN), (1000, True, Level.OK)]
)
def test_more_than_telegram_takes_without_pay_is_warned_of(
    database: Path, api: str, rate: int, paid: bool, level: Level
) -> None:
    given = subject(database, api, send_rate=rate, allow_paid_broadcast=paid)
    assert seen(examine(given, machine()), "rate").level is level


def test_a_line_holds_level_subject_sentence_and_mend() -> None:
    line = str(Finding(Level.WARN, "disk", "Only 3 MB are free.", "Free some space."))
    assert line == "warn  disk: Only 3 MB are free. Free some space."


def test_no_token_is_a_failure_yet_the_api_is_still_tried(database: Path, api: str) -> None:
    findings = list(examine(subject(database, api, token=None), machine()))
    assert seen(iter(findings), "token").level is Level.FAIL
    assert seen(iter(findings), "API").level is Level.OK


def test_a_token_telegram_refuses_is_a_failure_and_is_not_shown(database: Path, api: str) -> None:
    wrong = TOKEN[:-3] + "xyz"
    finding = seen(examine(subject(database, api, token=wrong), machine()), "token")
    assert finding.level is Level.FAIL
    assert wrong not in str(finding)


def test_an_api_in_trouble_is_a_warning(database: Path) -> None:
    tele = OfflineTelegram(lambda: datetime.now(UTC))
    tele.faults.refuse("getMe", status=502, times=None)
    with served(tele) as url:
        assert seen(examine(subject(database, url), machine()), "token").level is Level.WARN


def test_an_api_that_cannot_be_reached_is_a_failure_in_one_line_without_the_token(database: Path) -> None:
    finding = seen(examine(subject(database, "http://127.0.0.1:9"), machine()), "API")
    assert finding.level is Level.FAIL
    assert TOKEN not in str(finding)


@pytest.mark.parametrize("token", [None, TOKEN])
def test_a_clock_that_could_not_be_compared_is_told_as_not_checked(database: Path, token: str | None) -> None:
    finding = seen(examine(subject(database, "http://127.0.0.1:9", token=token), machine()), "clock")
    assert finding.level is Level.WARN
    assert finding.sentence.startswith("not checked: ")


@pytest.mark.parametrize(("minutes", "level"), [(0, Level.OK), (1, Level.WARN), (-1, Level.WARN)])
def test_a_clock_that_is_off_is_a_warning(database: Path, api: str, minutes: int, level: Level) -> None:
    late = machine(now=lambda: datetime.now(UTC) + timedelta(minutes=minutes))
    assert seen(examine(subject(database, api), late), "clock").level is level


def test_looking_makes_no_database_and_no_key(tmp_path: Path, api: str) -> None:
    file = tmp_path / "new" / "bot.db"
    finding = seen(examine(subject_of_nothing(file, api), machine()), "database")
    assert finding.level is Level.OK
    assert list(tmp_path.iterdir()) == []


def subject_of_nothing(file: Path, api: str) -> Subject:
    return Subject(f"sqlite:///{file}", NO_CONTENT, TOKEN, api, file)


def test_looking_leaves_a_fresh_database_without_tables(tmp_path: Path, api: str) -> None:
    (tmp_path / "bot.db").touch()
    finding = seen(examine(subject_of_nothing(tmp_path / "bot.db", api), machine()), "database")
    assert finding.level is Level.OK
    assert "next start" in finding.sentence


def test_a_file_that_is_no_database_is_a_failure(tmp_path: Path, api: str) -> None:
    file = tmp_path / "bot.db"
    file.write_text("not a database, whatever its name says\n" * 100)
    assert seen(examine(subject_of_nothing(file, api), machine()), "database").level is Level.FAIL


def test_a_database_of_a_newer_version_is_a_failure(database: Path, api: str) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = 'from the future'")
    finding = seen(examine(subject(database, api), machine()), "database")
    assert finding.level is Level.FAIL
    assert "newer" in finding.sentence


def test_a_database_without_words_needs_no_key_yet(tmp_path: Path, api: str) -> None:
    file = tmp_path / "bot.db"
    file.touch()
    assert seen(examine(subject_of_nothing(file, api), machine()), "key").level is Level.OK
    store = Store(parse_url(f"sqlite:///{file}"))
    schema.migrate(store)
    store.close()
    finding = seen(examine(subject_of_nothing(file, api), machine()), "key")
    assert finding.level is Level.OK
    assert "first start" in finding.sentence


def test_looking_keeps_nothing_in_the_database(tmp_path: Path, api: str) -> None:
    file = tmp_path / "bot.db"
    store = Store(parse_url(f"sqlite:///{file}"))
    schema.migrate(store)
    assert seen(examine(subject(file, api, key=new_key()), machine()), "key").level is Level.OK
    with store.begin() as tx:
        assert schema.key_matches(tx, Vault(new_key()))
    store.close()


def test_another_kind_of_database_is_a_failure_in_a_sentence(api: str) -> None:
    server = Subject("postgresql://bot:w0rd@h/d", NO_CONTENT, TOKEN, api)
    finding = seen(examine(server, machine()), "database")
    assert finding.level is Level.FAIL
    assert "w0rd" not in str(finding)


def test_a_lost_and_a_changed_key_are_failures(database: Path, api: str) -> None:
    for key in (None, new_key()):
        assert seen(examine(subject(database, api, key=key), machine()), "key").level is Level.FAIL


def test_from_many_subscribers_on_spreading_is_advised(database: Path, api: str) -> None:
    store = Store(parse_url(f"sqlite:///{database}"))
    row = {"standing": Standing.ACTIVE, "zone": "UTC", "zone_confirmed": True, "day_start": 3, "asked_avoid": False,
           "subscribed_at": NOW}  # fmt: skip
    with store.begin() as tx:
        tx.execute(subscribers.insert(), [{**row, "chat_id": chat} for chat in range(1, SPREAD_FROM + 1)])
    store.close()
    assert "NUDGE_SPREAD" in str(seen(examine(subject(database, api), machine()), "spread"))
    spread = [finding.what for finding in examine(subject(database, api, spread_minutes=10), machine())]
    assert "spread" not in spread


@pytest.mark.parametrize("variable", ["DYNO", "RENDER", "RAILWAY_ENVIRONMENT", "FLY_APP_NAME", "K_SERVICE"])
def test_a_host_that_wipes_its_disk_is_a_warning_unless_the_data_is_on_a_volume(
    database: Path, api: str, variable: str, tmp_path: Path
) -> None:
    wiped = machine(environ={variable: "x"}, root=tmp_path)
    assert seen(examine(subject(database, api), wiped), "place").level is Level.WARN
    volume = machine(environ={variable: "x"})
    assert seen(examine(subject(database, api), volume), "place").level is Level.OK


def test_a_container_without_a_volume_is_a_warning(database: Path, api: str, tmp_path: Path) -> None:
    (tmp_path / ".dockerenv").touch()
    assert seen(examine(subject(database, api), machine(root=tmp_path)), "place").level is Level.WARN


def test_a_folder_for_temporary_files_is_a_warning(database: Path, api: str, tmp_path: Path) -> None:
    finding = seen(examine(subject(database, api), machine(fleeting=(tmp_path,))), "place")
    assert finding.level is Level.WARN
    assert "sqlite:///" in finding.mend
    assert "server" not in finding.mend


@pytest.mark.parametrize(("free", "level"), [(10**12, Level.OK), (10**8, Level.WARN), (10**6, Level.FAIL)])
def test_a_disk_that_fills_up_is_told_before_it_is_full(
    database: Path, api: str, free: int, level: Level
) -> None:
    assert seen(examine(subject(database, api), machine(bytes_free=lambda _: free)), "disk").level is level


def test_faulty_content_is_a_failure_that_names_the_first_problem(database: Path, api: str) -> None:
    finding = seen(examine(subject(database, api, content=NO_CONTENT), machine()), "content")
    assert finding.level is Level.FAIL
    assert "reminderbot check" in finding.mend


def test_a_zone_that_cannot_be_read_is_a_failure(database: Path, api: str) -> None:
    assert seen(examine(subject(database, api, zone="Mars/Base"), machine()), "zones").level is Level.FAIL


def test_the_subject_hides_its_secrets(database: Path, api: str) -> None:
    shown = repr(subject(database, api))
    assert TOKEN not in shown
    assert key_beside(database) not in shown
