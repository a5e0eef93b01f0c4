"""Nothing in a file is trusted: what is wrong with it is told in a sentence, or left out and counted."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from reminderbot.demo.telegram.people import Person
from reminderbot.services import exported
from reminderbot.store.engine import Store
from reminderbot.telegram.handlers import privacy
from tests.telegram.moving import brings, day, days, file, known_days, settled, tables
from tests.world import Somebody, World

TAKE = "Take it over"


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One database is enough here: what is wrong is found before anything is stored."""
    return sqlite_store


def nested(depth: int) -> bytes:
    return b'{"reminderbot":' + b"[" * depth


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "seems to be damaged"),
        (b"{", "seems to be damaged"),
        (b"\xff\xfe\x00", "seems to be damaged"),
        (nested(100_000), "seems to be damaged"),
        (b'{"reminderbot":{"version":' + b"9" * 100_000 + b"}}", "seems to be damaged"),
        (b'{"reminderbot":{"version":1},"day":["\\ud800"]}', "seems to be damaged"),
        (b"[]", "isn't from a reminderbot"),
        (b"null", "isn't from a reminderbot"),
        (b'{"messages": [{"id": 1}]}', "isn't from a reminderbot"),
        (b'{"reminderbot": {}}', "isn't from a reminderbot"),
        (b'{"reminderbot": {"version": "one"}}', "isn't from a reminderbot"),
        (b'{"reminderbot": {"version": 1}, "day": 7}', "isn't from a reminderbot"),
        (b'{"reminderbot": {"version": 2}}', "made by a newer reminderbot"),
        (b'{"reminderbot": {"version": 1}}', "nothing in that file"),
    ],
)
def test_a_wrong_file_gets_one_sentence_and_changes_nothing(ana: Somebody, content: bytes, told: str) -> None:
    before = settled(ana)
    brings(ana, content)
    ana.sees(told)
    ana.sees_nothing()
    assert settled(ana) == before


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda person: person.sends_document("reminderbot.csv", b"habit,day"), "That's the table"),
        (lambda person: person.sends_document("reminderbot (1).CSV", b"habit,day"), "That's the table"),
        (lambda person: person.sends_document("notes.txt", b"{}"), "I can't read files"),
        (lambda person: person.sends_document("pain.csv", b"a,b"), "I can't read files"),
        (lambda person: person.sends_photo(), "I can't see pictures"),
    ],
)
def test_what_is_no_json_file_is_told_apart(
    ana: Somebody, act: Callable[[Person], object], told: str
) -> None:
    ana.does(act)
    ana.sees(told)
    assert not ana.world.tele.made("getFile")


def test_a_file_that_is_too_big_is_not_even_fetched(ana: Somebody) -> None:
    brings(ana, b" " * (privacy.MOST_BYTES + 1))
    ana.sees("too big for me")
    assert not ana.world.tele.made("getFile")


def test_a_file_that_can_not_be_fetched_is_asked_for_again(here: World, ana: Somebody) -> None:
    here.tele.faults.refuse("getFile", status=502, description="Bad Gateway")
    brings(ana, file(day=days(3, done=1)))
    ana.sees("couldn't get that file", "send it again")
    brings(ana, file(day=days(3, done=1)))
    ana.sees("This is what I can take over")


def test_a_file_of_another_account_is_refused(ana: Somebody) -> None:
    brings(
        ana, file(subscriber=[{"chat_id": 4711, "zone": "UTC"}], day=[{**day(1, done=1), "chat_id": 4711}])
    )
    ana.sees("belongs to another Telegram account")


WRONG_DAYS: list[dict[str, Any]] = [
    {"chat_id": 4711},
    {"habit": "levitate"},
    {"habit": 7},
    {"habit_day": "2026-01-06"},
    {"habit_day": "9999-12-31"},
    {"habit_day": "1066-10-14"},
    {"habit_day": "yesterday"},
    {"habit_day": None},
    {"done": -1},
    {"done": 10**9},
    {"done": 10**30},
    {"missed": 1.5},
    {"void": "many"},
    {"own": None},
]


def test_days_that_can_not_be_are_left_out_and_counted(ana: Somebody) -> None:
    brings(ana, file(day=[day(1, done=2), *({**day(2, done=2), **wrong} for wrong in WRONG_DAYS)]))
    ana.sees("Move: 1 day", f"can't believe it: {len(WRONG_DAYS)} entries")
    ana.taps(TAKE)
    assert len(tables(ana)["day"]) == 1


def test_rows_that_are_none_are_left_out_and_counted(ana: Somebody) -> None:
    wrong = [7, "day", None, [], [[]], {}, True]
    brings(ana, file(day=[day(1, done=2), *wrong], cadence=wrong, dropped_card=wrong, safety=wrong))
    ana.sees("Move: 1 day", f"can't believe it: {4 * len(wrong)} entries")


WRONG_PLANS = [
    {"habit": "levitate", "plan": "every 45m 9:00-12:00 daily", "off": False},
    {"habit": "move", "plan": "every blue moon", "off": False},
    {"habit": "move", "plan": "every 1m 0:00-24:00 daily", "off": False},
    {"habit": "move", "plan": "off", "off": False},
    {"habit": "move", "plan": "", "off": False},
    {"habit": "move", "plan": "9 " * 4000, "off": False},
    {"habit": "move", "plan": "every 45m 9:00-12:00 daily", "off": "perhaps"},
]


def test_plans_that_can_not_be_are_left_out_and_counted(ana: Somebody) -> None:
    before = tables(ana)["cadence"]
    brings(ana, file(day=[day(1, done=2)], cadence=WRONG_PLANS))
    ana.sees(f"can't believe it: {len(WRONG_PLANS)} entries")
    ana.taps(TAKE)
    assert tables(ana)["cadence"] == before


