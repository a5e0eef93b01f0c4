"""Plans and pauses in words and by buttons; what is not understood; everything else that people send."""

import textwrap
from collections.abc import Callable

import pytest

from reminderbot.demo.telegram.people import Person
from tests.world import Somebody, World


@pytest.mark.parametrize(
    ("words", "plan", "times"),
    [
        ("move every 45m 9:00-12:00 13:00-17:30 weekdays", "every 45 min, 9:00-12:00, 13:00-17:30, weekdays",
         "Mon 9:00, Mon 9:45, Mon 10:30"),
        ("every 30m", "every 30 min, 9:00-12:00, 13:00-17:00, weekdays", "Mon 9:00, Mon 9:30, Mon 10:00"),
        ("nudges 8-12 and 14-18", "8:00-12:00, 14:00-18:00", "Mon 9:00, Mon 10:00, Mon 11:00"),
        ("move 9am-5pm", "9:00-17:00", "Mon 9:00, Mon 10:00, Mon 11:00"),
        ("Move mon,wed", "every 60 min, 9:00-12:00, 13:00-17:00, Mon, Wed", "Mon 9:00, Mon 10:00, Mon 11:00"),
        ("move every 4h", "every 4 h, 9:00-12:00", "Mon 9:00, Mon 13:00, Tue 9:00"),
        ("move every 90m", "every 90 min, 9:00-12:00", "Mon 9:00, Mon 10:30, Mon 13:00"),
        ("stretch 7:30", "at 7:30, daily", "Tue 7:30, Wed 7:30, Thu 7:30"),
        ("7:30", "at 7:30, daily", "Tue 7:30, Wed 7:30, Thu 7:30"),
    ],
)  # fmt: skip
def test_a_change_is_read_back_with_three_times_and_the_zone(
    ana: Somebody, words: str, plan: str, times: str
) -> None:
    ana.says(f"/remind {words}")
    ana.sees(plan, times, "(UTC)")


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("chair yoga tue,thu 17:00", "Chair yoga: at 17:00, Tue, Thu"),
        ("Chair Yoga on", "Chair yoga: at 17:00, Tue, Thu"),
        ("yoga on", "Chair yoga: at 17:00, Tue, Thu"),
        ("stretch 7:30", "Stretch: at 7:30, daily"),
        ("stretch off", "Stretch is off"),
        ("chair yoga tue,thu 25:00", "25:00"),
    ],
)
def test_a_habit_and_its_plan_need_no_command(ana: Somebody, words: str, plan: str) -> None:
    ana.says(words)
    ana.sees(plan)
    ana.sees_nothing()


@pytest.mark.parametrize(
    "words", ["move along please", "stretch it all a bit", "yoga mat for sale", "moving 7:30"]
)
def test_what_only_begins_like_a_habit_changes_no_plan(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("didn't get that")


def test_pain_beside_a_plan_without_a_command_is_heard_first(ana: Somebody) -> None:
    ana.says("stretch 7:30 but my groin is numb and I can't pee")
    ana.sees("Call now:")
    assert not [text for text in ana.unread() if "at 7:30" in text]


@pytest.mark.parametrize("words", ["sunday off", "Sunday card off", "sunday 18:00"])
def test_the_sunday_card_goes_by_its_day(ana: Somebody, words: str) -> None:
    ana.says(f"/remind {words}")
    ana.sees("Sunday card")


@pytest.mark.parametrize("words", ["/yoga", "yoga", "Chair yoga!"])
def test_chair_yoga_can_be_asked_for_at_once(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Chair yoga, 1 of ")


@pytest.mark.parametrize(
    ("words", "name"),
    [("sciatica", "sciatica"), ("Osteoporosis?", "osteoporosis"), ("Pinched nerve", "pinched-nerve")],
)
def test_the_bare_name_of_a_condition_gets_a_pointer_to_what_there_is_to_read(
    ana: Somebody, words: str, name: str
) -> None:
    ana.says(words)
    ana.sees(f"/learn {name}", "/symptom")


@pytest.mark.parametrize("words", ["took stairs", "walking now"])
def test_a_word_out_of_a_longer_name_points_to_nothing(ana: Somebody, words: str) -> None:
    ana.says(words)
    assert "/learn" not in ana.sees("didn't get that")


def test_help_fits_one_screen_of_a_phone_and_names_chair_yoga(ana: Somebody) -> None:
    """Of 360 by 740 points: 22 lines of 38 letters."""
    ana.says("/help")
    said = ana.sees("chair yoga", "/symptom", "emergency")
    assert sum(len(textwrap.wrap(line, 38)) or 1 for line in said.splitlines()) <= 22


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        ("move 9-25:00", ("25:00", "21:30")),
        ("stretch 25:00", ("25:00", "7:30")),
        ("move 17:00-9:00", ("ends before it starts", "17:00-24:00 0:00-9:00")),
        ("stretch 17:00-9:00", ("ends before it starts", "/remind stretch 9:00-17:00")),
        ("move 9-5", ("Did you mean 9:00-17:00?", "/remind move 9:00-17:00", "9:00-24:00 0:00-5:00")),
        ("stretch 9 to 5", ("Did you mean 9:00-17:00?", "/remind stretch 9:00-17:00")),
        ("9-5", ("Did you mean 9:00-17:00?", "/remind move 9:00-17:00")),
        ("every 0m", ("0m", "15 to 480")),
        ("every 5000m", ("5000m", "15 to 480")),
        ("move mondayz", ("mondayz", "weekdays")),
        ("move 9-12 11-14", ("overlap", "9:00-12:00 13:00-17:00")),
        ("move every 45m 7:30", ("7:30", "45m")),
        ("stretch 8:00 8:05", ("too close", "/remind stretch 7:30 daily")),
        ("stretch foo", ("foo", "/remind stretch 7:30 daily")),
        ("knitting 7:30", ("knitting", "move, stretch", "/remind move every", "/remind stretch 7:30")),
        ("off", ("Which one", "move, stretch")),
        ("weekdays", ("Which one", "/remind move weekdays")),
        ("move <b>&", ("<b>",)),
    ],
)
def test_words_that_make_no_plan_are_refused_with_what_to_type(
    ana: Somebody, words: str, fragments: tuple[str, ...]
) -> None:
    ana.says(f"/remind {words}")
    ana.sees(*fragments)
    ana.says("/remind")
    ana.sees("Move: every 60 min, 9:00-12:00, 13:00-17:00, weekdays", "Stretch: at 8:30, daily")


