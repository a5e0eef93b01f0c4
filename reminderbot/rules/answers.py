"""Free words that answer a reminder: a whole message is read as done, skip or snooze, or not at all.

Only the beginning of a message can answer; a denial, a question or a sentence about something else does not.
What follows an answer may hold a symptom, so triage reads the message as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from reminderbot.rules import phrases, snoozing
from reminderbot.rules.timewords import WordsError, parse_duration
from reminderbot.rules.timewords.spans import minutes_of
from reminderbot.rules.timewords.tidy import tidy

_LONGEST_TEXT = 200
_MOST_WORDS_BESIDE = 3
_MOST_WORDS_AFTER = 12


class Word(StrEnum):
    """The answer that was meant."""

    DONE = "done"
    """The habit was done."""
    SKIP = "skip"
    """Not this time."""
    SNOOZE = "snooze"
    """Ask again a little later."""


class Reason(StrEnum):
    """Why a reminder was skipped, as far as somebody cares to say: one of these, and no words."""

    MEETING = "meeting"
    NOT_NOW = "not_now"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message was read as.

    Attributes:
        word: the answer.
        bare: counts only as a reply to a reminder or within 30 minutes of one.
        rest: what follows the answer (`stretch`, `yesterday`, `feeling good`; of a snooze `next`), in lower case and
            without apostrophes.
        minutes: how long to snooze, when it was said; it may be a span that no snooze can have.
        agrees: a `yes`, which answers only a reminder that waits.
        reason: why it was skipped, when that was said.
    """

    word: Word
    bare: bool = False
    rest: str = ""
    minutes: int | None = None
    agrees: bool = False
    reason: Reason | None = None


_EXACT = {
    **{phrase: Reading(Word.DONE, agrees=True) for phrase in phrases.YES},
    **{phrase: Reading(Word.DONE) for phrase in phrases.DONE},
    **{phrase: Reading(Word.SKIP) for phrase in phrases.SKIP},
    **{phrase: Reading(Word.SNOOZE) for phrase in phrases.SNOOZE},
    **{phrase: Reading(Word.DONE, bare=True) for phrase in phrases.BARE_DONE},
    **{phrase: Reading(Word.SKIP, bare=True) for phrase in phrases.BARE_SKIP},
}
_WHY = {Reason.MEETING: phrases.MEETING, Reason.NOT_NOW: phrases.NOT_NOW, Reason.PAIN: phrases.PAIN}
_COMMANDS = {"done": Word.DONE, "skip": Word.SKIP, "skipped": Word.SKIP}


def is_plain(text: str) -> bool:
    """Whether a whole message is an answer word for word, as most are."""
    return text.strip().lower() in _EXACT


def read(text: str) -> Reading | None:
    """Read a whole message as an answer, or return None when it is none; a slash command never is."""
    if len(text) > _LONGEST_TEXT or text.lstrip().startswith("/"):
        return None
    words, signs = phrases.split_signs(text)
    if not re.search(r"\w", words):
        return _read_signs(signs)
    # A letter held down stands for one in "yesss" and for two in "snoooze".
    spellings = dict.fromkeys(phrases.shorten_runs(words, length) for length in (1, 2))
    return next((found for spelling in spellings if (found := _read_sentences(spelling))), None)


def _read_signs(signs: str) -> Reading | None:
    found = frozenset(signs)
    if found and found <= phrases.YES_SIGNS:
        return Reading(Word.DONE, bare=True)
    if found and found <= phrases.NO_SIGNS:
        return Reading(Word.SKIP, bare=True)
    return None


def _read_sentences(text: str) -> Reading | None:
    """Read the first part between stops that says anything; the parts behind it are rest."""
    parts = [part.strip(" -'’") for part in phrases.STOPS.split(text)]
    parts = [part for part in parts if part]
    while len(parts) > 1 and parts[-1] in phrases.POLITE:
        parts.pop()
    while len(parts) > 1 and _is_lead(parts[0]):
        parts.pop(0)
    if len(parts) == 1:
        return _read_part(parts[0])
    first, after = parts[0], ", ".join(parts[1:])
    if told := _read_beside(first, after, phrases.REFUSES) or _read_beside(after, first, phrases.SKIPS):
        return told
    found = _read_part(first)
    if not found:
        return None
    if found.word is not Word.SNOOZE and (later := _read_sentences(after)) and later.word is Word.SNOOZE:
        return later if found.word is Word.SKIP else None
    if found.word is Word.SNOOZE and "?" in after:
        return None
    if found.bare or parts[1].split()[0] in phrases.TAKES_BACK or len(after.split()) > _MOST_WORDS_AFTER:
        return None
    return replace(found, rest=", ".join(filter(None, (found.rest, after))))


