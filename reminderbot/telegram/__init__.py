"""The edge towards Telegram: updates in, messages out, words and buttons."""

import os

# python-telegram-bot 22 warns about periods in whole seconds unless told that timedelta is wanted.
os.environ.setdefault("PTB_TIMEDELTA", "true")
