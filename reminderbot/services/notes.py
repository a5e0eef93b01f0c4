"""Notes: what somebody on call is shown of a case, in one message a person that is edited in place.

Without consent that is the number, the level, when, a first name and a link to the person; with it the labels of the
rules and the words as well.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from reminderbot.services import audits, duty, outbox, writings
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import cases, people
from reminderbot.store.tables import CaseKind, CaseState, Delivery, Lane, Standing

TEMPLATE = "case.note"
CLOSING = "case.closing"
"""A note that asks whether the case is to be closed."""

OLDER = "case.note_older"
"""What an older note shrinks to when the same person gets a newer one."""

SHOWN = (TEMPLATE, CLOSING, OLDER)
"""Templates of messages that stand for a case in the chat of somebody on call."""

RELAYED = "safety.relayed"
"""What somebody on call wrote, in the chat of the person whom it is about."""

NOBODY = NOBODY_ANSWERED, NOBODY_LISTENED = ("safety.nobody_answered", "safety.nobody_listened")
"""Templates by which the person hears that nobody answered."""

LEFT, OLD = NAMELESS = ("left", "old")
"""``closed_as`` of a case whose person has left, or that was over long ago: nothing of theirs is shown any more."""


def tell(work: Work, case: Row[Any], readers: Sequence[Row[Any]], *, more: bool = False) -> None:
    """Send each of these people a note; an older one about the same case shrinks to a line without a name.

    ``more``: the person has written again, and the note says so to whoever has one.
    """
    knowing = {note.chat_id for note in cases.notes_of(work.tx, case.number)}
    for reader in readers:
        above = _more(work, case) if more and reader.chat_id in knowing else ()
        _send(work, case, reader.chat_id, TEMPLATE, _args(work, case, reader.chat_id, above))


def refresh(work: Work, number: int, but: Collection[int] = ()) -> None:
    """Show everybody who was told, but these, how the case stands now, in the message that they have."""
    case = cases.get(work.tx, number)
    for note in cases.notes_of(work.tx, number) if case else ():
        if note.chat_id not in but:
            _replace(work, note, TEMPLATE, _args(work, case, note.chat_id))


def ask_close(work: Work, case: Row[Any], reader: int) -> None:
    """Ask in somebody's note whether the case is to be closed; the next change of the note takes that away again."""
    for note in cases.notes_of(work.tx, case.number):
        if note.chat_id == reader:
            _replace(work, note, CLOSING, _closing(work, case, reader))


def ask_close_anew(work: Work, case: Row[Any], reader: int) -> None:
    """The same in a new note, for somebody who typed and may see the old one no more."""
    _send(work, case, reader, CLOSING, _closing(work, case, reader))


def say_left(work: Work, case: Row[Any]) -> None:
    """Tell everybody who knows of an open case, aloud, that its person has deleted their data."""
    knowing = readers(work, case.number)
    for who in duty.team(work, case):
        if who.chat_id in knowing and duty.is_here(work, who):
            outbox.warn(work, who.chat_id, "case.person_left", {"number": case.number})


def readers(work: Work, number: int) -> frozenset[int]:
    """Chats of everybody who was told of a case."""
    return frozenset(note.chat_id for note in cases.notes_of(work.tx, number))


def sent_to(work: Work, chat_id: int) -> Mapping[int, int]:
    """The notes that somebody has: Telegram's message id by the number of the case."""
    return cases.notes_in(work.tx, chat_id)


def take_back(work: Work, chat_id: int, sent: Mapping[int, int]) -> None:
    """Take names and words from these notes: whoever has them is off call."""
    for number, message_id in sent.items():
        outbox.edit(work, chat_id, message_id, "case.note_off", {"number": number}, Lane.SAFETY)


def settled(work: Work, chat_id: int, row_id: int, *, arrived: bool) -> None:
    """Log how an attempt to send a note ended."""
    note = cases.note_in(work.tx, chat_id, row_id)
    case = cases.get(work.tx, note.number) if note else None
    if case:
        audits.log(work, case.chat_id, "note_attempted", case=case.number, arrived=arrived)


def is_unreachable(work: Work, chat_id: int) -> bool:
    """Whether Telegram has said that somebody blocked the bot or is gone."""
    who = people.get(work.tx, chat_id)
    return who is not None and who.standing == Standing.UNREACHABLE


