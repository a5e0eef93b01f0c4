"""Killed with -9 at every point between a report and its end: the card comes, the ladder goes on, nothing is doubled.

A message that may have arrived before the bot was killed comes once more, and says so.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pytest

from tests.acceptance.processes import Process, until
from tests.acceptance.stage import Call, Person, Stage
from tests.acceptance.watch import (
    DOUBT,
    LATE,
    NUMB,
    QUICK,
    ROUND,
    cards,
    gets_card,
    is_again,
    is_card,
    is_note,
    is_told,
    notes,
    notes_about,
    on_call,
    standing,
    told_after,
)

HELD_BACK = {"kind": "unreachable", "method": "sendMessage", "times": None}
"""Telegram never hears of it."""

SILENCE = timedelta(minutes=5)
"""How long a question is waited for."""

IN_FLIGHT = {"kind": "slow", "seconds": 60, "method": "sendMessage", "times": None}
"""Telegram has it, and has not said so yet."""


@dataclass
class Play:
    """A person, two people on call, and a bot that dies."""

    stage: Stage
    bela: Person
    cleo: Person
    ana: Person
    bot: Process

    def dies(self) -> None:
        """The bot is killed at once; Telegram does nothing wrong from now on."""
        self.bot.is_killed()
        self.stage.telegram.does("faults", kind="clear")

    def lives(self) -> None:
        """The bot is started again."""
        self.bot = self.stage.starts(tick=QUICK)

    def is_claimed(self, person: Person) -> bool:
        """Whether a message to somebody is on its way."""
        query = "select 1 from message where chat_id = ? and state = 'sending' and method = 'send'"
        return bool(self.stage.rows(query, person.id))

    def next_round(self) -> datetime:
        """When the ladder of the only case moves next."""
        ((at,),) = self.stage.rows("select next_at from safety_case")
        return datetime.fromisoformat(at).replace(tzinfo=UTC)


@pytest.fixture
def play(stage: Stage) -> Play:
    """Everybody is there, and nothing has happened yet."""
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana, bot = stage.person("Anastasia"), stage.starts(tick=QUICK)
    ana.subscribes()
    stage.settles()
    return Play(stage, bela, cleo, ana, bot)


def card_is_claimed(play: Play) -> bool:
    return play.is_claimed(play.ana)


def card_is_there(play: Play) -> bool:
    return bool(cards(play.stage, play.ana))


def note_is_claimed(play: Play) -> bool:
    return play.is_claimed(play.bela)


def note_is_there(play: Play) -> bool:
    return bool(notes(play.stage, play.bela))


POINTS: Mapping[str, tuple[Mapping[str, object], str, Callable[[Play], bool]]] = {
    "before the card is sent": (HELD_BACK, "ana", card_is_claimed),
    "while the card is in flight": (IN_FLIGHT, "ana", card_is_there),
    "after the card and before the note": (HELD_BACK, "bela", note_is_claimed),
    "while the note is in flight": (IN_FLIGHT, "bela", note_is_there),
}
"""What Telegram does wrong, to whom, and when the bot is killed."""


def at_most_marked(calls: Sequence[Call]) -> bool:
    """Whether something has come, and all but the first time it said that it may be here twice."""
    return len(calls) > 0 and sum(not is_again(call) for call in calls) <= 1


@pytest.mark.parametrize("point", POINTS)
def test_the_card_and_the_ladder_survive_being_killed(play: Play, point: str) -> None:
    fault, to, moment = POINTS[point]
    stage = play.stage
    stage.telegram.does("faults", **fault, chat_id=vars(play)[to].id)
    play.ana.says(NUMB)
    until(lambda: moment(play), point)
    play.dies()
    play.lives()
    if to == "ana":
        is_told(play.bela)  # without waiting for what has become of the card
    stage.settles(after_death=True)
    assert at_most_marked(cards(stage, play.ana))
    assert at_most_marked(notes(stage, play.bela))
    assert len(stage.rows("select 1 from report")) == len(stage.rows("select 1 from safety_case")) == 1
    ((opened,),) = stage.rows("select opened_at from safety_case")
    due = play.next_round()
    assert ROUND <= due - datetime.fromisoformat(opened).replace(tzinfo=UTC) < ROUND + LATE
    stage.at(due - timedelta(seconds=0.5))
    told = is_told(play.cleo)
    assert due <= told.at < due + LATE
    stage.settles()
    rounds = [call for call in notes(stage, play.bela) if call.at >= due]
    assert len(rounds) == len(notes(stage, play.cleo)) == 1, "reminded once"


def test_the_ladder_goes_on_on_time_after_each_step_and_after_the_acknowledgement(play: Play) -> None:
    stage = play.stage
    play.ana.says(NUMB)
    is_told(play.bela)
    stage.settles()
    play.dies()

    due = play.next_round()
    play.lives()
    play.bot.says("app.running")
    stage.at(due - timedelta(seconds=0.5))
    told = is_told(play.bela)
    is_told(play.cleo)
    assert due <= told.at < due + LATE
    stage.settles()
    play.dies()

    stage.at(play.next_round() + 25 * timedelta(minutes=1))  # two rounds are missed
    play.lives()
    late = is_told(play.bela)
    stage.settles()
    assert standing(stage) == [("open", 3, None)], "one round for all that was missed"
    play.dies()
    play.lives()
    told_after(stage, late.at, ROUND, play.bela)
    stage.settles()

    play.bela.taps("Acknowledge")
    seen = play.ana.sees("has seen that something is wrong")
    stage.settles()
    play.dies()
    stage.passes(timedelta(minutes=30))
    play.lives()
    told_after(stage, seen.at, timedelta(hours=1), play.bela)
    stage.settles()
    assert [len(notes(stage, reader)) for reader in (play.bela, play.cleo)] == [5, 3]
    assert not [call for call in stage.telegram.calls() if is_again(call)], "nothing was under way"
    assert len([call for call in stage.telegram.sent(play.ana.id) if "has seen" in call.text]) == 1


def test_a_question_that_is_open_goes_on_holding_and_waiting_after_a_kill(play: Play) -> None:
    stage, witness = play.stage, bystander(play)
    play.ana.says(DOUBT)
    asked = play.ana.sees("One question")
    play.dies()
    play.lives()
    stage.settles(after_death=True)
    due = asked.at + SILENCE  # some seconds after nine, when the next reminder is due
    stage.at(due - timedelta(seconds=0.5))
    card = gets_card(play.ana)
    note = is_told(play.bela)
    assert due - LATE < card.at < note.at < due + LATE
    assert "unconfirmed" in note.text
    witness.is_asked()
    stage.settles()
    assert stage.telegram.nudges(play.ana.id) == []
    asked_of = [call for call in stage.telegram.sent(play.ana.id) if "One question" in call.text]
    assert at_most_marked(asked_of)


def bystander(play: Play) -> Person:
    """Somebody with nothing wrong, whose reminders go on."""
    witness = play.stage.person("Dorothea")
    witness.subscribes()
    return witness


def test_no_report_and_no_press_is_lost_or_counted_twice_when_killed_at_any_moment(play: Play) -> None:
    stage, random = play.stage, Random(3)
    people = [play.ana, *(stage.person(f"Person-{number}") for number in range(5))]
    for person in people:
        person.says(NUMB)
        time.sleep(random.uniform(0, 0.25))
        play.dies()
        play.lives()
    for person in people:
        gets_card(person)
        until(partial(notes_about, stage, play.bela, person), "note")
    numbers = {number for (number,) in stage.rows("select number from safety_case")}
    for number in numbers:
        play.bela.says(f"/ack {number}")
        time.sleep(random.uniform(0, 0.1))
        play.dies()
        play.lives()
    stage.settles(after_death=True)
    for person in people:
        seen = [call for call in stage.telegram.sent(person.id) if "has seen that" in call.text]
        about = notes_about(stage, play.bela, person)
        assert at_most_marked(cards(stage, person))
        assert at_most_marked(seen)
        assert at_most_marked(about)
    assert len(numbers) == len(people)
    assert {(state, holder) for state, _, holder in standing(stage)} == {("acknowledged", play.bela.id)}
    assert stage.rows("select count(*) from report") == [(len(people),)]
    assert not [call for call in stage.telegram.tries(play.cleo.id) if is_note(call) or is_card(call)]
