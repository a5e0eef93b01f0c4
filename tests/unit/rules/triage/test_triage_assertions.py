"""What a mention asserts: one promise for each row of the linguistic cases."""

import pytest

from reminderbot.rules.triage import Assertion, Level
from reminderbot.rules.yesno import NO, YES
from tests.unit.rules.triage.tiny import reasons, verdict


@pytest.mark.parametrize(
    "text",
    [
        "my groin is numb",
        "no feeling in my groin",
        "I can't pee",
        "cant really feel my crotch",
        "not just sore, numb groin",
        "no idea why my groin is numb",
        "no fever but my groin is numb",
        "no pain my groin is numb",
        "no fever, numb groin",
        "no fever; groin numb",
        "no fever now groin numb",
        "I never fell off my ladder. cant pee",
        "I dont like this my groin is numb",
        "done, but my groin is numb",
        "no i cant feel my groin",
        "no my groin is numb",
        "its not my knee thats numb, its my groin",
        "not my arm that is numb its my groin",
        "never had a numb groin before but now i do",
        "havent had a numb groin before, started again today",
    ],
)
def test_a_symptom_that_is_there_is_found(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "no numbness in my groin",
        "my groin isn't numb",
        "I don't have any numbness in my groin",
        "groin never numb",
        "no pain, numbness or bleeding in my groin",
        "no pain or numb groin",
        "no pain, no numb groin",
        "without numbness in my groin",
        "numb groin? no",
        "numb in the groin: none",
        "numb groin - nope",
        "groin numb? fine. chest pain? ok",
        "numb groin? no im fine",
        "is my groin numb? no it isnt",
        "do you have a numb groin? no",
        "never had a numb groin before my operation",
    ],
)
def test_a_symptom_that_is_denied_is_not(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask) == (Level.NONE, False)


def test_a_negation_never_clears_another_symptom() -> None:
    found = verdict("no fever, no bleeding, but I can't pee")
    assert found.level is Level.EMERGENCY
    assert reasons("no fever but I can't pee", "fever") == ["negated.before"]
    assert verdict("groin numb years ago. its back no fever").level is Level.EMERGENCY


def test_a_negation_reaches_six_words_and_no_further() -> None:
    assert verdict("no a b c d e numb groin").level is Level.NONE
    assert verdict("no a b c d e f numb groin").level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "no pain groin numb",
        "no fever and numb groin",
        "maybe numb in the groin",
        "not sure if my groin is numb",
        "never had a numb groin before",
        "my groin is numb with boredom",
    ],
)
def test_doubt_about_a_critical_symptom_asks(text: str) -> None:
    found = verdict(text)
    assert found.ask
    assert found.condition == "cauda"


def test_doubt_about_anything_else_does_not_ask() -> None:
    assert not verdict("maybe a fever, back hurts").ask


@pytest.mark.parametrize(
    "text",
    [
        "groin numb 3 years ago",
        "my groin was numb as a kid",
        "numb groin in 2010",
        "was numb in the groin, gone now",
    ],
)
def test_history_informs_and_no_more(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask, found.informational) == (Level.NONE, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "numb groin 3 years ago and now its back",
        "groin numb 3 years ago, it came back",
        "I was numb in the groin and still am today",
    ],
)
def test_a_recurrence_beats_history(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["my groin doesn't feel numb", "groin doesn't feel right but not numb"])
def test_a_hint_leaves_its_negator_to_others(text: str) -> None:
    assert verdict(text).level is Level.NONE


def test_a_negator_that_belongs_to_a_hint_denies_no_site() -> None:
    assert verdict("no warmth in my thigh").ask


def test_recent_history_of_a_critical_symptom_asks() -> None:
    assert verdict("numb groin last week").ask
    assert verdict("I had a numb groin").ask


def test_a_time_that_belongs_to_something_else_is_no_history() -> None:
    assert verdict("my groin is numb, had cancer years ago").level is Level.EMERGENCY


def test_something_that_happened_is_not_history_because_it_was() -> None:
    assert verdict("I had back pain because I fell off my ladder, back hurts now").level is Level.EMERGENCY
    assert verdict("fell off my ladder years ago, back hurts now").level is Level.NONE


@pytest.mark.parametrize(
    "text",
    [
        "what if my groin goes numb",
        "can sitting cause a numb groin",
        "signs of chest pain",
        "is chest pain dangerous",
    ],
)
def test_a_question_of_information_informs(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask, found.informational) == (Level.NONE, False, True)


