"""Whose clock it is: the question, cities, zones, offsets, locations."""

import pytest

from tests.world import Somebody, World


@pytest.fixture
def ana(here: World) -> Somebody:
    """Ana, who is being asked what her clock shows; it is five to nine in UTC on a Monday."""
    somebody = here.person("Ana")
    somebody.says("/start")
    somebody.forgets_what_was_said()
    return somebody


def test_yes_confirms_the_zone_and_offers_cities_that_have_summer_time(ana: Somebody) -> None:
    ana.taps("Yes")
    ana.sees("For you it is Mon 8:55 (UTC)", "Mon 9:00 Move", "no summer time")
    ana.taps("London")
    ana.sees("Europe/London", "Mon 9:00 Move")


def test_another_hour_leads_to_cities_where_clocks_show_it(ana: Somebody) -> None:
    ana.taps("9:55")
    ana.sees("It's 9:55 in these cities")
    ana.taps("Berlin, Germany")
    ana.sees("For you it is Mon 9:55 (Europe/Berlin)", "Mon 10:00 Move\nMon 11:00 Move\nMon 13:00 Move")


def test_none_of_the_cities_says_what_to_type(ana: Somebody) -> None:
    ana.taps("9:55")
    ana.taps("None of these")
    ana.sees("/timezone Lisbon")
    ana.says("Lisbon")
    ana.sees("Europe/Lisbon")


def test_a_tap_on_an_old_question_is_asked_again_with_the_present_time(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=40)
    ana.taps("9:55")
    ana.sees("Is it 9:35 for you now?")
    ana.sees_toast("Time has moved on")


