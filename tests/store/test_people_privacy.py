"""What is kept about people: all of it handed over, all of it deleted."""

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest

from reminderbot.services import groups, holds, outbox, people, preferences, privacy
from reminderbot.services.replies import Tap
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.queries import due, importing, inbox, questions
from reminderbot.store.queries import outbox as outbox_rows
from reminderbot.store.queries import people as rows
from reminderbot.store.tables import (
    Delivery,
    InboxState,
    ReportState,
    Standing,
    cases,
    dropped_cards,
    heard,
    notes,
    on_call,
    reports,
)
from reminderbot.store.tables import days as day_rows
from reminderbot.store.vault import Vault, new_key
from tests.conftest import At
from tests.world import MONDAY

ANA, BEN = 1001, 1002
TAP = Tap("7", 1)


def everything(work: Work, chat_id: int) -> dict[str, list[dict[str, Any]]]:
    return dict(rows.everything(work.tx, chat_id))


def fill(work: Work, chat_id: int) -> None:
    """A row of this person in every table."""
    people.start(work, chat_id, "Ana")
    preferences.toggle_avoid(work, chat_id, "knee-injury", TAP)
    for words in ("home", "runner", "gentle"):
        preferences.say(work, chat_id, words)
    key = {"chat_id": chat_id, "habit": "move", "habit_day": MONDAY.date()}
    moments = {"due_at": work.at, "closes_at": work.at, "expires_at": work.at, "not_before": work.at}
    due.add(work.tx, [key | moments])
    work.tx.execute(day_rows.insert().values(key | {"done": 2}))
    payload = work.around.vault.seal({"text": "=1+1 my secret words"})
    update = {"chat_id": chat_id, "received_at": work.at, "payload": payload, "state": InboxState.NEW}
    inbox.add(work.tx, [update | {"update_id": chat_id * 10}])
    importing.put(work.tx, chat_id, chat_id, work.at, work.around.vault.seal({"days": []}))
    questions.put(work.tx, chat_id, chat_id, work.at, work.around.vault.seal([["7:00", "at 07:00"]]))
    fill_safety(work, chat_id)


def fill_safety(work: Work, chat_id: int) -> None:
    """A report that holds, with its case and a note about it, of somebody who is on call as well."""
    seal, chat = work.around.vault.seal, {"chat_id": chat_id}
    known = {
        "reported_at": work.at,
        "state": ReportState.OPEN,
        "level": "urgent",
        "rules": "[]",
        "codes": "[]",
    }
    report = known | {"id": chat_id, "lexicon": "1", "words": seal("numb since today"), "name": seal("Ana")}
    case = {
        "number": chat_id,
        "level": "urgent",
        "report_id": chat_id,
        "name": seal("Ana"),
        "opened_at": work.at,
    }
    case |= {"policy": work.around.library.policy.urgent.to_json()}
    note = {"number": chat_id, "message_row": 1, "told_at": work.at}
    card = {"card": "frog", "why": "worse", "dropped_at": work.at}
    said = {"message_id": 1, "said_at": work.at, "words": seal("numb")}
    duty = {"step": 1, "name": seal("Ana"), "since": work.at}
    for table, row in (
        (reports, report),
        (cases, case),
        (notes, note),
        (dropped_cards, card),
        (heard, said),
        (on_call, duty),
    ):
        work.tx.execute(table.insert().values(chat | row))
    holds.hold(work, chat_id, "urgent", False, chat_id)


