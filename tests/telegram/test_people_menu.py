"""What Telegram shows of the bot, and that the menu promises nothing the bot does not do."""

from reminderbot.library.texts import utf16_units
from reminderbot.services.work import Surroundings
from reminderbot.telegram.handlers import menu
from tests.world import World


def test_every_command_of_the_menu_is_understood(here: World) -> None:
    ana = here.person("Ana", "UTC")
    for command in menu.commands(here.around.library):
        ana.says(f"/{command}")
        assert "I don't know" not in ana.sees(""), command
        ana.forgets_what_was_said()


def test_menu_and_descriptions_fit_what_telegram_takes(around: Surroundings) -> None:
    text = {name: message.text.get() for name, message in around.library.messages.items()}
    assert all(
        len(text[f"command.{name}"]) <= 256 and len(name) <= 32 for name in menu.commands(around.library)
    )
    assert utf16_units(text["bot.description"]) <= 512
    assert utf16_units(text["bot.short"]) <= 120


def test_notices_after_a_tap_fit_what_telegram_takes(around: Surroundings) -> None:
    notices = {
        name: m.text.get() for name, m in around.library.messages.items() if name.startswith("tapped.")
    }
    assert notices
    assert not {
        name for name, text in notices.items() if utf16_units(text) > 200 or "<" in text or "&" in text
    }


def test_help_fits_a_screen_of_a_phone(around: Surroundings) -> None:
    lines = around.library.messages["help.text"].render().splitlines()
    assert sum(1 + len(line) // 42 for line in lines) <= 30