@pytest.mark.parametrize(
    "words", ["Berlin", "/timezone Berlin", "/timezone europe/berlin", "/timezone München"]
)
def test_a_city_or_zone_is_set_and_read_back(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Mon 9:55 (Europe/Berlin)", "Mon 10:00 Move\nMon 11:00 Move\nMon 13:00 Move")


@pytest.mark.parametrize("words", ["14:25", "it's 14:25", "2:25 pm", "/timezone 14:25", "/timezone UTC+5:30"])
def test_what_the_clock_shows_leads_to_cities(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("It's 14:25 in these cities")
    ana.taps("Mumbai, India")
    ana.sees("Asia/Kolkata", "Mon 14:25")


def test_an_ambiguous_city_is_offered_as_buttons(ana: Somebody) -> None:
    ana.says("/timezone Springfield")
    ana.sees("Which one did you mean", "Springfield")
    ana.taps("Springfield, MO")
    ana.sees("America/Chicago")


def test_a_mistyped_city_is_not_taken_without_asking(ana: Somebody) -> None:
    ana.says("/timezone Berln")
    ana.sees("I don't have “Berln”")
    ana.taps("Berlin, Germany")
    ana.sees("Europe/Berlin")


def test_a_place_that_is_not_listed_is_not_taken_for_others_in_its_country(ana: Somebody) -> None:
    ana.says("/timezone Paris, Texas")
    assert "Which one did you mean" not in ana.sees("I don't have “Paris, Texas”", "near")
    ana.taps("Houston, TX")
    ana.sees("America/Chicago")


@pytest.mark.parametrize("zone", ["GMT", "UTC", "Etc/UTC"])
def test_a_bare_zone_is_set_with_a_word_on_summer_time_and_cities(ana: Somebody, zone: str) -> None:
    ana.says(f"/timezone {zone}")
    ana.sees("For you it is Mon 8:55", f"{zone} has no summer time")
    ana.taps("London")
    ana.sees("Europe/London")


def test_an_unknown_city_gets_examples_and_hours(ana: Somebody) -> None:
    ana.says("/timezone Qwxyzz <b>&")
    ana.sees("Qwxyzz <b>&", "Europe/Berlin")
    assert "9:55" in ana.buttons()


def test_a_shared_location_sets_the_zone(ana: Somebody) -> None:
    ana.does(lambda person: person.sends_location(52.52, 13.40))
    ana.sees("Europe/Berlin")


def test_the_question_fits_a_phone_and_another_time_opens_every_hour(ana: Somebody) -> None:
    assert ana.buttons() == ["Yes", "5:55", "6:55", "7:55", "9:55", "10:55", "11:55", "Another time"]
    ana.taps("Another time")
    ana.sees("What does your clock show now?")
    assert ana.buttons() == [f"{hour}:55" for hour in range(24)]
    ana.taps("18:55")
    ana.sees("It's 18:55 in these cities")


def test_hours_around_midnight_go_on_with_the_next_day(here: World, ana: Somebody) -> None:
    here.fast_forward(hours=14)
    ana.says("/timezone")
    assert ana.buttons()[1:-1] == ["19:55", "20:55", "21:55", "23:55", "0:55", "1:55"]


def test_an_hour_that_is_opened_too_late_is_asked_again(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=40)
    ana.taps("Another time")
    ana.sees("Is it 9:35 for you now?")


@pytest.mark.parametrize("words", ["Berlin", "/timezone Berlin"])
def test_the_open_question_above_becomes_the_result_of_a_typed_city(ana: Somebody, words: str) -> None:
    ana.says(words)
    ana.sees("Your time zone is set: Europe/Berlin.")
    ana.sees("For you it is Mon 9:55 (Europe/Berlin)")
    assert not any("Yes" in message.labels for message in ana.person.messages)


def test_every_open_question_is_closed_and_an_answered_one_stays_as_it_is(ana: Somebody) -> None:
    ana.says("/timezone Springfield")
    ana.taps("Springfield, MO")
    assert [text for text in ana.unread() if "is set: America/Chicago" in text]
    ana.forgets_what_was_said()
    ana.says("/timezone Berlin")
    ana.sees("Europe/Berlin")
    assert not any("is set" in text for text in ana.unread())
    assert len([m for m in ana.person.messages if "is set: America/Chicago" in (m.text or "")]) == 1


def test_a_shared_location_closes_the_question_too(ana: Somebody) -> None:
    ana.does(lambda person: person.sends_location(52.52, 13.40))
    ana.sees("Your time zone is set: Europe/Berlin.")


def test_a_word_long_after_the_question_is_no_city(here: World, ana: Somebody) -> None:
    here.fast_forward(hours=3)
    ana.forgets_what_was_said()
    ana.says("Nice")
    assert "Europe/Paris" not in ana.sees("")


def test_bare_timezone_shows_the_zone_and_asks(here: World) -> None:
    ana = here.person("Ana", "Europe/Berlin")
    ana.says("/timezone")
    ana.sees("Europe/Berlin", "9:55")
    ana.taps("Yes")
    ana.sees("Mon 9:55 (Europe/Berlin)")


def test_wrong_time_on_a_reminder_leads_to_the_question(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.taps("Wrong time?")
    ana.sees("Is it 9:01 for you now?")


@pytest.mark.parametrize(
    "words", ["yes", "Yes!", "ok", "👍", "right", "That's right.", "yes, that is correct", "yup that's right"]
)
def test_a_yes_after_what_was_read_back_is_about_the_clock_and_nothing_else(
    ana: Somebody, words: str
) -> None:
    ana.says("Berlin")
    ana.sees("For you it is Mon 9:55")
    ana.says(words)
    ana.sees("Good, then that is your clock (Europe/Berlin).")
    ana.says("/today")
    ana.sees("0 of 6 done")


@pytest.mark.parametrize("words", ["yes", "right"])
def test_a_yes_in_words_answers_the_question(ana: Somebody, words: str) -> None:
    ana.says("/timezone")
    ana.sees("Is it 8:55")
    ana.says(words)
    ana.sees("For you it is Mon 8:55 (UTC)")


def test_a_yes_after_something_else_is_not_about_the_clock(here: World, ana: Somebody) -> None:
    ana.says("Berlin")
    ana.says("/help")
    ana.forgets_what_was_said()
    ana.says("yes")
    ana.sees("Nothing is waiting for an answer just now")
    ana.says("/timezone Berlin")
    here.fast_forward(minutes=6)
    ana.forgets_what_was_said()
    ana.says("yes")
    ana.sees("Move: done")


def test_right_without_a_question_is_not_understood(here: World, ana: Somebody) -> None:
    here.fast_forward(minutes=30)
    ana.forgets_what_was_said()
    ana.says("right")
    assert "clock" not in ana.sees("/help")
