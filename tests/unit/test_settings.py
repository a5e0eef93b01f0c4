"""Settings: the environment first, then .env, each also as a file; one sentence when something is wrong."""

import stat
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot import settings as module
from reminderbot.settings import NAMES, Role, SettingsError, key_for, load, make_folders, present_key
from reminderbot.store import schema
from reminderbot.store.engine import Store, parse_url
from reminderbot.store.vault import KEY_COMMAND, new_key

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def refusal(environ: dict[str, str], dotenv: Path | None = None) -> str:
    with pytest.raises(SettingsError) as caught:
        load(environ, dotenv)
    return str(caught.value)


def outcome(name: str, value: str) -> str:
    """What a person would see: the settings, or the refusal with everything chained to it."""
    try:
        return repr(load({name: value}, None))
    except SettingsError as error:
        return f"{error}{error.__cause__ or ''}"


def test_nothing_needs_to_be_set() -> None:
    settings = load({}, None)
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert (settings.send_rate, settings.nudge_spread, settings.default_timezone) == (25, 0, "UTC")
    assert settings.database() == f"sqlite:///{settings.reminderbot_home / 'reminderbot.db'}"
    assert settings.secrets() == ()


def test_every_variable_of_the_contract_is_read(tmp_path: Path) -> None:
    key = new_key()
    settings = load(
        {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "DATABASE_URL": "postgres://bot:s3cretword@db/bot",
            "WEBHOOK_URL": "https://bot.example.org/hook",
            "WEBHOOK_SECRET": "abc_DEF-1",
            "PORT": "443",
            "REMINDERBOT_HOME": str(tmp_path),
            "REMINDERBOT_CONTENT": str(tmp_path / "content"),
            "REMINDERBOT_KEY": key,
            "SEND_RATE": "30",
            "NUDGE_SPREAD": "10m",
            "DEFAULT_TIMEZONE": "Europe/Berlin",
            "ADMIN_CHATS": "12, 34 12",
            "HEARTBEAT_URL": "https://example.org/ping/abcdefgh",
            "LOG_FORMAT": "JSON",
        },
        None,
    )
    assert settings.token() == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.database() == "postgres://bot:s3cretword@db/bot"
    assert settings.database_file() is None
    assert settings.webhook_url == "https://bot.example.org/hook"
    assert (settings.port, settings.send_rate, settings.nudge_spread) == (443, 30, 10)
    assert (settings.reminderbot_home, settings.reminderbot_content) == (tmp_path, tmp_path / "content")
    assert key_for(settings) == key
    assert settings.default_timezone == "Europe/Berlin"
    assert settings.admin_chats == (12, 34)
    assert settings.log_format == "json"
    assert set(settings.secrets()) == {
        TOKEN,
        "s3cretword",
        "abc_DEF-1",
        key,
        "https://example.org/ping/abcdefgh",
    }


def test_an_empty_variable_is_unset() -> None:
    assert load(dict.fromkeys(NAMES, " "), None) == load({}, None)


@pytest.mark.parametrize("name", NAMES)
def test_a_variable_and_its_file_together_are_refused(name: str) -> None:
    assert (
        refusal({name: "x", f"{name}_FILE": "y"})
        == f"{name} and {name}_FILE are both set; remove one of them."
    )


def test_a_value_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    assert load({"TELEGRAM_BOT_TOKEN_FILE": str(tmp_path / "token")}, None).token() == TOKEN


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\x00", b"x" * (module.FILE_MAX + 1)])
def test_a_file_that_holds_no_value_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)
    assert refusal({"TELEGRAM_BOT_TOKEN_FILE": str(path)}).startswith("TELEGRAM_BOT_TOKEN_FILE names a file")


def test_dotenv_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text(
        "SEND_RATE=7\nPORT='9000' # chat page\nexport DATABASE_URL=postgresql://u:a$b${c}@h/d\nLOG_FORMAT\n"
    )
    settings = load({"SEND_RATE": "8", "PORT": ""}, dotenv)
    assert (settings.send_rate, settings.port) == (8, 9000)
    assert settings.database() == "postgresql://u:a$b${c}@h/d"


def test_a_file_in_the_environment_wins_over_a_value_in_dotenv(tmp_path: Path) -> None:
    (tmp_path / "rate").write_text("9")
    dotenv = tmp_path / ".env"
    dotenv.write_text("SEND_RATE=7\n")
    assert load({"SEND_RATE_FILE": str(tmp_path / "rate")}, dotenv).send_rate == 9


