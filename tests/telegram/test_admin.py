"""/admin: operators see how the bot fares, in figures; to everybody else there is no such command."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from telegram.ext import CommandHandler

from reminderbot.ops import ticker
from reminderbot.services.admin import SENDS
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.queries import people, vitals
from reminderbot.store.tables import CaseState
from reminderbot.telegram import outcomes
from tests.telegram.alarms import alarmed, case, on_call
from tests.telegram.operating import ADA, operated
from tests.world import MONDAY, Somebody, World


@pytest.fixture
def here(store: Store, around: Surroundings) -> Iterator[World]:
    with operated(store, around) as place:
        yield place


@pytest.fixture
def ada(here: World) -> Somebody:
    """The operator, subscribed."""
    who = here.person("Ada", "UTC")
    assert who.id == ADA
    return who


def menu_of(who: Somebody) -> list[str]:
    """What the chat's own menu offers; empty where it has none of its own."""
    made = who.world.tele.made("setMyCommands")
    of_chat = [call.params for call in made if (call.params.get("scope") or {}).get("chat_id") == who.id]
    return [command["command"] for command in of_chat[-1]["commands"]] if of_chat else []


def noted(here: World) -> None:
    """The second passes in which a worker notes what it has counted."""
    here.run(ticker.note(here.bot.desk))


def test_an_operator_sees_how_the_bot_fares(here: World, ada: Somebody) -> None:
    ben, cleo = here.person("Ben", "UTC"), here.person("Cleo", "UTC")
    ben.says("/stop")
    cleo.person.blocks()
    here.fast_forward(minutes=10)
    ada.says("done")
    noted(here)
    ada.forgets_what_was_said()
    ada.says("/admin")
    told = ada.sees("reminderbot", "All is well.")
    assert "1 active, 1 stopped, 1 out of reach; 0 at rest after two silent weeks" in told
    assert "Due lag: 0 min 0 s" in told
    assert "Cases: none open" in told
    assert "Last backup: none yet" in told
    assert "Sent today / since Mon 5 January" in told
    assert "1 / 1 done" in told
    assert "Ben" not in told


def test_who_is_at_rest_after_silent_weeks_is_counted(here: World, ada: Somebody) -> None:
    ben = here.person("Ben", "UTC")
    here.ask(lambda work: people.change(work.tx, ben.id, {"quiet_on": MONDAY.date()}))
    ada.says("/admin")
    ada.sees("2 active", "1 at rest after two silent weeks")
    ben.says("hi")
    ada.says("/admin")
    ada.sees("2 active", "0 at rest after two silent weeks")


def test_everybody_else_is_told_that_there_is_no_such_command(here: World) -> None:
    here.person("Ada", "UTC")
    ben = here.person("Ben", "UTC")
    ben.says("/admin")
    admin = ben.sees("I don't know /admin")
    ben.says("/admix")
    assert ben.sees("I don't know /admix") == admin.replace("admin", "admix")


def test_only_operators_have_it_in_their_menu(here: World, ada: Somebody) -> None:
    ben = here.person("Ben", "UTC")
    assert menu_of(ada)[0] == "admin"
    assert "today" in menu_of(ada)
    assert menu_of(ben) == []
    ada.says("/help")
    assert "/admin" not in ada.sees("Nudges to move")


def test_an_operator_on_call_keeps_both_menus_also_after_a_restart(here: World) -> None:
    ada = on_call(here, "Ada", 1)
    here.restart()
    assert menu_of(ada)[:5] == ["cases", "ack", "close", "away", "admin"]


def test_who_leaves_duty_keeps_the_operators_command(here: World) -> None:
    ada = on_call(here, "Ada", 1)
    ada.says("/start")
    ada.says("/forget")
    ada.taps("Delete everything")
    assert menu_of(ada)[:2] == ["admin", "today"]


