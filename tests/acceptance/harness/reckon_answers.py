"""Every answer had its effect exactly once, and the days say the same as the reminders."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from reminderbot.store import keys, tables
from tests.acceptance.harness.deeds import Deed, Kind
from tests.acceptance.harness.evidence import Evidence

OPEN = "open"
RESULT = {"Done": "done", "Skip": "skipped", "Snooze": "snoozed"}

Standings = frozenset[str]


def broken(evidence: Evidence) -> Iterator[str]:
    """What is wrong with answers."""
    yield from _taps(evidence)
    yield from _words(evidence)
    yield from _days(evidence)
    yield from _updates(evidence)


def _taps(evidence: Evidence) -> Iterator[str]:
    """A tap that Telegram dropped, since nobody took it within 150 s, may have been stored before, or not."""
    outcome = {(row.chat_id, keys.encode(keys.ReminderKey(row.habit, row.due_at))): row.outcome
               for row in evidence.reminders}  # fmt: skip
    possible: dict[tuple[int, str], Standings] = defaultdict(lambda: frozenset((OPEN,)))
    story: dict[tuple[int, str], list[str]] = defaultdict(list)
    for deed in evidence.done_by(Kind.TAP):
        where, lost = (deed.chat_id, deed.about), deed.update_id in evidence.expired
        story[where].append(f"{deed.verb}{' (expired)' if lost else ''} {deed.update_id} at {deed.at}")
        after = frozenset(one for standing in possible[where] for one in _after(standing, deed))
        possible[where] = after | possible[where] if lost else after
    for where, standings in possible.items():
        found = outcome.get(where, "no row")
        found = OPEN if found in (None, "missed", "void") else found
        if found not in standings:
            yield f"tap: {where} is {found}, not {sorted(standings)}: {story[where]}"


def _after(standing: str, deed: Deed) -> Standings:
    """What a reminder may be after a tap. To put off is refused late in the day, and on hold."""
    if deed.verb == "Undo":
        return frozenset((OPEN,))
    if standing != OPEN:
        return frozenset((standing,))
    return frozenset((OPEN, "snoozed") if deed.verb == "Snooze" else (RESULT[deed.verb],))


def _words(evidence: Evidence) -> Iterator[str]:
    """Each word of "done" is one move: it answers a reminder, or is one more."""
    said, sure = evidence.counted(Kind.WORD)
    done = Counter(row.chat_id for row in evidence.reminders if row.outcome == "done")
    for chat_id, person in evidence.people.items():
        words = person.sort in ("talker", "replier")
        if words and not sure[chat_id] <= done[chat_id] <= said[chat_id]:
            yield f"word: {chat_id} said done {said[chat_id]} times, and has {done[chat_id]} done"


def _days(evidence: Evidence) -> Iterator[str]:
    counted: Counter[tuple[object, ...]] = Counter()
    for row in evidence.reminders:
        where = (row.chat_id, row.habit, row.habit_day)
        own = row.origin == "own" and row.outcome == "done"
        counted.update([(*where, row.outcome), *([(*where, "own")] if own else [])])
    for day in evidence.table(tables.days):
        where = (day.chat_id, day.habit, day.habit_day)
        stored = {name: getattr(day, name) for name in ("done", "own", "skipped", "missed")}
        recount = {name: counted[(*where, name)] for name in stored}
        if stored != recount:
            yield f"day: {where} holds {stored}, its reminders give {recount}"


def _updates(evidence: Evidence) -> Iterator[str]:
    """Whatever Telegram did not drop is stored, and handled."""
    state = {row.update_id: row.state for row in evidence.table(tables.inbox)}
    for deed in evidence.deeds:
        found = state.get(deed.update_id or 0, "not there")
        if deed.update_id and found != "done" and deed.update_id not in evidence.expired:
            yield f"update: {deed.update_id} ({deed.kind} of {deed.chat_id} at {deed.at}) is {found}"
