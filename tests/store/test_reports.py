"""Reports in the database: encrypted, emptied after thirty days, handed over and forgotten with the person."""

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, select

from reminderbot.services import followups, holds, privacy, reactions, reports, risks, safety_cards
from reminderbot.services.replies import Tap
from reminderbot.services.reports import Finding
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import tables
from reminderbot.store.queries import people
from reminderbot.store.queries import reports as rows
from reminderbot.store.tables import Lane, Method
from reminderbot.store.vault import Vault, new_key
from tests.conftest import At
from tests.world import MONDAY

ANA = 1001
SADDLE = Finding(
    "emergency", "cauda-equina", ["cauda-equina.numb-saddle"], words="my secret words", lexicon="v1"
)
DOUBT = Finding("none", "cauda-equina", ["cauda-equina.numb-saddle"], words="my secret words")
WEEKS = Finding("gp", "persistent-sciatica", ["persistent-sciatica.weeks"], words="my secret words")


def all_of(work: Work, table: Table, **where: Any) -> list[Any]:
    query = select(table).order_by(*table.primary_key)
    for column, value in where.items():
        query = query.where(table.c[column] == value)
    return list(work.tx.execute(query).all())


def test_report_card_hold_and_case_are_one_transaction(at: At) -> None:
    with suppress(RuntimeError), at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
        raise RuntimeError
    with at() as work:
        assert not all_of(work, tables.reports)
        assert not all_of(work, tables.messages)
        assert not all_of(work, tables.safety)


def test_words_and_name_are_encrypted_and_nothing_else_holds_them(at: At, around: Surroundings) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
        (row,) = all_of(work, tables.reports)
        assert around.vault.open(row.words) == "my secret words"
        assert around.vault.open(row.name) == "Ana"
        for table in (tables.reports, tables.audit, tables.messages, tables.safety):
            assert "secret" not in str(all_of(work, table))


