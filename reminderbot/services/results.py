"""What a person sees of an answer: the nudge edited into its result, the notice after a tap, the reply to a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from reminderbot.rules import clock
from reminderbot.rules.timewords import clocks
from reminderbot.services import (
    cards,
    holds,
    marking,
    milestones,
    notices,
    outbox,
    progress,
    reminders,
    snoozing,
)
from reminderbot.services.cards import Described
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import due, history, people
from reminderbot.store.tables import Outcome

_RECENT = timedelta(hours=1)
"""An answer to a reminder older than this says to which one it was."""

_KINDS = {Outcome.DONE: "done", Outcome.SKIPPED: "skip"}
_PUT_OFF = ("snooze", "next")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a reminder; ``past`` when its day is over; and the texts' needs.

    ``kind``: done, skip or the reason of a skip, snooze, or next (left to the habit's next reminder).

    ``quiet``: dark thoughts were told on this day, so it is noted without cheer, and without a word about streaks.
    ``held``: so is the notice after a tap while exercise is stopped.
    """

    kind: str
    past: bool
    own: bool
    fills: dict[str, Any]
    quiet: bool = False
    held: bool = False

    def template(self, manner: str) -> str:
        """The template that tells it as a ``toast`` or in the answer ``said``."""
        if (self.quiet or (self.held and manner == "toast")) and self.kind not in _PUT_OFF:
            return f"answers.{manner}_quiet"
        own = "_own" if self.own and manner == "said" and not self.past else ""
        return f"answers.{manner}_{self.kind}{own}{self._when}"

    @property
    def edited(self) -> str:
        """The template that the nudge is edited into."""
        if self.quiet:
            return f"answers.quiet_{self.kind if self.kind in _PUT_OFF else 'result'}"
        return f"answers.{self.kind}_result{self._when}"

    @property
    def _when(self) -> str:
        return "_past" if self.past else ""


def of(work: Work, found: Any) -> Result:
    """The result of an answer: ``found`` is the answered reminder, or the one as which a snoozed one comes back."""
    label = {"label": _label(work, found)}
    quiet = notices.is_quiet(work, found.chat_id)
    if found.outcome is None:
        return Result("snooze", False, False, _snoozed(work, found) | label, quiet)
    if found.outcome == Outcome.SNOOZED:
        return Result("next", False, False, _left(work, found) | label, quiet)
    standing = progress.of(work, found.chat_id, found.habit)
    past, own = marking.is_past(work, found) and not found.reason, marking.is_own_move(found)
    fills = label | {
        "key": keys.encode(reminders.key_of(found)),
        "progress_text": _progress(work, found, standing, past=past),
        "streak": standing.progress.streak,
        "on_day": found.habit_day.isoformat(),
    }
    held = holds.is_held(holds.row(work, found.chat_id))
    kind = found.reason or _KINDS[found.outcome]
    return Result(kind, past, own, fills, quiet or (held and past), held)


def _label(work: Work, found: Any) -> str:
    """The habit, and of a reminder that has waited long its time as well."""
    label = str(work.around.library.habits[found.habit].label)
    came_at = found.due_at if found.outcome else found.parent_due_at
    if work.at - came_at <= _RECENT or marking.is_own_move(found):
        return label
    person = people.get(work.tx, found.chat_id)
    wall = clock.wall_of(came_at, clock.zone(person.zone if person else work.around.default_zone))
    return f"{label} ({clocks.clock_text(wall.hour * 60 + wall.minute)})"


def _progress(work: Work, found: Any, standing: progress.Standing, *, past: bool) -> Nested:
    """Streak and today, and a milestone that was reached; of a day that is over only the streak.

    After a move shortly before a point of the grid also that this point is left out. While exercise is stopped only
    that.
    """
    mark = milestones.reached(work, found, standing)
    if holds.is_held(holds.row(work, found.chat_id)):
        return nested("progress.held")
    line = progress.streak_line(standing) if past else _today(work, found, standing)
    return milestones.told(line, mark) if mark else line


def _today(work: Work, found: Any, standing: progress.Standing) -> Nested:
    line = progress.done_line(standing)
    spared = (
        due.spared(work.tx, found.chat_id, found.habit, work.at) if found.outcome == Outcome.DONE else None
    )
    if spared is None:
        return line
    person = people.get(work.tx, found.chat_id)
    wall = clock.wall_of(spared, clock.zone(person.zone if person else work.around.default_zone))
    return nested("progress.spared", line_text=line, clock=clocks.clock_text(wall.hour * 60 + wall.minute))


