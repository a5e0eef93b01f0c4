"""What people leave out, run together or tell at length: the signs in it are found all the same."""

import pytest

from reminderbot.rules.triage import Level
from tests.unit.rules.triage.tiny import verdict


@pytest.mark.parametrize(
    "text", ["my groin. completely numb.", "privates. numb. all numb.", "between my legs, no. numb"]
)
def test_a_complaint_alone_goes_on_about_the_place_before_it(text: str) -> None:
    assert "cauda.numb-saddle" in verdict(text).rules


def test_a_complaint_with_words_of_its_own_does_not() -> None:
    assert verdict("groin stretch done. numb toes").level is Level.NONE


def test_an_excuse_far_away_explains_nothing() -> None:
    assert verdict("It came on suddenly. My knee hurts.").level is Level.NONE
    assert verdict("I stood up suddenly. Made tea. Did the stretch. My knee hurts.").level is Level.GP


@pytest.mark.parametrize("text", ["cantpee", "icantpee today", "numbinmygroin", "my groinisnumb"])
def test_words_run_together_are_taken_apart(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["facebook", "backpack", "numberplate", "kneecap", "cantata"])
def test_compounds_stay_whole(text: str) -> None:
    assert not verdict(text).evidence


def test_a_key_that_stuck_is_forgiven() -> None:
    assert verdict("numbb ggroin").level is Level.EMERGENCY


def test_a_denied_verb_may_stand_for_its_not() -> None:
    assert verdict("my groin isnt numb").level is Level.NONE


@pytest.mark.parametrize("text", ["my legs, they give way", "in my groin they are numb"])
def test_they_are_nobody_else_where_nobody_was_named(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.third) == (Level.EMERGENCY, False)


def test_help_that_is_refused_has_not_come() -> None:
    found = verdict("my husband has a numb groin and he wont go in hospital")
    assert (found.level, found.third) == (Level.EMERGENCY, True)


def test_help_that_has_come_ends_the_alarm() -> None:
    assert verdict("my husband had a numb groin, he is in hospital").level is Level.NONE


def test_what_is_not_over_is_there() -> None:
    assert verdict("my groin is numb, not gone now").level is Level.EMERGENCY


def test_a_story_of_long_ago_is_asked_about_and_its_good_end_is_enough() -> None:
    assert verdict("in 2016 I had knee pain, I was numb in the groin, then surgery").ask
    found = verdict("in 2016 I had knee pain, I was numb in the groin, then surgery, all gone now")
    assert (found.level, found.ask, found.informational) == (Level.NONE, False, True)


@pytest.mark.parametrize(
    "text", ["is numbness of the groin something to watch", "what does a numb groin say about the back"]
)
def test_a_question_about_nobody_only_informs(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.informational) == (Level.NONE, True)


@pytest.mark.parametrize(
    "text", ["can barely feel, numb groin", "is numb between my legs", "is numb in the groin since"]
)
def test_a_statement_without_its_subject_is_no_question(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


def test_a_supposition_does_not_last_for_a_whole_long_story() -> None:
    filler = " ".join("a b c d e f g h i j k l m n o p q r s t u v".split())
    assert verdict(f"if I had known {filler} numb groin").level is Level.EMERGENCY


def test_one_none_denies_a_whole_list() -> None:
    assert verdict("legs weak, groin numb, knee pain - none of these").level is Level.NONE


@pytest.mark.parametrize("text", ["no fit pee since morning", "I no can pee", "I not can pee"])
def test_negation_of_second_speakers_is_understood(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


def test_somebody_elses_ache_is_no_matter_for_a_doctor_of_ours() -> None:
    assert verdict("my mum has pain in her knee").level is Level.NONE


def test_what_comes_back_after_a_good_end_is_asked_about() -> None:
    assert verdict("I had a numb groin years ago, gone now. It came back").ask


@pytest.mark.parametrize(
    "text", ["cant tell if my groin is numb, no feeling", "as if my groin were numb, no feeling"]
)
def test_an_indirect_if_supposes_nothing(text: str) -> None:
    assert verdict(text).level is Level.EMERGENCY


def test_an_animal_does_not_reach_over_a_comma() -> None:
    assert verdict("I fell over my dog, cant pee").level is Level.EMERGENCY
