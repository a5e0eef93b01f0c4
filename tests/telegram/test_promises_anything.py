"""Whatever is said and tapped, whenever, and whatever fails: no reminder twice, and days that add up."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from reminderbot.services.work import Surroundings
from reminderbot.store import engine, tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import InboxState
from tests.telegram.looking import miscounted, nudges, rows
from tests.world import Somebody, World, world

Step = tuple[str, str | int]

WORDS = ["done", "skip", "later", "/snooze 25m", "/done yesterday", "/undo", "/pause 1d", "/resume", "/stop", "/start",
         "/remind move every 20m 9:00-21:00 daily", "/remind move off", "/remind move on", "/timezone Berlin",
         "/timezone New York", "/today", "/streak", "/snooze next"]  # fmt: skip
LABELS = ["Done", "Skip", "Snooze", "Undo", "10 min", "30 min", "Next one", "Not now", "Pain"]
SPANS = [1, 5, 31, 60, 65, 240, 1000]
NOT_MODIFIED = "message is not modified"

STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["says", "says unheard"]), st.sampled_from(WORDS)),
        st.tuples(st.just("taps"), st.sampled_from(LABELS)),
        st.tuples(st.just("taps an old"), st.sampled_from(LABELS)),
        st.tuples(st.just("waits"), st.sampled_from(SPANS)),
        st.tuples(st.just("waits"), st.sampled_from(SPANS)),
        st.tuples(st.just("is down"), st.sampled_from([2, 20, 200, 1300])),
        st.tuples(st.just("fails"), st.sampled_from(["lost", "500", "429"])),
        st.just(("again", 0)),
    ),
    min_size=8,
    max_size=20,
)
"""What happens, and with what: words, the label of a button, minutes, or a sort of fault."""


def step(here: World, ana: Somebody, what: str, how: str | int) -> None:
    match what, how:
        case "says", str(words):
            ana.says(words)
        case "says unheard", str(words):
            ana.person.says(words)
        case (("taps" | "taps an old"), str(label)):
            taps(ana, label, -1 if what == "taps" else 0)
        case "waits", int(minutes):
            here.fast_forward(minutes=minutes)
        case "is down", int(minutes):
            here.skip(minutes=minutes)
            here.restart()
        case "fails", str(kind):
            fails(here, kind)
        case _:
            here.tele.redeliver(here.tele.world.updates.last_id)
            here.settle()


def taps(ana: Somebody, label: str, which: int) -> None:
    """Tap a button of the newest or the oldest message that has it, if there is one."""
    if found := [message for message in ana.person.messages if label in message.labels]:
        ana.taps(label, found[which])


def fails(here: World, kind: str) -> None:
    """The next message has this fault."""
    match kind:
        case "lost":
            here.tele.faults.lose_answer("sendMessage")
        case "500":
            here.tele.faults.refuse("sendMessage", status=500)
        case _:
            here.tele.faults.too_many("sendMessage", retry_after=20)


def adds_up(here: World, ana: Somebody) -> None:
    """No reminder came twice, days equal a recount, all was handled, and Telegram found nothing wrong."""
    for habit in ("move", "stretch"):
        keys = [nudge.key for nudge in nudges(ana, habit)]
        assert len(keys) == len(set(keys))
    assert miscounted(here) == []
    assert {row.state for row in rows(here, tables.inbox)} == {InboxState.DONE}
    wrong = [call.error for call in here.tele.calls if call.error and "Bad Request" in call.error]
    assert [error for error in wrong if NOT_MODIFIED not in error] == []


@contextmanager
def fresh(empty: Path) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bot.db"
        shutil.copy(empty, path)
        store = Store(engine.parse_url(f"sqlite:///{path}"))
        yield store
        store.close()


def test_no_reminder_comes_twice_and_days_equal_a_recount(empty_database: Path, around: Surroundings) -> None:
    @settings(max_examples=4, deadline=None)
    @given(STEPS)
    def whatever_happens(steps: list[Step]) -> None:
        with fresh(empty_database) as store, world(store, around) as here:
            ana = here.person("Ana", "UTC")
            here.fast_forward(minutes=5)
            for what, how in steps:
                step(here, ana, what, how)
            here.fast_forward(hours=30)
            adds_up(here, ana)

    whatever_happens()
