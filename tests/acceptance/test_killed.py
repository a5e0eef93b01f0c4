"""Killed with -9 at any moment and started again: no answer is lost, and no nudge is sent twice."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.acceptance.processes import Process, until
from tests.acceptance.stage import MONDAY, Person, Stage

HOURS = (9, 10, 11, 13, 14)
"""When everybody is nudged."""


class Reaper:
    """Kills the bot with -9, and starts it again at once."""

    def __init__(self, stage: Stage) -> None:
        self.kills = 0
        self._stage = stage
        self._bot: Process = stage.starts()

    def strikes(self) -> None:
        """Kill it right now."""
        self._bot.is_killed()
        self._stage.telegram.does("faults", kind="clear")
        self._bot = self._stage.starts()
        self.kills += 1

    def strikes_after(self, seconds: float, act: Callable[[], None]) -> None:
        """Kill it so long after something was done to it."""
        act()
        time.sleep(seconds)
        self.strikes()

    def strikes_in_flight(self, method: str, act: Callable[[], None]) -> None:
        """Kill it when Telegram has done what was asked for, but has not said so yet."""
        before = self._made(method)
        self._stage.telegram.does("faults", kind="slow", method=method, seconds=60, times=None)
        act()
        until(lambda: self._made(method) > before, f"call of {method}")
        self.strikes()

    def strikes_unheard(self, act: Callable[[], None]) -> None:
        """Kill it while it asks a Telegram that never hears it."""
        self._stage.telegram.does("faults", kind="unreachable", method="sendMessage", times=None)
        act()
        until(lambda: self._stage.rows("select 1 from message where state = 'sending'"), "claimed message")
        self.strikes()

    def _made(self, method: str) -> int:
        self._stage.telegram.calls()
        return sum(call["method"] == method for call in self._stage.telegram.attempts)


class Crowd:
    """People who answer each in their own way, and how often each has."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.commander, self.talker, self.replier, self.tapper = self.all = [
            stage.person(name) for name in ("Commander", "Talkative", "Replying", "Tapping-Person")
        ]
        self.said: Counter[int] = Counter()
        self.tapped: set[str] = set()

    def answers(self, hour: int) -> None:
        """Everybody answers: two by command or word, one by reply, one by button; the first one moves once more."""
        self._says(self.commander, "/done")
        self._says(self.talker, "did it")
        self._says(self.commander, "/done move")
        for person in (self.replier, self.tapper):
            for nudge in self._stage.telegram.nudges(person.id):
                if nudge.at.hour == hour and nudge.asks:
                    self._reacts(person, nudge.message_id, nudge.asks)

    def _reacts(self, person: Person, message_id: int | None, asks: str) -> None:
        if person is self.replier:
            self._says(person, "done", message_id)
        else:
            person.taps("Done", message_id)
            self.tapped.add(asks)

    def _says(self, person: Person, text: str, reply_to: int | None = None) -> None:
        person.says(text, reply_to)
        self.said[person.id] += 1


def has_had_its_turn(stage: Stage, hour: int) -> bool:
    """Whether every nudge of an hour was made, and sent or lost."""
    made = "select count(*) from reminder where due_at like ? and state in ('sent', 'sending', 'unknown')"
    return stage.rows(made, f"2026-01-05 {hour:02}:00:00%") == [(4,)]


def lives_through(stage: Stage, reaper: Reaper, crowd: Crowd, random: Random, number: int) -> None:
    """One hour: killed around the nudge, around the answers, and once more while it picks up the pieces."""
    hour = HOURS[number]

    def falls_due() -> None:
        stage.at(MONDAY.replace(hour=hour, minute=0) - timedelta(seconds=0.1))

    def answers() -> None:
        crowd.answers(hour)

    if number == 2:
        reaper.strikes_in_flight("sendMessage", falls_due)
        # Unanswered and not too late: nothing but its lost lease keeps the nudge from going out again.
        stage.settles(after_death=True)
    else:
        reaper.strikes_after(random.uniform(0, 1.4), falls_due)
    until(lambda: has_had_its_turn(stage, hour), f"turn of {hour}:00")
    match number:
        case 1:
            reaper.strikes_in_flight("sendMessage", answers)
        case 3:
            reaper.strikes_unheard(answers)
        case 4:
            reaper.strikes_in_flight("editMessageText", answers)
        case _:
            reaper.strikes_after(random.uniform(0, 0.2), answers)
    reaper.strikes_after(random.uniform(0, 0.6), lambda: None)
    stage.settles(after_death=True)


def test_no_answer_is_lost_and_no_nudge_is_sent_twice_however_often_the_bot_is_killed(stage: Stage) -> None:
    random, reaper, crowd = Random(5), Reaper(stage), Crowd(stage)
    for person in crowd.all:
        person.subscribes()
    for number in range(len(HOURS)):
        lives_through(stage, reaper, crowd, random, number)

    assert reaper.kills >= 12
    asked = Counter((call.chat_id, call.asks) for call in stage.telegram.calls() if call.is_nudge)
    assert set(asked.values()) == {1}, asked
    assert len(asked) > len(HOURS) * len(crowd.all) / 2, "most nudges arrive all the same"
    for person in (crowd.commander, crowd.talker, crowd.replier):
        assert stage.outcomes(person)["done"] == crowd.said[person.id], person
        told = {call.takes_back for call in stage.telegram.sent(person.id) if call.takes_back}
        assert len(told) == crowd.said[person.id], "a reply to each"
    assert stage.outcomes(crowd.tapper).get("done", 0) == len(crowd.tapped) > 0
    shown = [message["text"] for message in stage.telegram.messages(crowd.tapper.id)]
    assert sum("✅ Done." in text for text in shown) == len(crowd.tapped)
    for person in crowd.all:
        rows = stage.rows("select done from day where chat_id = ? and habit = 'move'", person.id)
        assert rows == [(stage.outcomes(person)["done"],)]