def test_a_dotenv_that_is_not_text_is_named(tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_bytes(b"TOKEN=\xff\xfe\xfa")
    assert str(dotenv) in refusal({}, dotenv)


def test_a_missing_dotenv_is_fine(tmp_path: Path) -> None:
    assert load({}, tmp_path / ".env") == load({}, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "<your token>"),
        ("TELEGRAM_BOT_TOKEN", "1234:abc/getMe"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_API_URL", "https://user:word@example.org"),
        ("TELEGRAM_API_URL", "https://example.org?x=1"),
        ("TELEGRAM_API_URL", "https://[::1"),
        ("TELEGRAM_API_URL", "http://example.org:99999"),
        ("DATABASE_URL", "mysql://db/bot"),
        ("DATABASE_URL", "bot.db"),
        ("DATABASE_URL", "postgresql://bot:secret[@db/bot"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///file:x?mode=memory&uri=true"),
        ("DATABASE_POOL", "0"),
        ("WEBHOOK_URL", "http://example.org"),
        ("WEBHOOK_URL", "http://127.0.0.1.example.org"),
        ("WEBHOOK_URL", "https://example.org?chat=1"),
        ("WEBHOOK_URL", "https://example.org/#top"),
        ("WEBHOOK_URL", "https://example.org/{path}"),
        ("WEBHOOK_URL", "https://example.org/%2e%2e"),
        ("WEBHOOK_SECRET", "two words"),
        ("WEBHOOK_SECRET", "x" * 257),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "80 80"),
        ("PORT", "٣"),
        ("REMINDERBOT_HOME", "~nobody-of-this-name/bot"),
        ("REMINDERBOT_KEY", "short"),
        ("REMINDERBOT_KEY", "ключ"),
        ("ALLOW_PAID_BROADCAST", "maybe"),
        ("SEND_RATE", "0"),
        ("SEND_RATE", "-1"),
        ("SEND_RATE", "1001"),
        ("SEND_RATE", "2.5"),
        ("SEND_RATE", "9" * 5000),
        ("NUDGE_SPREAD", "481m"),
        ("NUDGE_SPREAD", "9h"),
        ("NUDGE_SPREAD", "soon"),
        ("DEFAULT_TIMEZONE", "Berlin"),
        ("DEFAULT_TIMEZONE", "../UTC"),
        ("DEFAULT_TIMEZONE", "Europe"),
        ("DEFAULT_TIMEZONE", "localtime"),
        ("DEFAULT_TIMEZONE", "Factory"),
        ("ADMIN_CHATS", "-100123"),
        ("ADMIN_CHATS", "@ana"),
        ("ADMIN_CHATS", "0"),
        ("HEARTBEAT_URL", "ftp://example.org/x"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_bad_value_stops_with_one_sentence_that_names_the_variable(name: str, value: str) -> None:
    told = refusal({name: value})
    assert told.startswith(f"{name} ")
    assert told.endswith(".")
    assert "\n" not in told


SECRETS = ["TELEGRAM_BOT_TOKEN", "DATABASE_URL", "WEBHOOK_SECRET", "REMINDERBOT_KEY", "HEARTBEAT_URL"]


@given(
    name=st.sampled_from(SECRETS),
    value=st.text(string.ascii_letters + string.digits + " :/@?#%é", min_size=12),
)
def test_no_refusal_and_no_repr_shows_a_secret(name: str, value: str) -> None:
    shown = outcome(name, value)
    assert not value.strip() or value.strip() not in shown


@given(name=st.sampled_from(NAMES), value=st.text().filter(lambda text: "\0" not in text))
def test_any_text_is_either_taken_or_refused_in_a_sentence(name: str, value: str) -> None:
    assert outcome(name, value).startswith((name, "Settings("))


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load({}, None).port = 1


def test_without_a_token_the_refusal_shows_two_ways_on() -> None:
    with pytest.raises(SettingsError, match=r"@BotFather.*reminderbot demo"):
        load({}, None).token()


SERVER = {"DATABASE_URL": "postgresql://bot@db/bot", "TELEGRAM_BOT_TOKEN": TOKEN}
HOOK = {"WEBHOOK_URL": "https://bot.example.org"}
SECRET = {"WEBHOOK_SECRET": "of-our-own"}


@pytest.mark.parametrize(
    ("role", "environ"),
    [
        (Role.RUN, {"TELEGRAM_BOT_TOKEN": TOKEN}),
        (Role.RUN, {"TELEGRAM_BOT_TOKEN": TOKEN} | SECRET),
        (Role.RUN, {"TELEGRAM_BOT_TOKEN": TOKEN} | HOOK | SECRET),
        (Role.RUN, SERVER),
        (Role.WEB, SERVER | HOOK | SECRET),
        (Role.WORKER, SERVER),
        (Role.WORKER, SERVER | HOOK),
    ],
)
def test_a_role_has_all_that_it_needs(role: Role, environ: dict[str, str]) -> None:
    load(environ, None).require(role)


@pytest.mark.parametrize(
    ("role", "environ", "told"),
    [
        (Role.RUN, {}, "TELEGRAM_BOT_TOKEN is not set"),
        (Role.RUN, {"TELEGRAM_BOT_TOKEN": TOKEN} | HOOK, "WEBHOOK_URL needs WEBHOOK_SECRET"),
        (Role.WEB, SERVER, "WEBHOOK_URL is not set"),
        (Role.WEB, SERVER | SECRET, "WEBHOOK_URL is not set"),
        (Role.WEB, SERVER | HOOK, "WEBHOOK_URL needs WEBHOOK_SECRET"),
        (
            Role.WEB,
            {"TELEGRAM_BOT_TOKEN": TOKEN} | HOOK | SECRET,
            "`reminderbot web` shares a database server",
        ),
        (Role.WORKER, {"TELEGRAM_BOT_TOKEN": TOKEN}, "`reminderbot worker` shares a database server"),
        (Role.WORKER, {"DATABASE_URL": "postgresql://bot@db/bot"}, "TELEGRAM_BOT_TOKEN is not set"),
    ],
)
def test_what_a_role_lacks_is_told_in_a_sentence(role: Role, environ: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=f"^{told}.*[.]$"):
        load(environ, None).require(role)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8443"])
def test_a_webhook_on_this_machine_needs_no_https(host: str) -> None:
    assert load({"WEBHOOK_URL": f"http://{host}/"}, None).webhook_url == f"http://{host}"


@pytest.mark.parametrize(("words", "minutes"), [("0", 0), ("0m", 0), ("10", 10), ("10 min", 10), ("1H", 60)])
def test_the_spread_is_written_as_people_write_minutes(words: str, minutes: int) -> None:
    assert load({"NUDGE_SPREAD": words}, None).nudge_spread == minutes


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:////srv/bot.db", "/srv/bot.db"),
        ("sqlite:///bot.db", "bot.db"),
        ("sqlite+pysqlite:///a/b.db?timeout=3", "a/b.db"),
    ],
)
def test_the_database_file_is_the_one_in_its_address(url: str, file: str) -> None:
    assert load({"DATABASE_URL": url}, None).database_file() == Path(file).absolute()


def test_a_local_database_gets_a_key_of_its_own_once(tmp_path: Path) -> None:
    settings = load({"REMINDERBOT_HOME": str(tmp_path)}, None)
    assert present_key(settings) is None
    key = key_for(settings)
    file = tmp_path / "reminderbot.db.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key_for(settings) == key == present_key(settings)


def test_a_database_server_needs_a_key_and_the_refusal_shows_the_command() -> None:
    settings = load({"DATABASE_URL": "postgresql://h/d"}, None)
    assert present_key(settings) is None
    with pytest.raises(SettingsError) as caught:
        key_for(settings)
    assert KEY_COMMAND in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not a key\n", b"\xff\xff"])
def test_a_damaged_key_file_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "reminderbot.db.key"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"reminderbot\.db\.key"):
        key_for(load({"REMINDERBOT_HOME": str(tmp_path)}, None))


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    settings = load({"REMINDERBOT_HOME": str(tmp_path / "data")}, None)
    make_folders(settings)
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    make_folders(settings)


