"""Words that switch something on or off, and those that only sound like it."""

import pytest

from reminderbot.rules.switches import Setting, Switch, read


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("silent on", Setting(Switch.SILENT, on=True)),
        ("  Silent   Reminders! ", Setting(Switch.SILENT, on=True)),
        ("please: sound off", Setting(Switch.SILENT, on=True)),
        ("silent off, please", Setting(Switch.SILENT, on=False)),
        ("silent off pls 👍", Setting(Switch.SILENT, on=False)),
        ("SOUND ON", Setting(Switch.SILENT, on=False)),
        ("pin today", Setting(Switch.CARD, on=True)),
        ("Pin today.", Setting(Switch.CARD, on=True)),
        ("unpin today", Setting(Switch.CARD, on=False)),
        ("today card off", Setting(Switch.CARD, on=False)),
    ],
)
def test_a_setting_is_read(words: str, setting: Setting) -> None:
    assert read(words) == setting


@pytest.mark.parametrize(
    "words",
    [
        "",
        "please",
        "today",
        "on",
        "off",
        "it is so silent here",
        "pins and needles",
        "pin",
        "my phone is silent",
        "🔇",
    ],
)
def test_other_words_are_none(words: str) -> None:
    assert read(words) is None
