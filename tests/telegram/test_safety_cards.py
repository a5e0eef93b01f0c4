"""Red flags in what people write: the right card at once, with one right number, and never a locked chat."""

import re
from functools import partial

import pytest

from reminderbot.services import reports, safety_cards
from reminderbot.services.reports import Finding
from reminderbot.services.work import Surroundings, Work
from reminderbot.store import tables
from reminderbot.store.queries import reports as report_rows
from reminderbot.store.tables import Lane
from reminderbot.telegram import wording
from tests.telegram.alarms import on_call
from tests.telegram.looking import rows
from tests.world import Somebody, World

ZONE = "Europe/London"
SADDLE = "my groin is numb and I can't pee"
CLOT = "my calf is swollen and hot"
WEEKS = "sciatica for 3 months and it limits me"


def test_an_emergency_gets_its_card_at_once_with_the_number_of_the_zone(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees("Call now:\n999\nor your local emergency number", "between the legs", "Exercises are paused")
    ana.sees_nothing()


def test_the_card_goes_before_all_else(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    card = rows(here, tables.messages, chat_id=ana.id, template="safety.emergency")
    assert [row.lane for row in card] == [Lane.SAFETY]


def test_the_card_says_what_to_say_on_the_phone_in_their_own_words(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees(f"On the phone, say: “{SADDLE}”")


def test_a_long_story_is_quoted_in_short(ana: Somebody) -> None:
    ana.says(f"{SADDLE} " + "and it has been like this since I woke up " * 20)
    assert len(re.findall("“(.+)”", ana.sees("On the phone"))[0]) <= 160


def test_markup_in_their_words_breaks_no_card(here: World, ana: Somebody) -> None:
    ana.says(f"<b>{SADDLE}</b> & {{number}}")
    ana.sees("“<b>my groin is numb and I can't pee</b> & {number}”")
    assert not [call for call in here.tele.calls if call.error]


def test_the_number_can_be_copied(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("Copy 999")
    assert ana.person.clipboard == "999"


def test_without_a_confirmed_zone_there_are_words_and_no_number(here: World) -> None:
    bob = here.person("Bob")
    bob.says("/start")
    bob.says(SADDLE)
    card = bob.sees("Call now:\nyour local emergency number")
    assert not re.search(r"\d", card)
    assert not any("Copy" in label for label in bob.buttons())


@pytest.mark.parametrize(
    ("zone", "number"),
    [("Europe/Berlin", "112"), ("America/New_York", "911"), ("Australia/Sydney", "000"),
     ("Pacific/Auckland", "111"), ("UTC", "your local emergency number")],
)  # fmt: skip
def test_each_zone_has_the_number_of_its_country(here: World, zone: str, number: str) -> None:
    bob = here.person("Bob", zone)
    bob.says(SADDLE)
    bob.sees(f"Call now:\n{number}")


def test_a_country_that_was_tapped_goes_before_the_zone_and_the_card_changes_in_place(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    ana.sees("Where are you now?")
    ana.taps("More »")
    ana.taps("Australia")
    ana.sees("In an emergency there, call\n000")
    ana.sees("Call now:\n000\nor your local emergency number")
    ana.says("I still can't feel my groin")
    ana.sees("000")


def test_a_country_may_be_typed(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.says("wrong country")
    ana.says("Ireland")
    ana.sees("In an emergency there, call\n112")


def test_a_country_without_a_checked_number_gets_words(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("Wrong country?")
    ana.taps("Another country")
    ana.sees("no checked number for other countries", "call your local emergency number")
    ana.sees("Call now:\nyour local emergency number")


def test_a_forged_country_shows_no_number(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.does(lambda person: person.taps_data("v1:sctry:<b>", person.last))
    ana.sees("your local emergency number.")


def test_thoughts_of_ending_it_get_a_line_to_call_and_no_exercise(ana: Somebody) -> None:
    ana.says("I'm going to kill myself tonight")
    card = ana.sees("You matter", "Call now:\n999\nor your local emergency number", "Is somebody with you?")
    assert "xercise" not in card
    assert "say:" not in card
    assert card.isascii() or not re.search("[\U0001f300-\U0001faff☀-➿]", card)
    ana.taps("You misread me")


def test_thoughts_without_a_plan_name_somebody_to_talk_to_first(ana: Somebody) -> None:
    ana.says("I want to die")
    card = ana.sees("To talk", "If you might act on it, call\n999")
    assert card.index("To talk") < card.index("999\n")


def test_behind_an_urgent_card_come_its_questions_and_any_yes_is_an_emergency(
    here: World, ana: Somebody
) -> None:
    ana.says(CLOT)
    ana.sees("To be seen today, call:\n111\n(NHS 111) or a doctor.", "Call your local emergency number")
    ana.taps("Can't get my breath at rest")
    card = ana.sees("your breath", "Call now:\n999", "say: “Can't get my breath at rest. … my calf")
    assert "today" not in card
    (report,) = rows(here, tables.reports, chat_id=ana.id)
    assert (report.level, report.state) == ("emergency", "open")


def test_none_of_the_five_leaves_it_urgent(here: World, ana: Somebody) -> None:
    ana.says(CLOT)
    ana.taps("None of these")
    ana.sees("It still needs checking today")
    assert rows(here, tables.reports, chat_id=ana.id)[0].level == "urgent"
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_what_can_wait_some_days_gets_one_line_and_the_signs_that_change_it(
    here: World, ana: Somebody
) -> None:
    ana.says(WEEKS)
    ana.sees("GP or physio", "Gentle walks are fine")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "normal"
    ana.taps("Signs that change this")
    ana.sees("These signs should not wait", "999\nor your local emergency number")


def test_somebody_else_in_danger_gets_a_card_about_them_without_hold_or_case(
    here: World, ana: Somebody, olga: Somebody
) -> None:
    ana.says("my mum has a drooping face and slurred speech")
    ana.sees("999\nor your local emergency number, and stay with them")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "normal"
    assert rows(here, tables.cases) == []
    olga.sees_nothing()


def test_it_is_about_me_after_all_takes_one_tap(here: World, ana: Somebody) -> None:
    ana.says("my mum has a drooping face and slurred speech")
    ana.taps("It's about me")
    ana.sees("Call now:\n999")
    assert rows(here, tables.safety, chat_id=ana.id)[0].hold == "held"


def test_asking_what_could_be_changes_nothing_and_shows_the_signs(here: World, ana: Somebody) -> None:
    ana.says("what if my groin goes numb, should I worry?")
    ana.sees("These signs should not wait")
    assert rows(here, tables.reports) == []


def test_who_never_started_gets_the_card_as_well(here: World) -> None:
    bob = here.person("Bob")
    bob.says(SADDLE)
    bob.sees("Call now:")
    bob.sees_nothing()
    bob.taps("You misread me")
    bob.sees("I misread that")


def test_nobody_is_watching_is_said_when_it_is_so(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees("Nobody is watching this chat.")


def test_who_is_told_of_an_on_call_team_reads_that_they_are_being_told(ana: Somebody, olga: Somebody) -> None:
    ana.says(SADDLE)
    assert "Nobody is watching" not in ana.sees("I'm telling people on call.")
    olga.sees("Ana")


def test_the_welcome_says_whether_anybody_watches_and_what_they_see(here: World) -> None:
    here.person("Bob").says("/start")
    here.people["Bob"].sees("Nobody is watching this chat.")
    on_call(here, "Olga", 1)
    eva = here.person("Eva")
    eva.says("/start")
    seen = "later also if you told me more, or are getting help"
    eva.sees("tell the people on call", "your first name and a link to you", seen, "only if you share it")


def test_the_chat_is_never_locked(ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.sees("Call now:")
    ana.says("/streak")
    ana.sees("treak")
    ana.says("/settings")
    ana.sees("Settings")
    ana.says("/stop")
    ana.sees("Stopped")


def test_thanks_after_the_card_gets_no_talk_of_streaks(ana: Somebody) -> None:
    ana.says("I'm going to kill myself tonight")
    ana.sees("You matter")
    ana.says("thanks")
    assert "treak" not in ana.sees("999")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [("tengo la entrepierna dormida y no puedo orinar", "Llama al número de emergencias"),
     ("Ich kann nicht pinkeln und mein Schritt ist taub", "Ruf den Notruf an"),
     ("je ne sens plus mon entrejambe et je ne peux pas uriner", "urgences"),
     ("não consigo urinar e as virilhas dormentes", "emergência"),
     ("non riesco a urinare e sono intorpidito tra le gambe", "emergenza")],
)  # fmt: skip
def test_an_emergency_in_another_language_gets_its_card(ana: Somebody, words: str, fragment: str) -> None:
    ana.says(words)
    card = ana.sees("999", fragment)
    assert "local emergency number" not in card
    assert "Thanks for telling me" not in card
    assert "You misread me" not in ana.buttons()


def test_suicide_in_another_language_gets_its_own_words(ana: Somebody) -> None:
    ana.says("quiero suicidarme")
    assert "ejercicios" not in ana.sees("¿Hay alguien contigo?")


def words_of_ours(text: str) -> int:
    return len(re.sub("“.*”", "", text).split())


def findings(around: Surroundings) -> list[Finding]:
    return [
        Finding(level, name, [f"{name}.any"], condition.mental, words=SADDLE)
        for name, condition in around.library.triage.conditions.items()
        for level in sorted({rule.level for rule in condition.rules})
    ]


def words_put_out(work: Work, chat_id: int, finding: Finding) -> int:
    """How many words of ours the card of a finding has, as somebody in London sees it."""
    report = reports.open_report(work, chat_id, finding, "Ana")
    row = report_rows.get(work.tx, chat_id, report)
    card = safety_cards.of(work, row)
    reports.close(work, row, "misread")
    text = re.sub("“.*”|<[^>]*>", "", wording.render(work.around.library, *card, work.at))
    return len(text.split())


def test_every_card_of_every_condition_stays_under_sixty_words(
    here: World, ana: Somebody, around: Surroundings
) -> None:
    counts = {
        (finding.condition, finding.level): here.ask(partial(words_put_out, chat_id=ana.id, finding=finding))
        for finding in findings(around)
    }
    assert len(counts) > 40
    assert {which: count for which, count in counts.items() if count >= 60} == {}


def put_out(work: Work, chat_id: int, level: str, condition: str) -> str:
    """The reason that the card of a report shows."""
    report = reports.open_report(work, chat_id, Finding(level, condition, []), "Ana")
    card = safety_cards.of(work, report_rows.get(work.tx, chat_id, report))
    return wording.render(work.around.library, str(card.args["reason_text"]["template"]), {}, work.at)  # type: ignore[index]


@pytest.mark.parametrize(
    ("level", "condition", "says", "never"),
    [("emergency", "clot-leg", "straight away", "today"), ("emergency", "cauda-equina", "between the legs", "today"),
     ("gp", "cauda-equina", "in the coming days", "now"), ("gp", "heart", "in the coming days", "straight away")],
)  # fmt: skip
def test_the_reason_never_speaks_of_another_haste_than_the_card(
    here: World, ana: Somebody, level: str, condition: str, says: str, never: str
) -> None:
    reason = here.ask(partial(put_out, chat_id=ana.id, level=level, condition=condition))
    assert says in reason
    assert never not in reason


def test_words_after_an_urgent_card_are_answered_with_the_number_that_it_showed(ana: Somebody) -> None:
    ana.says(CLOT)
    ana.says("what should I do with the thing then")
    assert "999" not in ana.sees("still stands", "111\n(NHS 111)")
    ana.taps("Copy 111")
    assert ana.person.clipboard == "111"


@pytest.mark.usefixtures("olga")
def test_help_that_is_on_its_way_is_not_asked_for_again(here: World, ana: Somebody) -> None:
    ana.says(SADDLE)
    ana.taps("I'm getting help")
    ana.taps("Share what I wrote")
    assert "I'm getting help" not in str([message.labels for message in ana.person.messages])
    here.fast_forward(hours=3)
    ana.taps("It's worse")
    assert "I'm getting help" in ana.buttons()


def test_a_card_that_never_arrived_comes_when_the_person_is_back(
    here: World, ana: Somebody, olga: Somebody
) -> None:
    ana.person.says(SADDLE)
    ana.person.blocks()
    here.settle()
    here.fast_forward(minutes=20)
    ana.forgets_what_was_said()
    ana.does(lambda person: person.unblocks())
    ana.sees("Call now:\n999")
    assert "has been delivered" in olga.unread()[-1]
    ana.does(lambda person: person.blocks())
    ana.does(lambda person: person.unblocks())
    assert not [text for text in ana.unread() if "Call now:" in text]
