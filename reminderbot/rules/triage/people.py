"""Whom each word of a message is about."""

from enum import StrEnum
from itertools import groupby

from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.reading import Reading

_THEY = frozenset("they theyre them".split())
_REFUSALS = frozenset(
    "wont refuses refuse refusing refused dont doesnt didnt not cant should need needs until before".split()
)
_REFUSAL_REACH = 4
"""Words before help that can refuse it."""


class Who(StrEnum):
    """A mention's experiencer; the values are reason codes."""

    SELF = "self"
    EITHER = "either"
    """The person who writes, unless what the sentence goes on to say of somebody else belongs to it."""
    OTHER = "other"
    ANIMAL = "other.animal"
    HANDLED = "other.handled"


def experiencers(reading: Reading, forwarded: bool) -> tuple[Who, ...]:
    """Return for each word whom it is about."""
    count = len(reading.tokens)
    if forwarded:
        return (Who.OTHER,) * count
    if reading.cue("proxies"):
        return (Who.SELF,) * count
    told = list(_told(reading, _changes(reading)))
    if not any(not _is_refused(reading, cue) for cue in reading.cue("handled")):
        return tuple(told)
    return tuple(Who.HANDLED if who is Who.OTHER else who for who in told)


def _is_refused(reading: Reading, handled: Match) -> bool:
    """Say whether the help is only spoken of: "he won't go to the ER", "should I take her to A&E"."""
    begin = max(0, handled.start - _REFUSAL_REACH)
    words = [
        reading.tokens[place].text
        for place in range(begin, handled.start)
        if reading.clauses[place] == reading.clauses[handled.start]
    ]
    return not _REFUSALS.isdisjoint(words)


def _changes(reading: Reading) -> dict[int, Who]:
    """Return where the talk turns to somebody."""
    asides = {match.end for match in reading.cue("beside")}

    def subjects(name: str) -> list[Match]:
        return [
            match
            for match in reading.cue(name)
            # In "over the dog, can't walk" it is not the dog that can't.
            if match.start not in asides and reading.clauses[match.start] == reading.clauses[match.end - 1]
        ]

    changes = dict.fromkeys((match.start for match in reading.cue("selves")), Who.SELF)
    others = [match.start for match in subjects("others")]
    named = [place for place in others if reading.tokens[place].text not in _THEY]
    # "They" are legs, or doctors, unless somebody was named before.
    changes |= {place: Who.OTHER for place in others if named and place >= named[0]}
    return changes | dict.fromkeys((match.start for match in subjects("animals")), Who.ANIMAL)


def _told(reading: Reading, changes: dict[int, Who]) -> list[Who]:
    told: list[Who] = []
    who = Who.SELF
    for _, words in groupby(range(len(reading.tokens)), key=reading.sentences.__getitem__):
        places = list(words)
        # A sentence without anybody in it goes on about the one before.
        if named := [changes[place] for place in places if place in changes]:
            who = Who.EITHER if Who.OTHER in named and Who.SELF not in named else Who.SELF
        for place in places:
            who = changes.get(place, who)
            told.append(who)
    return told
