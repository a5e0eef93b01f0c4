"""The bare words of a short message, in the one spelling in which closed lists of phrases hold them."""

import re
from typing import Final

LONGEST: Final = 80
"""Characters; a longer message says more than any phrase of a closed list."""

SIGNS: Final = "👍👎✅"
"""What may be an answer without a word."""

_POLITE: Final = frozenset(("please", "pls", "plz"))
_APOSTROPHES: Final = re.compile(r"['’ʼ`]")
_WORD: Final = re.compile(rf"[^\W_]+|[{SIGNS}]")


def words(text: str) -> str:
    """Return the words in lower case without signs; an apostrophe joins, so that "It's gone!" is "its gone"."""
    return " ".join(word for word in _found(text) if word not in SIGNS)


def asked(text: str, signs: str = "") -> str:
    """Return the words of a short message without a "please", and these of the ``SIGNS``; nothing of a long one."""
    found = _found(text) if len(text) <= LONGEST else []
    return " ".join(word for word in found if word not in _POLITE and (word not in SIGNS or word in signs))


def _found(text: str) -> list[str]:
    return _WORD.findall(_APOSTROPHES.sub("", text.lower()))
