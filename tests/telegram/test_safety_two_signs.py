"""Two signs told at once: the card names both, and so does the note to whoever may read it; one sign is named once."""

from functools import partial
from itertools import permutations

import pytest

from reminderbot.services import reports, safety_cards
from reminderbot.services.reports import Finding
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import reports as report_rows
from reminderbot.telegram import wording
from tests.world import Somebody, World

ZONE = "Europe/London"
BOTH = "my groin is numb and I can't pee"
NAMED = "Both changed feeling between the legs or the buttocks and trouble peeing should be checked by a doctor now."


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One database is enough here: what a card says does not depend on it."""
    return sqlite_store


def test_the_card_names_both_signs_of_one_message(ana: Somebody) -> None:
    ana.says(BOTH)
    ana.sees(f"Thanks for telling me. {NAMED}", "Call now:\n999")


def test_a_card_about_somebody_else_names_both_as_well(ana: Somebody) -> None:
    ana.says("my dad can't pee and says his backside is numb")
    ana.sees("Both ", "trouble peeing", "changed feeling", "and stay with them")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("my groin is numb", "Most back trouble settles, but a change of feeling between the legs"),
        ("my back hurts and I can't pee", "a change in how you pee"),
        ("fecal incontinence started this week", "doctor should check now."),
        ("can't feel the toilet paper, and no numbness in my legs", "doctor should check now."),
    ],
)
def test_one_sign_is_named_alone_however_many_rules_it_meets(ana: Somebody, words: str, reason: str) -> None:
    ana.says(words)
    assert "Both " not in ana.sees(reason, "Call now:")


def test_dark_thoughts_beside_a_sign_keep_their_own_words(ana: Somebody) -> None:
    ana.says(f"{BOTH} and I'm going to kill myself tonight")
    assert "Both " not in ana.sees("I hear you.", "To talk")


def test_once_more_the_card_speaks_in_general_words_and_stays_short(here: World, ana: Somebody) -> None:
    ana.says(BOTH)
    here.fast_forward(minutes=5)
    ana.sees("Once more: What you describe should be checked by a doctor straight away.")


def test_nobody_is_sent_on_the_way_when_only_the_second_sign_needs_an_ambulance(ana: Somebody) -> None:
    ana.says("my groin is numb and there is heavy pressure on my chest, I'm sweating")
    ana.sees("Both changed feeling", "pain or pressure in the chest", "and wait where you are. Don't drive.")


def test_the_note_names_both_signs_once_they_may_be_read(here: World, ana: Somebody, osei: Somebody) -> None:
    ana.says(BOTH)
    assert "Signs" not in osei.person.last.text
    ana.taps("Share what I wrote")
    titles = here.around.library.triage.conditions
    line = next(line for line in osei.person.last.text.splitlines() if line.startswith("Signs: "))
    for condition in ("cauda-equina", "urinary-retention"):
        assert str(titles[condition].title) in line


def put_out(work: Work, chat_id: int, first: str, second: str, words: str) -> str:
    """The card about two conditions, of which these words tell."""
    rules = [f"{first}.first", f"{second}.second"]
    report = reports.open_report(work, chat_id, Finding("emergency", first, rules, words=words), "Ana")
    row = report_rows.get(work.tx, chat_id, report)
    card = safety_cards.of(work, row)
    reports.close(work, row, "misread")
    return wording.render(work.around.library, *card, work.at)


def test_no_two_signs_make_a_card_of_sixty_words(
    here: World, ana: Somebody, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = around.library.triage.conditions
    named = [name for name, one in known.items() if one.sign]
    pairs = [(a, b) for a, b in permutations(named, 2) if known[a].sign != known[b].sign]
    for first, second in pairs:
        monkeypatch.setattr(
            "reminderbot.services.complaints.conditions", lambda *_, both=(first, second): list(both)
        )
        monkeypatch.setattr("reminderbot.rules.signs.apart", lambda *_, both=(first, second): list(both))
        card = here.ask(partial(put_out, chat_id=ana.id, first=first, second=second, words="x"))
        assert f"{known[first].sign.get()} and {known[second].sign.get()} should" in card  # type: ignore[union-attr]
        assert len(card.replace("“x”", "").split()) < 60, card
