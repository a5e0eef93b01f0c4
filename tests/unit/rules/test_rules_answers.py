"""Free words as answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reminderbot.rules import snoozing
from reminderbot.rules.answers import Reading, Reason, Word, read

DONE = """done|Done!!|DONEEEE|did it|I did it|just did it|I’ve just done it|I've done it|its done|it's done|All done|
im done|I'm done.|finished|I finished|completed|yep did it|ok, done|OK I did it|done ✅|👍 done|
done :)|done thanks|Done, thank you!|(done)|'done'|done now|already did it|moved|I stretched|stood up"""
SKIP = """skip|Skip!|skippp|skip it|skip this one please|I'll skip|skipped|not now|Not now.|not today|pass|can't|
I can't right now|I can’t do it right now|cannot|no time|I have no time|I don't have time|sorry, no time today|busy|
I'm too busy right now|I am busy|in a meeting|I'm in a meeting|on a call|no thanks|ok skip"""
SNOOZE = """later|Later!|maybe later|I'll do it later|will do it later|remind me later|please remind me later|
remind me again|not yet|soon|in a bit|in a minute|snooze|Snooze.|snoooze|wait|hold on|ask me again later|later please|
ok later|not now, later|busy, later"""
NOTHING = """not done|I'm not done yet|I haven't done it|haven't done it yet|never done|what is done?|done?|skip?|ok?|
how do I skip?|is it done|done in 5 minutes|done soon|done when I get home|done, not|done, later|no, not done|done deal|
will be done later|ok I'll do it|I'll do it|yes please|yes I can|yes, and my leg is numb|ok my leg is numb|
I can't pee|can't move|I can't feel my legs|I passed out|I have pain|no pain|I moved to Berlin|I did my taxes|
finished the report|did you send this|I skipped lunch today and feel bad|skip to the next chapter now please|
later I will have lunch with Ann|I have no time for this because my boss is here|I'm not busy|in town|hello|thanks|
10|?|!!!|/done|/skip move|my back hurts, don't skip|
my back hurts when I skip|wait, what is this?|done with all of the chapters in my book|
I skipped lunch|skipped dinner today|I skip breakfast|I skipped breakfast, my back hurts|My back hurts. I skipped lunch|
back pain, skipped work today|my neck aches, I skipped yoga yesterday|
my boss hurts, on a call|my kid hurts, not now|my mum's back hurts, skip|a sore loser, skip|a sore loser skip|
in pain, not today|my back hurts, busy"""


def each(text: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("text", [part.strip("\n") for part in text.split("|")])


@each(DONE)
def test_words_for_done_are_read_as_done(text: str) -> None:
    assert read(text) == Reading(Word.DONE)


@each(SKIP)
def test_words_for_skip_are_read_as_skip(text: str) -> None:
    assert read(text) == Reading(Word.SKIP)


@each(SNOOZE)
def test_words_for_later_are_read_as_snooze(text: str) -> None:
    assert read(text) == Reading(Word.SNOOZE)


@each(NOTHING)
def test_denials_questions_and_other_talk_answer_nothing(text: str) -> None:
    assert read(text) is None


@each("👍|👍🏽|👍👍|✅|✔️|👌🏿|💪|ok|OK.|okkk|okay|ok 👍|ok thanks|k")
def test_a_bare_sign_or_ok_is_marked_as_bare(text: str) -> None:
    assert read(text) == Reading(Word.DONE, bare=True)


@each("yes|Yes!|yesss|yeah|yep 👍|Yes, thanks!")
def test_a_yes_is_done_where_a_reminder_waits(text: str) -> None:
    assert read(text) == Reading(Word.DONE, agrees=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("skip, in a meeting", Reason.MEETING),
        ("skip because I was in a meeting", Reason.MEETING),
        ("Skip, I'm still in meetings.", Reason.MEETING),
        ("skipped it - on a call", Reason.MEETING),
        ("skip (meeting)", Reason.MEETING),
        ("ok skip — in a meeting", Reason.MEETING),
        ("skip, back pain", Reason.PAIN),
        ("skip, sore back", Reason.PAIN),
        ("skip this one as I have a meeting", Reason.MEETING),
        ("skip, not now", Reason.NOT_NOW),
        ("skip, too busy", Reason.NOT_NOW),
        ("skip because I don't have time", Reason.NOT_NOW),
        ("Skip because of pain!", Reason.PAIN),
        ("skip, it hurts a bit", Reason.PAIN),
        ("skip, my lower back hurts today", Reason.PAIN),
        ("skip because I'm in pain", Reason.PAIN),
        ("My back hurts, skip", Reason.PAIN),
        ("sorry, my knee is a bit sore - skip this one please", Reason.PAIN),
        ("my back hurts so I'll skip it today", Reason.PAIN),
        ("lower back pain, can't", Reason.PAIN),
        ("can't, my back hurts", Reason.PAIN),
        ("not today, my back hurts", Reason.PAIN),
        ("in pain, skip", Reason.PAIN),
        ("my left knee hurts, I'll pass", Reason.PAIN),
        ("skip, my feet hurt", Reason.PAIN),
        ("skip, knee pain", Reason.PAIN),
        ("I'm in a meeting, skip", Reason.MEETING),
        ("busy, in a meeting", Reason.MEETING),
        ("on a call, not now", Reason.NOT_NOW),
    ],
)
def test_a_skip_may_say_why(text: str, reason: Reason) -> None:
    assert read(text) == Reading(Word.SKIP, reason=reason)


@each("my back hurts, skip the stretch|skip stretch, my back hurts")
def test_a_skip_of_a_known_thing_may_say_why(text: str) -> None:
    assert read(text) == Reading(Word.SKIP, rest="stretch", reason=Reason.PAIN)


@each(
    "skip the meeting because of lunch with everybody|skip because my boss wants no pain|skip in 10 minutes"
)
def test_other_reasons_are_none_of_the_three(text: str) -> None:
    found = read(text)
    assert found is None or found.reason is None


@each("no|nope|nah|👎")
def test_a_bare_no_is_marked_as_bare(text: str) -> None:
    assert read(text) == Reading(Word.SKIP, bare=True)


@pytest.mark.parametrize("text", ["", "   ", "\n", "😀", "😀😀", "👍👎", "👍😀", "🎉"])
def test_nothing_and_other_signs_answer_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("snooze 20", 20), ("Snooze for 1h30", 90), ("snooze 1.5h", 90), ("in 10 min", 10), ("in 10", 10),
     ("remind me in ten minutes", 10), ("in half an hour", 30), ("in an hour please", 60), ("give me 10", 10),
     ("give me 5 more minutes", 5), ("not now, in 10 min", 10), ("busy - remind me in 20", 20), ("later 30m", 30),
     ("later 20", 20), ("Later 20 min please", 20), ("later in 20 minutes", 20), ("snooze 30 min", 30),
     ("snooze 30min", 30)],
)  # fmt: skip
def test_a_snooze_may_say_how_long(text: str, minutes: int) -> None:
    assert read(text) == Reading(Word.SNOOZE, minutes=minutes)


@pytest.mark.parametrize(
    ("text", "minutes"), [("snooze 0", 0), ("snooze 0 min", 0), ("snooze 999 days", 1_438_560)]
)
def test_a_span_that_no_snooze_can_have_is_still_a_snooze(text: str, minutes: int) -> None:
    assert read(text) == Reading(Word.SNOOZE, minutes=minutes)


@pytest.mark.parametrize(("text", "minutes"), [("10 min", 10), ("5 more minutes", 5), ("1 hour", 60)])
def test_a_span_alone_is_bare(text: str, minutes: int) -> None:
    assert read(text) == Reading(Word.SNOOZE, bare=True, minutes=minutes)


@pytest.mark.parametrize(
    ("text", "word", "rest"),
    [
        ("done stretch", Word.DONE, "stretch"),
        ("done with the stretch", Word.DONE, "stretch"),
        ("done yesterday", Word.DONE, "yesterday"),
        ("I did it yesterday", Word.DONE, "yesterday"),
        ("I did it on Monday", Word.DONE, "monday"),
        ("did it last friday", Word.DONE, "last friday"),
        ("I did my stretch yesterday, thanks", Word.DONE, "stretch yesterday"),
        ("done, feeling good", Word.DONE, "feeling good"),
        ("done - that was nice", Word.DONE, "that was nice"),
        ("Done! What's next?", Word.DONE, "whats next?"),
        ("done stretch, it hurt a bit", Word.DONE, "stretch, it hurt a bit"),
        ("skip stretch", Word.SKIP, "stretch"),
        ("skip today", Word.SKIP, "today"),
        ("skip, my cat is ill", Word.SKIP, "my cat is ill"),
        ("skip, my kid hurts", Word.SKIP, "my kid hurts"),
        ("skip, a sore loser", Word.SKIP, "a sore loser"),
        ("I'm in a meeting. My back hurts", Word.SKIP, "my back hurts"),
        ("driving, my back hurts", Word.SKIP, "my back hurts"),
    ],
)
def test_what_follows_an_answer_is_its_rest(text: str, word: Word, rest: str) -> None:
    assert read(text) == Reading(word, rest=rest)


@pytest.mark.parametrize("text", ["d\u200bone", "ｄｏｎｅ", "\ufeffdone", "do\u00adne", "done\u2060!"])
def test_unusual_spellings_of_the_same_letters_are_read(text: str) -> None:
    assert read(text) == Reading(Word.DONE)


@pytest.mark.parametrize("text", ["moved on", "did on", "walked on by", "finished on time"])
def test_on_alone_names_no_day(text: str) -> None:
    assert read(text) is None


def test_a_long_message_is_no_answer() -> None:
    assert read("done, " + "and then I went on " * 20) is None
    assert read("a" * 4096) is None


@given(
    st.sampled_from([*DONE.split("|"), *SKIP.split("|")]),
    st.sampled_from(["not ", "never ", "I am not ", "why "]),
)
def test_a_denial_or_a_question_before_done_never_counts_as_done(text: str, before: str) -> None:
    found = read(before + text.strip())
    assert found is None or found.word is not Word.DONE


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    found = read(text)
    assert found is None or not (found.bare and found.rest)
    assert read(f"  {text} ") == found


@pytest.mark.parametrize(
    "text", ["done, but my groin is numb", "done but my groin is numb", "did it but my leg hurts"]
)
def test_a_complaint_behind_an_answer_leaves_the_answer_standing(text: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.word, found.rest) == (Word.DONE, text.partition("but")[1] + text.partition("but")[2])


@each("snooze next|Snooze until the next one|snoooze till next time!|snooze to the next, please")
def test_a_snooze_may_mean_the_next_one(text: str) -> None:
    found = read(text)
    assert found
    assert (found.word, found.minutes, snoozing.means_next(found.rest)) == (Word.SNOOZE, None, True)
