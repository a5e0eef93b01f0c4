"""With a real process and a Bot API over HTTP: who is told, in which order, and what no kill -9 takes away."""

import re
import subprocess
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.acceptance.processes import COMMAND, Process, _bare, until
from tests.acceptance.stage import LEASE, Call, Person, Stage

WORDS = "my groin has gone numb and I can't pee"
CARD = "Thanks for telling me"
INTERVAL = timedelta(minutes=10)


class Watch:
    """A bot with two people on call, who opened links that the command printed, and one person with a sore back."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.bot: Process = stage.starts()
        self.ana, self.osei, self.bo = (stage.person(name) for name in ("Anastasia", "Oseiwaa", "Bonifaz"))
        self.ana.subscribes("Europe/London")
        self._joins(self.osei, 1)
        self._joins(self.bo, 2)
        stage.settles()

    def _joins(self, who: Person, step: int) -> None:
        command = [str(COMMAND), "oncall", "invite", "--step", str(step)]
        telegram = self.stage.telegram
        environ = _bare() | self.stage._environ(telegram.token, telegram.url)
        said = subprocess.run(
            command, env=environ, cwd=self.stage.folder, capture_output=True, text=True, check=True
        )
        link = re.search(r"start=(oncall-\S+)", said.stdout)
        assert link, said
        who.says(f"/start {link[1]}")
        who.sees(f"at step {step}")

    def notes(self, who: Person) -> list[Call]:
        """The notes that somebody was sent, each sending of one."""
        return [call for call in self.stage.telegram.sent(who.id) if "Case 1:" in call.text]

    def cards(self) -> list[Call]:
        """The cards that were sent."""
        return [call for call in self.stage.telegram.sent(self.ana.id) if CARD in call.text]

    def slow(self, who: Person) -> None:
        """Telegram takes what is sent to somebody, but does not say so."""
        self.stage.telegram.does(
            "faults", kind="slow", method="sendMessage", seconds=60, times=None, chat_id=who.id
        )

    def killed(self) -> None:
        """The bot is killed with -9, and started again at once."""
        self.bot.is_killed()
        self.stage.telegram.does("faults", kind="clear")
        self.bot = self.stage.starts()

    def attempted(self, who: Person, fragment: str) -> Callable[[], bool]:
        """Whether an attempt to send somebody something with these words has reached Telegram."""

        def look() -> bool:
            self.stage.telegram.calls()
            made = (call for call in self.stage.telegram.attempts if call["chat_id"] == who.id)
            return any(fragment in str(call["params"].get("text")) for call in made)

        return look

    def stands(self) -> tuple[str, int, int]:
        """State, round and step of the case."""
        [(state, turn, step)] = self.stage.rows("select state, round, step from safety_case")
        return str(state), int(turn), int(step)


@pytest.fixture
def watch(stage: Stage) -> Watch:
    return Watch(stage)


def test_the_card_goes_out_at_once_and_before_anybody_else_is_told(watch: Watch) -> None:
    before = watch.stage.now()
    watch.ana.says(WORDS)
    card = watch.ana.sees(CARD)
    note = watch.osei.sees("Case 1: emergency", "has been delivered")
    assert card.at < note.at
    assert card.at - before < timedelta(seconds=1), "0.3 s, and some grace for a busy machine"
    assert note.at - card.at < timedelta(seconds=1)
    assert watch.notes(watch.bo) == []


def test_a_card_that_hangs_is_waited_for_two_seconds(watch: Watch) -> None:
    watch.slow(watch.ana)
    watch.ana.says(WORDS)
    card = watch.ana.sees(CARD)
    note = watch.osei.sees("Case 1: emergency", "Card not delivered")
    assert timedelta(seconds=1.9) < note.at - card.at < timedelta(seconds=4)


def test_killed_while_the_card_is_on_its_way_the_card_comes_again_and_on_call_is_told(watch: Watch) -> None:
    watch.slow(watch.ana)
    watch.ana.says(WORDS)
    until(watch.attempted(watch.ana, CARD), "card")
    watch.killed()
    watch.osei.sees("Case 1: emergency")
    watch.stage.settles(after_death=True)
    first, second = watch.cards()
    assert "twice" not in first.text
    assert "twice" in second.text, "the second says that it may be there twice"
    assert len(watch.notes(watch.osei)) == 1


def test_killed_while_a_note_is_on_its_way_it_comes_again_and_the_ladder_goes_on(watch: Watch) -> None:
    watch.slow(watch.osei)
    watch.ana.says(WORDS)
    until(watch.attempted(watch.osei, "Case 1"), "note")
    watch.killed()
    watch.stage.settles(after_death=True)
    assert ["twice" in note.text for note in watch.notes(watch.osei)] == [False, True]
    assert watch.stands() == ("open", 1, 1)
    watch.stage.passes(INTERVAL - LEASE)
    watch.bo.sees("Case 1: emergency")


def test_every_step_comes_on_time_though_the_bot_is_killed_before_each(watch: Watch) -> None:
    watch.ana.says(WORDS)
    watch.osei.sees("Case 1: emergency")
    for turn in range(2, 7):
        watch.stage.settles()
        watch.killed()
        watch.stage.passes(INTERVAL - timedelta(seconds=8))
        watch.stage.settles()
        assert watch.stands()[:2] == ("open", turn - 1), "not before its time"
        watch.stage.passes(timedelta(seconds=8))
        until(lambda turn=turn: watch.stands() == ("open", turn, 2), f"round {turn}")  # type: ignore[misc]
    watch.stage.settles()
    watch.stage.passes(INTERVAL)
    watch.ana.sees("nobody has answered", "999")
    watch.stage.settles()
    assert (len(watch.notes(watch.osei)), len(watch.notes(watch.bo))) == (6, 5)


def test_an_acknowledgement_survives_a_kill_and_still_expires(watch: Watch) -> None:
    watch.ana.says(WORDS)
    watch.osei.sees("Case 1: emergency")
    watch.osei.taps("Acknowledge")
    watch.ana.sees("A person on call has seen")
    watch.killed()
    watch.stage.passes(timedelta(minutes=55))
    watch.stage.settles()
    assert watch.stands()[0] == "acknowledged"
    watch.stage.passes(timedelta(minutes=6))
    watch.osei.sees("acknowledged before, and is open again")
    assert watch.notes(watch.bo) == []


def test_a_first_step_that_is_gone_and_a_lost_answer_delay_nobody(watch: Watch) -> None:
    watch.osei.does("blocks")
    watch.stage.settles()
    watch.stage.telegram.does(
        "faults", kind="lose_answer", method="sendMessage", how="reset", times=1, chat_id=watch.bo.id
    )
    watch.ana.says(WORDS)
    card = watch.ana.sees(CARD)
    note = watch.bo.sees("Case 1: emergency")
    assert note.at - card.at < timedelta(seconds=1)
    watch.bo.sees("twice", "Case 1: emergency")


def test_no_exercise_is_sent_after_the_report_is_there(watch: Watch) -> None:
    watch.ana.says(WORDS)
    watch.osei.sees("Case 1: emergency")
    watch.stage.passes(timedelta(hours=3))
    watch.bo.sees("Case 1: emergency")
    watch.stage.settles()
    assert watch.stage.telegram.nudges(watch.ana.id) == []
