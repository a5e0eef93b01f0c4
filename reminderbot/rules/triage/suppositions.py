"""Which words of a message only suppose or ask: what if, can it cause, is a numb groin serious."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from reminderbot.rules.triage.matching import Match
from reminderbot.rules.triage.reading import Reading

_ASKING: Final = frozenset("is are does do can could would should will what whats which how".split())
"""First words of a question; without a person in it, it is about everybody: "is a numb groin serious"."""
_STATING: Final = frozenset(
    """only barely hardly scarcely not do feel still just no never see get move walk stand lift pee wee go hear now numb
    very so like getting painful sore hurting more too all really dead weak also always hurt be have help""".split()
)
"""Second words that show that only "I" or "it" was left out: "can barely walk", "is numb since today"."""
_PERSONS: Final = frozenset(
    """i im ive id my me mine myself we our us ours he she hes shes his her him hers himself herself this that there it
    its they""".split()
)
_OPENINGS: Final = frozenset("hi hello hey ok so and but please sorry question quick morning also".split())
_QUESTION: Final = 4
"""Words of such a question, at least."""
_INDIRECT: Final = frozenset(
    "tell know sure see check checking idea clue as even wonder remember notice look".split()
)
"""Words behind which "if" is no condition."""
_LASTING: Final = 16
"""Words of one breath."""
_LONG_CUE: Final = 3


def suppositions(reading: Reading) -> frozenset[int]:
    """Return the words that follow "what if", "can it cause" and the like.

    A supposition lasts for its clause, and on to the sentence's end unless the talk turns to oneself or by a "but";
    without a comma or an "or" no longer than people speak in one breath.
    """
    # The last word of "could I become" may be the first of "become paralysed".
    cues = [cue for cue in reading.cue("hypothetical") if not _is_indirect(reading, cue)]
    begins = {cue.end - (cue.end - cue.start >= _LONG_CUE) for cue in cues} | set(_general_questions(reading))
    turns = {turn.start for name in ("selves", "turns") for turn in reading.cue(name)}
    found: set[int] = set()
    since, fresh, has_turned = -1, 0, False
    for place, (sentence, clause) in enumerate(zip(reading.sentences, reading.clauses, strict=True)):
        if place in begins:
            since, fresh, has_turned = place, place, False
        elif since < 0 or sentence != reading.sentences[since]:
            since = -1
            continue
        token = reading.tokens[place]
        fresh = place if token.before or token.text == "or" else fresh
        has_turned = has_turned or place in turns
        if (has_turned and clause != reading.clauses[since]) or place - fresh > _LASTING:
            since = -1
            continue
        found.add(place)
    return frozenset(found)


def _is_indirect(reading: Reading, cue: Match) -> bool:
    """Say whether an "if" supposes nothing: "can't tell if I wiped", "as if it were wood"."""
    before = reading.words(max(0, cue.start - 1), cue.start)
    return reading.words(cue.start, cue.end) == ["if"] and not _INDIRECT.isdisjoint(before)


def _general_questions(reading: Reading) -> Iterator[int]:
    """Yield the first words of questions that are about nobody: "is chest pain always serious"."""
    selves = {place for cue in reading.cue("selves") for place in range(cue.start, cue.end)}
    for question in reading.cue("questions"):
        if selves.isdisjoint(range(question.start, question.end)):
            yield question.start
    for place, words in _sentence_words(reading):
        is_question = len(words) >= _QUESTION and words[0] in _ASKING and words[1] not in _STATING
        if is_question and _PERSONS.isdisjoint(words):
            yield place


def _sentence_words(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Yield the sentences, from their second word where they begin with a greeting."""
    for _, places in groupby(range(len(reading.tokens)), key=reading.sentences.__getitem__):
        numbers = list(places)
        begin = numbers[reading.tokens[numbers[0]].text in _OPENINGS and len(numbers) > 1]
        yield begin, reading.words(begin, numbers[-1] + 1)
