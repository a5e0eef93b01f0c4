"""The one error of the words of time."""

from collections.abc import Mapping
from typing import Self

from reminderbot.rules.echo import echo


class WordsError(ValueError):
    """Words that were not understood.

    Attributes:
        code: which sentence to answer with, such as `end_before_start`.
        args_: what goes into the sentence, such as `{"start": "17:00", "end": "9:00"}`; what a person
            wrote is cut to 40 characters and not escaped.
        ways: what may have been meant instead: by a short name for it, all of the words in a form that is clear.
    """

    def __init__(self, code: str, **args: str) -> None:
        """Keep the code and the arguments."""
        super().__init__(code)
        self.code = code
        self.ways: Mapping[str, str] = {}
        self.args_ = {name: echo(value) for name, value in args.items()}

    def offering(self, ways: Mapping[str, str]) -> Self:
        """Return it with what may have been meant."""
        self.ways = ways
        return self
