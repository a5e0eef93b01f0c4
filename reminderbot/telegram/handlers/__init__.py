"""What the bot does with each update: one file a topic, one service call a handler."""

from reminderbot.telegram.handlers import (
    answers,
    fallback,
    groups,
    pause,
    privacy,
    remind,
    settings,
    start,
    streak,
    stretch,
    timezone,
    today,
)
from reminderbot.telegram.intake import App

_TOPICS = (groups, start, timezone, remind, pause, settings, privacy, answers, streak, today, stretch)


def add_all(app: App) -> None:
    """Register every handler: groups first, then the topics, then free words, and last what answers all the rest."""
    app.add_handlers([handler for topic in _TOPICS for handler in topic.HANDLERS])
    app.add_handlers(answers.WORDS)
    app.add_handlers(fallback.HANDLERS)
