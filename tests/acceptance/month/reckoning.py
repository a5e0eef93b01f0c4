"""The reckoning at the end of the month: everything that people did and got, beside what ought to have been.

Which check holds which promise of design.md 6, in its order ("diary" is told by diary.py, memory.py and replies.py):

Time. Gaps, repeats, zones and a change of zone: walls.py looks at each clock minute by minute, plans.py makes points of
    it, the diary compares each point with what came. Instants ("in 10 min"): snoozes, ``Diary._comes_back``.
    Not here: naive times (tests/unit/rules/test_rules_clock.py), the silence until a zone is confirmed
    (tests/telegram/test_people_clock.py).
Due. What ought to come came once, at its time, within a tick: ``Diary._meets``; nothing else: ``Diary._retell``.
    Not here: cost (tests/benchmarks, tests/store/test_query_plans.py), NUDGE_SPREAD and new zone data
    (tests/unit/rules/test_rules_cadence.py, tests/telegram/test_promises_time.py).
Late. 15 minutes, the window, 6 hours, 21:00: ``Memory.expiry``. After an outage at most one nudge: ``_falls_due`` and
    ``_count_late``. Not while paused, held, blocked or stopped: ``_why_not``; not once answered: ``replies``.
Delivery. Nudges at most once, also when the answer was lost: ``_meets``; then they can be answered, and are void if
    they are not: ``replies.closed_as``. Edits at least once: ``_shown`` below. Safety messages at least once, further
    ones marked: reckon_safety. One effect, however often an update comes: the counts of reckon_days. Nothing lost
    within 24 h, no tap within 150 s: ``Diary._handled``. Messages count at their own date: ``replies.say``.
    Not here: killed processes, and any number of workers (tests/acceptance/harness).
Lanes. Not here, for this world is not paced (tests/telegram/test_promises_lanes.py, harness/reckon_pace.py).
Telegram says no. 429, 5xx and no connection: weather.py, and each reminder still comes within ``BLOWN``. 403 and
    my_chat_member: ``_why_not``; nobody who has blocked the bot is written to: ``_left`` below.
    Not here: other 400s, 409, the webhook, SIGTERM (tests/telegram/test_faults_telegram.py, test_killed.py).
Buttons. A press counts for its own occurrence, once, for 7 days; only Undo changes an answer: ``replies.tap``.
    Not here: forged ones (tests/telegram/test_promises_input.py).
Rows between. Not here (tests/telegram/test_promises_rows.py).

Besides: days and streaks (design.md 7) in reckon_days; a card at once, a case that climbs on time in reckon_safety.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from reminderbot.services import progress
from reminderbot.services.work import Work
from reminderbot.store.tables import cases, days, inbox, messages
from tests.acceptance.month import reckon_days
from tests.acceptance.month.deeds import Deed, Kind
from tests.acceptance.month.diary import Diary
from tests.acceptance.month.life import Life
from tests.acceptance.month.memory import ANSWERS
from tests.acceptance.month.reckon_days import Count, Days
from tests.acceptance.month.reckon_safety import Alarms


@dataclass
class Evidence:
    """What the store says at the end."""

    days: Mapping[int, Days]
    streaks: Mapping[tuple[int, str], tuple[int, int]]
    cases: list[Any]
    unhandled: int
    unsent: int


SOON = timedelta(minutes=5)
ALARMING = (Kind.REPORT, Kind.MISREAD, Kind.CHECKED, Kind.ACKNOWLEDGE, Kind.CLOSE)


def look(life: Life) -> Evidence:
    """Read the store."""
    return life.world.ask(lambda work: _look(work, life))


def _look(work: Work, life: Life) -> Evidence:
    found: dict[int, dict[Any, Count]] = defaultdict(dict)
    for row in work.tx.execute(select(days)).all():
        count = Count(row.done, row.own, row.skipped, row.missed, row.snoozed)
        if any(count):
            found[row.chat_id][row.habit, row.habit_day] = count
    streaks = {}
    for chat_id in life.crowd.people:
        for habit in ("move", "stretch"):
            standing = progress.of(work, chat_id, habit).progress
            streaks[chat_id, habit] = standing.streak, standing.freezes
    told = work.tx.execute(select(cases).order_by(cases.c.number)).all()
    new = work.tx.execute(select(inbox.c.update_id).where(inbox.c.state != "done")).all()
    unsent = work.tx.execute(select(messages.c.id).where(messages.c.state.in_(("pending", "sending")))).all()
    return Evidence(found, streaks, list(told), len(new), len(unsent))


class Verdict(NamedTuple):
    """Every promise that broke, with enough to find it; how many answers counted, and how many reminders may fail."""

    broken: list[str]
    answers: int
    excused: int


def judge(life: Life, evidence: Evidence) -> Verdict:
    """Reckon everything."""
    broken: list[str] = []
    answers = excused = 0
    deeds: dict[int, list[Deed]] = defaultdict(list)
    for deed in life.crowd.deeds:
        deeds[deed.chat_id].append(deed)
    for chat_id in life.crowd.people:
        diary = Diary(life.options, life.weather, deeds[chat_id], life.ledger.reminders.get(chat_id, []))
        answers, excused = answers + diary.counted, excused + diary.excused
        wrong = [*diary.broken, *_of_days(chat_id, diary, evidence), *_shown(life, diary, deeds[chat_id])]
        broken += [f"{chat_id}: {why}" for why in wrong]
    broken += _alarms(life, evidence).broken()
    broken += _left(life, evidence)
    return Verdict(broken, answers, excused)


def _of_days(chat_id: int, diary: Diary, evidence: Evidence) -> Iterator[str]:
    memory = diary.memory
    yield from reckon_days.wrong(reckon_days.counted(memory), evidence.days.get(chat_id, {}))
    if memory.is_on_way_back(memory.wall.day(memory.options.end)):
        return
    for habit in memory.plans:
        expected, told = reckon_days.streak_of(memory, habit), evidence.streaks[chat_id, habit]
        if expected != told:
            yield f"streak and freezes of {habit}: {expected} expected, {told} told"


def _shown(life: Life, diary: Diary, deeds: list[Deed]) -> Iterator[str]:
    """A reminder that was answered shows its result, unless the person has blocked the bot right after."""
    blocks = [deed.at for deed in deeds if deed.kind is Kind.BLOCK]
    for row in diary.memory.rows.values():
        if row.known and row.message_id and row.outcome in ANSWERS and row.answered_at:
            message = life.crowd.people[deeds[0].chat_id].person.chat.messages[row.message_id]
            excused = any(timedelta() <= at - row.answered_at < SOON for at in blocks)
            if "v1:done:" in str(message.markup) and not excused:
                yield f"{row.key} was answered at {row.answered_at}, and does not show it"


def _alarms(life: Life, evidence: Evidence) -> Alarms:
    numbers: dict[tuple[int, int], int] = {}
    turns = Counter[int]()
    # A case that was over 30 days ago is in the notes alone, one that ended before anybody was told in the store alone.
    about = {case.number: case.chat_id for case in evidence.cases} | life.ledger.about
    for number, chat_id in sorted(about.items()):
        numbers[chat_id, turns[chat_id]] = number
        turns[chat_id] += 1
    states = {case.number: case.state for case in evidence.cases}
    deeds, ledger = [deed for deed in life.crowd.deeds if deed.kind in ALARMING], life.ledger
    return Alarms(life.weather, life.options.end, deeds, numbers, ledger.cards, ledger.notes, states)


def _left(life: Life, evidence: Evidence) -> Iterator[str]:
    """Nothing waits at the end, and nobody who has blocked the bot was written to."""
    if evidence.unhandled:
        yield f"{evidence.unhandled} updates are not handled"
    if evidence.unsent:
        yield f"{evidence.unsent} messages are not sent"
    for at, chat_id in life.ledger.refused:
        yield f"{chat_id} had blocked the bot and was written to at {at}"
