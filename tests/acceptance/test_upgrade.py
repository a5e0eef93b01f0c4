"""Upgrade without a pause: tables grow under processes that run, which are then replaced one by one."""

from tests.acceptance.crew import Crew, all_end
from tests.acceptance.processes import until
from tests.acceptance.stage import Person, Stage
from tests.acceptance.watch import subscribe

ROUNDS = 4


def asks(people: list[Person]) -> None:
    for person in people:
        person.says("/streak")


def answers(stage: Stage, person: Person) -> int:
    return sum("Streak 0 days" in call.text for call in stage.telegram.sent(person.id))


def test_all_processes_are_replaced_while_people_talk_and_each_word_is_answered_once(
    stage: Stage, crew: Crew
) -> None:
    workers, webs = [crew.starts("worker"), crew.starts("worker")], [crew.web(0), crew.web(1)]
    until(lambda: crew.health(0).get("ready") and crew.health(1).get("ready"), "health")
    people = [stage.person(f"Person-{number}") for number in range(8)]
    subscribe(people)
    crew.widens("inbox", "message", "subscriber")
    for number in range(2):
        workers.append(crew.starts("worker"))
        asks(people)
        all_end(workers[number])  # with what it has just been asked in hand
        asks(people)
        all_end(webs[number])
        webs[number] = crew.web(number)
        webs[number].says("webhook.registered")
    crew.settles()
    assert [answers(stage, person) for person in people] == [ROUNDS] * len(people)
    all_end(*workers[2:], *webs)