def _send(work: Work, case: Row[Any], reader: int, template: str, args: dict[str, object]) -> None:
    """A new message takes the place of the note that somebody has."""
    for known in cases.notes_of(work.tx, case.number):
        if known.chat_id == reader and not cases.unsend(work.tx, reader, known.message_row):
            _replace(work, known, OLDER, {"number": case.number})
    row_id = outbox.warn(work, reader, template, args)
    note = {"chat_id": reader, "number": case.number, "message_row": row_id, "told_at": work.at}
    cases.put_note(work.tx, note)


def _replace(work: Work, note: Row[Any], template: str, args: dict[str, object]) -> None:
    target = keys.encode_row(note.message_row)
    cases.drop_edits(work.tx, note.chat_id, target)
    outbox.edit(work, note.chat_id, target, template, args, Lane.SAFETY)


def _args(work: Work, case: Any, reader: int, above: Sequence[Nested] = ()) -> dict[str, object]:
    said = writings.answered(work, case, reader) if case.state != CaseState.CLOSED else ()
    body = [*above, *said, _title(case), *_about(work, case, reader), _state(work, case, reader)]
    if case.state != CaseState.CLOSED and case.kind != CaseKind.DRILL:
        body.append(nested("case.reply_here"))
    buttons = {"state": case.state, "drill": case.kind == CaseKind.DRILL}
    return {"number": case.number, "body_text": lines(body)} | buttons


def _closing(work: Work, case: Row[Any], reader: int) -> dict[str, object]:
    told = "case.close_unreached" if is_unreachable(work, case.chat_id) else "case.close_told"
    return _args(work, case, reader) | {"told_text": nested(told)}


def _more(work: Work, case: Any) -> list[Nested]:
    return [nested("case.more", name=writings.called(work, case), number=case.number)]


def _title(case: Any) -> Nested:
    if case.closed_as in NAMELESS:
        return nested("case.title_left", number=case.number)
    kind = case.kind if case.kind != CaseKind.REPORT else case.level
    return nested(f"case.title_{kind}", number=case.number, level=case.level)


def _about(work: Work, case: Any, reader: int) -> list[Nested]:
    """Whom it is about, and what is known."""
    if case.closed_as in NAMELESS:
        return []
    about = [nested("case.opened", **duty.moment(work, case.opened_at, reader))]
    if case.kind == CaseKind.DRILL:
        return about
    about.append(_who(work, case))
    if case.state != CaseState.CLOSED:
        about += [*_reached(work, case), *writings.by_person(work, case, reader)]
    return about


def _who(work: Work, case: Any) -> Nested:
    name = duty.opened(work, case.name)
    who = nested("case.who", person=case.chat_id, name=name)
    return who if name else nested("case.who_unnamed", person=case.chat_id)


def _reached(work: Work, case: Any) -> list[Nested]:
    """What is known about whether the card has arrived, and whether more would."""
    reached = []
    if case.card_id is not None:
        what = "question" if writings.is_asking(work, case) else "card"
        fate = {None: "open", True: "arrived", False: "failed"}[case.card_arrived]
        reached.append(nested(f"case.{what}_{fate}"))
    if is_unreachable(work, case.chat_id):
        reached.append(nested("case.unreachable"))
    return reached


def _state(work: Work, case: Any, reader: int) -> Nested:
    holder = case.acknowledged_by
    match case.state:
        case CaseState.ACKNOWLEDGED:
            until = duty.moment(work, case.next_at, reader)
            if holder == reader:
                return nested("case.state_yours", **until)
            return nested("case.state_held", by=_name(work, holder), **until)
        case CaseState.UNANSWERED:
            return _unanswered(work, case)
        case CaseState.CLOSED:
            return _ending(work, case)
    return nested("case.state_open" if holder is None else "case.state_lapsed")


def _unanswered(work: Work, case: Any) -> Nested:
    """Whether the person knows that nobody answered."""
    if case.kind == CaseKind.DRILL:
        return nested("case.state_unanswered")
    state = cases.fate_of(work.tx, case.chat_id, NOBODY, case.opened_at)
    if is_unreachable(work, case.chat_id) or state == Delivery.DROPPED:
        return nested("case.state_unanswered_unreached")
    return nested("case.state_unanswered" if state == Delivery.SENT else "case.state_unanswered_telling")


def _ending(work: Work, case: Any) -> Nested:
    if f"case.why_{case.closed_as}" in work.around.library.messages:
        return nested(f"case.why_{case.closed_as}", by=_name(work, case.acknowledged_by))
    return nested("case.why_other")


def _name(work: Work, chat_id: int | None) -> str:
    return duty.name_of(work, chat_id) or work.around.library.messages["case.somebody"].text.get()