@pytest.mark.parametrize("name", ["REMINDERBOT_HOME", "DATABASE_URL"])
def test_the_database_and_its_companions_are_readable_by_their_owner_only(tmp_path: Path, name: str) -> None:
    value = str(tmp_path) if name == "REMINDERBOT_HOME" else f"sqlite:///{tmp_path}/own.db"
    settings = load({name: value}, None)
    make_folders(settings)
    store = Store(parse_url(settings.database()))
    schema.migrate(store)
    with store.begin():
        files = sorted(tmp_path.iterdir())
        modes = {stat.S_IMODE(file.stat().st_mode) for file in files}
    store.close()
    assert [file.suffix for file in files] == [".db", ".db-shm", ".db-wal"]
    assert modes == {0o600}
    file = settings.database_file()
    assert file is not None
    file.chmod(0o640)
    make_folders(settings)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="REMINDERBOT_HOME"):
        make_folders(load({"REMINDERBOT_HOME": str(tmp_path / "file" / "data")}, None))


@pytest.mark.parametrize(
    ("text", "meant"), [("yes", True), ("On", True), ("1", True), ("no", False), ("false", False)]
)
def test_a_switch_is_yes_or_no(text: str, meant: bool) -> None:
    assert load({"ALLOW_PAID_BROADCAST": text}, None).allow_paid_broadcast is meant
