"""A picture is uploaded once and sent by its id; where Telegram does not take it, the words go out all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery
from tests.telegram.looking import fates, rows
from tests.telegram.pictured import calls, pictured, shown
from tests.world import Somebody, World

CARD = "squat-warm-up"
UPLOAD_REFUSED = "Bad Request: IMAGE_PROCESS_FAILED"
ID_REFUSED = "Bad Request: wrong file identifier/HTTP URL specified"


@pytest.fixture
def here(store: Store, around: Surroundings, tmp_path: Path) -> Iterator[World]:
    """Everybody gets the same stretch, which moves."""
    with pictured(store, around, tmp_path, CARD) as place:
        yield place


@pytest.fixture
def ben(here: World) -> Somebody:
    return somebody(here, "Ben")


@pytest.fixture(autouse=True)
def _asked_before(ana: Somebody, avoids_nothing: None) -> None:
    """No question comes between the stretch and its answer."""


def somebody(here: World, name: str, zone: str | None = "UTC") -> Somebody:
    """A subscriber who has nothing to avoid; without a zone it is not confirmed."""
    who = here.person(name, zone)
    who.says("/start")
    who.says("/settings")
    who.taps("Anything to avoid")
    who.taps("Nothing")
    who.forgets_what_was_said()
    return who


def uploads(here: World) -> int:
    return here.tele.world.files.uploads


def tried(who: Somebody) -> list[tuple[str, bool]]:
    """Each call since the stretch was asked for: its method, and whether Telegram took it."""
    return [(call.method, call.ok) for call in calls(who) if call.method in WAYS]


WAYS = ("sendAnimation", "sendPhoto", "editMessageCaption", "editMessageMedia")


WAITS = (Delivery.PENDING, None)


def alone(who: Somebody) -> bool:
    """Whether the newest stretch has come as words alone, all of them."""
    message = shown(who)
    return message.kind == "text" and "Steps" not in message.labels and "1. " in message.text


def test_a_picture_is_uploaded_once_and_goes_out_by_its_id_ever_after(
    here: World, ana: Somebody, ben: Somebody
) -> None:
    ana.says("/stretch")
    ben.says("/stretch")
    here.restart()
    ana.says("/stretch")
    assert (uploads(here), {shown(ana).file_id, shown(ben).file_id}) == (1, {shown(ana).file_id})
    [kept] = rows(here, tables.uploads)
    assert (kept.bot_id, kept.file_id) == (here.tele.world.bot["id"], shown(ana).file_id)


def test_an_id_of_another_bot_is_not_used(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    here.ask(lambda work: work.tx.execute(tables.uploads.update().values(bot_id=1)))
    here.restart()
    ana.says("/stretch")
    assert uploads(here) == 2


def test_a_figure_that_changes_is_uploaded_anew(here: World, ana: Somebody) -> None:
    """It has another name then."""
    ana.says("/stretch")
    here.ask(lambda work: work.tx.execute(tables.uploads.update().values(name="squat-warm-up-0.gif")))
    here.restart()
    ana.says("/stretch")
    assert (uploads(here), len(rows(here, tables.uploads))) == (2, 2)


def test_of_many_who_are_due_together_one_uploads_and_the_others_wait_a_second(
    here: World, ana: Somebody
) -> None:
    crowd = [somebody(here, f"Person {number}") for number in range(12)]
    here.until(here.now.replace(day=6, hour=8, minute=29))
    here.now = here.now.replace(minute=30)
    here.settle()
    assert (uploads(here), sum(fates(who, "stretch") == [WAITS] for who in [ana, *crowd])) == (1, 12)
    here.fast_forward(seconds=1)
    assert uploads(here) == 1
    assert {shown(who).file_id for who in crowd} == {shown(crowd[0]).file_id}
    assert {len(tried(who)) for who in crowd} == {1}


def test_an_id_that_telegram_no_longer_takes_is_forgotten_and_the_picture_uploaded_anew(
    here: World, ana: Somebody, ben: Somebody
) -> None:
    ana.says("/stretch")
    old = shown(ana).file_id
    here.tele.faults.refuse("sendAnimation", status=400, description=ID_REFUSED)
    ben.says("/stretch")
    assert tried(ben) == [("sendAnimation", False), ("sendAnimation", True)]
    assert (uploads(here), shown(ben).file_id != old) == (2, True)
    assert [row.file_id for row in rows(here, tables.uploads)] == [shown(ben).file_id]


def test_a_picture_that_telegram_does_not_take_is_left_out_until_the_next_start(
    here: World, ana: Somebody, ben: Somebody
) -> None:
    here.tele.faults.refuse("sendAnimation", status=400, description=UPLOAD_REFUSED)
    ana.says("/stretch")
    ben.says("/stretch")
    assert (alone(ana), alone(ben)) == (True, True)
    assert (tried(ana), tried(ben)) == ([("sendAnimation", False)], [])
    here.restart()
    ben.says("/stretch")
    assert shown(ben).kind == "animation"


def test_a_gif_that_becomes_a_document_is_not_sent_again(
    here: World, ana: Somebody, ben: Somebody, tmp_path: Path
) -> None:
    for file in tmp_path.glob("*.gif"):
        file.write_bytes(b"GIF89a, but broken off")
    ana.says("/stretch")
    ben.says("/stretch")
    assert (shown(ana).kind, alone(ben), rows(here, tables.uploads)) == ("document", True, [])


def test_what_telegram_has_against_one_person_is_not_held_against_the_picture(
    here: World, ana: Somebody, ben: Somebody
) -> None:
    why = "Bad Request: can't parse entities"
    here.tele.faults.refuse("sendAnimation", status=400, description=why, chat_id=ana.id)
    ana.says("/stretch")
    ben.says("/stretch")
    assert (alone(ana), shown(ben).kind) == (True, "animation")


def test_without_its_file_a_stretch_is_words_alone_until_it_is_drawn(ana: Somebody, tmp_path: Path) -> None:
    files = {path: path.read_bytes() for path in tmp_path.glob("*.gif")}
    for path in files:
        path.unlink()
    ana.says("/stretch")
    assert (alone(ana), tried(ana)) == (True, [])
    for path, content in files.items():
        path.write_bytes(content)
    ana.says("/stretch")
    assert shown(ana).kind == "animation"


def test_a_caption_that_is_too_long_gives_way_to_the_words(
    ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reminderbot.telegram.calls.CAPTION_UNITS", 20)
    ana.says("/stretch")
    assert (alone(ana), tried(ana)) == (True, [])


def test_a_picture_is_silent_until_the_zone_is_confirmed(here: World, ana: Somebody) -> None:
    eve = somebody(here, "Eve", zone=None)
    here.fast_forward(days=1)
    silent = [shown(who).silent for who in (ana, eve)]
    assert (silent, "Wrong time?" in shown(eve).labels) == ([False, True], True)


def test_a_stretch_at_its_time_with_an_unknown_fate_is_not_sent_again(here: World, ana: Somebody) -> None:
    here.tele.faults.lose_answer("sendAnimation")
    here.fast_forward(days=1)
    assert (len(tried(ana)), fates(ana, "stretch")[-1]) == (1, (Delivery.UNKNOWN, None))
    ana.taps("Done", shown(ana))
    assert "✅ Done" in shown_text(ana)


def shown_text(who: Somebody) -> str:
    return next(m.text for m in reversed(who.person.messages) if m.kind == "animation")


def test_a_stretch_that_was_asked_for_is_sent_again_after_an_unknown_fate(here: World, ana: Somebody) -> None:
    here.tele.faults.lose_answer("sendAnimation")
    ana.says("/stretch")
    here.fast_forward(seconds=30)
    assert [message.kind for message in ana.person.messages[-2:]] == ["animation", "animation"]


def test_a_restart_while_telegram_is_unreachable_loses_no_picture(here: World, ana: Somebody) -> None:
    here.tele.faults.unreachable("sendAnimation")
    ana.says("/stretch")
    here.restart()
    here.fast_forward(seconds=30)
    assert (shown(ana).kind, uploads(here)) == ("animation", 1)
