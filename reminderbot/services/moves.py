"""The moves of a sequence as somebody is shown them: those that suit, one after the other, each with its figure."""

from bisect import bisect_left
from typing import Any, NamedTuple

from reminderbot.library.choosing import NoCardError
from reminderbot.library.learning import Move, Sequence
from reminderbot.library.loader import Library
from reminderbot.library.models import Stretch
from reminderbot.library.sequencing import Course
from reminderbot.services import tailoring
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey


class Step(NamedTuple):
    """One move in one round."""

    number: int
    """Counted through all rounds of the sequence, from 1."""
    move: Move
    stretch: Stretch


class Opening(NamedTuple):
    """A sequence as its reminder offers it."""

    sequence: Sequence
    steps: list[Step]
    """At least one."""

    @property
    def id(self) -> str:
        """As the card of the reminder."""
        return Course(self.sequence).text


def whole(library: Library, sequence: Sequence) -> list[Step]:
    """All steps of a sequence, through all rounds."""
    cards = {card.id: card for card in library.moves(sequence)}
    every = enumerate(sequence.moves * sequence.rounds, start=1)
    return [Step(number, move, cards[move.stretch]) for number, move in every]


def of(work: Work, person: Any, sequence: Sequence) -> list[Step]:
    """The steps of a sequence that suit somebody; none when nothing of it does."""
    suited = tailoring.suited(work, person, {move.stretch for move in sequence.moves})
    return [step for step in whole(work.around.library, sequence) if step.stretch.id in suited]


def opening(work: Work, person: Any, sequence: Sequence) -> Opening:
    """A sequence as its reminder offers it to somebody; raises NoCardError when nothing of it suits."""
    steps = of(work, person, sequence)
    if not steps:
        raise NoCardError(f"no move of {sequence.id} is eligible")
    return Opening(sequence, steps)


def offer(shown: Opening) -> dict[str, Any]:
    """What the reminder says of a sequence."""
    return {"about": str(shown.sequence.about), "minutes": shown.sequence.minutes}


def message(course: Course, steps: list[Step], key: ReminderKey) -> tuple[str, dict[str, Any]]:
    """The message of the step that a course has come to, or the next one that still suits, with buttons to others.

    ``steps`` are those that suit, at least one.
    """
    numbers = [step.number for step in steps]
    place = min(bisect_left(numbers, course.number), len(steps) - 1)
    step = steps[place]
    args: dict[str, Any] = {
        "sequence": str(course.sequence.title),
        "place": place + 1,
        "total": len(steps),
        "heading": str(step.stretch.title),
        "time_text": _time(course.sequence, step),
        "key": keys.encode(key),
        "back": numbers[place - 1] if place else None,
        "next": numbers[place + 1] if place + 1 < len(steps) else None,
    }
    in_words = {"steps": "\n".join(step.stretch.steps.get()), "stop_if": str(step.stretch.stop_if)}
    return "reminder.move", args | in_words | _pictured(step.stretch, args)


def _pictured(stretch: Stretch, args: dict[str, Any]) -> dict[str, Any]:
    """The figure of a move, and what stands under it; nothing without a figure."""
    if stretch.figure is None or stretch.short is None:
        return {}
    caption = nested("reminder.move_pictured", **args, short=str(stretch.short))
    return {"picture": {"sort": "figure", "card": stretch.id}, "caption_text": caption}


def _time(sequence: Sequence, step: Step) -> Nested:
    """How long a move takes; where another round begins, that there is time to rest."""
    template = "sequence.time_sides" if step.stretch.sides == "each" else "sequence.time"
    time = nested(template, seconds=step.move.seconds)
    turn, place = divmod(step.number - 1, len(sequence.moves))
    return nested("sequence.round", time_text=time, round=turn + 1) if turn and not place else time
