"""How the process begins, and how it ends: in one sentence, in time, and with the right exit code."""

import signal
import socket
import time
from datetime import timedelta

from tests.acceptance.processes import until
from tests.acceptance.stage import MONDAY, Stage

SHUTDOWN_SECONDS = 5.0
OTHERS_TOKEN = "110201543:AAWrongTokenOfSomebodyElse_0123456789"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sentences(said: str) -> list[str]:
    """What was said apart from log lines."""
    return [line for line in said.splitlines() if not line.startswith("20")]


def test_the_command_waits_for_telegram_works_survives_minus_9_and_ends_in_time(stage: Stage) -> None:
    port, token = free_port(), "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    bot = stage.starts_genuine(token, f"http://127.0.0.1:{port}")
    bot.says("telegram.away")
    assert stage.genuine_telegram(port).token == token
    ana = stage.person("Anastasia")
    ana.says("/start")
    ana.sees("You're in")
    stage.settles()
    bot.is_killed()

    ana.says("/done")  # while nobody listens
    bot = stage.starts_genuine(token, f"http://127.0.0.1:{port}")
    ana.sees("Move: done, on your own.")
    begun = time.monotonic()
    bot.signals(signal.SIGTERM)
    assert bot.ends() == 0
    assert time.monotonic() - begun < SHUTDOWN_SECONDS
    assert sentences(bot.said()) == []


def test_a_wrong_token_ends_it_with_one_sentence_that_does_not_repeat_the_token(stage: Stage) -> None:
    bot = stage.starts_genuine(OTHERS_TOKEN, stage.telegram.url)
    assert bot.ends() == 2
    assert sentences(bot.said()) == [
        "Error: Telegram refused the bot token; copy it anew from @BotFather into TELEGRAM_BOT_TOKEN."
    ]
    assert OTHERS_TOKEN.partition(":")[2] not in bot.said()


def test_sigterm_in_the_middle_of_sending_ends_it_in_time_and_nothing_is_said_twice(stage: Stage) -> None:
    bot, ana = stage.starts(), stage.person("Anastasia")
    ana.subscribes()
    stage.telegram.does("faults", kind="slow", method="sendMessage", seconds=60, times=None)
    stage.at(MONDAY.replace(hour=9, minute=0))
    ana.is_asked()
    begun = time.monotonic()
    bot.signals(signal.SIGTERM)
    assert bot.ends() == 0
    assert time.monotonic() - begun < SHUTDOWN_SECONDS
    assert sentences(bot.said()) == []

    stage.telegram.does("faults", kind="clear")
    ana.says("done")
    stage.starts()
    stage.settles(after_death=True)
    ana.sees("Move: done")
    assert len(stage.telegram.nudges(ana.id)) == 1
    assert stage.outcomes(ana)["done"] == 1


def test_it_ends_in_time_while_telegram_is_away(stage: Stage) -> None:
    stage.telegram.does("faults", kind="unreachable", how="reset", times=None)
    bot = stage.starts()
    bot.says("telegram.away")
    begun = time.monotonic()
    bot.signals(signal.SIGTERM)
    assert bot.ends() == 0
    assert time.monotonic() - begun < SHUTDOWN_SECONDS


def test_another_copy_is_waited_for_and_then_said_to_be_the_cause(stage: Stage) -> None:
    text = "Conflict: terminated by other getUpdates request"
    refusal = {"kind": "refuse", "method": "getUpdates", "status": 409, "description": text}
    ana = stage.person("Anastasia")
    bot = stage.starts(patience=4.0)
    bot.says("app.running")
    stage.telegram.does("faults", **refusal, times=1)
    ana.says("/start")
    ana.sees("You're in")  # a rolling deploy: the other copy was gone in time
    assert "telegram.conflict" in bot.said()

    stage.telegram.does("faults", **refusal, times=None)
    ana.says("/done")
    assert bot.ends() == 2
    assert sentences(bot.said()) == [
        "Error: Another copy of this bot is running with the same token; stop it, then start this one again."
    ]
    stage.telegram.does("faults", kind="clear")
    stage.starts()
    ana.sees("Move: done")


def test_two_copies_at_once_lose_nothing_and_repeat_nothing(stage: Stage) -> None:
    first, ana = stage.starts(), stage.person("Anastasia")
    ana.subscribes()
    second = stage.starts()
    until(lambda: "telegram.conflict" in first.said() + second.said(), "conflict")
    stage.at(MONDAY.replace(hour=9, minute=0) - timedelta(seconds=0.2))
    ana.is_asked()
    ana.says("/done")
    ana.sees("Move: done")
    second.is_killed()
    stage.settles(after_death=True)
    assert len(stage.telegram.nudges(ana.id)) == 1
    assert stage.outcomes(ana) == {"done": 1}
    first.signals(signal.SIGTERM)
    assert first.ends() == 0


def test_a_file_that_is_no_database_is_refused_with_a_sentence(stage: Stage) -> None:
    stage.database.parent.mkdir()
    stage.database.write_bytes(b"these are holiday notes, and no database at all" * 100)
    bot = stage.starts()
    assert bot.ends() == 2
    [sentence] = sentences(bot.said())
    assert "is not a SQLite database" in sentence
