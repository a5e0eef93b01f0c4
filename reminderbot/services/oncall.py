"""Who is on call: put there, listed, taken off; away and back; out of reach and there again."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from reminderbot.rules.timewords import WordsError, parse_duration
from reminderbot.services import audits, duty, ladder, notes, outbox
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import cases, oncall, turns

INVITE_KEPT = timedelta(hours=48)
"""How long a link that puts somebody on call can be used; once."""

PAYLOAD = "oncall-"
"""What the payload of such a link begins with."""

BACK_WORDS = ("off", "back", "over", "end")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on call, as the operator sees them."""

    chat_id: int
    step: int
    name: str
    away_until: datetime | None
    reachable: bool
    tried: bool
    """False while nothing that is to be sent to them has been."""


def add(work: Work, chat_id: int, step: int, name: str = "") -> None:
    """Put somebody on call at a step, or move them there, and tell them plainly what it means."""
    before = oncall.get(work.tx, chat_id)
    known = name or (duty.opened(work, before.name) if before else "")
    row = {"chat_id": chat_id, "step": step, "name": work.around.vault.seal(known), "reachable": True}
    oncall.put(work.tx, row | {"since": before.since if before else work.at, "away_until": None})
    audits.log(work, None, "oncall_added", step=step)
    outbox.say(work, chat_id, "oncall.welcome", {"step": step})
    outbox.menu(work, chat_id, on_call=True)
    _arrived(work, chat_id)


def put_first(work: Work, chat_id: int, name: str) -> None:
    """Put somebody on call at the first step, unless they are on call already."""
    if oncall.get(work.tx, chat_id) is None:
        add(work, chat_id, 1, name)


def invite(work: Work, step: int) -> str:
    """Make a secret that puts whoever uses it first on call; it is not stored, only its digest is."""
    secret = secrets.token_urlsafe(24)
    row = {"digest": _digest(secret), "step": step, "made_at": work.at, "expires_at": work.at + INVITE_KEPT}
    oncall.add_invite(work.tx, row)
    audits.log(work, None, "oncall_invited", step=step)
    return secret


def enrol(work: Work, chat_id: int, name: str, secret: str) -> None:
    """Somebody has opened such a link: on call from now on, or told that it no longer works."""
    step = oncall.take_invite(work.tx, _digest(secret), work.at)
    if step is None:
        outbox.say(work, chat_id, "oncall.invite_over")
    else:
        add(work, chat_id, step, name)


def renew_menus(work: Work) -> None:
    """Offer everybody on call their commands again: a new version may have others."""
    for who in oncall.everybody(work.tx):
        outbox.menu(work, who.chat_id, on_call=True)


def everybody(work: Work) -> list[Person]:
    """All people on call, step by step."""
    untried = oncall.untried(work.tx)
    return [
        Person(
            who.chat_id,
            who.step,
            duty.opened(work, who.name),
            who.away_until if duty.is_away(work, who) else None,
            bool(who.reachable),
            who.chat_id not in untried,
        )
        for who in oncall.everybody(work.tx)
    ]


def remove(work: Work, chat_id: int) -> bool:
    """Take somebody off call and tell them; false when they were not on it."""
    sent = notes.sent_to(work, chat_id)
    there, handed = _leave(work, chat_id)
    if there:
        clear(work, chat_id, sent)
        _say_with(work, chat_id, nested("oncall.removed"), handed)
    return there


def clear(work: Work, chat_id: int, sent: Mapping[int, int]) -> None:
    """Take names, words and the commands for people on call from the chat of somebody who is off call."""
    notes.take_back(work, chat_id, sent)
    outbox.menu(work, chat_id, on_call=False)


def leave(work: Work, chat_id: int) -> bool:
    """Take somebody off call without a word; what they knew climbs at once. False when they were not on it.

    From then on nothing about a case reaches them, nor changes what they have.
    """
    return _leave(work, chat_id)[0]


def away(work: Work, chat_id: int, words: str) -> None:
    """Leave duty for a while (``8h``), or come back (``off``); whoever is the last one there is warned."""
    who = oncall.get(work.tx, chat_id)
    if who is None:
        outbox.say(work, chat_id, "tapped.not_on_call")
    elif words.strip().casefold() in BACK_WORDS:
        _come_back(work, chat_id)
    else:
        _go_away(work, chat_id, words)


