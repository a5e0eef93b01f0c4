"""A yes and a no in one word: what every question understands, and triage. Each adds what else answers it."""

from typing import Final

YES: Final = ("yes", "yeah", "yep", "yup")
NO: Final = ("no", "nope", "nah")
