"""The content that ships keeps what it promises."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from reminderbot.library.checking import check, impossible
from reminderbot.library.choosing import Wishes, is_eligible
from reminderbot.library.loader import Library, default_folder, load
from reminderbot.library.models import AVOID_ANSWERS, AVOID_TAGS, Nudge, Stretch
from reminderbot.rules.timewords import parse_cadence
from tests.unit.library.library_folder import Folder, complete_folder, right_folder

DESK = frozenset({"standing", "chair"})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return right_folder(tmp_path)


@pytest.fixture(scope="module")
def library() -> Library:
    return load(default_folder())


def test_it_passes_its_own_check() -> None:
    report = check(default_folder())
    assert report.ok, "\n".join(map(str, report.problems))
    assert all(count.number for count in report.counts if count.name in ("habits", "nudges", "messages"))


def test_move_and_stretch_ship_with_their_cadences(library: Library) -> None:
    assert set(library.habits) >= {"move", "stretch"}
    move, stretch = library.habits["move"], library.habits["stretch"]
    assert (move.threshold, move.late, stretch.threshold, stretch.late) == (0.5, 15, 1, 360)
    assert parse_cadence(move.cadence, None) == parse_cadence(
        "every 60m 9:00-12:00 13:00-17:00 weekdays", None
    )
    assert parse_cadence(stretch.cadence, None) == parse_cadence("at 8:30 daily", None)


def test_there_are_enough_cards_of_many_kinds(library: Library) -> None:
    nudges = [card for card in library.cards["nudges"] if isinstance(card, Nudge)]
    kinds = Counter(card.kind for card in nudges)
    assert len(nudges) >= 64
    assert set(kinds) >= {"stand", "walk", "stairs", "water", "breathe", "posture", "hip", "eyes", "call"}
    assert max(kinds.values()) <= len(nudges) / 4
    assert len(library.cards["stretches"]) >= 18
    assert len(library.cards["facts"]) >= 12


def test_somebody_who_has_not_answered_still_gets_variety(library: Library) -> None:
    for name, enough in (("nudges", 20), ("stretches", 6)):
        assert sum(is_eligible(card, Wishes(None, DESK)) for card in library.cards[name]) >= enough


@pytest.mark.parametrize("answer", AVOID_ANSWERS)
def test_every_answer_leaves_cards_and_takes_some_away(library: Library, answer: str) -> None:
    stretches = library.cards["stretches"]
    left = [card for card in stretches if is_eligible(card, Wishes(frozenset({answer}), DESK))]
    assert 6 <= len(left) < len(stretches)


def test_somebody_who_avoids_everything_has_a_dozen_nudges(library: Library) -> None:
    assert sum(is_eligible(card, Wishes(AVOID_TAGS, DESK)) for card in library.cards["nudges"]) >= 12


def test_lying_on_the_back_is_never_offered_in_pregnancy(library: Library) -> None:
    for card in library.cards["stretches"]:
        if isinstance(card, Stretch) and "lie on your back" in " ".join(card.steps.get()).lower():
            assert "pregnancy" in card.avoid_if, card.id


def test_kneeling_and_hard_work_is_never_offered_to_a_bad_knee_or_a_new_hip(library: Library) -> None:
    for card in library.cards["stretches"]:
        if card.position == "kneeling" or card.level == "hard":
            assert {"knee-injury", "hip-replacement"} <= set(card.avoid_if), card.id


def test_held_stretches_are_held_for_half_a_minute_or_a_little_more(library: Library) -> None:
    for card in library.cards["stretches"]:
        if isinstance(card, Stretch) and card.kind == "static" and card.level != "easy":
            assert card.hold is not None
            assert 30 <= card.hold <= 40, card.id


NUMBER = r"two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|sixty"
DOSE = re.compile(
    rf"\d|\b(?:{NUMBER}|seconds?|minutes?|times|twice|once|breaths|repeat|each side|change (?:sides|legs))\b",
    re.I,
)


def test_no_step_tells_the_dose_that_hold_repetitions_and_sides_tell(library: Library) -> None:
    stretches = [card for card in library.cards["stretches"] if isinstance(card, Stretch)]
    told = [(card.id, step) for card in stretches for step in card.steps.get() if DOSE.search(step)]
    assert told == []


@pytest.fixture
def complete(tmp_path: Path) -> Folder:
    return complete_folder(tmp_path)


def test_every_stretch_says_when_to_stop(library: Library) -> None:
    for card in library.cards["stretches"]:
        assert isinstance(card, Stretch)
        assert card.stop_if.get().startswith("Stop if"), card.id


def test_no_card_claims_a_review(library: Library) -> None:
    assert [card.id for deck in library.cards.values() for card in deck if card.is_reviewed] == []


def test_no_card_promises_relief_or_scolds() -> None:
    banned = re.compile(r"relie(f|ve)|\bcure[sd]?\b|heal|pain.free|should have|lazy bones|guilt|must\b", re.I)
    for folder in ("nudges", "stretches"):
        for path in (default_folder() / folder).glob("*.yaml"):
            words = path.read_text().partition("sources:")[0]
            assert not banned.search(words), path.name


def test_no_text_is_copied_from_card_to_card(library: Library) -> None:
    texts = Counter(card.text.get() for card in library.cards["nudges"] if isinstance(card, Nudge))
    assert [text for text, times in texts.items() if times > 1] == []


def test_a_check_of_faulty_content_reports_instead_of_raising(folder: Folder) -> None:
    folder.write("nudges/stand-up.yaml", "id: stand-up\n")
    report = check(folder.path)
    assert not report.ok
    assert {problem.field for problem in report.problems} == {"kind", "text"}


def test_a_check_of_a_missing_folder_reports_instead_of_raising(tmp_path: Path) -> None:
    assert not check(tmp_path / "nowhere").ok


def test_a_check_counts_and_warns_about_missing_reviews(complete: Folder) -> None:
    report = check(complete.path)
    assert report.ok
    told = [str(count) for count in report.counts]
    assert told[:2] == ["1 habits", "1 nudges"]
    assert told[2].startswith("1 stretches, of them 1 standing or on a chair, 0 dynamic, 0 strength, ")
    warned = list(map(str, report.warnings))
    assert "nudges: 1 of 1 card has not yet been reviewed by a clinician" in warned
    assert "stretches: 1 of 1 have no figure and come as text alone: tall" in warned


def test_a_check_finds_people_without_a_card(complete: Folder) -> None:
    text = (complete.path / "nudges/stand-up.yaml").read_text()
    complete.write("nudges/stand-up.yaml", text + "avoid_if: [dizziness]\n")
    report = check(complete.path)
    assert [str(problem) for problem in report.problems] == [
        f"habits/move.yaml:5: cards has no card at the desk for somebody who {who}"
        for who in ("avoids everything", "has not said what to avoid")
    ]
    assert not [warning for warning in report.warnings if "no card" in warning.message]


def test_a_check_finds_twins(complete: Folder) -> None:
    text = (complete.path / "nudges/stand-up.yaml").read_text()
    complete.write(
        "nudges/up.yaml", text.replace("id: stand-up", "id: up").replace("Stand up.", "stand  UP.")
    )
    (problem,) = check(complete.path).problems
    assert "says the same as nudges/stand-up.yaml" in problem.message


def test_a_check_finds_two_cards_with_the_same_line_under_their_pictures(complete: Folder) -> None:
    text = (complete.path / "stretches/tall.yaml").read_text()
    complete.write("stretches/tall.yaml", text + "short: {en: Sit tall and breathe.}\n")
    again = text.replace("id: tall", "id: taller").replace("Sit tall.", "Sit taller.")
    complete.write("stretches/taller.yaml", again + "short:\n  en: sit  TALL and breathe.\n")
    (problem,) = check(complete.path).problems
    assert str(problem).startswith(
        "stretches/taller.yaml:18: short.en is the line of stretches/tall.yaml too"
    )


def test_a_check_warns_of_a_review_date_that_has_passed_and_not_before(complete: Folder) -> None:
    text = (complete.path / "nudges/stand-up.yaml").read_text()
    complete.write("nudges/stand-up.yaml", text + "review_by: 2026-11-23\n")
    for today, warnings in ((None, 0), (date(2026, 11, 23), 0), (date(2026, 11, 24), 1)):
        told = [str(one) for one in check(complete.path, today).warnings if one.field == "review_by"]
        assert len(told) == warnings
    assert told == [
        "nudges/stand-up.yaml:7: review_by was 2026-11-23; read it again, and write the next date"
    ]


def test_a_check_warns_of_a_figure_that_no_body_could_do(complete: Folder) -> None:
    text = (complete.path / "stretches/tall.yaml").read_text() + "short: {en: Sit tall.}\n"
    figure = "figure:\n  start: {base: standing}\n  end:\n    body: {lean: 90}\n"
    complete.write("stretches/tall.yaml", text + figure)
    report = check(complete.path)
    warned = [one for one in report.warnings if one.field.startswith("figure.")]
    assert report.ok
    assert {one.file for one in warned} == {"stretches/tall.yaml"}
    assert min(one.line for one in warned) >= 18


def test_the_figures_that_ship_are_what_a_body_can_do(library: Library) -> None:
    assert [str(fault) for fault in impossible(default_folder(), library.stretches)] == []


def test_a_check_warns_of_people_who_get_nothing_where_they_work_or_as_hard_as_they_like(
    complete: Folder,
) -> None:
    file = "nudges/stand-up.yaml"
    text = (complete.path / file).read_text()
    spoilt = {
        "kind: stand\n": "place standing",
        "kind: walk\nplaces: [home]\n": "",
        "kind: walk\nlevel: medium\n": "level easy",
    }
    for words, said in spoilt.items():
        complete.write(file, text.replace("kind: walk\n", words))
        report = check(complete.path)
        told = [one.message for one in (report.warnings if said else report.problems)]
        assert "has no card at the desk for somebody who avoids everything" + (said and f", {said}") in told


def test_a_check_finds_a_message_that_the_bot_needs(complete: Folder) -> None:
    path = complete.path / "messages/help.yaml"
    path.unlink()
    missing = [str(problem) for problem in check(complete.path).problems]
    assert missing[0].startswith("messages/help.yaml: help.text is missing")


def test_a_check_finds_what_the_bot_does_not_fill_in(complete: Folder) -> None:
    path = complete.path / "messages/help.yaml"
    path.write_text("# Help.\nhelp.text:\n  en: Hello {stranger}\n")
    said = [str(problem) for problem in check(complete.path).problems]
    assert "messages/help.yaml:2: help.text uses {stranger}, which the bot does not fill in" in said


def test_a_check_reads_the_table_of_cities(complete: Folder) -> None:
    (complete.path / "places/cities.tsv").write_text("name\tcountry\nBerlin\n")
    (problem,) = check(complete.path).problems
    assert problem.file == "places/cities.tsv"