@pytest.mark.parametrize(
    "text",
    ["is it normal that my groin is numb", "why is my groin numb", "is my groin pain dangerous, I cant pee"],
)
def test_a_question_about_what_is_there_is_no_hypothesis(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


def test_a_supposition_about_now_asks() -> None:
    assert verdict("what if my groin is numb today").ask


@pytest.mark.parametrize(
    "text", ["my husband cant pee", "My mum fell. She has a numb groin", "my friend has chest pain"]
)
def test_somebody_else_in_danger_is_third(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.third) == (Level.EMERGENCY, True)


@pytest.mark.parametrize(
    "text",
    [
        "my mum cant pee and my groin is numb",
        "with my husband, my groin is numb",
        "typing for my mum, she cant pee",
    ],
)
def test_ones_own_symptom_is_ones_own(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.third) == (Level.EMERGENCY, False)


@pytest.mark.parametrize(
    "text", ["my mum had chest pain last week", "my mum cant pee, she is in hospital", "my dog cant pee"]
)
def test_somebody_elses_past_somebody_cared_for_and_animals_are_nothing(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask, found.informational) == (Level.NONE, False, False)


def test_forwarded_words_are_somebody_elses() -> None:
    found = verdict("my groin is numb", forwarded=True)
    assert (found.level, found.third) == (Level.EMERGENCY, True)


@pytest.mark.parametrize(
    "text",
    [
        "dead leg",
        "numb with boredom",
        "killing it",
        "I could kill myself laughing",
        "hay fever and my back hurts",
        "number 3 groin stretch",
    ],
)
def test_idioms_and_look_alikes_use_up_their_words(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask) == (Level.NONE, False)


def test_an_idiom_beside_a_symptom_hides_only_itself() -> None:
    assert verdict("numb with boredom and I can't pee").level is Level.EMERGENCY


def test_a_position_that_is_over_is_nothing_and_an_open_one_asks() -> None:
    assert verdict("groin went numb sitting, fine now").evidence[1].assertion is Assertion.POSITIONAL
    assert not verdict("groin went numb sitting, fine now").ask
    assert verdict("groin goes numb sitting").ask
    assert verdict("groin numb after sitting, still numb").level is Level.EMERGENCY


def test_gone_without_a_position_asks() -> None:
    assert verdict("numb groin, gone now").ask


def test_talk_of_the_gym_lowers_weak_legs_only() -> None:
    assert verdict("legs are weak after squats").level is Level.NONE
    assert verdict("legs are weak after squats and getting worse").level is Level.EMERGENCY
    assert verdict("groin is numb after squats").level is Level.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "back hurts and 38.5",
        "101.3F and back pain",
        "back pain, temp 39",
        "back pain, 38 degrees",
        "temperature of 38,2 and sore back",
    ],
)
def test_a_fever_is_read_from_its_number(text: str) -> None:
    assert verdict(text).level is Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "back hurts 38",
        "37.9 and back pain",
        "back pain 99F",
        "38.5 kg, back hurts",
        "38 degrees outside, back hurts",
    ],
)
def test_other_numbers_are_no_fever(text: str) -> None:
    assert verdict(text).level is Level.NONE


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("I'm 75", "age-over-70"),
        ("71 year old woman", "age-over-70"),
        ("aged 30, sore", "age-under-45"),
        ("im 60", ""),
        ("im 80 kg", ""),
        ("did 75", ""),
    ],
)
def test_an_age_is_read_from_its_number(text: str, concept: str) -> None:
    found = {evidence.concept for evidence in verdict(text).evidence if evidence.concept.startswith("age")}
    assert found == ({concept} if concept else set())


@pytest.mark.parametrize(
    "text",
    [
        "numb groin? yes",
        "numbness? yes. in my groin",
        "do you feel numb? yeah, in the groin",
        "ok so can you feel your groin? no",
        "can you pee? nope",
        "cant pee? yes",
    ],
)
def test_a_question_and_its_answer_are_a_statement(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


@pytest.mark.parametrize("text", [f"numb groin? {yes}" for yes in YES] + [f"can you pee? {no}" for no in NO])
def test_every_yes_and_no_that_the_bot_knows_answers_such_a_question(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["can you feel your groin? yes", "can you pee? yes", "no. can you pee?"])
def test_a_question_about_a_power_that_is_there_is_nothing(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask) == (Level.NONE, False)


@pytest.mark.parametrize(
    "text",
    [
        "numb knee, now its moved to my groin",
        "my knee was numb, now its my groin",
        "numbness in my knee is spreading up to the groin",
    ],
)
def test_a_sensation_that_moves_is_felt_where_it_has_come_to(text: str) -> None:
    found = verdict(text)
    assert found.level is Level.EMERGENCY or found.ask


def test_a_site_with_a_complaint_of_its_own_takes_no_other() -> None:
    assert verdict("numb knee, now its my groin that hurts").level is Level.NONE


def test_what_is_over_before_a_but_says_nothing_of_what_follows() -> None:
    assert verdict("im ok now but my groin is numb").level is Level.EMERGENCY
    assert verdict("fell off my ladder, ok now but my back hurts").level is Level.EMERGENCY


def test_a_position_inside_a_site_is_no_position() -> None:
    assert verdict("the part sitting on the chair is numb").level is Level.EMERGENCY


def test_a_hint_around_a_denied_complaint_is_denied() -> None:
    assert verdict("no warmth or numbness in my thigh").ask
    assert not verdict("not having trouble in my thigh").ask
