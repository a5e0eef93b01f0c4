"""Short words that answer a question about a symptom, or stand for a button under a safety card.

The forms are closed lists, and the whole text has to be one of them: what says more than that is for triage to read.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from reminderbot.rules import plain
from reminderbot.rules.plain import LONGEST
from reminderbot.rules.yesno import NO, YES


class Reply(StrEnum):
    """An answer to "is it so right now?"."""

    YES = "yes"
    NO = "no"
    GONE = "gone"
    OTHER = "other"
    FIGURE = "figure"


class CardButton(StrEnum):
    """What the buttons under a card are for."""

    HELPED = "helped"
    NOT_ME = "notme"
    MISREAD = "misread"
    SHARE = "share"
    COUNTRY = "country"
    WAITING = "waiting"
    WORSE = "worse"


T = TypeVar("T", bound=StrEnum)

_YES: Final = (
    rf"{'|'.join(YES)}|yea|y|ya|aye|ok yes|oui|ja|si|sí|sim|sì|"
    r"still|now|right now|correct|true|definitely|a bit|a little|kind of|sort of|i am|it is|i do|i have|"
    # Doubt goes up: whoever can't rule it out is told what to do.
    r"maybe|perhaps|possibly|i think so|think so|not sure|im not sure|unsure|dont know|i dont know|idk"
)
_NO: Final = (
    rf"{'|'.join(NO)}|naw|n|not now|not really|not at all|no i dont|no im not|it isnt|nein|non|nao|não"
)
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
_BUTTONS: Final[Mapping[CardButton, re.Pattern[str]]] = {
    button: re.compile(forms)
    for button, forms in {
        CardButton.HELPED: (
            r"(?:(?:yes|ok|okay) )?(?:(?:im|i am) )?(?:getting help|on my way|calling(?: them)?(?: now)?|"
            r"going(?: there)?(?: now)?)|help is (?:coming|on (?:the|its) way)|"
            r"(?:an |the )?ambulance is (?:coming|on (?:the|its) way)"
        ),
        CardButton.NOT_ME: r"(?:its? |that is |thats |this is )?not (?:about )?me",
        CardButton.MISREAD: (
            r"(?:you |u )?(?:misread(?: me| that| it)?|misunderstood(?: me| that)?|got (?:me|that|it) wrong)"
        ),
        CardButton.SHARE: r"share(?: what i wrote| it)?",
        CardButton.WAITING: (
            r"(?:im |i am )?(?:still )?waiting(?: to be seen| for (?:a|the|my) \w+)?|(?:im |i am )safe"
        ),
        CardButton.WORSE: r"(?:its? |it is |its getting |it is getting |getting )worse(?: now)?|i need help",
        CardButton.COUNTRY: r"(?:that is |thats |its )?(?:the )?wrong (?:country|number)",
    }.items()
}
_THOSE: Final = r"(?:them|these|those|that|it|the above|this)"
_ORDINALS: Final = {
    word: place
    for place, words in enumerate(
        (("1", "1st", "first"), ("2", "2nd", "second"), ("3", "3rd", "third"), ("4", "4th", "fourth"),
         ("5", "5th", "fifth"))
    )
    for word in words
} | {"last": -1}  # fmt: skip
_ORDINAL: Final = rf"(?:i have )?(?:the )?(?:number )?({'|'.join(_ORDINALS)})(?: one)?(?: of {_THOSE})?"
_OF_LIST: Final[Mapping[Reply, re.Pattern[str]]] = {
    Reply.YES: re.compile(
        rf"{_YES}|(?:i (?:do )?have|ive got|ive|thats|its) {_THOSE}(?: one)?|"
        r"(?:(?:i (?:do )?have|ive got|ive|its) )?(?:all|any|some|both|most|one|two|three|several|a few|everything)"
        rf"(?: of)?(?: {_THOSE})?|{_ORDINAL}(?: (?:and )?{_ORDINAL})+"
    ),
    Reply.NO: re.compile(
        rf"{_NO}|no thanks|no thank you|(?:none|neither|nothing|not one|not any|not a single one)(?: of)?(?: {_THOSE})?"
        r"(?: (?:(?:is|are) )?(?:new|so))?(?: for me)?|"
        rf"(?:i )?(?:dont have|havent got|havent|dont)(?: (?:any|one))?(?: of)?(?: {_THOSE})?"
    ),
}
"""Answers to a list of signs, as far as they say no more than whether any of them is so."""
_BEFORE: Final = re.compile(rf"(?:{'|'.join((*YES, *NO))}|oh|sorry|lol|haha|ok|okay|thanks|ah) ")
_AFTER: Final = re.compile(r" (?:thanks|thank you|thx|lol|haha|sorry|already|again|please|tho|though|now)$")
_AFFIRMED: Final = re.compile(rf"(?:{'|'.join(YES)}|yea)\b")


def reply(text: str) -> Reply | None:
    """Read an answer to the open question; None when the text is more than an answer, or none.

    What begins with a yes is a yes, whatever follows, unless the rest takes it back ("yes but it went away").
    """
    words = plain.words(text)
    found = _found(words, _REPLIES) or _found(_bare(words), _REPLIES)
    return found or (Reply.YES if _AFFIRMED.match(words) else None)


def card_button(text: str) -> CardButton | None:
    """Read the words of a button under a card; None when they are not."""
    return _found(plain.words(text), _BUTTONS)


def of_list(text: str) -> Reply | None:
    """Read whether any of a list of signs is so; None for other words, and for one sign alone.

    As in an answer, what begins with a yes is a yes, unless the rest takes it back.
    """
    words = plain.words(text)
    if place(text) is not None:
        return None
    found = _found(words, _OF_LIST) or _found(_bare(words), _OF_LIST)
    return found or (Reply.YES if reply(text) is Reply.YES else None)


def place(text: str) -> int | None:
    """Read which one of a list is meant, from 0, or -1 for the last; None when the words name no place."""
    found = re.fullmatch(_ORDINAL, bare(text))
    return _ORDINALS[found[1]] if found else None


def is_bare_yes(text: str) -> bool:
    """Whether a whole text says that a sign of a list is so, and nothing else."""
    return _found(plain.words(text), _OF_LIST) is Reply.YES


def bare(text: str) -> str:
    """The words of an answer in lower case, without the small ones around it."""
    return _bare(plain.words(text))


def _bare(words: str) -> str:
    """Without the small words around an answer; "but" and "and" after a yes or no go as well.

    A "please" goes only from the end: before an answer it may be a plea, and about a symptom doubt goes up.
    """
    before = None
    while before != words and len(words) <= LONGEST:
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
