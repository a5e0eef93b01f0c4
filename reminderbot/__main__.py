"""``python -m reminderbot``."""

from reminderbot.cli import main

main()
