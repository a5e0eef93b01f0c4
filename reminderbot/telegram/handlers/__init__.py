"""What the bot does with each update: one file a topic, one service call a handler."""

from reminderbot.telegram.answering import App
from reminderbot.telegram.handlers import (
    admin,
    answers,
    fallback,
    groups,
    hold,
    learn,
    oncall,
    pause,
    privacy,
    remind,
    safety,
    sequence,
    settings,
    start,
    stats,
    streak,
    stretch,
    symptom,
    timezone,
    today,
)

_TOPICS = (
    *(groups, sequence, start, timezone, remind, pause, hold, oncall, admin, settings, privacy),
    *(answers, streak, stats, today, stretch, learn, symptom, safety),
)


def add_all(app: App) -> None:
    """Register every handler: groups first, then the topics, then free words, and last what answers all the rest.

    Before them, replies to a note about a case, and words that choose: whether a message is one, only the store knows.
    """
    app.add_handlers(oncall.REPLIES, group=-2)
    app.add_handlers(remind.CHOICES, group=-1)
    app.add_handlers([handler for topic in _TOPICS for handler in topic.HANDLERS])
    app.add_handlers(answers.WORDS)
    app.add_handlers(fallback.HANDLERS)
