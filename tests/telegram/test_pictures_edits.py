"""Words under a picture are changed as a caption, words alone as a text: a wrong guess costs one more call."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reminderbot.pictures import week
from reminderbot.services import outbox
from reminderbot.services.replies import nested
from reminderbot.services.work import Surroundings
from reminderbot.store import tables
from reminderbot.store.engine import Store
from reminderbot.store.tables import Delivery, Method
from reminderbot.telegram.gate import Gate
from tests.images import png
from tests.telegram.looking import rows
from tests.telegram.pictured import calls, pictured, shown
from tests.world import Somebody, World

CARD, OTHER = "squat-warm-up", "chair-figure-four"
TEXT_REFUSED = "Bad Request: there is no text in the message to edit"
CAPTION_REFUSED = "Bad Request: there is no caption in the message to edit"


@pytest.fixture
def here(store: Store, around: Surroundings, tmp_path: Path) -> Iterator[World]:
    with pictured(store, around, tmp_path) as place:
        yield place


@pytest.fixture(autouse=True)
def _asked_before(ana: Somebody, avoids_nothing: None) -> None:
    """No question comes between the stretch and its answer."""


@pytest.fixture
def words_alone(here: World, tmp_path: Path) -> Callable[[], None]:
    """The figures are gone."""

    def remove() -> None:
        for path in tmp_path.iterdir():
            path.unlink()
        here.restart()

    return remove


def edits(who: Somebody) -> list[tuple[str, bool]]:
    """Each call that tried to change a message: its method, and whether Telegram took it."""
    return [(call.method, call.ok) for call in calls(who) if call.method.startswith("edit")]


def says(here: World, verb: Callable[..., Any], *args: Any) -> None:
    here.ask(lambda work: verb(work, *args))
    here.settle()


def picture(card: str) -> dict[str, Any]:
    """Arguments of a message with a picture whose caption is a line, and whose words are two."""
    caption = nested("answers.skip_result", line=f"Move {card}", key="stretch:1")
    return {"picture": {"sort": "figure", "card": card}, "caption_text": caption, "line": f"All about {card}"}


def change(here: World, who: Somebody, message_id: int, card: str) -> None:
    says(here, outbox.edit, who.id, message_id, "answers.skip_result", picture(card) | {"key": "stretch:1"})


def test_words_that_came_alone_are_changed_as_a_text_after_one_wrong_guess(
    ana: Somebody, words_alone: Callable[[], None]
) -> None:
    words_alone()
    ana.says("/stretch")
    message = shown(ana)
    ana.taps("Done")
    assert edits(ana)[-2:] == [("editMessageCaption", False), ("editMessageText", True)]
    assert ("✅ Done." in message.text, message.labels) == (True, ["Undo"])
    ana.taps("Undo")
    assert ("1. " in message.text, "Steps" in message.labels) == (True, False)


def test_who_knows_nothing_of_a_picture_changes_its_caption_all_the_same(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    says(here, outbox.edit, ana.id, message.id, "answers.undone", {})
    assert edits(ana)[-2:] == [("editMessageText", False), ("editMessageCaption", True)]
    assert message.text.startswith("Taken back.")
    assert (message.kind != "text", message.labels) == (True, [])


def test_a_message_that_is_neither_is_given_up_after_both_ways(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    message, before = shown(ana), len(edits(ana))
    for method, why in (("editMessageText", TEXT_REFUSED), ("editMessageCaption", CAPTION_REFUSED)):
        here.tele.faults.refuse(method, status=400, description=why, times=None)
    says(here, outbox.edit, ana.id, message.id, "answers.undone", {})
    here.fast_forward(minutes=3)
    assert edits(ana)[before:] == [("editMessageText", False), ("editMessageCaption", False)]
    [edit] = rows(here, tables.messages, chat_id=ana.id, method=Method.EDIT, template="answers.undone")
    assert (edit.state, edit.args) == (Delivery.DROPPED, None)


def test_a_caption_whose_change_has_an_unknown_fate_is_changed_again(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    here.tele.faults.lose_answer("editMessageCaption")
    ana.taps("Done")
    here.fast_forward(seconds=30)
    assert edits(ana)[-1] == ("editMessageCaption", False)
    assert rows(here, tables.messages, method=Method.EDIT)[-1].state == Delivery.SENT


def test_a_message_steps_from_one_picture_to_the_next(here: World, ana: Somebody) -> None:
    ana.says("/stretch")
    message = shown(ana)
    before = here.tele.world.files.uploads
    seen = []
    for card in (CARD, OTHER, CARD):
        change(here, ana, message.id, card)
        seen.append((message.kind, message.text.splitlines()[0]))
    assert seen == [
        ("animation", f"Move {CARD}"), ("photo", f"Move {OTHER}"), ("animation", f"Move {CARD}")
    ]  # fmt: skip
    assert here.tele.world.files.uploads <= before + 2
    assert message.labels == ["Undo"]


def test_a_text_gets_a_picture(here: World, ana: Somebody) -> None:
    ana.says("/help")
    message = ana.person.last
    change(here, ana, message.id, CARD)
    assert (message.kind, message.text.splitlines()[0]) == ("animation", f"Move {CARD}")


@pytest.mark.parametrize("asked", ["/help", "/stretch"])
def test_where_the_next_picture_is_missing_the_words_say_it_all(
    here: World, ana: Somebody, words_alone: Callable[[], None], asked: str
) -> None:
    ana.says(asked)
    message = ana.person.last
    words_alone()
    here.ask(lambda work: work.tx.execute(tables.uploads.delete()))
    here.restart()
    change(here, ana, message.id, CARD)
    assert message.text.splitlines()[0] == f"All about {CARD}"


def test_a_picture_of_this_message_alone_is_drawn_for_it(
    here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are filled in before, as the text's are."""
    drawn: list[Any] = []

    def draw(data: Any) -> bytes:
        drawn.append(data)
        return png()

    monkeypatch.setattr(week, "draw", draw)
    args = {
        "picture": {"sort": "week", "title_text": nested("answers.undone")},
        "line": "Words",
        "key": "move:1",
    }
    for _ in range(2):
        says(here, outbox.say, ana.id, "answers.skip_result", args)
    assert [(m.kind, m.text.split("\n")[0]) for m in ana.person.messages[-2:]] == [("photo", "Words")] * 2
    assert (rows(here, tables.uploads), here.tele.world.files.uploads) == ([], 2)
    assert drawn[0]["title_text"].startswith("Taken back.")


