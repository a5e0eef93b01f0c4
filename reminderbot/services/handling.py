"""What people on call do with cases: see them, acknowledge, close, try the alarm.

Rights are looked up at every press and every command; a person's own case does not exist for them here, save a drill.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from sqlalchemy import Row

from reminderbot.services import audits, cases, duty, holds, ladder, notes, outbox, safety_cards, writings
from reminderbot.services.replies import Nested, Tap, lines, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import cases as rows
from reminderbot.store.queries import oncall
from reminderbot.store.tables import CaseKind, CaseState, Hold

DRILL_LEVEL = "emergency"


def show(work: Work, chat_id: int) -> None:
    """List the cases that are not closed, with what to type."""
    if not _on_call(work, chat_id, None):
        return
    listed = [_line(work, case, chat_id) for case in rows.unclosed(work.tx) if not _is_own(case, chat_id)]
    if listed:
        outbox.say(work, chat_id, "oncall.cases", {"cases_text": lines(listed)})
    else:
        outbox.say(work, chat_id, "oncall.no_cases")


def acknowledge(work: Work, chat_id: int, number: int, tap: Tap | None = None) -> None:
    """Somebody takes a case: the ladder stops until that expires, and the person is told that it was seen."""
    case = _case(work, chat_id, number, tap)
    if case is None:
        return
    match CaseState(case.state):
        case CaseState.CLOSED:
            _tell(work, chat_id, tap, "tapped.case_closed_before", {"number": number})
        case CaseState.ACKNOWLEDGED if case.acknowledged_by == chat_id:
            _tell(work, chat_id, tap, "tapped.case_yours_already", {"number": number})
        case CaseState.ACKNOWLEDGED:
            _tell(work, chat_id, tap, "tapped.case_taken", {"number": number})
        case CaseState.OPEN | CaseState.UNANSWERED:
            _take(work, chat_id, case, tap)
        case state:
            assert_never(state)


def ask_close(work: Work, chat_id: int, number: int, tap: Tap) -> None:
    """A tap on Close: ask once more, in the note itself."""
    if case := _unclosed(work, chat_id, number, tap):
        notes.ask_close(work, case, chat_id)
        _tell(work, chat_id, tap, "tapped.close_sure", {"number": number})


def close_typed(work: Work, chat_id: int, number: int) -> None:
    """/close: asks once more, in a new note, while nobody has the case; a drill is over at once."""
    case = _unclosed(work, chat_id, number, None)
    if case is None:
        return
    if case.state == CaseState.ACKNOWLEDGED or case.kind == CaseKind.DRILL:
        close(work, chat_id, number)
    else:
        notes.ask_close_anew(work, case, chat_id)


def keep_open(work: Work, chat_id: int, number: int, tap: Tap) -> None:
    """Not to be closed after all: the note is what it was."""
    if _unclosed(work, chat_id, number, tap):
        notes.refresh(work, number, but=notes.readers(work, number) - {chat_id})
        _tell(work, chat_id, tap, "tapped.case_kept", {"number": number})


def close(work: Work, chat_id: int, number: int, tap: Tap | None = None) -> None:
    """Somebody has dealt with a case: it is over, and the person is told so."""
    case = _unclosed(work, chat_id, number, tap)
    if case is None:
        return
    audits.log(work, case.chat_id, "pressed_close", case=number, step=_step(work, chat_id))
    cases.end(work, case, "closed", acknowledged_by=chat_id)
    if case.kind != CaseKind.DRILL:
        _say_closed(work, case)
    _tell(work, chat_id, tap, "tapped.case_closed", {"number": number})


def drill(work: Work, chat_id: int, name: str) -> None:
    """Start a drill, which climbs like an emergency and has to be acknowledged; one at a time."""
    who = _on_call(work, chat_id, None)
    if who is None:
        return
    running = next((case for case in rows.unclosed(work.tx) if case.kind == CaseKind.DRILL), None)
    if running:
        outbox.say(work, chat_id, "oncall.drill_runs", {"number": running.number})
        return
    number = cases.begin(work, chat_id, DRILL_LEVEL, CaseKind.DRILL, name)
    case = rows.get(work.tx, number)
    if case and who.step > case.step:  # begins with step 1, and with whoever started it
        notes.tell(work, case, [who])
    outbox.say(work, chat_id, "oncall.drill_begun", {"number": number})


def _take(work: Work, chat_id: int, case: Row[Any], tap: Tap | None) -> None:
    audits.log(work, case.chat_id, "pressed_acknowledge", case=case.number, step=_step(work, chat_id))
    if case.kind == CaseKind.DRILL:
        cases.end(work, case, "drill", acknowledged_by=chat_id, acknowledged_at=work.at)
        _tell(work, chat_id, tap, "tapped.drill_acknowledged", {"number": case.number})
        return
    until = work.at + ladder.policy_of(work, case).acknowledged_for
    held = {"state": CaseState.ACKNOWLEDGED, "acknowledged_by": chat_id, "acknowledged_at": work.at}
    rows.change(work.tx, case.number, held | {"next_at": until})
    notes.refresh(work, case.number)
    outbox.warn(work, case.chat_id, "safety.seen", {"language": writings.language(work, case)})
    toast = "tapped.case_yours_unreached" if notes.is_unreachable(work, case.chat_id) else "tapped.case_yours"
    _tell(work, chat_id, tap, toast, {"number": case.number} | duty.moment(work, until, chat_id))


def _say_closed(work: Work, case: Row[Any]) -> None:
    """To the person: nobody on call looks after it any more, and what stays as it is."""
    template = _closed_text(holds.row(work, case.chat_id))
    language = writings.language(work, case)
    outbox.warn(work, case.chat_id, template, safety_cards.numbers(work, case.chat_id, language))


def _closed_text(safety_row: Row[Any] | None) -> str:
    if safety_row is None or not holds.is_held(safety_row):
        return "safety.closed"
    if safety_row.hold == Hold.ASKING:
        return "safety.closed_asked"
    return "safety.closed_mental" if safety_row.mental else "safety.closed_held"


def _unclosed(work: Work, chat_id: int, number: int, tap: Tap | None) -> Row[Any] | None:
    """A case that this person may close; of one that is closed they are told so."""
    case = _case(work, chat_id, number, tap)
    if case and case.state == CaseState.CLOSED:
        _tell(work, chat_id, tap, "tapped.case_closed_before", {"number": number})
        return None
    return case


def _case(work: Work, chat_id: int, number: int, tap: Tap | None) -> Row[Any] | None:
    """A case that this person may handle; whoever may not is told so, and nothing else happens."""
    if not _on_call(work, chat_id, tap):
        return None
    case = rows.get(work.tx, number)
    if case is None and rows.was(work.tx, number):
        _tell(work, chat_id, tap, "tapped.case_deleted", {"number": number})
        return None
    if case is None or _is_own(case, chat_id):
        _tell(work, chat_id, tap, "tapped.case_unknown")
        return None
    return case


def _on_call(work: Work, chat_id: int, tap: Tap | None) -> Row[Any] | None:
    """Whoever is on call; anybody else is told that this is not for them."""
    who = oncall.get(work.tx, chat_id)
    if who is None:
        _tell(work, chat_id, tap, "tapped.not_on_call")
    return who


def _is_own(case: Row[Any], chat_id: int) -> bool:
    return bool(case.chat_id == chat_id and case.kind != CaseKind.DRILL)


def _step(work: Work, chat_id: int) -> int | None:
    """For the log: who pressed is known by their step alone."""
    who = oncall.get(work.tx, chat_id)
    return who.step if who else None


def _line(work: Work, case: Row[Any], reader: int) -> Nested:
    label = case.kind if case.kind != CaseKind.REPORT else case.level
    yours = case.state == CaseState.ACKNOWLEDGED and case.acknowledged_by == reader
    state = nested("oncall.state_yours" if yours else f"oncall.state_{case.state}")
    when = duty.moment(work, case.opened_at, reader)
    return nested(
        "oncall.case",
        number=case.number,
        label_text=nested(f"oncall.label_{label}"),
        state_text=state,
        **when,
    )


def _tell(
    work: Work, chat_id: int, tap: Tap | None, toast: str, args: Mapping[str, object] | None = None
) -> None:
    """A notice to somebody who tapped; the same words as a message to somebody who typed."""
    if tap:
        outbox.toast(work, chat_id, tap.query_id, toast, args)
    else:
        outbox.say(work, chat_id, toast, args)
