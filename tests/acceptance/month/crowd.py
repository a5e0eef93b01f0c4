"""People who live with the bot for a month: each in their own way, by their own chance, whatever the others do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random

from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.telegram.people import Person
from reminderbot.store.keys import ReminderKey, encode
from tests.acceptance.month.deeds import Deed, Key, Kind, Notice, Reminder, Said
from tests.acceptance.month.options import Options
from tests.acceptance.month.plans import ZONES, At, Every, draw_move, draw_stretch
from tests.acceptance.watch import CALF, NUMB

FIRST = 5001
ON_CALL = (1001, 1002, 1003)
"""Whoever is on call, in the order of their steps."""

SECOND = 20
"""People do things so many seconds past the minute, when no reminder is due."""

ANSWERS = {
    "tapper": {"done": 60, "skip": 12, "snooze": 10, "twice": 5, "regret": 3, "": 10},
    "talker": {"say": 62, "say skip": 8, "reply": 10, "say snooze": 3, "thumb": 5, "": 12},
    "late": {"done": 20, "late done": 25, "late skip": 10, "late reply": 5, "old": 5, "": 35},
    "ghost": {"done": 4, "": 96},
    "snoozer": {"snooze": 40, "done": 30, "say": 10, "skip": 5, "": 15},
    "sleeper": {"": 100},
}
"""How somebody of each sort answers a reminder, with weights."""

MOODS = {"move": 8, "again": 6, "yesterday": 3, "pause": 3, "stop": 1.5, "block": 2, "plan": 3, "travel": 1.2,
         "report": 0.5, "idle": 6, "": 66}  # fmt: skip
"""What somebody does on a day without being asked, with weights."""

ASLEEP = 0.9
"""On how many of their days those who never answer do nothing else either: weeks go by without a word."""

IDLE = ("/today", "/streak", "/remind", "/help", "what is the weather like?")
WORDS = {
    "done": ("done", "did it", "I did it", "done!"),
    "skip": ("skip", "not now"),
    "snooze": ("later", "snooze"),
}
LEVELS = {"emergency": NUMB, "urgent": CALF}
CHECKED = "a clinician has checked me"
MISREAD = "You misread me"

Act = Callable[[], None]


@dataclass
class Somebody:
    """A person, and what they remember."""

    person: Person
    sort: str
    blocked: bool = False
    held: bool = False
    busy: bool = False  # paused, stopped or away: no other mood until that is over
    seen: list[Reminder] = field(default_factory=list)


class Crowd:
    """Everybody: what they are about to do, and what they have done."""

    def __init__(self, options: Options, tele: OfflineTelegram) -> None:
        """People who will write for the first time within the first two hours."""
        self._options, self._tele = options, tele
        self._acts: list[tuple[datetime, int, Act]] = []
        self._count = 0
        self.deeds: list[Deed] = []
        self.on_call = {chat_id: tele.person(chat_id, f"Duty{chat_id}") for chat_id in ON_CALL}
        self.people: dict[int, Somebody] = {}
        for number in range(options.subscribers):
            chat_id = FIRST + number
            sort = options.chance("sort", chat_id).choices(list(ANSWERS), (40, 20, 20, 8, 8, 4))[0]
            self.people[chat_id] = Somebody(tele.person(chat_id, f"Person{chat_id}"), sort)
            self._plan(options.begin, number % 120, partial(self._arrives, chat_id))

    def next_at(self) -> datetime | None:
        """When somebody does something next."""
        return self._acts[0][0] if self._acts else None

    def act(self, now: datetime) -> None:
        """Do everything that is time to do."""
        while self._acts and self._acts[0][0] <= now:
            heappop(self._acts)[2]()

    def hear(self, news: Iterator[Reminder | Notice]) -> None:
        """Make up minds about what has come."""
        for one in news:
            if isinstance(one, Reminder):
                self._is_asked(one)
            elif one.case is not None:
                self._is_told(one, one.case)

    def _plan(self, at: datetime, minutes: float, act: Act) -> None:
        later = (at + timedelta(minutes=minutes)).replace(second=SECOND, microsecond=0)
        self._count += 1
        heappush(self._acts, (later if later > at else later + timedelta(minutes=1), self._count, act))

    def _chance(self, *about: object) -> Random:
        return self._options.chance(*about)

    def _now(self) -> datetime:
        return self._tele.clock()

    def _notes(self, kind: Kind, chat_id: int, update_id: int | None, about: object = None) -> None:
        self.deeds.append(Deed(kind, chat_id, self._now(), update_id, about))

    def _says(
        self, chat_id: int, text: str, kind: Kind, about: object = None, reply_to: int | None = None
    ) -> None:
        """Write something, unless the bot is blocked."""
        if not self.people[chat_id].blocked:
            message = self.people[chat_id].person.says(text, reply_to)
            self._notes(kind, chat_id, message.update_id, about)

    # How they begin, and what they do of their own accord.

    def _arrives(self, chat_id: int) -> None:
        chance = self._chance("arrives", chat_id)
        self._says(chat_id, "/start", Kind.START)
        self._zone(chat_id, ZONES[chat_id % len(ZONES)])
        self._plans(chat_id, draw_move(chance))
        self._plans(chat_id, draw_stretch(chance))
        self._plan(self._now(), chance.uniform(60, 1440), lambda: self._feels(chat_id))

    def _zone(self, chat_id: int, zone: str) -> None:
        self._says(chat_id, f"/timezone {zone}", Kind.ZONE, zone)

    def _plans(self, chat_id: int, plan: Every | At) -> None:
        habit = "move" if isinstance(plan, Every) else "stretch"
        self._says(chat_id, f"/remind {habit} {plan.words}", Kind.PLAN, (habit, plan))

    def _feels(self, chat_id: int) -> None:
        """Once a day: something that nobody has asked for."""
        chance, who = self._chance("mood", chat_id, self._now()), self.people[chat_id]
        self._plan(self._now(), chance.gauss(1440, 200), lambda: self._feels(chat_id))
        if who.sort == "sleeper" and chance.random() < ASLEEP:
            return
        weights = [weight * (self._options.rough if mood else 1) for mood, weight in MOODS.items()]
        mood = chance.choices(list(MOODS), weights)[0]
        if mood and not who.blocked:
            calm = mood in ("move", "again", "yesterday", "idle")
            if calm or not (who.held or who.busy):
                getattr(self, f"_mood_{mood}")(chat_id, chance)

    def _mood_move(self, chat_id: int, chance: Random) -> None:
        text, habit = chance.choice((("/done", None), ("done", None), ("/done move", "move")))
        self._answers(chat_id, text, Said("done", command=text.startswith("/"), habit=habit))

    def _mood_yesterday(self, chat_id: int, _chance: Random) -> None:
        self._answers(
            chat_id, "/done move yesterday", Said("done", command=True, yesterday=True, habit="move")
        )

    def _mood_again(self, chat_id: int, chance: Random) -> None:
        """Tap on something old, which may be answered already."""
        if seen := self.people[chat_id].seen:
            old = chance.choice(seen[-40:])
            self._taps(old, chance.choice(("done", "done", "skip", "snooze")))

    def _mood_idle(self, chat_id: int, chance: Random) -> None:
        self._says(chat_id, chance.choice(IDLE), Kind.OTHER)

    def _mood_pause(self, chat_id: int, chance: Random) -> None:
        days = chance.choice((1, 2, 3, 5, None))
        self._says(chat_id, f"/pause {days}d" if days else "/pause", Kind.PAUSE, days)
        if days is None or chance.random() < 0.4:
            self._later(
                chat_id, chance.uniform(60, 4000), lambda: self._says(chat_id, "/resume", Kind.RESUME)
            )

    def _mood_stop(self, chat_id: int, chance: Random) -> None:
        self._says(chat_id, "/stop", Kind.STOP)
        self._later(chat_id, chance.uniform(60, 6000), lambda: self._says(chat_id, "/start", Kind.START))

    def _mood_block(self, chat_id: int, chance: Random) -> None:
        who = self.people[chat_id]
        self._notes(Kind.BLOCK, chat_id, who.person.blocks())
        who.blocked = True
        self._later(chat_id, chance.uniform(30, 6000), lambda: self._unblocks(chat_id))

    def _unblocks(self, chat_id: int) -> None:
        who = self.people[chat_id]
        who.blocked = False
        self._notes(Kind.UNBLOCK, chat_id, who.person.unblocks())
        self._says(chat_id, "/start", Kind.START)

    def _mood_plan(self, chat_id: int, chance: Random) -> None:
        self._plans(chat_id, draw_stretch(chance) if chance.random() < 0.4 else draw_move(chance))

    def _mood_travel(self, chat_id: int, chance: Random) -> None:
        self._zone(chat_id, chance.choice(ZONES))

    def _mood_report(self, chat_id: int, chance: Random) -> None:
        who = self.people[chat_id]
        who.held = True
        level = chance.choice(("emergency", "emergency", "urgent"))
        self._says(chat_id, LEVELS[level], Kind.REPORT, level)
        how = chance.choice(("misread", "checked", "checked", ""))
        if how == "misread":
            self._plan(
                self._now(), chance.choice((3, 25, 200, 2000)), lambda: self._recovers(chat_id, MISREAD)
            )
        elif how == "checked":
            self._plan(self._now(), chance.uniform(300, 9000), lambda: self._recovers(chat_id, CHECKED))

    def _recovers(self, chat_id: int, words: str) -> None:
        self.people[chat_id].held = False
        self._says(chat_id, words, Kind.MISREAD if words == MISREAD else Kind.CHECKED)

    def _later(self, chat_id: int, minutes: float, act: Act) -> None:
        """Do something that ends a mood, so that another one may come."""
        self.people[chat_id].busy = True

        def ends() -> None:
            self.people[chat_id].busy = False
            act()

        self._plan(self._now(), minutes, ends)

    # How they answer.

    def _is_asked(self, one: Reminder) -> None:
        who = self.people[one.chat_id]
        who.seen.append(one)
        chance = self._chance("asked", one.chat_id, one.key)
        how = ANSWERS[who.sort]
        what = chance.choices(list(how), list(how.values()))[0]
        minutes = float(chance.choice((0, 0, 1, 2, 4, 8, 14, 25, 50)))
        if what.startswith("late "):
            what, minutes = what.removeprefix("late "), chance.uniform(60, 600)
        elif what == "old":
            what, minutes = chance.choice(("done", "skip")), chance.uniform(1440, 11500)
        if what:
            self._plan(one.at, minutes, lambda: self._does(one, what, chance))

    def _does(self, one: Reminder, what: str, chance: Random) -> None:
        match what:
            case "twice":
                self._taps(one, "done")
                self._taps(one, chance.choice(("done", "skip", "snooze")))
            case "regret":
                self._taps(one, chance.choice(("done", "skip", "snooze")))
                self._plan(self._now(), chance.choice((0, 2, 30)), lambda: self._taps(one, "undo"))
            case "reply":
                self._answers(one.chat_id, "done", Said("done", reply_to=one.message_id))
            case "thumb":
                self._answers(one.chat_id, "👍", Said("done", bare=True))
            case "say" | "say skip" | "say snooze":
                verb = what.removeprefix("say").strip() or "done"
                self._answers(one.chat_id, chance.choice(WORDS[verb]), Said(verb))
            case _:
                self._taps(one, what)

    def _answers(self, chat_id: int, text: str, said: Said) -> None:
        """Answer in words; not when two came together, for nobody could tell which one is meant."""
        recent = [one.key.due_at for one in self.people[chat_id].seen[-9:]]
        if said.reply_to or len(set(recent)) == len(recent):
            self._says(chat_id, text, Kind.WORD, said, said.reply_to)

    def _taps(self, one: Reminder, verb: str) -> None:
        who = self.people[one.chat_id]
        if not who.blocked:
            data = f"v1:{verb}:{encode(ReminderKey(*one.key))}"
            update_id = who.person.taps_data(data, one.message_id)
            self._notes(Kind.TAP, one.chat_id, update_id, (verb, Key(*one.key)))

    # People on call.

    def _is_told(self, note: Notice, case: int) -> None:
        chance = self._chance("told", note.chat_id, case, note.at)
        if chance.random() < 0.25:
            self._plan(
                note.at, chance.choice((0, 3, 12)), lambda: self._on_call(note, "ack", Kind.ACKNOWLEDGE)
            )
            if chance.random() < 0.7:
                self._plan(
                    note.at, chance.choice((20, 45, 90)), lambda: self._on_call(note, "close", Kind.CLOSE)
                )

    def _on_call(self, note: Notice, command: str, kind: Kind) -> None:
        message = self.on_call[note.chat_id].says(f"/{command} {note.case}")
        self._notes(kind, note.chat_id, message.update_id, note.case)
