"""How a wish begins, whatever it is for, and what people call the reminders it is about.

Parts for patterns in lower case, over text as it was written, or tidy.
"""

import re

POLITE = (
    r"(?:(?:hi|hey|hello|hiya|ok|okay|kindly|please|pls|plz|so|and|but|then|now|just|also|btw|bot|thanks"
    r"|(?:can|could|would|will) you|(?:can|could) i|you (?:can|could)|let['’]?s"
    r"|i(?:(?:['’]?d| would) (?:like|love)| want| need)(?: you)?(?: to)?)\b\W*)*"
)
"""What stands in front of a wish and changes nothing of it, perhaps nothing: "hi, could you please", "I'd like to".

It takes the space after it, so that what is wished for follows at once.
"""

POLITE_END = r"(?:\W+(?:please|pls|plz|thanks|thank you|then|any ?more|from now on|if you can))*\W*"
"""What stands behind a wish and changes nothing of it, perhaps nothing."""

REMINDER = r"(?:(?:reminder|nudge|notification|ping|prompt|alert)s?)"
"""What one reminder is called, or several."""

REMINDERS = r"(?:(?:reminder|nudge|notification|ping|prompt|alert)s)"
"""What several are called. Not "messages": a chat is full of those."""

_TELLS = re.compile(r"\b(?:so|and|but|then|now|just|also|need|to|can|could|you)\b")
_CLEAR = re.compile(
    rf"\b(?:{REMINDER}\b|messages\b|(?:remind|nudg|ping|notif|bother|disturb)(?:e|y|ing)?\b|(?:send|give)(?:ing)?\b)"
)


def speaks_of_reminders(words: str) -> bool:
    """Whether words in lower case name reminders, or what is done with them; a habit alone may be talk of the body."""
    return _CLEAR.search(words) is not None


def may_tell(polite: str, words: str) -> bool:
    """Whether words that name a habit rather tell of a body: "I need to move only after 11", "so no move before 11".

    Args:
        polite: what `POLITE` has taken of them, in lower case.
        words: all of them, in lower case.
    """
    return _TELLS.search(polite) is not None and not speaks_of_reminders(words)