def _read_beside(skip: str, why: str, openings: tuple[str, ...]) -> Reading | None:
    """Read a skip with its reason beyond a stop, if it is of a known thing; for pain only one that opens like these."""
    reason = _reason(why)
    found = _read_sentences(skip) if reason else None
    if not found or found.word is not Word.SKIP or found.bare:
        return None
    if found.rest and found.rest.split()[0] not in phrases.KNOWN_THINGS:
        return None
    if reason is Reason.PAIN and not any(words.startswith(openings) for words in _without_leads(skip)):
        return None
    return replace(found, reason=reason)


def _reason(said: str) -> Reason | None:
    return next((reason for reason, form in _WHY.items() if form.fullmatch(said)), None)


def _is_lead(part: str) -> bool:
    return any(peeled in phrases.LEADS for peeled in _without_leads(part))


def _read_part(part: str) -> Reading | None:
    if part in phrases.NO_ANSWERS:
        return None
    if told := _read_why(part):
        return told
    for words in _without_leads(part):
        for shorter in _without_tails(words):
            if found := _EXACT.get(shorter) or _read_snooze(shorter):
                return found
        if found := _read_open(list(_without_tails(words))[-1]):
            return found
    return None


def _read_why(part: str) -> Reading | None:
    """Read a skip and its reason in one breath: `skip because I was in a meeting`, `my back hurts so I'll skip`."""
    orders = (form.fullmatch(words) for words in _without_leads(part) for form in phrases.WHY)
    reason = next((reason for told in orders if told and (reason := _reason(told[1]))), None)
    return Reading(Word.SKIP, reason=reason) if reason else None


def _without_leads(part: str) -> Iterator[str]:
    """Yield the words, and again after each opening such as `ok` or `i have just` that is taken off."""
    yield part
    while lead := next((lead for lead in phrases.LEADS if part.startswith(f"{lead} ")), None):
        part = part.removeprefix(f"{lead} ")
        yield part


def _without_tails(part: str) -> Iterator[str]:
    """Yield the words, and again after each ending such as `please` or `right now` that is taken off."""
    yield part
    while tail := next((tail for tail in phrases.TAILS if part.endswith(f" {tail}")), None):
        part = part.removesuffix(f" {tail}")
        yield part


def _read_snooze(words: str) -> Reading | None:
    """Read `snooze 20`, `in 10 min`, `5 more minutes`, `snooze until the next one`; a number alone says nothing."""
    opening = next((opening for opening in phrases.SPAN_OPENINGS if words.startswith(f"{opening} ")), "")
    if opening.startswith("snooze") and snoozing.means_next(rest := words.removeprefix(opening)):
        return Reading(Word.SNOOZE, rest=rest.strip())
    span = words.removeprefix(opening).replace(" more ", " ").strip()
    if not opening and (span.isdecimal() or not words[0].isdigit()):
        return None
    minutes = _minutes(span, snoozes=opening.startswith("snooze"))
    return None if minutes is None else Reading(Word.SNOOZE, bare=not opening, minutes=minutes)


def _minutes(span: str, *, snoozes: bool) -> int | None:
    try:
        return int(parse_duration(span).total_seconds()) // 60
    except WordsError:
        # After "snooze" even no minutes at all are meant as a span: the answer says what a snooze takes.
        return minutes_of(tidy(span)) if snoozes else None


def _read_open(words: str) -> Reading | None:
    """Read an answer and what it is about: anything short after `done` or `skip`, else a known thing."""
    opening, _, beside = words.partition(" ")
    beside = phrases.THINGS.sub("", beside)
    first = beside.split()[0] if beside else ""
    if len(beside.split()) > _MOST_WORDS_BESIDE or first in phrases.TAKES_BACK:
        return None
    if opening in _COMMANDS:
        word = _COMMANDS[opening]
        is_other = word is Word.SKIP and first in phrases.OTHER_THINGS
        return None if is_other else Reading(word, rest=beside)
    told = opening in phrases.TELLINGS and first in phrases.KNOWN_THINGS
    return Reading(Word.DONE, rest=beside) if told else None
