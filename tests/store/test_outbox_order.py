"""Messages of one chat go out in the order in which they were said; chats do not wait for each other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from reminderbot.services import outbox
from reminderbot.services.work import Work
from reminderbot.store.queries import outbox as rows
from reminderbot.store.tables import Delivery, Lane
from tests.conftest import At
from tests.world import MONDAY

ANA, BEN = 1001, 1002
LEASE = timedelta(seconds=60)


def _taken(work: Work, limit: int = 16) -> Sequence[Any]:
    found = rows.next_in(work.tx, Lane.ANSWER, work.at, limit)
    rows.take(work.tx, found, work.at + LEASE)
    return found


def _claimed(work: Work) -> list[tuple[int, str]]:
    return [(row.chat_id, row.template) for row in _taken(work)]


def _say(work: Work, chat_id: int, *templates: str) -> None:
    for template in templates:
        outbox.say(work, chat_id, template)


def _fail(work: Work, again: datetime) -> None:
    """The oldest message is taken, and fails."""
    (row,) = _taken(work, 1)
    rows.put_back(work.tx, rows.Key(row.chat_id, row.id), again, counted=True)


def test_only_the_next_message_of_a_chat_is_taken(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first", "second")
        _say(work, BEN, "hello")
        assert _claimed(work) == [(ANA, "first"), (BEN, "hello")]
        assert _claimed(work) == []


def test_the_second_goes_when_the_first_is_settled(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first", "second")
        (row,) = _taken(work, 1)
        rows.settle(work.tx, rows.Key(row.chat_id, row.id), Delivery.SENT, 1)
        assert _claimed(work) == [(ANA, "second")]


def test_a_message_that_has_to_wait_holds_up_the_later_ones(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first", "second")
        (row,) = _taken(work, 1)
        rows.put_back(work.tx, rows.Key(row.chat_id, row.id), work.at + timedelta(seconds=5), counted=False)
        assert _claimed(work) == []
    with at(MONDAY + timedelta(seconds=5)) as work:
        assert _claimed(work) == [(ANA, "first")]


def test_a_message_that_fails_again_and_again_holds_up_nothing_for_good(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first", "second")
        for _ in range(rows.ORDERED_TRIES):
            _fail(work, work.at)
        _fail(work, work.at + timedelta(hours=1))
        assert _claimed(work) == [(ANA, "second")]


def test_the_notice_after_a_tap_waits_for_nothing(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first")
        outbox.toast(work, ANA, "query", "notice")
        assert _claimed(work) == [(ANA, "first"), (ANA, "notice")]


def test_a_message_whose_sender_died_is_taken_again(at: At) -> None:
    with at() as work:
        _say(work, ANA, "first")
        assert _claimed(work) == [(ANA, "first")]
    with at(MONDAY + LEASE) as work:
        assert _claimed(work) == [(ANA, "first")]
