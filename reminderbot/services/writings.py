"""What people on call may read of what somebody wrote: with consent, or written as an answer to them.

A case keeps each report of its person. One is shown by time and level, and with consent by labels and words.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from reminderbot.library.texts import FALLBACK
from reminderbot.rules.triage import Lexicon
from reminderbot.services import duty, holds
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import cases
from reminderbot.store.tables import CaseKind, CaseState, ReportState

ANSWER = "answer"
"""``closed_as`` of a row that holds no symptom, but what somebody answered to people on call."""

LONGEST_WORDS = 1_300
"""Characters of somebody's words in a note: also as emoji, with all the rest, they fit in one message (4096)."""

MOST_LABELS = 3
"""Labels of one report that are named; the others are counted."""

MOST_REPORTS = 5
"""Reports that are shown one by one, the newest; the others are counted."""

MOST_ANSWERS = 3
"""The same of answers."""

_HELPED = ("safety.helped", "safety.helped_mental")
"""Templates of what is said to somebody who says that they are getting help."""


def signs(work: Work, rules: str) -> list[str]:
    """Ids of the conditions whose rules fired, each once, the strongest first; ``rules`` is JSON."""
    lexicon = work.around.library.triage.lexicon
    return list(dict.fromkeys(_condition(lexicon, str(rule)) for rule in json.loads(rules)))


def standing(work: Work, case: Row[Any]) -> Sequence[Row[Any]]:
    """The reports that a case is about, oldest first; what was taken back is none of them."""
    return cases.reports_of(work.tx, case, holds.LASTING)


def language(work: Work, case: Row[Any]) -> str:
    """The language in which the person wrote last about a case, for what they are told of it."""
    newest = next(reversed(standing(work, case)), None)
    return str(newest.language) if newest else FALLBACK


def by_person(work: Work, case: Row[Any], reader: int) -> list[Nested]:
    """What the person has told and done since the case began, as lines for one of the people on call."""
    rows, answers = standing(work, case), _answers(work, case, reader)[-MOST_ANSWERS:]
    shared = [row for row in rows if case.shared and row.shared]
    words = _fitting(work, [*shared, *answers])
    return [*_reported(work, rows, shared, words, reader), *_helped(work, case, reader)]


def answered(work: Work, case: Row[Any], reader: int) -> list[Nested]:
    """What the person has answered, as lines for one of the people on call: the newest first, as far as they fit."""
    answers = _answers(work, case, reader)
    newest = answers[-MOST_ANSWERS:]
    words, known = _fitting(work, newest), {"number": case.number, "name": called(work, case)}
    told = [nested("case.answer", words=words[row.id], **known) for row in reversed(newest) if words[row.id]]
    earlier = len(answers) - len(newest)
    return [*told, nested("case.answers_earlier", earlier=earlier)] if earlier else told


def is_asking(work: Work, case: Row[Any]) -> bool:
    """Whether what was put out last about a case is a question, and no card that says what to do."""
    asked = (row for row in standing(work, case) if row.state == ReportState.ASKED)
    return any(row.card_id == case.card_id for row in asked)


def called(work: Work, case: Row[Any]) -> str:
    """What the person is called in a note: by their first name, or in general words."""
    return duty.opened(work, case.name) or work.around.library.messages["case.them"].text.get()


def _answers(work: Work, case: Row[Any], reader: int) -> Sequence[Row[Any]]:
    """Answers are for whoever has the case; for all, while nobody has it."""
    mine = case.state != CaseState.ACKNOWLEDGED or case.acknowledged_by == reader
    return cases.answers_of(work.tx, case, ANSWER) if mine else ()


def _fitting(work: Work, rows: Iterable[Row[Any]]) -> Mapping[int, str]:
    """The words of each row by its id: the newest whole, older ones as far as there is room."""
    shown, left = {}, LONGEST_WORDS
    for row in sorted(rows, key=lambda row: int(row.id), reverse=True):
        words = duty.opened(work, row.words)
        shown[int(row.id)] = words if len(words) <= left else f"{words[:left]}…"
        left = max(0, left - len(words))
    return shown


def _reported(
    work: Work, rows: Sequence[Row[Any]], shared: Sequence[Row[Any]], words: Mapping[int, str], reader: int
) -> list[Nested]:  # fmt: skip
    newest = rows[-MOST_REPORTS:]
    earlier = [nested("case.earlier", earlier=len(rows) - MOST_REPORTS)] if len(rows) > MOST_REPORTS else []
    told: list[Nested] = []
    seen: list[list[Nested]] = []
    for row in newest:
        content = [*_labels(work, row), *_quoted(words[row.id])] if row in shared else []
        again = bool(content) and content in seen
        seen.append(content)
        how = "case.report_same" if again else "case.report"
        how = "case.report_kept" if shared and row not in shared else how
        head = _head(work, row, reader, how)
        if len(rows) > 1 and head not in told:
            told.append(head)
        told += [] if again else content
    ending = [] if shared else [nested("case.not_shared")]
    return [*earlier, *told, *ending]


def _head(work: Work, row: Row[Any], reader: int, template: str) -> Nested:
    level = nested(f"oncall.label_{row.level if row.level in holds.HOLDING else CaseKind.UNCONFIRMED}")
    return nested(template, level_text=level, **duty.moment(work, row.reported_at, reader))


def _labels(work: Work, row: Row[Any]) -> list[Nested]:
    known = work.around.library.triage.conditions
    labels = [str(known[name].title) if name in known else name for name in signs(work, row.rules)]
    named, more = labels[:MOST_LABELS], len(labels) - MOST_LABELS
    if more > 0:
        return [nested("case.labels_more", labels_list=named, more=more)]
    return [nested("case.labels", labels_list=named)] if named else []


def _quoted(words: str) -> list[Nested]:
    return [nested("case.words", words=words)] if words else []


def _helped(work: Work, case: Row[Any], reader: int) -> list[Nested]:
    at = cases.said_at(work.tx, case.chat_id, _HELPED, case.opened_at)
    return [nested("case.helped", name=called(work, case), **duty.moment(work, at, reader))] if at else []


def _condition(lexicon: Lexicon, rule: str) -> str:
    """The condition of a rule: its first part, unless that is a language, whose topics name theirs."""
    name, _, topic = rule.partition(".")
    foreign = lexicon.topics.get(f"{name}:{topic}")
    return foreign.condition if foreign else name
