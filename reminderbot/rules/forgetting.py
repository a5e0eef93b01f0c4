"""Words that answer the question of /forget: a closed list, for what is deleted can't be brought back."""

from enum import Enum

from reminderbot.rules import plain
from reminderbot.rules.phrases import BARE_DONE
from reminderbot.rules.yesno import NO, YES


class Choice(Enum):
    """What somebody wants who was asked whether to delete everything."""

    DELETE = "delete"
    """Said in the words of the button."""
    UNSURE = "unsure"
    """A yes, or its like, which may have been meant for something else."""
    KEEP = "keep"
    """Nothing is to be deleted."""


_CHOICES = {
    **dict.fromkeys((*YES, *BARE_DONE, "sure", "delete", "delete it", "yes delete it", "👍"), Choice.UNSURE),
    **dict.fromkeys((*NO, "keep", "keep it", "keep everything", "no keep it", "👎"), Choice.KEEP),
    **dict.fromkeys(("delete everything", "yes delete everything"), Choice.DELETE),
}


def read(text: str) -> Choice | None:
    """Read a whole message as an answer, with or without a "please"; none when it is no such answer."""
    return _CHOICES.get(plain.asked(text, "👍👎"))