def test_every_table_that_has_a_chat_holds_rows_in_these_tests(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        assert all(everything(work, ANA).values())


def test_forget_deletes_every_row_of_the_person_and_none_of_anybody_else(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        fill(work, BEN)
        inbox.finish(work.tx, ANA, ANA * 10)
        before = everything(work, BEN)
        privacy.forget(work, ANA, TAP)
        left = {table: found for table, found in everything(work, ANA).items() if found}
        assert list(left) == ["message"]
        assert {row["template"] or row["method"] for row in left["message"]} == {
            "tapped.forgotten",
            "forget.done",
            "menu",
        }
        assert everything(work, BEN) == before


def test_the_last_words_to_somebody_forgotten_are_swept_as_soon_as_they_are_sent(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        privacy.forget(work, ANA, TAP)
        for row in everything(work, ANA)["message"]:
            outbox_rows.settle(work.tx, outbox_rows.Key(ANA, row["id"]), Delivery.SENT)
        outbox_rows.sweep(work.tx, work.at - timedelta(days=7), 100)
        assert not any(everything(work, ANA).values())


def test_after_forget_an_update_delivered_again_is_still_known(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        inbox.finish(work.tx, ANA, ANA * 10)
        privacy.forget(work, ANA, TAP)
        assert inbox.of_nobody(work.tx, [ANA * 10, 7]) == {ANA * 10}
        assert everything(work, inbox.NOBODY)["inbox"][0]["payload"] is None


def test_updates_that_wait_behind_forget_are_still_handled(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        privacy.forget(work, ANA, TAP)
        assert [waiting.update_id for waiting in inbox.claim(work.tx, MONDAY, MONDAY, 9)] == [ANA * 10]


@pytest.mark.parametrize(("days", "forgotten"), [(179, 0), (181, 1)])
def test_people_who_stopped_are_forgotten_after_180_days(at: At, days: int, forgotten: int) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.start(work, BEN, "Ben")
        people.stop(work, ANA)
    with at(MONDAY + timedelta(days=days)) as work:
        assert people.forget_long_gone(work, 500) == forgotten
        assert (rows.get(work.tx, ANA) is None) == bool(forgotten)
        assert rows.get(work.tx, BEN) is not None


def test_people_who_cannot_be_reached_are_forgotten_the_same_way(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.mark_unreachable(work, ANA)
    with at(MONDAY + timedelta(days=181)) as work:
        assert people.forget_long_gone(work, 500) == 1
        assert not any(everything(work, ANA).values())


def exported(work: Work, chat_id: int) -> tuple[dict[str, Any], list[list[str]]]:
    privacy.export(work, chat_id)
    sent = [row for row in everything(work, chat_id)["message"] if row["template"].startswith("export.")]
    files: list[Any] = [work.around.vault.open(row["args"]) for row in sent]
    texts = {str(file["name"]).rpartition(".")[2]: str(file["text"]) for file in files}
    tables: dict[str, Any] = json.loads(texts["json"])
    assert tables.pop("reminderbot") == {"version": 1, "exported_at": work.at.isoformat()}
    return tables, list(csv.reader(io.StringIO(texts["csv"])))


def test_the_export_has_every_table_and_is_readable(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        tables, lines = exported(work, ANA)
    assert all(tables.values())
    assert lines == [
        ["habit", "day", "prompted", "done", "own", "skipped", "missed", "void", "snoozed"],
        ["move", "2026-01-05", "0", "2", "0", "0", "0", "0", "0"],
    ]
    assert tables["subscriber"][0]["avoid"] == ["knee-injury"]
    said = {name: tables["subscriber"][0][name] for name in ("place", "sport", "level")}
    assert said == {"place": "home", "sport": "runner", "level": "easy"}
    assert tables["inbox"][0]["payload"]["text"] == "=1+1 my secret words"
    assert tables["report"][0]["words"] == "numb since today"
    assert {"cadence", "day", "inbox", "message", "reminder", "report", "safety", "subscriber"} <= set(tables)


def test_the_export_holds_nobody_elses_rows(at: At) -> None:
    with at() as work:
        fill(work, ANA)
        fill(work, BEN)
        tables, _ = exported(work, ANA)
    assert {row["chat_id"] for found in tables.values() for row in found} == {ANA}


def test_no_cell_of_the_export_is_run_as_a_formula() -> None:
    row = dict.fromkeys(privacy.DAY_COLUMNS.values(), 0) | {"habit": "=HYPERLINK(1)", "done": -5}
    (_, line) = csv.reader(io.StringIO(privacy.as_csv([row])))
    assert (line[0], line[3]) == ("'=HYPERLINK(1)", "-5")


def test_the_export_says_which_values_a_lost_key_took(at: At, around: Surroundings) -> None:
    with at() as work:
        fill(work, ANA)
        other = Surroundings(around.library, around.places, Vault(new_key()))
        tables, _ = exported(Work(work.tx, work.at, other), ANA)
    assert tables["subscriber"][0]["avoid"] == around.library.messages["export.unreadable"].text.get()


def test_a_block_freezes_reminders_and_drops_what_waits(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.mark_unreachable(work, ANA)
        found = everything(work, ANA)
    assert found["subscriber"][0]["standing"] == Standing.UNREACHABLE
    assert {row["next_due_at"] for row in found["cadence"]} == {None}
    assert {(row["state"], row["args"]) for row in found["message"]} == {(Delivery.DROPPED, None)}


def test_unblocking_thaws_and_greets_once(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        due_before = [row["next_due_at"] for row in everything(work, ANA)["cadence"]]
        people.mark_unreachable(work, ANA)
        people.welcome_back(work, ANA)
        people.start(work, ANA, "Ana")
        found = everything(work, ANA)
    assert [row["next_due_at"] for row in found["cadence"]] == due_before
    waiting = [row["template"] for row in found["message"] if row["state"] == Delivery.PENDING]
    assert waiting == ["start.returned", "clock.question", "start.here"]


def test_whoever_writes_can_be_reached_again(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.mark_unreachable(work, ANA)
        preferences.show(work, ANA)
        found = everything(work, ANA)
    assert found["subscriber"][0]["standing"] == Standing.ACTIVE
    assert None not in {row["next_due_at"] for row in found["cadence"] if not row["off"]}


def test_somebody_who_stopped_before_blocking_stays_stopped(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.stop(work, ANA)
        people.mark_unreachable(work, ANA)
        people.welcome_back(work, ANA)
        assert everything(work, ANA)["subscriber"][0]["standing"] == Standing.STOPPED


def test_what_to_avoid_is_asked_once(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        people.ask_avoid(work, ANA)
        people.ask_avoid(work, ANA)
        asked = [row for row in everything(work, ANA)["message"] if row["template"] == "avoid.question"]
    assert len(asked) == 1


def test_what_to_avoid_is_open_until_it_is_answered_and_when_the_key_is_lost(at: At) -> None:
    with at() as work:
        sealed = Vault(new_key()).seal(["knee-injury"])
        assert people.avoided(work, None) is None
        assert people.avoided(work, sealed) is None
        assert people.avoided(work, work.around.vault.seal([])) == frozenset()


def test_what_to_avoid_is_stored_encrypted(at: At) -> None:
    with at() as work:
        people.start(work, ANA, "Ana")
        preferences.toggle_avoid(work, ANA, "knee-injury", TAP)
        stored = everything(work, ANA)["subscriber"][0]["avoid"]
    assert b"knee" not in stored


def test_nothing_is_said_to_a_group_twice(at: At) -> None:
    with at() as work:
        for _ in range(3):
            groups.decline(work, -500, speaks=True)
        said = [(row["method"], row["template"]) for row in everything(work, -500)["message"]]
    assert said == [("send", "group.leave"), ("leave", "")]


def test_a_stranger_is_told_how_to_begin_whatever_was_asked(at: At) -> None:
    with at() as work:
        people.stop(work, ANA)
        privacy.export(work, ANA)
        preferences.show(work, ANA, TAP)
        outbox.say(work, ANA, "help.text")
        told = [row["template"] for row in everything(work, ANA)["message"]]
    assert told == ["start.first", "start.first", "tapped.stranger", "help.text"]
