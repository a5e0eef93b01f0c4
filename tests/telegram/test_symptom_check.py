"""/symptom: a check by buttons that reads no text, for everybody."""

import pytest

from reminderbot.library import guided
from reminderbot.services.work import Surroundings
from reminderbot.store.queries import reports, safety
from tests.world import MONDAY, Somebody, World

NONE = "None of these"


def found(who: Somebody) -> list[tuple[str, str | None, bool]]:
    rows = who.world.ask(lambda work: reports.unsettled(work.tx, who.id))
    return [(row.level, row.condition, row.mental) for row in rows]


@pytest.mark.parametrize("words", ["/symptom", "symptom", "Symptoms?", "/symptoms"])
def test_it_begins_with_the_five_questions(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees(
        "between your legs", "peeing", "bowels", "both legs", "sexual", "call your local emergency number"
    )
    assert ana.buttons() == [
        *("Numb between the legs", "Peeing has changed", "No control of my bowels", "Both legs"),
        *("Sexual feeling is gone", NONE),
    ]


def pages(around: Surroundings) -> list[tuple[int, str, guided.Item, str]]:
    told = []
    for number, page in enumerate(guided.PAGES):
        for name, item in around.library.check.items(page).items():
            label = around.library.messages[f"symptom.{page}"].button(name)
            told.append((number, name, item, label))
    return told


def test_every_answer_leads_to_the_card_of_its_level_at_once(here: World) -> None:
    for count, (number, name, item, label) in enumerate(pages(here.around)):
        somebody = here.person(f"Person {count}")
        somebody.says("/symptom")
        for _ in range(number):
            somebody.taps(NONE)
        somebody.taps(label)
        assert found(somebody) == [(item.level, item.condition, item.mental)], name
        somebody.sees("You tapped")
        card = "\n".join(message.text for message in somebody.person.messages)
        own = here.around.library.messages[f"triage.{item.condition}.reason"].render()
        assert own in card or (item.level == "gp" and "worth a booked visit" in card), name


def test_each_page_fits_the_screen_of_a_phone(around: Surroundings) -> None:
    for page in guided.PAGES:
        message = around.library.messages[f"symptom.{page}"]
        lines = sum(1 + len(line) // 40 for line in message.render().splitlines())
        assert lines + 2 * len(message.buttons) <= 28, page


def test_an_emergency_holds_exercise(here: World, ana: Somebody) -> None:
    ana.says("/symptom")
    ana.taps("Peeing has changed")
    ana.forgets_what_was_said()
    here.until(MONDAY.replace(hour=9, minute=1))
    assert not [text for text in ana.unread() if "Done" in text]
    assert here.ask(lambda work: safety.get(work.tx, ana.id)).level == "emergency"  # type: ignore[union-attr]


def test_all_answers_no_end_with_what_to_do_if_that_changes_and_nothing_is_held(
    here: World, ana: Somebody
) -> None:
    ana.says("/symptom")
    for _ in guided.PAGES:
        ana.taps(NONE)
    ana.sees("None of that: good.", "see a doctor", "your local emergency number")
    ana.sees_nothing()
    assert "A stretch made it worse" not in ana.buttons()
    assert found(ana) == []
    here.until(MONDAY.replace(hour=9, minute=1))
    assert ana.unread()


def test_after_all_answers_no_the_stretch_of_the_day_can_be_named(ana: Somebody) -> None:
    ana.says("/stretch")
    ana.says("/symptom")
    for _ in guided.PAGES:
        ana.taps(NONE)
    ana.taps("A stretch made it worse")
    ana.sees("Please stop the exercise", "The last stretch was")
    ana.taps("This stretch made it worse")
    ana.sees("won't come again")


def test_all_answers_no_while_a_card_is_open_says_that_the_card_stands(ana: Somebody) -> None:
    ana.says("my groin is numb and I can't pee")
    ana.says("/symptom")
    for _ in guided.PAGES:
        ana.taps(NONE)
    ana.sees("None of that: good.", "still stands")


def test_it_never_says_that_no_doctor_is_needed(around: Surroundings) -> None:
    texts = " ".join(
        message.text.get().lower()
        for name, message in around.library.messages.items()
        if name.startswith(("symptom.", "hold.", "safety."))
    )
    for phrase in (
        "don't need a doctor",
        "no need to see",
        "nothing to worry",
        "no doctor is needed",
        "you're fine",
    ):
        assert phrase not in texts


def test_somebody_who_is_no_subscriber_is_answered_too(here: World) -> None:
    stranger = here.person("Stranger")
    stranger.says("/symptom")
    stranger.taps(NONE)
    stranger.taps("Chest")
    assert found(stranger) == [("emergency", "heart", False)]


def test_a_double_tap_is_one_report(here: World, ana: Somebody) -> None:
    ana.says("/symptom")
    page = ana.person.messages[-1]
    ana.person.taps("Both legs", page)
    ana.person.taps("Both legs", page)
    here.settle()
    rows = here.ask(lambda work: reports.unsettled(work.tx, ana.id))
    assert len(rows) == 1


@pytest.mark.parametrize(
    "data", ["v1:yhas:nonsense", "v1:yhas:", "v1:ynone:nowhere", "v1:yworse:x", "v1:yworse:move:0"]
)
def test_a_forged_button_changes_nothing_and_says_so(ana: Somebody, data: str) -> None:
    ana.says("/symptom")
    ana.does(lambda person: person.taps_data(data, person.messages[-1]))
    ana.sees_toast("doesn't work any more")
    assert found(ana) == []


def test_the_content_and_the_buttons_are_one_set(around: Surroundings) -> None:
    library = around.library
    assert list(guided.faults(library.check, library.messages, library.triage.conditions)) == []
    without = {name: message for name, message in library.messages.items() if name != "symptom.now"}
    faults = guided.faults(library.check, without, set())
    assert {fault.field for fault in faults} >= {
        "pages.now.chest",
        "pages.between.saddle.condition",
        "groups.chest.behind",
    }


def test_each_urgent_answer_comes_after_every_emergency(around: Surroundings) -> None:
    order = [item.level for _, _, item, _ in pages(around)]
    assert order == sorted(order, key=["emergency", "urgent", "gp"].index)
