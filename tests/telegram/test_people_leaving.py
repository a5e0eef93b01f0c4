"""Who stops, or wants to be forgotten, with a sign open that has to be checked, is told first what to do about it."""

import pytest

from tests.telegram.holding import report
from tests.world import Somebody

ZONE = "Europe/Berlin"


def _texts(ana: Somebody, words: str) -> list[str]:
    ana.forgets_what_was_said()
    ana.says(words)
    return ana.unread()


def test_stop_with_an_emergency_open_says_first_whom_to_call_and_then_stops(ana: Somebody) -> None:
    report(ana)
    first, then = _texts(ana, "/stop")
    assert "should be checked now. Call\n112\n" in first
    assert "Stopping the reminders doesn't change that." in first
    assert then.startswith("Stopped")


def test_forget_with_an_emergency_open_says_first_whom_to_call_and_then_asks(ana: Somebody) -> None:
    report(ana)
    first, then = _texts(ana, "/forget")
    assert "should be checked now. Call\n112\n" in first
    assert "Deleting what I know doesn't change that." in first
    assert then.startswith("Delete everything")
    ana.taps("Delete everything")
    ana.sees("everything I knew about you is deleted")


@pytest.mark.parametrize("words", ["/stop", "/forget"])
def test_what_is_for_today_is_called_so(ana: Somebody, words: str) -> None:
    report(ana, "urgent")
    first, _ = _texts(ana, words)
    assert "should be checked today" in first
    assert "116117" in first


@pytest.mark.parametrize("words", ["/stop", "/forget"])
def test_after_dark_thoughts_it_names_somebody_to_talk_to(ana: Somebody, words: str) -> None:
    report(ana, mental=True)
    first, _ = _texts(ana, words)
    assert "People are there" in first
    assert "To talk to" in first


@pytest.mark.parametrize("words", ["/stop", "stop", "please stop", "stop the reminders", "leave me alone"])
def test_an_open_question_is_not_left_behind_in_silence(ana: Somebody, words: str) -> None:
    report(ana, "none", asked=True)
    first, then = _texts(ana, words)
    assert "my question above is still open" in first
    assert then.startswith("Stopped")


def test_the_gravest_of_several_is_named(ana: Somebody) -> None:
    report(ana)
    report(ana, "urgent")
    report(ana, "none", asked=True)
    first, _ = _texts(ana, "/stop")
    assert "checked now" in first


def test_what_is_certain_for_today_goes_before_an_open_question(ana: Somebody) -> None:
    report(ana, "urgent")
    report(ana, "none", asked=True)
    first, _ = _texts(ana, "/stop")
    assert "should be checked today" in first


@pytest.mark.parametrize("words", ["/stop", "/forget"])
def test_body_and_dark_thoughts_are_both_named(ana: Somebody, words: str) -> None:
    report(ana)
    report(ana, mental=True)
    first, _ = _texts(ana, words)
    assert "should be checked now. Call\n112\n" in first
    assert "You also told me how hard things are.\nTo talk" in first
    assert first.endswith("doesn't change that.")


def test_what_is_for_today_is_named_beside_dark_thoughts(ana: Somebody) -> None:
    report(ana, "urgent")
    report(ana, mental=True)
    first, _ = _texts(ana, "/stop")
    assert "People are there" in first
    assert "should be checked today.\nTo be seen today, call:\n116117" in first


@pytest.mark.parametrize(
    ("language", "begins", "though"),
    [("es", "Antes de nada", "Parar los recordatorios"), ("de", "Zuerst", "Erinnerungen"), ("fr", "D'abord", "rappels"),
     ("pt", "Primeiro", "lembretes"), ("it", "Prima di tutto", "promemoria")],
)  # fmt: skip
@pytest.mark.parametrize("level", ["emergency", "urgent"])
@pytest.mark.parametrize("mental", [False, True])
def test_it_is_said_in_the_language_of_the_report(
    ana: Somebody, language: str, begins: str, though: str, level: str, mental: bool
) -> None:
    report(ana, level, mental=mental, language=language)
    first, _ = _texts(ana, "/stop")
    assert first.startswith(begins)
    assert though in first
    assert "or your" not in first
    assert all("Copy" not in label for label in ana.person.messages[-2].labels)


def test_the_number_can_be_copied(ana: Somebody) -> None:
    report(ana)
    ana.says("/stop")
    assert any("Copy 112" in message.labels for message in ana.person.messages)


@pytest.mark.parametrize("words", ["/stop", "/forget"])
def test_with_nothing_open_nothing_is_said_about_it(ana: Somebody, words: str) -> None:
    report(ana, "gp")
    assert all("First:" not in text for text in _texts(ana, words))
