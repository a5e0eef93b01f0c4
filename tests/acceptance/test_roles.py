"""Roles: web and worker processes beside each other on one PostgreSQL do the main job, and any of them may die."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx

from tests.acceptance.crew import SECRET, Crew, all_end, free_port
from tests.acceptance.processes import until
from tests.acceptance.stage import MONDAY, Call, Person, Stage
from tests.acceptance.watch import NUMB, QUICK, cards, gets_card, is_again, notes_about, subscribe

NINE = MONDAY.replace(hour=9, minute=0)


def taps_done(person: Person) -> None:
    person.taps("Done")


def has_answered(person: Person) -> Call:
    return person.sees("✅ Done.")


def each(people: list[Person], deed: Callable[[Person], object]) -> None:
    """Everybody does something."""
    for person in people:
        deed(person)


def test_two_web_and_two_workers_do_the_main_job_and_one_may_be_killed(stage: Stage, crew: Crew) -> None:
    workers, webs = [crew.starts("worker"), crew.starts("worker")], [crew.web(0), crew.web(1)]
    for number in range(2):
        until(lambda number=number: crew.health(number).get("ready"), "health")  # type: ignore[misc]
    bela, people = stage.person("Bela-Katharina"), [stage.person(f"Person-{number}") for number in range(6)]
    bela.says("/help")
    crew.does("oncall", "add", str(bela.id), "--step", "1")
    subscribe(people)
    assert all(crew.router.taken.values()), "both web processes had their part"

    stage.at(NINE - timedelta(seconds=0.2))
    for person in people:
        assert NINE <= person.is_asked().at < NINE + timedelta(seconds=60)
    each(people[:3], taps_done)
    workers[0].is_killed()  # in the middle of it
    each(people[3:], taps_done)
    crew.settles(after_death=True)
    each(people, has_answered)
    assert crew.rows("select outcome, count(*) from reminder group by 1") == [("done", len(people))]
    assert [len(stage.telegram.nudges(person.id)) for person in people] == [1] * len(people)

    workers[0] = crew.starts("worker")
    for person in people[:2]:
        person.says(NUMB)
    workers[1].is_killed()
    webs[0].is_killed()  # and Telegram delivers to the other one
    people[2].says(NUMB)
    hurt = people[:3]
    crew.settles(after_death=True)
    for person in hurt:
        gets_card(person)
        assert sum(not is_again(card) for card in cards(stage, person)) == 1
        assert sum(not is_again(note) for note in notes_about(stage, bela, person)) == 1
    assert crew.rows("select count(*) from report") == [(len(hurt),)]
    for (number,) in crew.rows("select number from safety_case"):
        bela.says(f"/ack {number}")
    for person in hurt:
        person.sees("has seen that something is wrong")
    crew.settles()
    assert crew.rows("select state, count(*) from safety_case group by 1") == [("acknowledged", len(hurt))]
    assert 'reminderbot_triage_total{level="emergency"}' in crew.figures(1)
    assert 'reminderbot_cases{state="acknowledged"} 3.0' in crew.figures(1)
    all_end(workers[0], webs[1])


def test_what_is_said_while_no_process_is_there_is_answered_later_and_once(stage: Stage, crew: Crew) -> None:
    web, ana = crew.web(0), stage.person("Anastasia")
    web.says("webhook.registered")
    ana.says("/start")  # and nobody answers yet
    until(lambda: crew.rows("select 1 from inbox where state = 'new'"), "stored update")
    assert not crew.health(0)["ready"]
    all_end(web)
    ana.says("/timezone Kathmandu")  # and nobody even takes it
    worker, web = crew.starts("worker"), crew.web(1)
    ana.sees("You're in")
    ana.sees("Kathmandu")
    crew.settles()
    all_end(worker, web)
    assert len([call for call in stage.telegram.sent(ana.id) if "You're in" in call.text]) == 1


def test_while_the_database_is_away_telegram_keeps_what_is_said(stage: Stage, crew: Crew) -> None:
    worker, web, ana = crew.starts("worker"), crew.web(0), stage.person("Anastasia")
    until(lambda: crew.health(0).get("ready"), "health")
    crew.lets_in(False)
    ana.says("/start")
    web.says("web.database")
    health = crew.health(0)
    assert health["live"]
    assert not health["checks"]["database"]["ok"]
    assert stage.is_all_taken() is False
    crew.lets_in(True)
    ana.sees("You're in")
    crew.settles()
    assert crew.rows("select count(*) from inbox") == [(1,)]
    until(lambda: crew.health(0).get("ready"), "health")
    crew.lets_in(False)
    all_end(worker, web)
    crew.lets_in(True)


def test_a_delivery_without_the_secret_changes_nothing(crew: Crew) -> None:
    web = crew.web(0)
    web.says("webhook.registered")
    address = f"http://127.0.0.1:{crew.router.port}/bot/telegram"
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}):
        assert httpx.post(address, json={"update_id": 1, "message": {}}, headers=headers).status_code == 403
    assert crew.rows("select count(*) from inbox") == [(0,)]
    assert SECRET not in web.said()


def test_one_process_can_have_updates_delivered_and_poll_again_and_loses_none(stage: Stage) -> None:
    port, ana = str(free_port()), stage.person("Anastasia")
    hook: dict[str, Any] = {"WEBHOOK_URL": f"http://127.0.0.1:{port}", "WEBHOOK_SECRET": SECRET, "PORT": port}
    bot = stage.starts(tick=QUICK, **hook)
    ana.subscribes()
    stage.at(NINE - timedelta(seconds=0.2))
    ana.is_asked()
    all_end(bot)
    ana.taps("Done")  # while nobody is there
    bot = stage.starts(tick=QUICK)
    has_answered(ana)
    all_end(bot)
    ana.says("/streak")
    bot = stage.starts(tick=QUICK, **hook)
    ana.sees("Streak")
    stage.settles()
    assert stage.outcomes(ana) == {"done": 1}
    all_end(bot)


def test_a_database_that_does_not_answer_keeps_no_process_from_ending(stage: Stage, crew: Crew) -> None:
    worker, web, ana = crew.starts("worker"), crew.web(0), stage.person("Anastasia")
    until(lambda: crew.health(0).get("ready"), "health")
    with crew.locked("inbox", "message", "meta"):
        ana.says("/start")
        until(lambda: not crew.health(0)["ready"], "processes that wait")
        all_end(worker, web)
