"""Who is on call, and who of them can be told of something now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from reminderbot.rules import clock
from reminderbot.services.work import Work
from reminderbot.store.queries import oncall, people, safety
from reminderbot.store.tables import CaseKind, Sharing
from reminderbot.store.vault import LostKeyError


def team(work: Work, case: Row[Any]) -> Sequence[Row[Any]]:
    """Everybody who may be told of a case, step by step: never the person it is about, save in a drill."""
    drill = case.kind == CaseKind.DRILL
    return [who for who in oncall.everybody(work.tx) if drill or who.chat_id != case.chat_id]


def others(work: Work, chat_id: int) -> Sequence[Row[Any]]:
    """Everybody on call but this person."""
    return [who for who in oncall.everybody(work.tx) if who.chat_id != chat_id]


def watched(work: Work, chat_id: int) -> bool:
    """Whether somebody other than this person would be told of a case of theirs now."""
    wanted = sharing(work, chat_id) != Sharing.NOBODY
    return wanted and any(is_here(work, who) for who in others(work, chat_id))


def sharing(work: Work, chat_id: int) -> str:
    """What a person lets people on call see."""
    row = safety.get(work.tx, chat_id)
    return row.sharing if row else Sharing.ASK


def is_here(work: Work, who: Row[Any]) -> bool:
    """Whether somebody on call can be told of something now."""
    return bool(who.reachable) and not is_away(work, who)


def is_away(work: Work, who: Row[Any]) -> bool:
    """Whether somebody on call has left duty for a while."""
    return who.away_until is not None and work.at < who.away_until


def reason(work: Work, there: Sequence[Row[Any]]) -> str:
    """Why nobody of a step can be told: ``empty``, ``away`` or ``unreachable``."""
    if not there:
        return "empty"
    return "away" if any(who.reachable and is_away(work, who) for who in there) else "unreachable"


def name_of(work: Work, chat_id: int | None) -> str:
    """The first name of somebody on call; empty for anybody else, and when it is not known."""
    who = oncall.get(work.tx, chat_id) if chat_id is not None else None
    return opened(work, who.name) if who else ""


def moment(work: Work, at: datetime, reader: int) -> dict[str, object]:
    """An instant by the clock of somebody on call, who may be no subscriber: then in UTC. Arguments of a text."""
    who = people.get(work.tx, reader)
    try:
        zone = clock.zone(who.zone if who else "UTC")
    except clock.UnknownZoneError:
        zone = clock.zone("UTC")
    return {"at_time": clock.wall_of(at, zone).isoformat(), "zone": zone.key}


def greeting(work: Work, chat_id: int) -> str:
    """Template of what somebody hears who is no subscriber: how to begin, or what somebody on call can do here."""
    return "oncall.first" if oncall.get(work.tx, chat_id) else "start.first"


def opened(work: Work, sealed: bytes | None) -> str:
    """A sealed text; empty when there is none, or the key is lost."""
    try:
        text = work.around.vault.open(sealed) if sealed else ""
    except LostKeyError:
        return ""
    return text if isinstance(text, str) else ""