def test_words_and_name_go_after_thirty_days_and_not_before(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
    with at(MONDAY + timedelta(days=30)) as work:
        assert followups.sweep_words(work, 10) == 0
    with at(MONDAY + timedelta(days=30, seconds=1)) as work:
        assert followups.sweep_words(work, 10) == 1
        (row,) = all_of(work, tables.reports)
        assert (row.words, row.name) == (None, None)
        assert followups.sweep_words(work, 10) == 0


def test_a_card_without_words_still_says_what_to_do(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
        rows.empty_words(work.tx, MONDAY + timedelta(days=1), 10)
        (row,) = all_of(work, tables.reports)
        card = safety_cards.of(work, row)
        assert card.args["say_text"] == {"template": "safety.say_plain", "args": {}}


def test_a_report_that_is_over_goes_after_half_a_year_and_one_that_holds_stays(at: At) -> None:
    with at() as work:
        over = reports.open_report(work, ANA, SADDLE, "Ana")
        reactions.misread(work, ANA, over)
        kept = reports.open_report(work, ANA + 1, SADDLE, "Bea")
        rows.change(work.tx, ANA + 1, kept, {"state": "closed", "closed_as": holds.FOLLOWED})
    with at(MONDAY + timedelta(days=181)) as work:
        assert followups.sweep_reports(work, 10) == 1
        assert [row.id for row in all_of(work, tables.reports)] == [kept]


def test_each_step_is_taken_once_however_many_workers_look(at: At) -> None:
    with at() as work:
        reports.ask(work, ANA, DOUBT, "Ana")
    with at(MONDAY + timedelta(minutes=5)) as work:
        (due,) = rows.due(work.tx, work.at, 10)
        assert rows.take(work.tx, due)
        assert not rows.take(work.tx, due)


def test_a_bot_that_was_down_breaks_the_silence_when_it_is_back(at: At) -> None:
    with at() as work:
        reports.ask(work, ANA, DOUBT, "Ana")
    with at(MONDAY + timedelta(hours=7)) as work:
        assert followups.advance(work, 10) == 1
        assert [row.level for row in all_of(work, tables.reports)] == ["emergency"]
        assert all_of(work, tables.messages, template="safety.emergency", lane=Lane.SAFETY)


def test_follow_ups_that_the_downtime_has_passed_are_left_out(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
    with at(MONDAY + timedelta(hours=30)) as work:
        followups.advance(work, 10)
        followups.advance(work, 10)
        assert not all_of(work, tables.messages, template="safety.followup")
        (row,) = all_of(work, tables.reports)
        assert row.next_at == MONDAY + timedelta(hours=72)


def test_what_only_needs_days_holds_nothing_and_opens_no_case(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, WEEKS, "Ana")
        assert not holds.is_held(holds.row(work, ANA))
        assert all_of(work, tables.cases) == []


def test_a_lost_key_keeps_no_card_back(at: At, around: Surroundings) -> None:
    with at() as work:
        report = reports.ask(work, ANA, DOUBT, "Ana")
    lost = Surroundings(around.library, around.places, Vault(new_key()))
    with at(MONDAY + timedelta(minutes=5)) as work:
        other = Work(work.tx, work.at, lost)
        followups.advance(other, 10)
        assert risks.recall(other, ANA) == frozenset()
        (row,) = all_of(work, tables.reports, id=report)
        assert row.state == "open"
        assert all_of(work, tables.messages, template="safety.emergency")


def test_content_that_has_no_words_for_a_condition_gives_general_ones(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, Finding("emergency", "gone", ["gone.rule"], words="x"), "Ana")
        (row,) = all_of(work, tables.reports)
        assert safety_cards.of(work, row).args["reason_text"] == {"template": "safety.reason_now", "args": {}}


def test_risks_are_encrypted_and_emptied_after_a_day(at: At) -> None:
    with at() as work:
        risks.remember(work, ANA, frozenset({"pregnant"}))
        assert "pregnant" not in str(all_of(work, tables.safety))
        assert risks.recall(work, ANA) == {"pregnant"}
    with at(MONDAY + timedelta(hours=23)) as work:
        assert risks.sweep(work, 10) == 0
        risks.remember(work, ANA, frozenset({"cancer"}))
    with at(MONDAY + timedelta(hours=25)) as work:
        assert risks.recall(work, ANA) == {"cancer"}
    with at(MONDAY + timedelta(hours=48)) as work:
        assert risks.sweep(work, 10) == 1
        assert all_of(work, tables.safety)[0].context is None


def test_export_hands_over_what_was_reported_also_to_who_never_subscribed(
    at: At, around: Surroundings
) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
        privacy.export(work, ANA)
        files = all_of(work, tables.messages, chat_id=ANA, method=Method.FILE)
        sent = around.vault.open(files[0].args)
        assert isinstance(sent, dict)
        told = json.loads(sent["text"])
        assert told["report"][0]["words"] == "my secret words"
        assert told["safety"][0]["hold"] == "held"


def test_forget_leaves_nothing_of_a_report_also_for_who_never_subscribed(at: At) -> None:
    with at() as work:
        reports.open_report(work, ANA, SADDLE, "Ana")
        privacy.ask_forget(work, ANA)
        assert all_of(work, tables.messages, chat_id=ANA, template="forget.question")
        privacy.forget(work, ANA, Tap("7", 1))
        left = {name for name, found in people.everything(work.tx, ANA) if found}
        assert left == {"message"}
        assert {row.template for row in all_of(work, tables.messages)} == {"tapped.forgotten", "forget.done"}


def test_the_audit_tells_what_happened_without_chat_words_or_name(at: At) -> None:
    with at() as work:
        report = reports.open_report(work, ANA, SADDLE, "Ana")
        reactions.misread(work, ANA, report)
        lines = all_of(work, tables.audit)
        assert {"card", "report_closed"} <= {line.kind for line in lines}
        card = json.loads(next(line.detail for line in lines if line.kind == "card"))
        assert card["rules"] == ["cauda-equina.numb-saddle"]
        assert (card["level"], card["lexicon"]) == ("emergency", "v1")
        assert str(ANA) not in "".join(line.detail for line in lines)
        assert all(word not in str(lines) for word in ("secret", "Ana"))


def test_a_waiting_correction_never_overtakes_its_card(at: At) -> None:
    with at() as work:
        report = reports.open_report(work, ANA, SADDLE, "Ana")
        reactions.misread(work, ANA, report, Tap("7", 1))
        said = [row for row in all_of(work, tables.messages) if row.method != Method.TOAST]
        assert {row.lane for row in said} == {Lane.SAFETY}
        assert [said[0].template, said[-1].template] == ["safety.emergency", "safety.misread"]
