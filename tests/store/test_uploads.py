"""What is known of the pictures that Telegram has."""

from reminderbot.services import uploads
from tests.conftest import At


def test_each_bot_knows_its_own_uploads(at: At) -> None:
    with at() as work:
        uploads.keep(work, 7_000_000_000, "frog-1.gif", "A")
        uploads.keep(work, 8, "frog-1.gif", "B")
        uploads.keep(work, 8, "hinge-1.gif", "C")
    with at() as work:
        assert uploads.known(work, 7_000_000_000) == {"frog-1.gif": "A"}
        assert uploads.known(work, 8) == {"frog-1.gif": "B", "hinge-1.gif": "C"}


def test_of_two_uploads_the_later_one_stays(at: At) -> None:
    with at() as work:
        uploads.keep(work, 7, "frog-1.gif", "A")
        uploads.keep(work, 7, "frog-1.gif", "B")
        assert uploads.known(work, 7) == {"frog-1.gif": "B"}


def test_only_the_id_that_was_refused_is_forgotten(at: At) -> None:
    """Another worker may have uploaded it anew since."""
    with at() as work:
        uploads.keep(work, 7, "frog-1.gif", "B")
        uploads.forget(work, 7, "frog-1.gif", "A")
        assert uploads.known(work, 7) == {"frog-1.gif": "B"}
        uploads.forget(work, 7, "frog-1.gif", "B")
        assert uploads.known(work, 7) == {}