@pytest.mark.parametrize("sort", ["calendar", "a sort of a later version"])
def test_where_drawing_fails_the_words_go_alone(here: World, ana: Somebody, sort: str) -> None:
    args = {"picture": {"sort": sort}, "line": "Words", "key": "move:1"}
    says(here, outbox.say, ana.id, "answers.skip_result", args)
    assert (ana.person.last.kind, ana.person.last.text.split("\n")[0]) == ("text", "Words")


def test_each_call_has_a_slot_of_its_own(here: World, ana: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the one that comes after a refused picture, and the one that comes after a wrong guess."""
    passed = []

    async def passes(_gate: Gate, is_card: bool, _since: float) -> bool:
        passed.append(is_card)
        return True

    monkeypatch.setattr(Gate, "passes", passes)
    here.around = replace(here.around, send_rate=1000)
    here.restart()
    before, toasts = len(calls(ana)), len(ana.person.toasts)
    for method in ("sendAnimation", "sendPhoto"):
        here.tele.faults.refuse(method, status=400, description="Bad Request: IMAGE_PROCESS_FAILED", times=1)
    ana.says("/stretch")
    ana.taps("Done")
    made = len(calls(ana)) - before
    assert (made, len(passed)) == (4, 4 + len(ana.person.toasts) - toasts)
