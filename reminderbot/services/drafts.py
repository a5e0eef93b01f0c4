"""Asking back where words can be meant in two ways; what is chosen counts as if it had been said."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from reminderbot.rules.timewords import choosing
from reminderbot.services.replies import Tap, answer
from reminderbot.services.work import Work, new_id
from reminderbot.store import keys
from reminderbot.store.queries import history, questions
from reminderbot.store.vault import LostKeyError

KEPT: Final = timedelta(minutes=15)
"""How long a question can be answered."""

GUESSES: Final = ("refused.end_in_afternoon", "once.lasting")
"""Templates of questions that make a guess: did you mean this?"""

NEITHER: Final = ""
"""In place of the words of a way: none of them is wanted."""


class _Question(BaseModel):
    """What is kept of a question: each way by its name, and whether the first is a guess that a yes confirms."""

    ways: list[tuple[str, str]]
    is_guess: bool


def ask(
    work: Work, chat_id: int, tap: Tap | None, template: str, args: Mapping[str, object], ways: Mapping[str, str]
) -> None:  # fmt: skip
    """Ask which of some ways is meant: by what stands on its button, all of it in words that are clear."""
    draft = new_id(work.at)
    question = _Question(ways=list(ways.items()), is_guess=template in GUESSES)
    questions.put(work.tx, chat_id, draft, work.at, work.around.vault.seal(question.model_dump(mode="json")))
    shown = {"draft": keys.encode_number(draft), "names_list": list(ways)}
    answer(work, chat_id, tap, template, {**args, **shown}, "tapped.here")


def pressed(work: Work, chat_id: int, draft: int, place: int) -> str | None:
    """The words of the way that a button stands for; none when the question is over, or was another one."""
    row = questions.open_one(work.tx, chat_id, work.at - KEPT)
    question = _opened(work, row) if row and row.id == draft else None
    return question.ways[place][1] if question and place < len(question.ways) else None


def said(work: Work, chat_id: int, text: str, reply_to: int | None = None) -> str | None:
    """The words of the way that a person has named; none when no question is open, or they named none of it.

    NEITHER when they want none of it. What replies to a reminder is about that one, and so is a yes or a no after one
    that has come since.
    """
    row = questions.open_one(work.tx, chat_id, work.at - KEPT)
    question = _opened(work, row) if row else None
    if question is None or (reply_to and history.of_message(work.tx, chat_id, reply_to)):
        return None
    is_newest = not history.newest_shown(work.tx, chat_id, list(work.around.library.habits), row.made_at)
    if choosing.is_none(text):
        return NEITHER if is_newest else None
    is_guess = question.is_guess and is_newest
    place = choosing.chosen(text, [name for name, _ in question.ways], is_guess=is_guess)
    return None if place is None else question.ways[place][1]


def close(work: Work, chat_id: int) -> None:
    """The question is answered."""
    questions.drop(work.tx, chat_id)


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` questions that are over; returns how many."""
    return questions.sweep(work.tx, work.at - KEPT, limit)


def _opened(work: Work, row: Any) -> _Question | None:
    try:
        return _Question.model_validate(work.around.vault.open(row.found))
    except (LostKeyError, ValidationError):  # of another version, say
        return None
