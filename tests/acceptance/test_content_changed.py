"""An operator changes the content under a running bot, and says so with SIGHUP."""

import signal
from pathlib import Path

from tests.acceptance.processes import Process, until
from tests.acceptance.stage import Stage
from tests.telegram.changing import HELLO, HELP, own_content


def hangs_up(bot: Process, action: str) -> str:
    """Send SIGHUP; the line that the bot logs then."""
    before = len(bot.said())
    bot.signals(signal.SIGHUP)
    lines = until(
        lambda: [line for line in bot.said()[before:].splitlines() if action in line],
        lambda: f"{action} in:\n{bot.said()}",
    )
    return lines[0]


def begins_help(content: Path, words: str) -> None:
    """Let /help begin with other words."""
    text = (content / HELP).read_text()
    (content / HELP).write_text(text.replace(HELLO, words))


def test_sighup_has_changes_taken_or_told(stage: Stage) -> None:
    telegram, content = stage.genuine_telegram(), own_content(stage.folder / "content")
    ada = stage.person("Anastasia")
    bot = stage.starts_genuine(
        telegram.token, telegram.url, REMINDERBOT_CONTENT=str(content), ADMIN_CHATS=str(ada.id)
    )
    bot.says("app.running")
    ada.says("/start")
    ada.sees("You're in")

    begins_help(content, "Walks with the clinic")
    hangs_up(bot, "content.taken")
    ada.says("/help")
    ada.sees("Walks with the clinic")

    good = (content / HELP).read_text()
    (content / HELP).write_text(good + "help.more: 12\n")
    line = hangs_up(bot, "content.broken")
    assert "file=messages/help.yaml" in line
    assert "field=help.more" in line
    ada.sees("messages/help.yaml:", "help.more")
    ada.says("/help")
    ada.sees("Walks with the clinic")

    (content / HELP).write_text(good)
    hangs_up(bot, "problem.over")
    ada.sees("in order again")
    bot.signals(signal.SIGTERM)
    assert bot.ends() == 0