def end_aways(work: Work, limit: int) -> int:
    """Bring up to ``limit`` people back whose time away is over; returns how many."""
    over = turns.of_each(work.tx, lambda: oncall.away_until(work.tx, work.at, limit))
    for chat_id in over:
        _come_back(work, chat_id)
    return len(over)


def unreachable(work: Work, chat_id: int) -> None:
    """Telegram says that they blocked the bot or are gone: cases go to the next step at once."""
    who = oncall.get(work.tx, chat_id)
    if who and who.reachable:
        oncall.change(work.tx, chat_id, {"reachable": False})
        audits.log(work, None, "oncall_unreachable", step=who.step)
        ladder.left(work, chat_id)


def reachable(work: Work, chat_id: int) -> None:
    """They unblocked the bot, wrote or tapped: on call again, told so, and told of what is open."""
    who = oncall.get(work.tx, chat_id)
    if who and not who.reachable:
        oncall.change(work.tx, chat_id, {"reachable": True})
        audits.log(work, None, "oncall_reachable", step=who.step)
        outbox.say(work, chat_id, "oncall.welcome", {"step": who.step})
        _arrived(work, chat_id)


def is_note_reply(work: Work, chat_id: int, reply_to: int | None) -> bool:
    """Whether somebody on call answers a note about a case: then it is about somebody else, and not judged."""
    row = cases.shown_in(work.tx, chat_id, reply_to) if reply_to is not None else None
    return row is not None and row.template in notes.SHOWN and oncall.get(work.tx, chat_id) is not None


def is_relay_reply(work: Work, chat_id: int, reply_to: int | None) -> bool:
    """Whether somebody answers what a person on call wrote to them: judged like all else, but no word for a button."""
    row = cases.shown_in(work.tx, chat_id, reply_to) if reply_to is not None else None
    return row is not None and row.template == notes.RELAYED


def show_help(work: Work, chat_id: int) -> None:
    """What the bot understands; somebody on call is told their own commands, too."""
    outbox.say(work, chat_id, "help.text")
    if oncall.get(work.tx, chat_id):
        outbox.say(work, chat_id, "oncall.help")


def sweep(work: Work, limit: int) -> int:
    """Delete up to ``limit`` links that have expired; returns how many."""
    return oncall.sweep_invites(work.tx, work.at, limit)


def _go_away(work: Work, chat_id: int, words: str) -> None:
    try:
        until = work.at + parse_duration(words)
    except WordsError:
        outbox.say(work, chat_id, "oncall.away_how")
        return
    oncall.change(work.tx, chat_id, {"away_until": until})
    audits.log(work, None, "oncall_away", hours=round((until - work.at) / timedelta(hours=1), 1))
    handed = ladder.left(work, chat_id)
    template = "oncall.away" if _is_anybody_here(work) else "oncall.away_last"
    _say_with(work, chat_id, nested(template, **duty.moment(work, until, chat_id)), handed)


def _leave(work: Work, chat_id: int) -> tuple[bool, list[int]]:
    """As ``leave``, with the numbers of the cases that they had."""
    if not oncall.remove(work.tx, chat_id):
        return False, []
    audits.log(work, None, "oncall_removed")
    cases.drop_notes(work.tx, chat_id)
    handed = ladder.left(work, chat_id)
    cases.forget_holder(work.tx, chat_id)
    return True, handed


def _is_anybody_here(work: Work) -> bool:
    return any(duty.is_here(work, who) for who in oncall.everybody(work.tx))


def _say_with(work: Work, chat_id: int, said: Nested, handed: Sequence[int]) -> None:
    """Say something to somebody who leaves, and what becomes of each case that they had."""
    template = "oncall.handed" if _is_anybody_here(work) else "oncall.handed_to_nobody"
    cases_text = [nested(template, number=number) for number in handed]
    outbox.say(work, chat_id, "oncall.left", {"left_text": lines([said, *cases_text])})


def _come_back(work: Work, chat_id: int) -> None:
    oncall.change(work.tx, chat_id, {"away_until": None})
    audits.log(work, None, "oncall_back")
    outbox.say(work, chat_id, "oncall.back")
    _arrived(work, chat_id)


def _arrived(work: Work, chat_id: int) -> None:
    if (who := oncall.get(work.tx, chat_id)) and duty.is_here(work, who):
        ladder.arrived(work, who)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
