"""The main job over HTTP, with a real process: subscribe, be reminded, answer, rest, come back."""

from datetime import datetime, timedelta

from tests.acceptance.processes import until
from tests.acceptance.stage import MONDAY, Call, Person, Stage

TUESDAY = MONDAY + timedelta(days=1)


def utc(day: datetime, hour: int, minute: int = 0) -> datetime:
    """A time of a day in UTC."""
    return day.replace(hour=hour, minute=minute)


def on_time(stage: Stage, moment: datetime, *people: Person, habit: str = "move") -> Call:
    """Go to just before a due moment: everybody's reminder comes within its minute, and not before; the last one."""
    stage.at(moment - timedelta(seconds=0.2))
    asked = [person.is_asked(habit) for person in people]
    assert all(moment <= call.at < moment + timedelta(seconds=60) for call in asked), asked
    return asked[-1]


def test_a_day_of_moves_is_reminded_at_the_right_local_minute_and_answered_in_every_way(stage: Stage) -> None:
    ana, bela, cleo = stage.person("Anastasia"), stage.person("Bela-Katharina"), stage.person("Cleopatra")
    stage.starts()
    ana.says("/start")
    ana.sees("You're in", "Mon 9:00")
    ana.sees("Is it <b>8:55</b> for you now?")
    ana.taps("Yes")
    ana.sees("Thanks!", "Mon 8:55 (UTC)")
    bela.subscribes("Kathmandu")  # 5:45 ahead: 14:40 there
    cleo.subscribes()

    nudge = on_time(stage, utc(MONDAY, 9), cleo, ana)
    ana.taps("Done")
    ana.sees("✅ Done.", "Today 1 of 7")
    assert stage.shown(ana, nudge).startswith(nudge.text), "the nudge itself becomes its result"
    cleo.taps("Skip")
    cleo.sees("Skipped")
    cleo.taps("Undo")
    assert cleo.sees("").asks
    stage.settles()
    assert stage.outcomes(cleo) == {"None": 1}
    cleo.says("did it")
    cleo.sees("Move: done.")
    on_time(stage, utc(MONDAY, 9, 15), bela)  # 15:00 there
    bela.says("done")
    bela.sees("Move: done.")

    on_time(stage, utc(MONDAY, 10), ana)
    ana.says("skip")
    ana.sees("Move: skipped.")
    parent = on_time(stage, utc(MONDAY, 10, 15), bela)  # 16:00 there
    bela.taps("Snooze")
    snoozed = bela.sees("Back at")
    stage.passes(timedelta(minutes=10))
    child = bela.is_asked()
    assert parent.at + timedelta(minutes=10) <= child.at < parent.at + timedelta(minutes=11)
    assert f"{child.at + timedelta(hours=5, minutes=45):%H:%M}" in snoozed.text
    bela.taps("Done", child.message_id)
    bela.sees("✅ Done.")
    assert stage.outcomes(bela) == {"done": 2, "snoozed": 1}

    on_time(stage, utc(MONDAY, 11), ana)
    ana.says("/done")
    ana.sees("Today 2 of 6, 1 more and it counts.")
    on_time(stage, utc(MONDAY, 13), ana)
    ana.taps("Done")
    ana.sees("Streak 1 day. Today 3 of 6, and it counts.")

    stretch = on_time(stage, utc(TUESDAY, 8, 30), ana, habit="stretch")
    assert "Your stretch" in stretch.text
    ana.sees("Anything to avoid?")
    ana.taps("Done", stretch.message_id)
    ana.sees("✅ Done.", "Streak 1 day. Today 1 of 1")
    ana.says("/streak")
    ana.sees("Move", "Streak 1 day", "Stretch", "Streak 1 day")


def test_nothing_is_sent_while_somebody_pauses_or_blocks_and_all_goes_on_afterwards(stage: Stage) -> None:
    ana, bela, cleo = stage.person("Anastasia"), stage.person("Bela-Katharina"), stage.person("Cleopatra")
    stage.starts()
    for person in (ana, bela, cleo):
        person.subscribes()
    ana.says("/pause 1d")
    ana.sees("Paused until")
    bela.does("blocks")
    stage.settles()

    on_time(stage, utc(MONDAY, 9), cleo)  # who is always there shows that the others had their turn
    on_time(stage, utc(MONDAY, 10), cleo)
    stage.settles()
    assert stage.telegram.nudges(ana.id) == stage.telegram.nudges(bela.id) == []

    ana.says("/resume")
    ana.sees("we go on")
    bela.does("unblocks")
    bela.sees("Good to have you back")
    on_time(stage, utc(MONDAY, 11), ana, bela, cleo)

    cleo.does("leaves_telegram")  # the bot learns of it from its next attempt
    on_time(stage, utc(MONDAY, 13), ana, bela)
    standing = "select 1 from subscriber where chat_id = ? and standing = 'unreachable'"
    until(lambda: stage.rows(standing, cleo.id), "note that Cleopatra is gone")
    on_time(stage, utc(MONDAY, 14), ana, bela)
    stage.settles()
    assert [len(stage.telegram.nudges(person.id)) for person in (ana, bela, cleo)] == [3, 3, 3]
    refused = [call for call in stage.telegram.attempts if call["chat_id"] == cleo.id and not call["ok"]]
    assert {call["at"][:13] for call in refused} == {"2026-01-05T13"}, "nothing more is tried"


def test_after_three_hours_down_everybody_gets_at_most_one_nudge(stage: Stage) -> None:
    ana, bela = stage.person("Anastasia"), stage.person("Bela-Katharina")
    bot = stage.starts()
    for person in (ana, bela):
        person.subscribes()
    on_time(stage, utc(MONDAY, 9), ana, bela)
    stage.settles()
    bot.is_killed()

    stage.at(utc(MONDAY, 12, 5))  # 10:00 and 11:00 were missed, and are too late now
    bela.says("/done")
    bot = stage.starts()
    bela.sees("Move (9:00): done.")
    rows = "select count(*) from reminder where due_at like '%11:00:00%' and state = 'dropped' and outcome = 'void'"
    until(lambda: stage.rows(rows) == [(2,)], "note that 11:00 was too late")
    for person in (ana, bela):
        assert len(stage.telegram.nudges(person.id)) == 1
    bot.is_killed()

    stage.at(utc(MONDAY, 16, 5))  # 13:00, 14:00, 15:00 were missed; 16:00 is still worth sending
    stage.starts()
    for person in (ana, bela):
        person.is_asked()
    on_time(stage, utc(TUESDAY, 8, 30), ana, habit="stretch")
    stage.settles()
    for person in (ana, bela):
        assert len([call for call in stage.telegram.nudges(person.id) if "move" in str(call.asks)]) == 2
