"""People who live with the bot: each in their own way, by their own chance, whatever the others do."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.acceptance.harness.api import Api
from tests.acceptance.harness.clock import Clock
from tests.acceptance.harness.deeds import Deed, Kind
from tests.acceptance.harness.options import Options
from tests.acceptance.stage import Call
from tests.acceptance.watch import NUMB, is_card, is_note

FIRST = 1001
FIRST_ON_CALL = 9001
ON_CALL = 3

PLAN = "/remind move every 15m 0:00-24:00 daily"
SORTS = ("tapper", "talker", "tapper", "patient", "replier")
"""The sort of each person, in turn."""

SAYINGS = ("/done", "done", "did it", "I did it", "/done move")
IDLE = ("/today", "/streak", "/help", "what is the weather like?", "/remind")
MISREAD = "You misread me"
SAME_MOVE = timedelta(seconds=90)
"""Two words of "done" within a minute are one move told twice, so people say it less often."""

ACKNOWLEDGES = re.compile(r"v1:oack:([0-9]+)")


@dataclass
class Person:
    """Somebody, and what they remember."""

    chat_id: int
    sort: str
    blocked: bool = False
    held: bool = False
    carded: bool = False
    said_at: datetime | None = None
    pressed: dict[str, str] = field(default_factory=dict)


@dataclass(order=True)
class _Plan:
    """Something that a person is about to do, in real time."""

    at: float
    order: int
    chat_id: int = field(compare=False)
    what: str = field(compare=False)
    call: Call | None = field(compare=False, default=None)
    about: str = field(compare=False, default="")


class Crowd:
    """Everybody: they look at their chats, make up their minds, and do it a little later."""

    def __init__(self, options: Options, api: Api, clock: Clock) -> None:
        """Nobody has written yet."""
        self._options, self._api, self._clock = options, api, clock
        self.people = {
            FIRST + number: Person(FIRST + number, SORTS[number % len(SORTS)])
            for number in range(options.people)
        }
        self.on_call = list(range(FIRST_ON_CALL, FIRST_ON_CALL + ON_CALL))
        self.deeds: list[Deed] = []
        self._plans: list[_Plan] = []
        self._looked: dict[str, int] = defaultdict(int)

    def introduce(self) -> None:
        """Everybody writes to the bot for the first time."""
        for chat_id in self.on_call:
            self._says(chat_id, "/help", Kind.OTHER)
        for words in ("/start", "/timezone UTC", PLAN):
            for chat_id in self.people:
                self._says(chat_id, words, Kind.OTHER)

    def looks(self, real: float) -> None:
        """Read what is new, and do what is time to do."""
        for call in self._api.news():
            if call.ok and call.chat_id is not None:
                self._sees(call, real)
        due = sorted(plan for plan in self._plans if plan.at <= real)
        self._plans = [plan for plan in self._plans if plan.at > real]
        for plan in due:
            self._does(plan)

    def begins_quarter(self, number: int, real: float) -> None:
        """A new quarter of an hour: some do something without being asked."""
        for person in self.people.values():
            chance = self._options.chance("quarter", person.chat_id, number)
            if what := self._mood(person, chance):
                self._plan(real + chance.uniform(0, 2.0), person.chat_id, what)

    def is_idle(self) -> bool:
        """Whether nobody is about to do anything."""
        return not self._plans

    def ends(self) -> None:
        """Nobody does anything more, but that those who blocked the bot come back."""
        self._plans.clear()
        for person in self.people.values():
            if person.blocked and person.chat_id % 2:
                self._unblocks(person)

    def _mood(self, person: Person, chance: Random) -> str | None:
        if person.blocked:
            return "unblock" if chance.random() < 0.25 else None
        if person.sort == "patient":
            if person.held:
                return "correct" if chance.random() < 0.2 else None
            return "report" if chance.random() < 0.08 else None
        if person.sort == "tapper" and chance.random() < 0.015:
            return "block"
        return "idle" if chance.random() < 0.06 else None

    def _sees(self, call: Call, real: float) -> None:
        assert call.chat_id is not None
        if call.chat_id in self.on_call:
            if is_note(call):
                self._is_told(call, real)
        elif person := self.people.get(call.chat_id):
            person.carded = person.carded or is_card(call)
            if call.is_nudge:
                self._is_asked(person, call, real)
            elif call.takes_back and person.pressed.get(call.takes_back) in ("Done", "Skip"):
                self._regrets(person, call, real)

    def _is_asked(self, person: Person, call: Call, real: float) -> None:
        chance = self._options.chance("asked", person.chat_id, call.asks)
        what = chance.choices(("Done", "Skip", "Snooze", ""), (60, 15, 10, 15))[0]
        if person.sort in ("talker", "replier"):
            what = {"talker": "say", "replier": "reply"}[person.sort] if what in ("Done", "Skip") else ""
        if what:
            self._plan(real + chance.uniform(0.05, 1.2), person.chat_id, what, call, str(call.asks))

    def _regrets(self, person: Person, call: Call, real: float) -> None:
        key = str(call.takes_back)
        if self._options.chance("regret", person.chat_id, key).random() < 0.1:
            self._plan(real + 0.2, person.chat_id, "Undo", call, key)

    def _is_told(self, call: Call, real: float) -> None:
        found = ACKNOWLEDGES.search(call.buttons)
        if not found:
            return
        self._looked[found[1]] += 1
        chance = self._options.chance("told", call.chat_id, found[1], self._looked[found[1]])
        if chance.random() < 0.15:
            what = "acknowledge" if chance.random() < 0.5 else "ack"
            self._plan(real + chance.uniform(0.1, 1.5), int(call.chat_id or 0), what, call, found[1])

    def _plan(self, at: float, chat_id: int, what: str, call: Call | None = None, about: str = "") -> None:
        self._plans.append(_Plan(at, len(self._plans), chat_id, what, call, about))

    def _does(self, plan: _Plan) -> None:
        person = self.people.get(plan.chat_id)
        if person is None:
            self._acts_on_call(plan)
        elif plan.what == "unblock":
            self._unblocks(person)
        elif not person.blocked:
            self._acts(person, plan)

    def _acts(self, person: Person, plan: _Plan) -> None:
        chance = self._options.chance("words", person.chat_id, plan.what, plan.about)
        match plan.what:
            case "Done" | "Skip" | "Snooze" | "Undo":
                self._taps(person, plan)
            case "say" | "reply":
                self._counts(person, plan, chance)
            case "report":
                person.held, person.carded = True, False
                self._says(person.chat_id, NUMB, Kind.REPORT)
            case "correct" if person.carded:
                person.held = False
                self._says(person.chat_id, MISREAD, Kind.CORRECT)
            case "block":
                person.blocked = True
                self._notes(Kind.BLOCK, person.chat_id, self._api.attempt("blocks", chat_id=person.chat_id))
            case "idle":
                self._says(person.chat_id, chance.choice(IDLE), Kind.OTHER)

    def _acts_on_call(self, plan: _Plan) -> None:
        if plan.what == "ack":
            self._says(plan.chat_id, f"/ack {plan.about}", Kind.ACKNOWLEDGE, plan.about)
        elif plan.call:
            data, message = f"v1:oack:{plan.about}", plan.call.message_id
            made = self._api.attempt("taps", chat_id=plan.chat_id, label_or_data=data, message=message)
            self._notes(Kind.ACKNOWLEDGE, plan.chat_id, made, plan.about)

    def _taps(self, person: Person, plan: _Plan) -> None:
        assert plan.call is not None
        data = f"v1:{plan.what.lower()}:{plan.about}"
        made = self._api.attempt(
            "taps", chat_id=person.chat_id, label_or_data=data, message=plan.call.message_id
        )
        if made:
            person.pressed[plan.about] = plan.what
        self._notes(Kind.TAP, person.chat_id, made, plan.about, plan.what)

    def _counts(self, person: Person, plan: _Plan, chance: Random) -> None:
        now = self._clock.now()
        if person.said_at and now - person.said_at < SAME_MOVE:
            return
        person.said_at = now
        reply = plan.call.message_id if plan.call and plan.what == "reply" else None
        self._says(person.chat_id, "done" if reply else chance.choice(SAYINGS), Kind.WORD, reply_to=reply)

    def _unblocks(self, person: Person) -> None:
        person.blocked = False
        made = self._api.attempt("unblocks", chat_id=person.chat_id)
        self._notes(Kind.UNBLOCK, person.chat_id, made)
        self._says(person.chat_id, "/start", Kind.OTHER)

    def _says(self, chat_id: int, words: str, kind: Kind, about: str = "", **more: Any) -> None:
        name = f"Person-{chat_id}"
        self._notes(
            kind,
            chat_id,
            self._api.attempt("says", chat_id=chat_id, first_name=name, text=words, **more),
            about,
        )

    def _notes(self, kind: Kind, chat_id: int, made: Any, about: str = "", verb: str = "") -> None:
        """Note a deed that Telegram let through; a tap gives its number alone where it makes no message."""
        if made is not None:
            self.deeds.append(Deed(kind, chat_id, self._clock.now(), made["update_id"], about, verb))
