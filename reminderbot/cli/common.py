"""What most commands begin with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reminderbot.settings import Settings


def settings() -> Settings:
    """Read the settings from the environment and from ``.env`` here. Raises SettingsError."""
    from reminderbot.settings import load

    return load(os.environ, Path(".env"))


def content_folder(settings: Settings) -> Path:
    """Return the content folder in use."""
    from reminderbot.library.loader import default_folder

    return settings.reminderbot_content or default_folder()
