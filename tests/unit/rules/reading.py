"""What a parser of words makes of them: what was read, or why it was refused."""

from collections.abc import Callable

import pytest

from reminderbot.rules.timewords import WordsError


def refusal(parse: Callable[..., object], *given: object) -> tuple[str, dict[str, str]]:
    with pytest.raises(WordsError) as caught:
        parse(*given)
    return caught.value.code, caught.value.args_


def outcome(parse: Callable[..., object], *given: object) -> object:
    """What was read, or the code of the refusal."""
    try:
        return parse(*given)
    except WordsError as error:
        return error.code
