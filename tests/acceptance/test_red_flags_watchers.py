"""What people on call get to see and can do: no words without consent, replies that arrive, drills, one link each."""

from tests.acceptance.processes import until
from tests.acceptance.stage import Stage
from tests.acceptance.watch import (
    NUMB,
    QUICK,
    ROUND,
    gets_card,
    is_about,
    is_note,
    is_told,
    notes,
    on_call,
    reports,
    shown_notes,
    standing,
    told_after,
)


def test_words_are_shown_only_after_consent_and_a_reply_reaches_the_person(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    _, note = reports(stage, ana)
    is_told(bela)
    assert is_about(note, ana)
    assert "Anastasia" in note.text
    assert not [call for call in stage.telegram.tries(bela.id) if "groin" in call.text]
    ana.taps("Share what I wrote")
    ana.sees("can read what you wrote")
    until(lambda: NUMB in shown_notes(stage, bela)[0].replace("&#x27;", "'"), "words")

    bela.says("Is your groin numb, and can't you pee? I call you now", note.message_id)
    relayed = ana.sees("From the person on call", "I call you now")
    bela.sees("passing that on")
    stage.settles()
    assert stage.rows("select count(*) from report") == [(1,)], "what on call asks is about somebody else"
    ana.says("Thank you, my sister is here", relayed.message_id)
    ana.sees("Passed on to the people on call.")
    bela.sees("Answer from Anastasia, case 1:", "my sister is here")
    bela.taps("Close")
    bela.sees("Close case 1?")
    bela.taps("Close")
    until(lambda: "Closed by" in shown_notes(stage, bela)[0], "end of the case")
    assert not [text for text in shown_notes(stage, bela) if NUMB in text or "sister" in text]
    stage.settles()
    stage.passes(ROUND)
    stage.settles()
    assert notes(stage, cleo) == []


def test_writing_again_and_again_makes_one_case_and_no_storm_of_notes(stage: Stage) -> None:
    (bela,) = on_call(stage, "Bela-Katharina")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.subscribes()
    for _ in range(4):
        ana.says(NUMB)
    for _ in range(4):
        gets_card(ana)
    is_told(bela)
    stage.settles()
    assert standing(stage) == [("open", 1, None)]
    assert len(notes(stage, bela)) == 1


def test_a_drill_climbs_until_somebody_acknowledges_it(stage: Stage) -> None:
    bela, cleo = on_call(stage, "Bela-Katharina", "Cleopatra")
    ana = stage.person("Anastasia")
    stage.starts(tick=QUICK)
    ana.says("/cases drill")
    ana.sees("not one of them")
    bela.says("/cases drill")
    bela.sees("Drill 1 has begun")
    note = until(lambda: notes(stage, bela), "note")[0]
    assert "this is a test" in note.text
    told_after(stage, note.at, ROUND, cleo)
    cleo.taps("Acknowledge")
    until(lambda: standing(stage)[0][0] == "closed", "end of the drill")
    stage.settles()
    assert not [call for call in stage.telegram.calls(ana.id) if is_note(call) or "has seen" in call.text]


def test_a_link_puts_one_person_on_call_once(stage: Stage) -> None:
    link = stage.commands("oncall", "invite", "--step", "2")
    bela, eve = stage.person("Bela-Katharina"), stage.person("Evangeline")
    stage.starts(tick=QUICK)
    words = f"/start {link.partition('?start=')[2].split()[0]}"
    bela.says(words)
    bela.sees("You are on call now, at step 2")
    eve.says(words)
    eve.sees("doesn't work any more")
    shown = stage.commands("oncall", "list")
    assert f"step 2  {bela.id}  Bela-Katharina  on duty" in shown
    assert str(eve.id) not in shown
