"""Sensations belong to their sites, rules combine them, and every verdict explains itself."""

import pytest

from reminderbot.rules.triage import Level
from tests.unit.rules.triage.tiny import verdict


@pytest.mark.parametrize(
    "text",
    [
        "numb knee and groin",
        "groin and thigh are numb",
        "numb in my thigh, groin and knee",
        "my knee hurts and my groin is numb",
        "My groin hurts. It is numb.",
        "numb. my groin",
        "numb, in my groin",
    ],
)
def test_a_sensation_is_felt_at_the_nearest_sites_and_those_joined_to_it(text: str) -> None:
    assert "cauda.numb-saddle" in verdict(text).rules


@pytest.mark.parametrize(
    "text",
    [
        "numb",
        "numb knee. groin stretch",
        "numb knee and my groin hurts",
        "groin hurts and my thigh is numb",
        "groin stretch done. numb toes",
        "numb a b c d e f g h i groin",
        "knee is numb, no pain in my groin",
    ],
)
def test_a_sensation_elsewhere_says_nothing_of_the_groin(text: str) -> None:
    found = verdict(text)
    assert (found.level.rank < Level.URGENT.rank, found.ask) == (True, False)


def test_a_place_that_only_questions_need_stands_in_nobodys_way() -> None:
    assert "cauda.numb-saddle" in verdict("groin goes numb when I sit").rules


def test_a_longer_site_hides_the_shorter_one() -> None:
    sites = [evidence.concept for evidence in verdict("numb inner thigh").evidence]
    assert sites == ["loss-of-feeling", "saddle"]


def test_the_highest_level_wins() -> None:
    found = verdict("my knee hurts, fever and back pain, and I cant pee")
    assert (found.level, found.condition) == (Level.EMERGENCY, "cauda")
    assert found.rules == ("cauda.cant-pee", "infection.fever", "ache.knee")


def test_a_question_is_not_put_when_the_emergency_is_certain() -> None:
    assert not verdict("I cant pee, maybe numb in the groin").ask


def test_a_doubt_is_put_beside_a_lower_level() -> None:
    found = verdict("fever and back pain, maybe numb in the groin")
    assert (found.level, found.ask, found.condition) == (Level.URGENT, True, "infection")
    assert found.rules == ("infection.fever", "cauda.numb-saddle")


def test_a_rule_without_a_level_only_asks() -> None:
    found = verdict("my thigh doesn't feel right")
    assert (found.level, found.ask, found.rules) == (Level.NONE, True, ("doubt.odd",))


def test_a_rule_may_need_something_to_be_absent() -> None:
    assert verdict("my knee hurts").level is Level.GP
    assert verdict("my knee hurts suddenly").level is Level.NONE


def test_complaints_of_two_people_are_not_added_up() -> None:
    assert verdict("my mum has a fever and my back hurts").level is Level.NONE


def test_a_risk_told_before_raises_what_follows_and_is_told_on() -> None:
    assert verdict("bleeding").level is Level.NONE
    assert verdict("bleeding", context=frozenset({"pregnant"})).level is Level.URGENT
    assert verdict("I'm pregnant").context == {"pregnant"}
    assert verdict("I'm not pregnant").context == frozenset()
    assert verdict("my back hurts, had cancer 10 years ago").level is Level.URGENT


def test_somebody_elses_risk_is_not_ones_own() -> None:
    assert verdict("bleeding. my friend is pregnant").level is Level.NONE


def test_a_message_split_into_bursts_is_read_together() -> None:
    found = verdict("is numb", earlier=["hi", "my groin"])
    assert found.level is Level.EMERGENCY
    assert [(evidence.text, evidence.start, evidence.end) for evidence in found.evidence] == [
        ("groin", -1, -1),
        ("numb", 3, 7),
    ]


def test_a_window_keeps_sentences_apart() -> None:
    assert verdict("numb toes", earlier=["I stretched my groin today, all good there."]).level is Level.NONE


def test_a_window_is_never_less_serious_than_the_message() -> None:
    assert verdict("I cant pee", earlier=["no", "what if", "my husband"]).level is Level.EMERGENCY


def test_evidence_quotes_the_message_as_it_was_typed() -> None:
    text = "😭 My GROIN is nuuumb, can’t wee"
    found = verdict(text)
    assert [text[evidence.start : evidence.end] for evidence in found.evidence] == [
        "GROIN",
        "nuuumb",
        "can’t wee",
    ]
    assert [evidence.text for evidence in found.evidence] == ["GROIN", "nuuumb", "can’t wee"]
    assert found.version == "tiny"


def test_mental_health_wears_its_tag() -> None:
    found = verdict("I will kill myself")
    assert (found.level, found.mental, found.condition) == (Level.EMERGENCY, True, "mind")


@pytest.mark.parametrize("text", ["", "   ", "\n", "😭", "...", "?", "\u200b"])
def test_a_message_without_words_says_nothing(text: str) -> None:
    found = verdict(text)
    assert (found.level, found.ask, found.evidence) == (Level.NONE, False, ())


def test_of_a_very_long_text_beginning_and_end_are_read() -> None:
    text = "x " * 50_000 + "my groin is numb"
    found = verdict(text)
    assert found.level is Level.EMERGENCY
    assert [text[evidence.start : evidence.end] for evidence in found.evidence] == ["groin", "numb"]


@pytest.mark.parametrize(
    ("text", "level", "ask"),
    [
        ("no puedo orinar", Level.EMERGENCY, False),
        ("No pu\u00e9do ORINAR!", Level.EMERGENCY, False),
        ("me cuesta orinar", Level.NONE, True),
        ("tengo la ingle dormida", Level.EMERGENCY, False),
        ("sin ingle dormida", Level.NONE, False),
        ("ingle dormida hace anos", Level.NONE, False),
        ("ingle dormida hace años y ahora", Level.EMERGENCY, False),
        ("que hago si no puedo orinar", Level.NONE, False),
    ],
)
def test_another_language_is_judged_by_its_own_lexicon(text: str, level: Level, ask: bool) -> None:
    found = verdict(text)
    assert (found.level, found.ask) == (level, ask)
    if level is Level.EMERGENCY:
        assert (found.language, found.condition) == ("es", "cauda")


def test_what_nobody_is_named_for_may_belong_to_somebody_named_later_in_the_sentence() -> None:
    found = verdict("fell off a ladder, his back hurts")
    assert (found.level, found.third) == (Level.EMERGENCY, True)
    own = verdict("numb groin, my husband is worried")
    assert (own.level, own.third) == (Level.EMERGENCY, False)


def test_one_persons_parts_of_a_rule_are_never_added_to_anothers() -> None:
    assert verdict("my husband fell off a ladder and my back hurts").level is Level.NONE
    assert verdict("I fell off a ladder. my husband has back pain").level is Level.NONE


def test_the_same_said_of_two_people_is_ones_own_first() -> None:
    found = verdict("my husband cant pee, and i cant pee either")
    assert (found.level, found.third) == (Level.EMERGENCY, False)
