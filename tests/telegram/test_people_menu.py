"""What Telegram shows of the bot, and that the menu promises nothing the bot does not do."""

from reminderbot.services.work import Surroundings
from reminderbot.telegram.handlers import menu
from tests.world import Somebody, World


def test_every_command_of_the_menu_is_understood(here: World, ana: Somebody) -> None:
    for command in menu.commands(here.around.library):
        ana.says(f"/{command}")
        assert "I don't know" not in ana.sees(""), command
        ana.forgets_what_was_said()


def test_help_fits_a_screen_of_a_phone(around: Surroundings) -> None:
    lines = around.library.messages["help.text"].render().splitlines()
    assert sum(1 + len(line) // 42 for line in lines) <= 30
