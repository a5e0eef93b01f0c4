"""`reminderbot oncall`: who is told about cases, as the operator sees and changes it."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reminderbot.ops.fetch import UnreachableError, fetch
from reminderbot.services import oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store
from reminderbot.store.queries import turns

ASK_SECONDS = 10.0
"""How long the Bot API may take to answer."""

NOBODY = (
    "Nobody is on call. `reminderbot oncall invite --step 1` prints a link that puts whoever opens it there."
)


NOBODY_LEFT = (
    "Nobody is on call now: the bot says on its cards that nobody is watching. "
    "`reminderbot oncall invite --step 1` prints a link."
)

_BY_LINK = "`reminderbot oncall invite --step 1` prints a link for somebody, and no number is needed."

HIGHEST_STEP = 99
HIGHEST_CHAT = 2**52
"""Telegram's chat numbers have at most 52 significant bits (Bot API, Chat)."""


class RosterError(Exception):
    """Something about the people on call can't be done; the text is one sentence with what to do."""


def chat_number(words: str | None) -> int:
    """The chat number of one person, as typed. Raises RosterError when it is none."""
    number = _number(words, HIGHEST_CHAT)
    if number is None:
        plain = (words or "").removeprefix("-")
        if plain.isascii() and plain.isdigit() and plain != words:
            raise RosterError("That is a group, and only one person can be on call: " + _BY_LINK)
        if plain.isascii() and plain.isdigit() and int(plain[:99]) > HIGHEST_CHAT:
            raise RosterError("That number is too long for a chat: " + _BY_LINK)
        raise RosterError(
            "A chat is named by its number, as in `1003`. `reminderbot oncall list` shows those on call; for "
            "somebody new, `reminderbot oncall invite --step 1` prints a link, and no number is needed."
        )
    return number


def step_number(words: str | None) -> int:
    """The step of somebody on call, as typed. Raises RosterError when it is none."""
    number = _number(words, HIGHEST_STEP)
    if number is None:
        raise RosterError(
            f"A step is a whole number from 1 to {HIGHEST_STEP}, as in `--step 1`; step 1 is told first."
        )
    return number


def _number(words: str | None, highest: int) -> int | None:
    plain = words or ""
    fits = (
        plain.isascii() and plain.isdigit() and len(plain) <= len(str(highest)) and 1 <= int(plain) <= highest
    )
    return int(plain) if fits else None


def bot_name(token: str, api_url: str) -> str:
    """Ask Telegram for the bot's user name. Raises RosterError when it does not tell."""
    try:
        answer = json.loads(asyncio.run(fetch(f"{api_url}/bot{token}/getMe", ASK_SECONDS)).body)
    except (UnreachableError, ValueError):
        raise RosterError(f"{api_url} can't be reached, so the bot's name is not known; try again.") from None
    match answer:
        case {"ok": True, "result": {"username": str(name)}}:
            return name
    raise RosterError("Telegram does not know this token; see `reminderbot doctor`.")


@dataclass(frozen=True, slots=True)
class Roster:
    """The people on call of one database. Each method returns what there is to say about it."""

    store: Store
    around: Surroundings
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def add(self, chat_id: int, step: int) -> str:
        """Put somebody on call at a step, or move them there; the bot tells them."""
        with self.store.begin() as tx:
            turns.of_chat(tx, chat_id)
            oncall.add(self._work(tx), chat_id, step)
            gap = self._gap(tx, step)
        told = f"{chat_id} is on call at step {step}. The bot tells them now, if they have ever opened a chat with it."
        return "\n".join(filter(None, (told, gap)))

    def invite(self, step: int, bot: str) -> str:
        """Make a link that puts whoever opens it first on call at a step."""
        with self.store.begin() as tx:
            secret = oncall.invite(self._work(tx), step)
            gap = self._gap(tx, step)
        until = self.now() + oncall.INVITE_KEPT
        told = (
            f"https://t.me/{bot}?start={oncall.PAYLOAD}{secret}\n"
            f"Send it to one person, in private: whoever opens it first is on call at step {step}. "
            f"It works once, until {until:%d %B %H:%M} UTC (48 hours)."
        )
        return "\n".join(filter(None, (told, gap)))

    def everybody(self) -> str:
        """List the people on call, a line each, step by step."""
        with self.store.begin() as tx:
            people = oncall.everybody(self._work(tx))
        return "\n".join(map(_line, people)) or NOBODY

    def remove(self, chat_id: int) -> str:
        """Take somebody off call; the bot tells them. Raises RosterError when they are not on it."""
        with self.store.begin() as tx:
            turns.of_chat(tx, chat_id)
            if not oncall.remove(self._work(tx), chat_id):
                raise RosterError(f"{chat_id} is not on call; `reminderbot oncall list` shows who is.")
            left = oncall.everybody(self._work(tx))
        return (
            f"{chat_id} is off call; what they had goes to the others."
            if left
            else (f"{chat_id} is off call.\n{NOBODY_LEFT}")
        )

    def _gap(self, tx: Any, step: int) -> str:
        """What is said when there are steps without anybody before this one."""
        taken = {person.step for person in oncall.everybody(self._work(tx))}
        empty = [number for number in range(1, step) if number not in taken]
        if not empty:
            return ""
        verb = "is empty and is" if len(empty) == 1 else "are empty and are"
        return f"{_steps(empty)} {verb} passed at once."

    def _work(self, tx: Any) -> Work:
        return Work(tx, self.now(), self.around)


def _steps(numbers: Sequence[int]) -> str:
    """Steps in words, runs of them put together: ``Steps 1 and 3 to 98``; ``numbers`` rise."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    named = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    return f"Step{'s' if len(numbers) > 1 else ''} {named}"


def _line(person: oncall.Person) -> str:
    state = "on duty"
    if not person.reachable:
        state = "unreachable: has blocked the bot, or never opened a chat with it"
    elif person.away_until:
        state = f"away until {person.away_until:%d %B %H:%M} UTC"
    elif not person.tried:
        state = "not tried yet: whoever has never opened a chat with the bot can't be told of anything"
    return f"step {person.step}  {person.chat_id}  {person.name or '(no name)'}  {state}"
