"""What a person is told of a fault of the database: one sentence with what to do, and nothing of what was asked."""

import pytest
from sqlalchemy.exc import DatabaseError

from reminderbot.store.faults import is_collision, sentence


class Refusal(Exception):
    """An error of the driver, with a code or none."""

    def __init__(self, sqlstate: str | None) -> None:
        """As psycopg makes it: its text may quote what was asked."""
        super().__init__("FATAL: Ana wrote that her back hurts")
        self.sqlstate = sqlstate


def fault(sqlstate: str | None) -> DatabaseError:
    return DatabaseError("SELECT words", {"words": "my back hurts"}, Refusal(sqlstate))


@pytest.mark.parametrize(
    ("sqlstate", "says", "to_do"),
    [
        ("25P03", "stood idle for too long", "give it less to do"),
        ("25006", "read-only copy", "point DATABASE_URL"),
        ("40001", "collided with others", "try again"),
        ("40P01", "collided with others", "run fewer workers"),
        ("42P01", "has no tables", "reminderbot migrate"),
        ("42501", "refuses this user", "give the user of DATABASE_URL the rights"),
        ("53100", "the disk is full", "free some space"),
        ("53200", "no memory left", "give its server more"),
        ("53300", "no connection left", "max_connections"),
        ("55P03", "is locked", "stop that program, or wait"),
        ("57014", "statement_timeout", "raise that"),
        ("57P01", "has ended the connection", "start it if it doesn't come back"),
        ("57P02", "has ended the connection", "start it if it doesn't come back"),
        ("57P05", "ends connections that rest", "idle_session_timeout"),
        ("58030", "can't be read or written", "check it"),
        ("XX001", "is damaged", "restore a backup"),
        ("57P03", "can't be reached", "check that the server runs"),
        ("08006", "can't be reached", "DATABASE_URL is right"),
        (None, "can't be reached, or refuses the connection", "has connections left"),
        ("25P02", "failed (Refusal)", "reminderbot doctor"),
    ],
)
def test_each_fault_of_a_server_has_a_sentence_with_what_to_do(
    sqlstate: str | None, says: str, to_do: str
) -> None:
    told = sentence(fault(sqlstate))
    assert told.startswith("The database ")
    assert told.endswith(".")
    assert says in told
    assert to_do in told
    assert "back hurts" not in told


def test_a_transaction_begins_anew_only_when_another_one_was_in_its_way() -> None:
    again = {
        state
        for state in ("25P03", "40001", "40P01", "53300", "55P03", "57P01", None)
        if is_collision(fault(state))
    }
    assert again == {"40001", "40P01", "55P03"}
