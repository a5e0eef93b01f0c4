"""A second report in an open case: each stays, those who know of it hear of it, and something worse begins anew."""

from reminderbot.services import cases
from reminderbot.store import tables
from reminderbot.store.queries import cases as case_rows
from reminderbot.store.tables import CaseState, Sharing
from tests.telegram.alarms import alarmed, case, sends
from tests.telegram.looking import rows
from tests.world import Somebody, World

ZONE = "Europe/London"
CALF = "my calf is hot and swollen"
NUMB = "my groin is numb and I can't pee"
CHEST = "sudden chest pain, crushing, and I'm sweating"


def shares_always(who: Somebody) -> None:
    who.world.ask(lambda work: work.tx.execute(tables.safety.update().values(sharing=Sharing.ALWAYS)))


def title(here: World, condition: str) -> str:
    return str(here.around.library.triage.conditions[condition].title)


def test_a_second_symptom_reaches_the_people_on_call_in_a_new_message(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    osei.sees("Case 1: emergency")
    before = sends(osei)
    ana.says(CHEST)
    osei.sees("More from Ana, case 1", "Case 1: emergency")
    assert sends(osei) == before + 1
    assert len(rows(here, tables.cases)) == 1


def test_words_shared_while_their_question_is_open_are_shown_as_unconfirmed(
    ana: Somebody, osei: Somebody
) -> None:
    ana.says(CALF)
    ana.says("my groin went numb after cycling")
    ana.sees("One question")
    ana.says("share")
    osei.sees("unconfirmed", "my groin went numb after cycling")


def test_whoever_has_the_case_hears_of_a_second_symptom_and_keeps_it(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    ana.says(NUMB)
    here.fast_forward(minutes=11)
    osei.taps("Acknowledge")
    for who in (osei, bo):
        who.forgets_what_was_said()
    ana.says(CHEST)
    osei.sees("More from Ana, case 1", "You have it until")
    bo.sees("More from Ana, case 1", "Osei has it until")
    assert case(here, 1).state == CaseState.ACKNOWLEDGED


def test_something_worse_begins_the_emergency_policy_at_step_1_though_somebody_had_it(
    here: World, ana: Somebody, osei: Somebody, bo: Somebody
) -> None:
    ana.says(CALF)
    here.fast_forward(minutes=31)
    bo.taps("Acknowledge")
    for who in (osei, bo):
        who.forgets_what_was_said()
    ana.says(NUMB)
    for who in (osei, bo):
        who.sees("More from Ana, case 1", "Case 1: emergency", "open again")
    now = case(here, 1)
    assert (now.state, now.round, now.expired) == (CaseState.OPEN, 1, 0)
    assert now.next_at - here.now == here.around.library.policy.emergency.interval(1)


def test_those_who_knew_are_told_once_of_something_worse(here: World, ana: Somebody, osei: Somebody) -> None:
    ana.says(CALF)
    before = sends(osei)
    here.fast_forward(minutes=5)
    ana.says(NUMB)
    here.fast_forward(seconds=5)
    assert sends(osei) == before + 1


def test_the_same_again_in_the_same_breath_makes_no_new_sound(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    before = sends(osei)
    for _ in range(3):
        ana.says(NUMB)
    assert sends(osei) == before
    here.fast_forward(minutes=3)
    ana.says(NUMB)
    assert sends(osei) == before + 1


def test_with_consent_every_report_is_in_the_note_oldest_first_with_its_time(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    shares_always(ana)
    here.ask(lambda work: cases.share(work, ana.id))
    ana.says(CALF)
    assert here.ask(lambda work: cases.share(work, ana.id))
    here.fast_forward(minutes=5)
    ana.says(NUMB)
    assert here.ask(lambda work: cases.share(work, ana.id))
    here.settle()
    note = osei.person.last.text
    told = ["Mon 8:55: urgent", CALF, "Mon 9:00: emergency", title(here, "cauda-equina"), NUMB]
    places = [note.index(words) for words in told]
    assert places == sorted(places)


def test_consent_is_for_one_report(here: World, ana: Somebody, osei: Somebody) -> None:
    ana.says(CALF)
    ana.taps("Share what I wrote")
    here.fast_forward(minutes=5)
    ana.says(NUMB)
    note = osei.person.last.text
    assert CALF in note
    assert NUMB not in note
    assert "Mon 9:00: emergency, not shared" in note
    ana.taps("Share what I wrote")
    assert CALF in osei.person.last.text
    assert NUMB in osei.person.last.text


def test_consent_that_was_taken_back_does_not_come_back_with_another(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(CALF)
    ana.taps("Share what I wrote")
    here.ask(lambda work: case_rows.change(work.tx, 1, {"shared": False}))
    here.fast_forward(minutes=5)
    ana.says(NUMB)
    ana.taps("Share what I wrote")
    note = osei.person.last.text
    assert NUMB in note
    assert CALF not in note


def test_a_report_that_was_a_misreading_leaves_the_note_and_the_other_stays(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    ana.taps("Share what I wrote")
    here.fast_forward(minutes=5)
    ana.says("I want to end my life tonight")
    assert here.ask(lambda work: cases.share(work, ana.id))
    here.settle()
    ana.says("you misread me")
    note = osei.person.last.text
    assert NUMB in note
    assert "end my life" not in note


def test_a_note_names_three_signs_and_counts_the_others(here: World, ana: Somebody, osei: Somebody) -> None:
    number = alarmed(ana)
    conditions = list(here.around.library.triage.conditions)[:5]
    rules = "[" + ", ".join(f'"{name}.rule"' for name in conditions) + "]"
    row = {"chat_id": ana.id, "id": 7, "reported_at": here.now, "state": "open", "level": "emergency"}
    row |= {"rules": rules, "codes": "[]", "lexicon": "1", "case_number": number}
    here.ask(lambda work: work.tx.execute(tables.reports.insert().values(row)))
    here.ask(lambda work: cases.share(work, ana.id))
    here.settle()
    signs = next(line for line in osei.person.last.text.splitlines() if line.startswith("Signs: "))
    assert title(here, conditions[2]) in signs
    assert title(here, conditions[3]) not in signs
    assert signs.endswith(" and 2 more")


def test_a_note_about_many_long_reports_and_answers_still_arrives(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    number = alarmed(ana)
    rules = "[" + ", ".join(f'"{name}.rule"' for name in here.around.library.triage.conditions) + "]"
    for report in range(12):
        row = {"chat_id": ana.id, "id": report, "reported_at": here.now, "level": "emergency"}
        row |= {"state": "open", "rules": rules, "codes": "[]", "lexicon": "1", "case_number": number}
        row |= {"words": here.around.vault.seal("😖" * 1000)}
        here.ask(lambda work, row=row: work.tx.execute(tables.reports.insert().values(row)))  # type: ignore[misc]
    here.ask(lambda work: cases.share(work, ana.id))
    here.fast_forward(minutes=10)
    osei.sees("Case 1: emergency", "Before that: 7 reports.")


def test_getting_help_is_shown_in_the_note_without_a_new_message(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says(NUMB)
    before = sends(osei)
    here.fast_forward(minutes=4)
    ana.taps("I'm getting help")
    here.ask(lambda work: cases.changed(work, ana.id))
    here.settle()
    assert "Mon 8:59: Ana says: getting help." in osei.person.last.text
    assert sends(osei) == before


def test_an_older_note_becomes_one_short_line_once(here: World, ana: Somebody, osei: Somebody) -> None:
    alarmed(ana)
    for _ in range(4):
        here.fast_forward(minutes=10)
    older = [
        call for call in here.tele.made("editMessageText", osei.id) if "see the newer" in str(call.params)
    ]
    assert len({call.params["message_id"] for call in older}) == len(older) == 4
    assert sends(osei) == 6, "the welcome and five notes"


def test_what_becomes_of_a_case_is_told_in_the_language_of_the_report(
    here: World, ana: Somebody, osei: Somebody
) -> None:
    ana.says("no puedo orinar")
    osei.taps("Acknowledge")
    ana.sees("Una persona de guardia ha visto que algo va mal")
    here.fast_forward(hours=2, minutes=1)
    told = ana.sees("desde entonces no sé nada", "Llama ahora", "999")
    assert "Call" not in told