def test_who_is_an_operator_no_longer_loses_it_from_their_menu_when_they_tap_it(
    here: World, ada: Somebody
) -> None:
    here.around = replace(here.around, admin_chats=frozenset())
    here.restart()
    assert menu_of(ada)[0] == "admin"
    ada.says("/admin")
    ada.sees("I don't know /admin")
    assert {call.params["scope"]["chat_id"] for call in here.tele.made("deleteMyCommands")} == {ADA}


def test_who_is_on_call_and_an_operator_no_longer_keeps_only_the_commands_on_call(here: World) -> None:
    ada = on_call(here, "Ada", 1)
    here.around = replace(here.around, admin_chats=frozenset())
    here.restart()
    assert menu_of(ada)[:5] == ["cases", "ack", "close", "away", "today"]


def test_an_operator_who_has_yet_to_start_is_named_once_in_the_log(
    here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    here.restart()
    here.fast_forward(hours=3)
    assert capsys.readouterr().out.count("admin.not_started") == 1
    assert here.tele.made("setMyCommands", ADA) == []


def test_what_was_sent_today_is_told_apart_from_the_days_before(here: World, ada: Somebody) -> None:
    noted(here)
    with here.store.begin() as tx:
        before = vitals.counts(tx)["sends", "sent"]
    here.skip(days=1)
    ada.says("/today")
    noted(here)
    ada.forgets_what_was_said()
    ada.says("/admin")
    told = ada.sees("Sent today / since Mon 5 January")
    [line] = [line for line in told.splitlines() if line.endswith("arrived")]
    today, _, days = line.removesuffix(" arrived").partition(" / ")
    assert int(today) == int(days) - before > 0


def test_counts_of_days_gone_by_are_let_go_of_and_totals_are_kept(here: World) -> None:
    here.person("Ada", "UTC")
    noted(here)
    here.skip(days=8)
    here.run(ticker.sweep(here.bot.desk))
    with here.store.begin() as tx:
        assert {what for what, _ in vitals.counts(tx) if what.startswith("sends")} == {"sends"}


def test_of_open_cases_the_oldest_that_nobody_has_seen_is_told(here: World, ada: Somebody) -> None:
    osei = on_call(here, "Osei", 1)
    number = alarmed(here.person("Ben", "UTC"))
    here.fast_forward(minutes=3)
    ada.says("/admin")
    ada.sees("Cases: 1 open, 1 not acknowledged, the oldest of these since Mon 8:55 (UTC)")
    osei.taps("Acknowledge")
    assert case(here, number).state == CaseState.ACKNOWLEDGED
    ada.says("/admin")
    ada.sees("Cases: 1 open, all acknowledged")


def test_of_very_many_people_a_part_is_looked_at_and_that_is_said(
    here: World, ada: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.person("Ben", "UTC").says("/done")
    ada.says("/done")
    monkeypatch.setattr("reminderbot.services.admin.SAMPLE", 1)
    ada.forgets_what_was_said()
    ada.says("/admin")
    assert "2 / 2 done" in ada.sees("reckoned from one person in 2")


def test_answers_of_last_week_are_left_out(here: World, ada: Somebody) -> None:
    ada.says("/done")
    ada.says("/remind move off")
    for days, line in ((0, "1 / 1 done"), (6, "0 / 1 done"), (1, "0 / 0 done")):
        here.skip(days=days)
        ada.forgets_what_was_said()
        ada.says("/admin")
        ada.sees("Answers today / in 7 days", line)


def test_all_that_may_become_of_a_call_is_told() -> None:
    kinds = {kind.__name__.lower() for kind in outcomes.Verdict.__args__}
    assert set(SENDS) == kinds


def test_the_command_stands_in_no_other_place(here: World) -> None:
    handlers = [handler for group in here.bot.app.handlers.values() for handler in group]
    named = [one for one in handlers if isinstance(one, CommandHandler) and "admin" in one.commands]
    assert len(named) == 1
