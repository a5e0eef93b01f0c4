"""Short words that answer a question about a symptom, or stand for a button under a safety card.

The forms are closed lists, and the whole text has to be one of them: what says more than that is for triage to read.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar


class Reply(StrEnum):
    """An answer to "is it so right now?"."""

    YES = "yes"
    NO = "no"
    GONE = "gone"
    OTHER = "other"
    FIGURE = "figure"


class Wish(StrEnum):
    """What the buttons under a card are for."""

    HELPED = "helped"
    NOT_ME = "notme"
    MISREAD = "misread"
    SHARE = "share"
    COUNTRY = "country"
    WAITING = "waiting"
    WORSE = "worse"


T = TypeVar("T", bound=StrEnum)

_WORD: Final = re.compile(r"[^\W_]+")
_APOSTROPHES: Final = re.compile(r"['’ʼ`]")
_YES: Final = (
    r"yes|yeah|yea|yep|yup|y|ya|aye|ok yes|oui|ja|si|sí|sim|sì|"
    r"still|now|right now|correct|true|definitely|a bit|a little|kind of|sort of|i am|it is|i do|i have|"
    # Doubt goes up: whoever can't rule it out is told what to do.
    r"maybe|perhaps|possibly|i think so|think so|not sure|im not sure|unsure|dont know|i dont know|idk"
)
_NO: Final = r"no|nope|nah|naw|n|not now|not really|not at all|no i dont|no im not|it isnt|nein|non|nao|não"
_REPLIES: Final[Mapping[Reply, re.Pattern[str]]] = {
    reply: re.compile(forms)
    for reply, forms in {
        Reply.YES: _YES,
        Reply.NO: _NO,
        Reply.GONE: (
            r"(?:(?:its?|it has|that|that has|thats|all|ive|i am|im) (?:all )?)?"
            r"(?:went away|gone(?: away| now)?|passed|(?:better|fine|ok|okay) now|over|stopped|back to normal|"
            r"wore off|worn off)|(?:its|im|it is|i am) (?:all )?(?:better|fine|ok|okay)"
        ),
        Reply.OTHER: (
            r"(?:(?:its?|that|that was|thats|i meant|about|for) )*(?:someone else|somebody else|not me|"
            r"not about me|my (?:mum|mom|mother|dad|father|wife|husband|partner|friend|son|daughter|brother|sister|"
            r"boyfriend|girlfriend|colleague|neighbour|neighbor))"
        ),
        Reply.FIGURE: (
            r"(?:(?:its?|that|that was|thats|i was|im|i am|just|only|was) )*(?:a )?(?:figure of speech|joke|joking|"
            r"kidding|saying|expression|exaggerating|exaggeration|sarcasm|sarcastic)"
        ),
    }.items()
}
_WISHES: Final[Mapping[Wish, re.Pattern[str]]] = {
    wish: re.compile(forms)
    for wish, forms in {
        Wish.HELPED: (
            r"(?:(?:yes|ok|okay) )?(?:(?:im|i am) )?(?:getting help|on my way|calling(?: them)?(?: now)?|"
            r"going(?: there)?(?: now)?)|help is (?:coming|on (?:the|its) way)|"
            r"(?:an |the )?ambulance is (?:coming|on (?:the|its) way)"
        ),
        Wish.NOT_ME: r"(?:its? |that is |thats |this is )?not (?:about )?me",
        Wish.MISREAD: r"(?:you |u )?(?:misread(?: me| that| it)?|misunderstood(?: me| that)?|got (?:me|that|it) wrong)",
        Wish.SHARE: r"share(?: what i wrote| it)?",
        Wish.WAITING: r"(?:im |i am )?(?:still )?waiting(?: to be seen| for (?:a|the|my) \w+)?|(?:im |i am )safe",
        Wish.WORSE: r"(?:its? |it is |its getting |it is getting |getting )worse(?: now)?|i need help",
        Wish.COUNTRY: r"(?:that is |thats |its )?(?:the )?wrong (?:country|number)",
    }.items()
}
_BEFORE: Final = re.compile(r"(?:yes|yeah|yep|no|nope|nah|oh|sorry|lol|haha|ok|okay|thanks|ah) ")
_AFTER: Final = re.compile(r" (?:thanks|thank you|thx|lol|haha|sorry|already|again|please|tho|though|now)$")
_AFFIRMED: Final = re.compile(r"(?:yes|yeah|yea|yep|yup)\b")
LONGEST: Final = 80
"""Characters; a text beyond this says more than an answer."""


def reply(text: str) -> Reply | None:
    """Read an answer to the open question; None when the text is more than an answer, or none.

    What begins with a yes is a yes, whatever follows, unless the rest takes it back ("yes but it went away").
    """
    words = _words(text)
    found = _found(words, _REPLIES) or _found(_bare(words), _REPLIES)
    return found or (Reply.YES if _AFFIRMED.match(words) else None)


def wish(text: str) -> Wish | None:
    """Read the words of a button under a card; None when they are not."""
    return _found(_words(text), _WISHES)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text[: LONGEST + 1].lower()))) if text else ""


def _bare(words: str) -> str:
    """Without the small words around an answer; "but" and "and" after a yes or no go as well."""
    before = None
    while before != words:
        before, words = (
            words,
            _AFTER.sub("", _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words),
        )
        words = words.removeprefix("but ").removeprefix("and ")
    return words


def _found(words: str, forms: Mapping[T, re.Pattern[str]]) -> T | None:
    if len(words) > LONGEST:
        return None
    return next((name for name, form in forms.items() if form.fullmatch(words)), None)
