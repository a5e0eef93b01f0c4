"""What people tell of their bodies and their days, with all its slips, is neither a plan nor a pause."""

from datetime import datetime
from pathlib import Path

import pytest
import yaml

from reminderbot.rules.timewords import is_pause
from reminderbot.rules.timewords.spelling import spelt
from reminderbot.services import planning, requests, tweaks
from reminderbot.services.work import Surroundings

FOLDER = Path(__file__).parents[1] / "messages"
NOW = datetime(2026, 1, 5, 8, 55)

PLANS = {
    "every 90 min weekdays only",
    "remind me every 45 min, 9 to 5",
    "mon wed fri only. 10am till 4.30",
    "no messages on sundays please",
    "stop messages on sundays",
    "pause me till monday, off to see my sister",
}
"""Those among the messages that do ask for reminders, or for none."""

SLIPS = {
    ("evry", "every"),
    ("mornng", "morning"),
    ("mornin", "morning"),
    ("moring", "morning"),
    ("tmrw", "tomorrow"),
}
"""Words among the messages that are put right."""


@pytest.fixture(scope="module", params=["tuned-one", "tuned-two", "tuned-four", "tuned-five"])
def messages(request: pytest.FixtureRequest) -> list[str]:
    rows = yaml.load((FOLDER / f"{request.param}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return [str(row["say"]) for row in rows]


def test_no_message_of_the_collections_is_a_plan_by_mistake(
    around: Surroundings, messages: list[str]
) -> None:
    found = [text for text in messages if planning.says_when(around.library, text, NOW) or is_pause(text)]
    assert set(found) - PLANS == set()


def test_no_word_of_theirs_is_taken_for_another(around: Surroundings, messages: list[str]) -> None:
    names = requests.every_name(around.library)
    found = {
        (word.strip(",."), right.strip(",."))
        for text in messages
        if (meant := spelt(text, names)) != text
        for word, right in zip(text.split(), meant.split(), strict=True)
        if word != right
    }
    assert found - SLIPS == set()


@pytest.mark.parametrize(
    "text",
    [
        "I'm numb more often",
        "my legs give way more often",
        "can't pee after 5 pm",
        "no feeling before 9 this morning",
        "no sleep after 3",
        "I never go before noon",
        "I get it less often",
        "my leg hurts not so often",
        "too many pills",
        "I can not move before 10",
        "cannot move before 10",
        "can not move before 10",
        "can't move before 10",
        "my back can only move after 11",
        "can I only move after 11",
        "I want to move only after 11",
        "so stiff no move before 11",
        "stiff - no move before 11",
        "then no move after 3",
        "my legs only move after noon",
        "only move after 11",
        "I only stretch after 5",
        "doctor said no move after 3",
        "doctor says only stretch after 5",
        "doc: never stretch before 9",
        "never stretch before 9",
        "not move before 10",
        "I can't stretch after 5",
        "I never move before noon",
        "I don't stretch after 5",
        "I don’t want to move before 10",
        "I do not want to stretch after 5 pm",
        "never stretch before bed",
        "no move until noon, stiff",
        "don't move me before 9",
        "nothing moves before 10",
        "none of it moves before 10",
        "I move only after 11",
        "my legs move only after 11",
        "can move only after 11",
        "too stiff to move only after 11",
        "not able to stretch before 9",
        "my knee won't stretch after 5, only before 3",
        "shouldn't stretch before 10",
        "no more can I move after 3",
    ],
)
def test_a_small_change_is_only_of_reminders(around: Surroundings, text: str) -> None:
    assert tweaks.read(around.library, text) is None