def show(work: Work, row: Any, result: Result, pressed: int | None = None) -> None:
    """Edit the message of a reminder, as it was before it was answered, and the one that was pressed.

    Where words are answered as well, a milestone is told there.
    """
    fills = result.fills if pressed else result.fills | milestones.left_out(result.fills)
    _edit(work, _visible(work, row), pressed, result.edited, fills | _kept(work, row))


def show_open(work: Work, row: Any, pressed: int | None) -> None:
    """Edit a reminder's message back into the reminder after an undo; another message that was pressed says so."""
    if marking.is_own_move(row):
        if pressed:
            outbox.edit(work, row.chat_id, pressed, "answers.undone_own", {})
        return
    seen = _visible(work, row)
    if seen is row and notices.of_habit(work, row.chat_id, work.around.library.habits[row.habit]):
        template, args = "hold.undone", _kept(work, row)  # no card while exercise is paused
    elif seen is row:
        template, args = _reminder(work, row)
    else:
        template, args = "answers.snooze_result", _snoozed(work, row) | _kept(work, row)
    _edit(work, seen, None, template, args)
    if pressed and pressed != seen.message_id:
        outbox.edit(work, row.chat_id, pressed, "answers.undone", {})


def show_choices(work: Work, row: Any, choices: Mapping[str, object]) -> None:
    """Below an unanswered reminder that can't be snoozed as it was wanted, put what is possible instead."""
    if _visible(work, row) is row and not marking.can_be_undone(row):
        template, args = _reminder(work, row)
        _edit(work, row, None, template, _with(args, choices))


def _with(args: Mapping[str, Any], more: Mapping[str, object]) -> dict[str, Any]:
    """Arguments with more of them, also for what stands under a picture instead."""
    found = {**args, **more}
    if short := args.get("caption_text"):
        found["caption_text"] = short | {"args": short["args"] | more}
    return found


def _edit(work: Work, seen: Any, pressed: int | None, template: str, args: dict[str, Any]) -> None:
    target = keys.encode(reminders.key_of(seen)) if seen.message_id is None else seen.message_id
    outbox.edit(work, seen.chat_id, target, template, args)
    if pressed and pressed != seen.message_id:
        outbox.edit(work, seen.chat_id, pressed, template, args)


def _visible(work: Work, row: Any) -> Any:
    """The reminder whose message the person sees: for a snoozed one still to come back, the one it came from."""
    while marking.never_sent(row):
        parent = history.reminder(work.tx, row.chat_id, ReminderKey(row.habit, row.parent_due_at))
        if parent is None:
            break
        row = parent
    return row


def _line(work: Work, row: Any) -> str:
    return cards.headline(work.around.library, row.habit, row.card)


def _kept(work: Work, row: Any) -> dict[str, Any]:
    """What stays of a reminder's message: its line, below its picture where it has one."""
    return {"line": _line(work, row), "captioned": cards.is_pictured(work, row.card)}


def _snoozed(work: Work, child: Any) -> dict[str, Any]:
    person = people.get(work.tx, child.chat_id)
    zone = clock.zone(person.zone if person else work.around.default_zone)
    return {
        "key": keys.encode(ReminderKey(child.habit, child.parent_due_at)),
        "back_time": clock.wall_of(child.due_at, zone).isoformat(),
        "minutes": max(1, round((child.due_at - work.at) / timedelta(minutes=1))),
        "choices": snoozing.choices(work, child),
    }


def _left(work: Work, row: Any) -> dict[str, Any]:
    next_wall = snoozing.room_of(work, row).next_wall
    assert next_wall  # noqa: S101 - it was left to that one in this transaction
    return {
        "key": keys.encode(reminders.key_of(row)),
        "next_time": next_wall.isoformat(),
        "choices": snoozing.choices(work, row),
    }


def _reminder(work: Work, row: Any) -> Described:
    person, captioned = people.get(work.tx, row.chat_id), cards.is_pictured(work, row.card)
    described = cards.again(work, person, row) if person else None
    if described is None:
        return "reminder.nudge", {
            "body": _line(work, row),
            "key": keys.encode(reminders.key_of(row)),
            "unsure": False,
            "captioned": captioned,
        }
    template, args = described
    # The picture, if it has one, is there still.
    return template, {name: args[name] for name in args if name != "picture"} | {"captioned": captioned}