def test_off_keeps_the_plan_and_on_brings_it_back(here: World, ana: Somebody) -> None:
    ana.says("/remind move every 45m")
    ana.says("/remind move off")
    ana.sees("Move is off", "every 45 min")
    here.fast_forward(hours=8)
    ana.sees_nothing()
    ana.taps("Turn on")
    ana.sees("every 45 min", "Tue 9:00")


def test_buttons_say_the_same_as_words(ana: Somebody) -> None:
    ana.says("/remind")
    ana.taps("Change Move")
    ana.taps("45 min")
    ana.sees("every 45 min", "Mon 9:45")
    ana.taps("8-12, 13-17")
    ana.sees("every 45 min, 8:00-12:00, 13:00-17:00")
    ana.taps("All plans")
    ana.taps("Change Stretch")
    ana.taps("12:30")
    ana.sees("at 12:30", "Mon 12:30")
    ana.taps("All plans")
    ana.taps("Stretch off")
    ana.sees("Stretch is off")


def test_a_pause_is_the_rest_of_this_habit_day_and_the_next_two(here: World, ana: Somebody) -> None:
    ana.says("/pause 3d")
    ana.sees("Paused until Thu 8 January", "Thu 8:30 Stretch\nThu 9:00 Move")
    here.fast_forward(hours=70)
    ana.sees_nothing()
    here.fast_forward(hours=3)
    ana.sees("")


def test_a_pause_may_have_a_date_or_an_open_end(here: World, ana: Somebody) -> None:
    ana.says("/pause until 12 January")
    ana.sees("Paused until Mon 12 January")
    ana.says("/pause")
    ana.sees("until you send /resume")
    here.fast_forward(days=20)
    ana.sees_nothing()
    ana.says("/resume")
    ana.sees("we go on", "Mon 9:00 Move")
    ana.says("/resume")
    ana.sees("no pause")


def test_pause_and_resume_work_as_plain_words_and_buttons(ana: Somebody) -> None:
    ana.says("pause 2 days")
    ana.sees("Paused until Wed 7 January")
    ana.taps("Resume now")
    ana.sees("we go on")
    ana.says("/remind")
    ana.taps("Pause today")
    ana.sees("Paused until Tue 6 January")
    ana.says("resume")
    ana.sees("we go on")
    for words in ("/pause today", "pause today"):
        ana.says(words)
        ana.sees("Paused until Tue 6 January")


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("soon", "/pause 3d"),
        ("Friday", "/pause until friday"),
        ("until 1 January 2020", "not ahead"),
        ("900d", "366"),
    ],
)
def test_a_pause_that_makes_no_sense_is_refused(ana: Somebody, words: str, fragment: str) -> None:
    ana.says(f"/pause {words}")
    ana.sees(fragment)


@pytest.mark.parametrize(
    ("act", "fragment"),
    [
        (lambda person: person.says("/remnid"), "/remind"),
        (lambda person: person.says("/qqq"), "/help"),
        (lambda person: person.says("🦄🦄"), "write done"),
        (lambda person: person.says("word " * 819), "/help"),
        (lambda person: person.sends_sticker(), "stickers"),
        (lambda person: person.sends_photo("look"), "pictures"),
        (lambda person: person.sends_voice(), "recordings"),
        (lambda person: person.sends_document("a.txt", b"a"), "files"),
        (lambda person: person.edits(person.says("what is this"), "something else"), "changed a message"),
        (lambda person: person.says("/help"), "no emergency service"),
        (lambda person: person.says("/privacy"), "What I know about you"),
    ],
)
def test_every_input_has_an_answer(ana: Somebody, act: Callable[[Person], object], fragment: str) -> None:
    ana.does(act)
    ana.sees(fragment)


@pytest.mark.parametrize(
    "data",
    ["x", "v9:done:1", "v1:hour:1:1:1", "v1:right:x", "v1:zone:../../etc/passwd", "v1:set:knitting:every 45m",
     "v1:set:move:every 1m", "v1:hours:25-26", "v1:avoid:everything", "v1:morning:9", "v1:pause:900d", "v1::"],
)  # fmt: skip
def test_a_forged_button_changes_nothing_and_says_so(ana: Somebody, data: str) -> None:
    ana.says("/remind")
    plan = ana.sees("Move")
    ana.does(lambda person: person.taps_data(data, person.last))
    ana.sees_toast("Nothing was changed")
    ana.says("/remind")
    assert ana.sees("Move") == plan


def test_a_tap_by_somebody_forgotten_says_how_to_begin(ana: Somebody) -> None:
    ana.says("/remind")
    old = ana.person.last
    ana.says("/forget")
    ana.taps("Delete everything")
    ana.taps("Change Move", old)
    ana.sees_toast("/start")