@pytest.mark.parametrize(
    "wrong",
    [{"zone": "Mars/Base"}, {"zone": "../../etc/passwd"}, {"zone": 7}, {"zone": "x" * 10_000}, {"day_start": 7},
     {"day_start": -1}, {"place": "moon"}, {"sport": "chess"}, {"level": "insane"}, {"avoid": "knee"},
     {"avoid": ["purple"]}, {"avoid": ["knee-injury"] * 51}],
    ids=str,
)  # fmt: skip
def test_a_setting_that_can_not_be_is_left_out_and_counted_and_spoils_no_other(
    ana: Somebody, wrong: dict[str, Any]
) -> None:
    right = {"zone": "Asia/Tokyo", "zone_confirmed": True, "day_start": 5, "place": "home"}
    brings(ana, file(subscriber=[right | wrong]))
    ana.sees("can't believe it: 1 entry")
    ana.taps(TAKE)
    [row] = tables(ana)["subscriber"]
    taken = {"zone": "Asia/Tokyo", "day_start": 5, "place": "home"}
    assert {name: row[name] for name in taken.keys() - wrong.keys()} == {
        name: value for name, value in taken.items() if name not in wrong
    }


def test_of_two_rows_for_one_day_one_counts(ana: Somebody) -> None:
    brings(ana, file(day=[day(1, done=1), day(1, done=2)]))
    ana.taps(TAKE)
    assert list(known_days(ana).values()) == [2]


REMINDER = {
    "habit": "move", "habit_day": "2026-01-04", "due_at": "2026-01-04T10:00:00+00:00", "origin": "cadence",
    "state": "sent", "outcome": "done", "answered_at": "2026-01-04T10:01:00+00:00", "card": "stand-up",
}  # fmt: skip


WRONG_REMINDERS: list[dict[str, Any]] = [
    {"due_at": "2026-01-04T11:00:00"}, {"due_at": "2036-01-04T10:00:00+00:00"}, {"outcome": None},
    {"outcome": "won"}, {"state": "pending"}, {"state": "sending"}, {"origin": "moon"}, {"habit_day": "2026-01-05"},
    {"habit_day": "2025-12-01"}, {"card": "x" * 500}, {"card": "\0"}, {"due_at": "2026-01-04T10:00:00.5+00:00"},
    {"answered_at": "0001-01-01T00:00:00+14:00"},
]  # fmt: skip


def test_only_reminders_that_are_over_come_along_and_none_is_ever_sent(here: World, ana: Somebody) -> None:
    wrong = [REMINDER | {"due_at": "2026-01-04T11:00:00+00:00"} | each for each in WRONG_REMINDERS]
    brings(ana, file(day=[day(1, done=1)], reminder=[REMINDER, *wrong]))
    ana.taps(TAKE)
    ana.sees("Taken over, with 1 day ")
    assert [row["due_at"].hour for row in tables(ana)["reminder"]] == [10]
    ana.forgets_what_was_said()
    here.fast_forward(minutes=4)
    ana.sees_nothing()


SINGLE = {
    "habit": "move", "due_at": "2026-01-06T10:00:01+00:00", "asked_at": "2026-01-04T10:00:00+00:00",
    "asked_for": "2026-01-06T10:00:00", "state": "pending", "outcome": None,
}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"due_at": "9999-12-31T23:59:59-12:00"}, {"due_at": "2026-04-01T10:00:00+00:00"},
     {"asked_for": "9999-12-31T23:59:59"}, {"asked_for": "0001-01-01T00:00:00"}, {"asked_for": "2026-01-09T10:00:00"}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York"])
def test_single_reminders_that_can_not_be_are_left_out(
    ana: Somebody, wrong: dict[str, Any], zone: str
) -> None:
    about = [{"zone": zone, "zone_confirmed": True}]
    brings(ana, file(subscriber=about, reminder=[SINGLE, SINGLE | wrong]))
    ana.sees("1 single reminder")
    ana.taps(TAKE)
    ana.sees("Taken over")
    assert len(tables(ana)["reminder"]) == 1


def test_a_file_full_of_rubbish_is_read_in_a_moment(ana: Somebody) -> None:
    brings(ana, b'{"reminderbot":{"version":1},"day":[' + b"[]," * 1_000_000 + b"[]]}")
    ana.sees("nothing in that file")


ODD: list[Any] = [
    None, True, 0, -1, 10**20, 1.5, "", "x" * 5000, "\u0000", "9999-12-31", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", [], {}, [[]], {"a": []},
]  # fmt: skip


def test_whatever_a_value_is_replaced_by_there_is_one_answer_and_never_a_fault(ana: Somebody) -> None:
    right = file(
        subscriber=[{"zone": "Asia/Tokyo", "zone_confirmed": True, "day_start": 5, "place": "home", "avoid": []}],
        cadence=[{"habit": "move", "plan": "every 45m 9:00-12:00 daily", "off": False}],
        day=[day(1, done=1)], reminder=[REMINDER], dropped_card=[{"card": "frog", "why": "worse"}],
        safety=[{"hold": "normal", "level": None, "mental": False, "returns_on": None}],
    )  # fmt: skip
    chance = random.Random(6)
    for _ in range(60):
        changed = json.loads(json.dumps(right))
        table = changed[chance.choice([name for name in changed if name != exported.HEADER])]
        table[0][chance.choice(list(table[0]))] = chance.choice(ODD)
        brings(ana, changed)
        if TAKE in ana.buttons() and "This is what" in ana.unread()[-1]:
            ana.taps(TAKE)
        assert not [text for text in ana.unread() if "went wrong" in text], changed
        ana.forgets_what_was_said()
