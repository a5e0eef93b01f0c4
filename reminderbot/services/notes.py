"""Notes: what somebody on call is shown of a case, in one message a person that is edited in place.

Without consent that is the number, the level, when, a first name and a link to the person; with it the labels of the
rules and the words as well.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from reminderbot.rules import clock
from reminderbot.rules.triage import Lexicon
from reminderbot.services import audits, duty, outbox
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.work import Work
from reminderbot.store import keys
from reminderbot.store.queries import cases, people
from reminderbot.store.tables import CaseKind, CaseState, Lane, Standing

TEMPLATE = "case.note"
OLDER = "case.note_older"
"""What an older note shrinks to when the same person gets a newer one."""

SHOWN = (TEMPLATE, OLDER)
"""Templates of messages that stand for a case in the chat of somebody on call."""

LEFT, OLD = NAMELESS = ("left", "old")
"""``closed_as`` of a case whose person has left, or that was over long ago: nothing of theirs is shown any more."""

LONGEST_WORDS = 1_500
"""Characters of somebody's words in a note: also as emoji, with all the rest, they fit in one message (4096)."""


def tell(work: Work, case: Row[Any], readers: Sequence[Row[Any]]) -> None:
    """Send each of these people a note; an older one about the same case shrinks to a line without a name."""
    for reader in readers:
        for older in (
            note for note in cases.notes_of(work.tx, case.number) if note.chat_id == reader.chat_id
        ):
            _replace(work, older, OLDER, {"number": case.number})
        row_id = outbox.warn(work, reader.chat_id, TEMPLATE, _args(work, case, reader.chat_id))
        note = {"chat_id": reader.chat_id, "number": case.number, "message_row": row_id, "told_at": work.at}
        cases.put_note(work.tx, note)


def refresh(work: Work, number: int, but: Collection[int] = ()) -> None:
    """Show everybody who was told, but these, how the case stands now, in the message that they have."""
    case = cases.get(work.tx, number)
    for note in cases.notes_of(work.tx, number) if case else ():
        if note.chat_id not in but:
            _replace(work, note, TEMPLATE, _args(work, case, note.chat_id))


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


def _replace(work: Work, note: Row[Any], template: str, args: dict[str, object]) -> None:
    target = keys.encode_row(note.message_row)
    cases.drop_edits(work.tx, note.chat_id, target)
    outbox.edit(work, note.chat_id, target, template, args, Lane.SAFETY)


def _args(work: Work, case: Any, reader: int) -> dict[str, object]:
    body = [_title(case), *_about(work, case, reader), _state(work, case, reader)]
    if case.state != CaseState.CLOSED and case.kind != CaseKind.DRILL:
        body.append(nested("case.reply_here"))
    buttons = {"state": case.state, "drill": case.kind == CaseKind.DRILL}
    return {"number": case.number, "body_text": lines(body)} | buttons


def _title(case: Any) -> Nested:
    if case.closed_as in NAMELESS:
        return nested("case.title_left", number=case.number)
    kind = case.kind if case.kind != CaseKind.REPORT else case.level
    return nested(f"case.title_{kind}", number=case.number, level=case.level)


def _about(work: Work, case: Any, reader: int) -> list[Nested]:
    """Whom it is about, and what is known."""
    if case.closed_as in NAMELESS:
        return []
    about = [nested("case.opened", **moment(work, case.opened_at, reader))]
    if case.kind == CaseKind.DRILL:
        return about
    about.append(_who(work, case))
    if case.state != CaseState.CLOSED:
        about += [*_reached(work, case), *_words(work, case)]
    return about


def _who(work: Work, case: Any) -> Nested:
    name = duty.opened(work, case.name)
    who = nested("case.who", person=case.chat_id, name=name)
    return who if name else nested("case.who_unnamed", person=case.chat_id)


def _reached(work: Work, case: Any) -> list[Nested]:
    """What is known about whether the card has arrived, and whether more would."""
    told = []
    if case.card_id is not None:
        fates = {None: "case.card_open", True: "case.card_arrived", False: "case.card_failed"}
        told.append(nested(fates[case.card_arrived]))
    if is_unreachable(work, case.chat_id):
        told.append(nested("case.unreachable"))
    return told


def _words(work: Work, case: Any) -> list[Nested]:
    """What the person wrote, if they agreed to it."""
    report = cases.report(work.tx, case.chat_id, case.report_id) if case.report_id is not None else None
    if not case.shared or report is None:
        return [nested("case.not_shared")]
    told = [nested("case.labels", labels_list=labels)] if (labels := _labels(work, report.rules)) else []
    if words := duty.opened(work, report.words):
        shown = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
        told.append(nested("case.words", words=shown))
    return told


def _labels(work: Work, rules: str) -> list[str]:
    """Titles of the conditions whose rules fired, each once, the strongest first."""
    triage = work.around.library.triage
    names = dict.fromkeys(_condition(triage.lexicon, str(rule)) for rule in json.loads(rules))
    return [str(triage.conditions[name].title) if name in triage.conditions else name for name in names]


def _condition(lexicon: Lexicon, rule: str) -> str:
    """The condition of a rule: its first part, unless that is a language, whose topics name theirs."""
    name, _, topic = rule.partition(".")
    foreign = lexicon.topics.get(f"{name}:{topic}")
    return foreign.condition if foreign else name


def _state(work: Work, case: Any, reader: int) -> Nested:
    holder = case.acknowledged_by
    match case.state:
        case CaseState.ACKNOWLEDGED:
            until = moment(work, case.next_at, reader)
            if holder == reader:
                return nested("case.state_yours", **until)
            return nested("case.state_held", by=_name(work, holder), **until)
        case CaseState.UNANSWERED:
            return nested("case.state_unanswered")
        case CaseState.CLOSED:
            return _ending(work, case)
    return nested("case.state_open" if holder is None else "case.state_lapsed")


def _ending(work: Work, case: Any) -> Nested:
    if f"case.why_{case.closed_as}" in work.around.library.messages:
        return nested(f"case.why_{case.closed_as}", by=_name(work, case.acknowledged_by))
    return nested("case.why_other")


def _name(work: Work, chat_id: int | None) -> str:
    return duty.name_of(work, chat_id) or work.around.library.messages["case.somebody"].text.get()


def moment(work: Work, at: datetime, reader: int) -> dict[str, object]:
    """An instant by the clock of somebody on call, who may be no subscriber: then in UTC. Arguments of a text."""
    who = people.get(work.tx, reader)
    try:
        zone = clock.zone(who.zone if who else "UTC")
    except clock.UnknownZoneError:
        zone = clock.zone("UTC")
    return {"at_time": clock.wall_of(at, zone).isoformat(), "zone": zone.key}
