"""What an answer ought to do to one person's reminders (design.md 6 Buttons, 7), retold plainly."""

from datetime import date, datetime, timedelta

from tests.acceptance.month.deeds import Key, Said
from tests.acceptance.month.memory import ANSWERS, DAY, Memory, Row

ANSWERABLE = timedelta(days=7)
NEAR = timedelta(minutes=30)
SAME_MOVE = timedelta(seconds=60)
SNOOZE = timedelta(minutes=10)
SNOOZES = 3
SAME_MOMENT = timedelta(seconds=30)


def tap(memory: Memory, verb: str, key: Key, now: datetime) -> bool:
    """A button below a reminder; whether it counted."""
    row = memory.rows.get(key)
    if row is None:
        return False
    if verb == "undo":
        return _undo(memory, row, now)
    if not _is_answerable(row, now):
        return False
    row.known = True
    return _mark(memory, row, verb, now, now)


def say(memory: Memory, said: Said, at: datetime, now: datetime) -> bool:
    """Words that were written at one instant and read at another; whether they counted."""
    day = memory.wall.day(at) - (DAY if said.yesterday else timedelta())
    replied = next((row for row in memory.rows.values()
                    if said.reply_to and row.known and row.message_id == said.reply_to), None)  # fmt: skip
    if replied:
        row = _last_of(memory, replied)
        return _is_answerable(row, now) and _mark(memory, row, said.verb, at, now)
    meant = _newest(memory, said, day, at, now)
    if meant:
        return _mark(memory, meant, said.verb, at, now)
    return _add_own(memory, said, day, at, now)


def _newest(memory: Memory, said: Said, day: date, at: datetime, now: datetime) -> Row | None:
    """The newest unanswered reminder of a day, else one that is to come back."""
    rows = [row for row in memory.rows.values() if row.day == day and said.habit in (None, row.key.habit)]
    there = [
        row for row in rows if row.arrived and row.arrived < now and row.arrived <= at and _is_open(row, at)
    ]
    found = max(there, key=lambda row: row.key.due_at, default=None)
    if found is None and not said.bare:
        coming = [row for row in rows if row.pending and row.parent and row.outcome is None]
        return max(coming, key=lambda row: row.key.due_at, default=None)
    if found and said.bare and at - (found.arrived or at) > NEAR:
        return None
    return found


def _is_open(row: Row, at: datetime) -> bool:
    return row.outcome in (None, "missed") or (row.outcome == "void" and row.closes > at)


def _last_of(memory: Memory, row: Row) -> Row:
    """Of a snoozed reminder the one as which it comes back."""
    while row.outcome == "snooze":
        child = _child(memory, row)
        if child is None:
            break
        row = child
    return row


def _child(memory: Memory, row: Row) -> Row | None:
    children = [
        one for one in memory.rows.values() if one.parent == row.key and one.key.habit == row.key.habit
    ]
    return max(children, key=lambda one: one.key.due_at, default=None)


def _is_answerable(row: Row, now: datetime) -> bool:
    return row.key.due_at >= now - ANSWERABLE and row.outcome not in ANSWERS


def _mark(memory: Memory, row: Row, verb: str, at: datetime, now: datetime) -> bool:
    if verb == "snooze":
        return _snooze(memory, row, at, now)
    row.outcome, row.answered_at, row.pending = verb, at, False
    if verb == "done" and row.closes > now:
        memory.spare(row.key.habit, at)
    return True


def _snooze(memory: Memory, row: Row, at: datetime, now: datetime) -> bool:
    wanted = max(at + SNOOZE, now)
    due_at = memory.free_second(row.key.habit, wanted)
    if row.closes <= now or memory.held or memory.is_paused(row.day) or due_at >= memory.put_off_until(row):
        return False
    if row.never_came and row.outcome is None and abs(row.key.due_at - wanted) < SAME_MOMENT:
        return True
    if not row.never_came and _times(memory, row) >= SNOOZES:
        return False
    expires = min(memory.expiry(row.key.habit, due_at), row.closes)
    key, parent = Key(row.key.habit, due_at), row.parent if row.never_came else row.key
    memory.rows[key] = Row(key, row.day, row.closes, expires, "snooze", parent, pending=True)
    if row.never_came:
        del memory.rows[row.key]
    else:
        row.outcome, row.answered_at = "snooze", at
    return True


def _times(memory: Memory, row: Row) -> int:
    """How often a reminder was put off before it came as this one."""
    return 1 + _times(memory, memory.rows[row.parent]) if row.parent else 0


def _add_own(memory: Memory, said: Said, day: date, at: datetime, now: datetime) -> bool:
    """A move that nobody has asked for, unless it is one that was told just now."""
    if said.verb != "done" or said.bare or (not said.command and _was_told(memory, day, at)):
        return False
    key = Key("move", memory.free_second("move", at))
    closes = memory.wall.begins(day + DAY)
    memory.rows[key] = Row(key, day, closes, at, "own", outcome="done", answered_at=at)
    if closes > now:
        memory.spare("move", at)
    return True


def _was_told(memory: Memory, day: date, at: datetime) -> bool:
    told = [row for row in memory.rows.values() if row.day == day and row.answered_at]
    last = max(told, key=lambda row: (row.answered_at or at, row.key.due_at), default=None)
    return last is not None and last.outcome == "done" and at - (last.answered_at or at) <= SAME_MOVE


def _undo(memory: Memory, row: Row, now: datetime) -> bool:
    was, past = row.outcome, row.closes <= now
    if was not in ANSWERS or (row.answered_at or now) < now - ANSWERABLE:
        return False
    if was == "snooze" and (child := _child(memory, row)):
        if not child.never_came or child.outcome in ANSWERS:
            return False
        del memory.rows[child.key]
    row.answered_at, row.outcome = None, closed_as(memory, row) if past else None
    row.pending = row.never_came and not past
    if was == "done" and not past:
        memory.unspare(row.key.habit, now)
        done = [one.answered_at for one in memory.rows.values()
                if one.key.habit == row.key.habit and one.day == row.day and one.outcome == "done"]  # fmt: skip
        if last := max(filter(None, done), default=None):
            memory.spare(row.key.habit, last)
    return True


def closed_as(memory: Memory, row: Row) -> str:
    """What an unanswered reminder becomes when its day is over."""
    rests = memory.rests(row.day) or memory.is_paused(row.day)
    return "missed" if row.arrived and row.known and not rests else "void"
