"""/settings for the day something is wrong: who is told, which country, and weekly check-ins for those who agreed."""

from datetime import timedelta

import pytest

from reminderbot.services import holds
from reminderbot.store.queries import cases, reports
from reminderbot.store.tables import Sharing, on_call
from tests.telegram.holding import report, take_back
from tests.world import MONDAY, Somebody, World

WEEK = timedelta(days=7)
ON, OFF = "Ask me every week", "Stop asking every week"


def page(who: Somebody) -> None:
    who.says("/settings")
    who.taps("If something is wrong")


def sharing(who: Somebody) -> str:
    return str(who.world.ask(lambda work: holds.ensure(work, who.id)).sharing)


def test_people_are_asked_each_time_unless_they_choose_otherwise(ana: Somebody) -> None:
    page(ana)
    ana.sees("first name", "only if you tap Share")
    assert ana.buttons()[:3] == ["Always share my words", "✓ Ask me each time", "Tell nobody"]


@pytest.mark.parametrize(
    ("label", "choice", "line"),
    [
        ("Always share my words", Sharing.ALWAYS, "and what you wrote"),
        ("Tell nobody", Sharing.NOBODY, "Nobody is told"),
    ],
)
def test_a_choice_is_kept_and_explained_in_one_line(
    ana: Somebody, label: str, choice: str, line: str
) -> None:
    page(ana)
    ana.taps(label)
    ana.sees_toast("Saved")
    ana.sees(line)
    assert f"✓ {label}" in ana.buttons()
    assert sharing(ana) == choice


def with_a_case(here: World, ana: Somebody) -> int:
    """Somebody else is on call, and Ana has tapped something pressing; the number of her case."""
    duty = {"chat_id": 77, "step": 1, "since": MONDAY}
    here.ask(lambda work: work.tx.execute(on_call.insert().values(duty)))
    ana.says("/symptom")
    ana.taps("Both legs")
    (case,) = here.ask(lambda work: cases.unclosed_of(work.tx, ana.id))
    return int(case.number)


def test_to_tell_nobody_closes_the_case_that_runs(here: World, ana: Somebody) -> None:
    with_a_case(here, ana)
    page(ana)
    ana.taps("Tell nobody")
    assert here.ask(lambda work: cases.unclosed_of(work.tx, ana.id)) == []


def test_consent_can_be_taken_back_while_a_case_runs(here: World, ana: Somebody) -> None:
    page(ana)
    ana.taps("Always share my words")
    number = with_a_case(here, ana)
    assert here.ask(lambda work: cases.get(work.tx, number)).shared  # type: ignore[union-attr]
    page(ana)
    ana.taps("Ask me each time")
    assert not here.ask(lambda work: cases.get(work.tx, number)).shared  # type: ignore[union-attr]


def test_a_choice_that_was_never_offered_changes_nothing(ana: Somebody) -> None:
    page(ana)
    ana.does(lambda person: person.taps_data("v1:hshare:everything", person.messages[-1]))
    ana.sees_toast("doesn't work any more")
    assert sharing(ana) == Sharing.ASK


def test_the_country_of_the_number_can_be_set(ana: Somebody) -> None:
    page(ana)
    ana.taps("Which country's emergency number?")
    ana.taps("Australia")
    ana.sees("000")


def test_check_ins_are_never_offered_to_the_healthy(here: World, ana: Somebody) -> None:
    page(ana)
    assert ON not in ana.buttons()
    ana.does(lambda person: person.taps_data("v1:hcheck:on", person.messages[-1]))
    ana.forgets_what_was_said()
    ana.says("/stop")
    ana.forgets_what_was_said()
    here.fast_forward(days=15)
    ana.sees_nothing()


def test_they_are_not_offered_after_a_misreading(ana: Somebody) -> None:
    number = report(ana)
    take_back(ana, number)
    closed = {"state": "closed", "closed_as": "misread"}
    ana.world.ask(lambda work: reports.change(work.tx, ana.id, number, closed))
    page(ana)
    assert ON not in ana.buttons()


def test_who_agreed_is_asked_every_week_for_thirty_days(here: World, ana: Somebody) -> None:
    report(ana, "gp")
    ana.says("/pause")
    page(ana)
    ana.taps(ON)
    ana.sees("Once a week")
    assert OFF in ana.buttons()
    for week in range(1, 5):
        here.until(MONDAY.replace(hour=10, minute=0) + week * WEEK)
        ana.sees("Your weekly check", "between your legs")
        ana.forgets_what_was_said()
    here.fast_forward(days=30)
    assert not [text for text in ana.unread() if "weekly check" in text]


def test_none_of_these_is_one_tap_and_promises_nothing(here: World, ana: Somebody) -> None:
    report(ana, "gp")
    page(ana)
    ana.taps(ON)
    here.until(MONDAY.replace(hour=10, minute=0) + WEEK)
    ana.taps("None of these")
    ana.sees("none of these this week", "don't wait")


def test_an_answer_to_a_check_in_is_an_emergency_at_once(here: World, ana: Somebody) -> None:
    report(ana, "gp")
    page(ana)
    ana.taps(ON)
    here.until(MONDAY.replace(hour=10, minute=0) + WEEK)
    ana.taps("Peeing has changed")
    assert holds.is_held(here.ask(lambda work: holds.row(work, ana.id)))


def test_check_ins_end_when_the_person_says_so(here: World, ana: Somebody) -> None:
    report(ana, "gp")
    ana.says("/pause")
    page(ana)
    ana.taps(ON)
    ana.taps(OFF)
    here.fast_forward(days=13)
    assert not [text for text in ana.unread() if "weekly check" in text]
