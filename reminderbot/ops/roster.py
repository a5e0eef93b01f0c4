"""`reminderbot oncall`: who is told about cases, as the operator sees and changes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx

from reminderbot.services import oncall
from reminderbot.services.work import Surroundings, Work
from reminderbot.store.engine import Store

ASK_SECONDS = 10.0
"""How long the Bot API may take to answer."""

NOBODY = (
    "Nobody is on call. `reminderbot oncall invite --step 1` prints a link that puts whoever opens it there."
)


class RosterError(Exception):
    """Something about the people on call can't be done; the text is one sentence with what to do."""


def bot_name(token: str, api_url: str) -> str:
    """Ask Telegram for the bot's user name. Raises RosterError when it does not tell."""
    try:
        answer = httpx.get(f"{api_url}/bot{token}/getMe", timeout=ASK_SECONDS).json()
    except (httpx.HTTPError, ValueError):
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
            oncall.add(self._work(tx), chat_id, step)
        return f"{chat_id} is on call at step {step}. The bot tells them now, if they have ever opened a chat with it."

    def invite(self, step: int, bot: str) -> str:
        """Make a link that puts whoever opens it first on call at a step."""
        with self.store.begin() as tx:
            secret = oncall.invite(self._work(tx), step)
        until = self.now() + oncall.INVITE_KEPT
        return (
            f"https://t.me/{bot}?start={oncall.PAYLOAD}{secret}\n"
            f"Send it to one person, in private: whoever opens it first is on call at step {step}. "
            f"It works once, until {until:%d %B %H:%M} UTC (48 hours)."
        )

    def everybody(self) -> str:
        """List the people on call, a line each, step by step."""
        with self.store.begin() as tx:
            people = oncall.everybody(self._work(tx))
        return "\n".join(map(_line, people)) or NOBODY

    def remove(self, chat_id: int) -> str:
        """Take somebody off call; the bot tells them. Raises RosterError when they are not on it."""
        with self.store.begin() as tx:
            if not oncall.remove(self._work(tx), chat_id):
                raise RosterError(f"{chat_id} is not on call; `reminderbot oncall list` shows who is.")
        return f"{chat_id} is off call; what they had goes to the next step."

    def _work(self, tx: Any) -> Work:
        return Work(tx, self.now(), self.around)


def _line(person: oncall.Person) -> str:
    state = "on duty"
    if not person.reachable:
        state = "unreachable: has blocked the bot, or never opened a chat with it"
    elif person.away_until:
        state = f"away until {person.away_until:%d %B %H:%M} UTC"
    return f"step {person.step}  {person.chat_id}  {person.name or '(no name)'}  {state}"
