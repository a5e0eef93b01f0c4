"""Stories with people on call: how they get there, and how somebody comes to have a case."""

from typing import Any

from reminderbot.services import cases, oncall, outbox
from reminderbot.services.work import Work
from reminderbot.store import tables
from reminderbot.store.tables import CaseKind
from tests.telegram.looking import rows
from tests.world import Somebody, World

NEVER_SENT = 1
"""Number of an outbox row that does not exist: a card whose attempt never ends."""


def on_call(here: World, name: str, step: int) -> Somebody:
    """Somebody who opens a link that puts them on call, and has read what it says."""
    who = here.person(name)
    secret = here.ask(lambda work: oncall.invite(work, step))
    who.says(f"/start oncall-{secret}")
    who.sees(f"You are on call now, at step {step}.")
    who.forgets_what_was_said()
    return who


def alarm(
    who: Somebody, level: str = "emergency", kind: CaseKind = CaseKind.REPORT, *, card: bool = True
) -> int | None:
    """A card goes out to somebody, and a case with it; not settled yet. Its number, or none when there is no case."""

    def report(work: Work) -> int | None:
        card_id = outbox.warn(work, who.id, "fallback.hello") if card else NEVER_SENT
        return cases.open_case(work, who.id, None, level, kind, str(who.person.user["first_name"]), card_id)

    return who.world.ask(report)


def alarmed(who: Somebody, level: str = "emergency", kind: CaseKind = CaseKind.REPORT) -> int:
    """The same, after everything that happens at once has happened."""
    number = alarm(who, level, kind)
    assert number is not None
    who.world.settle()
    return number


def closes(who: Somebody) -> None:
    """Somebody on call taps Close, and once more when asked."""
    who.taps("Close")
    who.taps("Close")


def sends(who: Somebody) -> int:
    """How many new messages somebody got."""
    return len(who.world.tele.made("sendMessage", who.id))


def case(here: World, number: int) -> Any:
    """A case's row."""
    [row] = rows(here, tables.cases, number=number)
    return row


def logged(here: World, kind: str) -> int:
    """How often something stands in the audit log."""
    return len(rows(here, tables.audit, kind=kind))
