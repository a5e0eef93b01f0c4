"""What somebody is told to say on the phone: their own words, the sentences that a finding rests on, in short."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from reminderbot.rules.triage import Level, judge
from reminderbot.rules.triage.lexicon import Lexicon, Rule
from reminderbot.rules.triage.verdict import Assertion, Evidence

LONGEST: Final = 160
"""Most characters of a quote: what can be read out in one breath or two."""

APART: Final = "\n\n"
"""Between messages that are kept together; within a message no line is blank."""

GAP: Final = " … "
"""Between sentences that did not stand side by side."""

_BEFORE: Final = 40
"""Characters of an endless sentence that are kept before the words that matter."""
_SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?…]+(?=\s|$)|(?=\n|$))")
_COMMAND: Final = re.compile(r"^\s*/\w+(@\w+)?\s*")
"""What nobody says on the phone: the command in "/done but my leg is numb"."""
_BLANK: Final = re.compile(r"\n\s*\n")


class _Sentence(NamedTuple):
    message: int
    start: int
    end: int
    text: str


def together(messages: Iterable[str]) -> str:
    """Join messages so that `quote` can tell them apart."""
    return APART.join(_BLANK.sub("\n", _COMMAND.sub("", message)).strip() for message in messages)


def quote(lexicon: Lexicon, words: str, rules: Sequence[str]) -> str:
    """Return the sentences of these words that the rules rest on, in their order; empty for no words.

    Args:
        lexicon: what triage knows.
        words: messages, as `together` joins them.
        rules: ids of the rules that fired or ask, strongest first.
    """
    sentences = list(_sentences(words))
    if len(sentences) < 2 and len(words) <= LONGEST:
        return " ".join(words.split())
    told = [one for one in judge(lexicon, words).evidence if one.assertion is not Assertion.NEGATED]
    chosen = _chosen(lexicon, sentences, told, rules)
    return _joined(_fitting(chosen or sentences), told)


def join(quotes: Iterable[str]) -> str:
    """Return several quotes as one, without those that another one holds already."""
    different: list[str] = []
    for one in filter(None, quotes):
        if not any(one.lower() in other.lower() for other in different):
            different = [other for other in different if other.lower() not in one.lower()] + [one]
    return shortened(GAP.join(different))


def shortened(text: str) -> str:
    """Return a text cut at a word, with an ellipsis, where it is longer than a quote may be."""
    if len(text) <= LONGEST:
        return text
    return (text[: LONGEST - 1].rpartition(" ")[0] or text[: LONGEST - 1]) + "…"


def _sentences(words: str) -> Iterator[_Sentence]:
    start = 0
    for number, message in enumerate(words.split(APART)):
        for found in _SENTENCE.finditer(message):
            if text := " ".join(found[0].split()):
                yield _Sentence(number, start + found.start(), start + found.end(), text)
        start += len(message) + len(APART)


def _chosen(
    lexicon: Lexicon, sentences: Sequence[_Sentence], told: Sequence[Evidence], rules: Sequence[str]
) -> list[_Sentence]:
    """Those that matter, the most telling first; of a message without one, all: it was kept because it matters."""
    chosen: list[_Sentence] = []
    for concepts in _needs(lexicon, rules):
        holding = [one for one in sentences if _holds(one, told, concepts)]
        if holding and not any(one in chosen for one in holding):
            chosen.append(holding[0])
    shown = {one.message for one in chosen}
    return [*(one for one in sentences if one.message not in shown), *chosen] if shown else []


def _needs(lexicon: Lexicon, rules: Sequence[str]) -> Iterator[frozenset[str]]:
    """For each thing that the rules need: the concepts by which it may be told."""
    found = [rule for name in rules for rule in lexicon.rules if rule.id == name]
    for rule in [rule for rule in found if rule.level is not Level.NONE] or found:
        yield from _concepts(rule)
    yield from (
        frozenset([name]) for name in rules if any(name == one.rule for one in lexicon.topics.values())
    )


def _concepts(rule: Rule) -> Iterator[frozenset[str]]:
    for item in (item for item in rule.needs if not item.absent):
        yield frozenset(term.concept for term in item.terms)
        yield frozenset(term.site for term in item.terms if term.site)


def _holds(sentence: _Sentence, told: Iterable[Evidence], concepts: frozenset[str]) -> bool:
    return any(one.concept in concepts and sentence.start <= one.start < sentence.end for one in told)


def _fitting(chosen: Sequence[_Sentence]) -> list[_Sentence]:
    """As many of the most telling ones as fit, at least the first, in the order in which they were said."""
    taken = [chosen[0]]
    for one in chosen[1:]:
        if sum(len(each.text) + len(GAP) for each in [*taken, one]) - len(GAP) <= LONGEST:
            taken.append(one)
    return sorted(taken, key=lambda one: one.start)


def _joined(taken: Sequence[_Sentence], told: Iterable[Evidence]) -> str:
    text, before = "", None
    for one in taken:
        beside = before and before.message == one.message and one.start - before.end <= 1
        text += (" " if beside else GAP if before else "") + _from_what_matters(one, told)
        before = one
    return shortened(text)


def _from_what_matters(sentence: _Sentence, told: Iterable[Evidence]) -> str:
    """The sentence; an endless one from a little before the words that matter."""
    first = min((one.start for one in told if sentence.start <= one.start < sentence.end), default=0)
    at = first - sentence.start - _BEFORE
    if len(sentence.text) <= LONGEST or at <= 0:
        return sentence.text
    return "…" + sentence.text[at:].partition(" ")[2]
