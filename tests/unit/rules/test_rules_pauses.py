"""Which habit days are paused, whatever is said in whatever order."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules.pauses import Pause, Pauses

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
SPAN = [MONDAY + DAY * number for number in range(60)]


@dataclass(frozen=True)
class Said:
    """What somebody says: after some days a pause that begins in some days and lasts some; 0 days end one."""

    later: int
    ahead: int
    length: int


SAYINGS = st.lists(
    st.builds(Said, later=st.integers(0, 6), ahead=st.integers(0, 12), length=st.integers(0, 9)), max_size=6
)


def _heard(pauses: Pauses, said: Said, today: date) -> Pauses:
    if not said.length:
        if pauses.covers(today):
            return pauses.ended(today)
        return pauses.called_off() if pauses.ahead(today) else pauses
    begins = today + DAY * said.ahead
    return pauses.with_(Pause(begins, begins + DAY * said.length), today)


@given(SAYINGS)
def test_nothing_that_is_said_about_a_pause_ever_changes_the_days_gone_by_in_it(sayings: list[Said]) -> None:
    pauses, today = Pauses(), MONDAY
    for said in sayings:
        today += DAY * said.later
        before, pauses = pauses, _heard(pauses, said, today)
        begun = before.begun(today).recent
        for day in SPAN:
            if begun and begun.begins <= day < today:
                assert pauses.covers(day) == begun.covers(day) or not begun.covers(today)
            elif day < today:
                assert before.covers(day) or not pauses.covers(day)


@given(SAYINGS, st.integers(1, 12), st.integers(1, 9))
def test_a_pause_that_is_to_come_begins_and_ends_on_its_days(
    sayings: list[Said], ahead: int, length: int
) -> None:
    pauses = Pauses()
    for said in sayings:
        pauses = _heard(pauses, said, MONDAY)
    begins = MONDAY + DAY * ahead
    planned = pauses.with_(Pause(begins, begins + DAY * length), MONDAY)
    for day in SPAN:
        runs = pauses.recent is not None and pauses.recent.covers(day)
        assert planned.covers(day) == (runs or begins <= day < begins + DAY * length)


@given(SAYINGS)
def test_a_pause_is_over_on_the_first_day_that_is_not_paused(sayings: list[Said]) -> None:
    pauses, today = Pauses(), MONDAY
    for said in sayings:
        today += DAY * said.later
        pauses = _heard(pauses, said, today)
        over = pauses.over(today)
        assert not pauses.covers(over)
        assert all(pauses.covers(day) for day in SPAN if today <= day < over)


@given(SAYINGS)
def test_an_end_is_an_end_today_whatever_was_said_before(sayings: list[Said]) -> None:
    pauses, today = Pauses(), MONDAY
    for said in sayings:
        today += DAY * said.later
        pauses = _heard(pauses, said, today)
    assert not pauses.ended(today).covers(today)


def test_a_pause_that_is_ended_on_its_first_day_has_never_been() -> None:
    assert Pauses().with_(Pause(MONDAY, MONDAY + 3 * DAY), MONDAY).ended(MONDAY) == Pauses()


def test_a_new_pause_takes_the_place_of_the_one_that_runs_but_keeps_its_days_gone_by() -> None:
    pauses = Pauses().with_(Pause(MONDAY, MONDAY + 14 * DAY), MONDAY)
    shorter = pauses.with_(Pause(MONDAY + DAY, MONDAY + 2 * DAY), MONDAY + DAY)
    assert shorter == Pauses(Pause(MONDAY, MONDAY + 2 * DAY))


def test_a_pause_without_an_end_is_never_over() -> None:
    assert Pauses().with_(Pause(MONDAY, date.max), MONDAY).over(MONDAY) == date.max
