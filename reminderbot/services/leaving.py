"""Before somebody goes, with a sign open that has to be checked: what to do about it, and whom to call."""

from collections.abc import Sequence
from typing import Any

from reminderbot.services import holds, lines, outbox
from reminderbot.services.replies import Nested, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import reports
from reminderbot.store.tables import ReportState


def remind(work: Work, chat_id: int, though: str) -> None:
    """Say first what still has to be checked, of body and mind; nothing when no such report is open.

    ``though`` is the template of what the step that is taken doesn't change. It goes out in the lane of answers, for
    only within one lane do messages keep their order.
    """
    rows = sorted(filter(_waits, reports.unsettled(work.tx, chat_id)), key=_weight)
    if not rows:
        return
    local = lines.of(work, chat_id)
    args = lines.args(local, rows[0].language) | lines.today(local)
    outbox.say(
        work, chat_id, _template(rows[0]), args | {"though_text": _besides(rows, args, nested(though))}
    )


def _waits(row: Any) -> bool:
    return row.state == ReportState.ASKED or row.level in holds.HOLDING


def _weight(row: Any) -> tuple[int, bool]:
    """Emergencies before what is for today, both before a question that is open; among them the body first."""
    return (2 if row.state == ReportState.ASKED else int(row.level != holds.EMERGENCY)), row.mental


def _template(row: Any) -> str:
    if row.mental:
        return "leaving.mind"
    if row.state == ReportState.ASKED:
        return "leaving.asked"
    return "leaving.now" if row.level == holds.EMERGENCY else "leaving.today"


def _besides(rows: Sequence[Any], args: dict[str, object], though: Nested) -> Nested:
    """How the message ends: the line for the other of body and mind as well, where both are open.

    The emergency number itself stands in every message, so a question about the body adds nothing.
    """
    other = next((row for row in rows if row.mental != rows[0].mental), None)
    if other and other.mental:
        return nested("leaving.mind_too", crisis_text=args["crisis_text"], though_text=though)
    if other and other.state == ReportState.OPEN:
        return nested("leaving.today_too", today_text=args["today_text"], though_text=though)
    return though
