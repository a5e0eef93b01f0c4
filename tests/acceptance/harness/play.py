"""A run: everybody lives, everything goes wrong, time is pushed forward; then all comes to rest."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from reminderbot.store.tables import messages
from reminderbot.store.vault import new_key
from tests.acceptance.harness.api import Api
from tests.acceptance.harness.clock import Clock, Skew
from tests.acceptance.harness.database import Database, File, Look, Server
from tests.acceptance.harness.fleet import Fleet, Span, free_ports
from tests.acceptance.harness.options import Options
from tests.acceptance.harness.people import Crowd
from tests.acceptance.harness.router import Router
from tests.acceptance.harness.weather import VERBS, Fault, forecast
from tests.acceptance.processes import Nursery, until

QUARTER = timedelta(minutes=15)
SHORT_OF = timedelta(seconds=0.3)
"""The clock is pushed to just before the next thing that is due."""

BREATH = 0.6
"""Real seconds between two pushes of the clock, at the least."""

PATIENCE = 4.0
"""Real seconds after which it is pushed although something is still under way, as when a bot is down for long."""

LONG_PATIENCE = 12.0
"""The same while a step of a case is overdue, as when all workers are down."""

MINUTE = timedelta(seconds=61)
"""By so much it is pushed while all comes to rest, unless a step is due before."""

WAITING = messages.c.state.in_(("pending", "sending"))

REST = 240.0
"""Real seconds within which everything has come to rest once nothing goes wrong any more."""


@dataclass
class Play:
    """What a run consists of."""

    options: Options
    folder: Path
    api: Api
    clock: Clock
    crowd: Crowd
    fleet: Fleet
    database: Database
    look: Look
    secrets: tuple[str, ...]
    router: Router | None = None
    happened: list[Fault] = field(default_factory=list)
    outages: list[Span] = field(default_factory=list)
    rested: bool = False
    began: float = 0.0
    _endings: list[tuple[float, Callable[[], None]]] = field(default_factory=list)
    _pushed: float = 0.0
    _looked: float = 0.0
    _quarter: int = 0

    def run(self) -> None:
        """Live through all of it."""
        plan, self.began = forecast(self.options), time.time()
        while (past := time.time() - self.began) < self.options.seconds:
            while plan and plan[0].at <= past:
                self._strikes(plan.pop(0))
            self._goes_on()
        self._clears_up()

    def rests(self) -> None:
        """Let everything that is under way come to its end, with nothing going wrong."""
        until(self.fleet.is_up, "fleet", REST)
        self.crowd.ends()
        deadline = time.time() + REST
        while time.time() < deadline and not self.rested:
            self.crowd.looks(time.time())
            self.fleet.tend()
            waits = self.look.is_overdue(self.clock.now()) or self.look.rows(
                sa.select(messages).where(WAITING)
            )
            self.rested = self._is_quiet() and not waits
            if not self.rested and time.time() - self._pushed > PATIENCE:
                now = self.clock.now()
                self._pushes(min([now + MINUTE, *self.look.next_steps(now)]))
            time.sleep(0.1)

    def close(self) -> None:
        """End all of it."""
        self.api.process.is_killed()
        self.api.close()
        if self.router:
            self.router.close()
        self.database.close()

    def _goes_on(self) -> None:
        now = time.time()
        self.crowd.looks(now)
        self.fleet.tend()
        for ending in [one for one in self._endings if one[0] <= now]:
            self._endings.remove(ending)
            ending[1]()
        if now - max(self._pushed, self._looked) > BREATH:
            self._looked = now
            overdue = self.look.is_overdue(self.clock.now())
            quiet = self.fleet.has_worker() and self.crowd.is_idle() and not overdue and self._is_quiet()
            following = self._next_moment()
            is_time = quiet or now - self._pushed > (LONG_PATIENCE if overdue else PATIENCE)
            if is_time and following - self.clock.now() > 2 * SHORT_OF:
                self._pushes(following)
        time.sleep(0.03)

    def _is_quiet(self) -> bool:
        return self.look.is_resting(self.clock.now()) and self.api.waiting == 0

    def _next_moment(self) -> datetime:
        """The next quarter of an hour, or what is due before."""
        now = self.clock.now()
        quarter = datetime.fromtimestamp(((now + 2 * SHORT_OF).timestamp() // 900 + 1) * 900, UTC)
        return min([quarter, *self.look.next_steps(now)])

    def _pushes(self, moment: datetime) -> None:
        self.clock.push_to(max(moment - SHORT_OF, self.clock.now()))
        self._pushed = time.time()
        quarter = int((moment.timestamp()) // 900)
        if quarter != self._quarter:
            self._quarter = quarter
            self.crowd.begins_quarter(quarter, self._pushed)

    def _strikes(self, fault: Fault) -> None:
        details: dict[str, Any] = dict(fault.details)
        if self._strike(fault.kind, details) is not False:
            self.happened.append(fault)

    def _strike(self, kind: str, details: dict[str, Any]) -> bool | None:
        match kind:
            case "kill":
                return self.fleet.kill(self._bot(details.pop("who")), **details)
            case "again":
                return self._again(details["which"])
            case "disorder":
                self.api.does("disorder", **details)
            case "clock":
                self._skews(details["who"], details["seconds"], details["lasts"])
            case "database":
                return self._takes_away(details["lasts"], self.database.crash, self.database.recover)
            case "disk":
                full = (lambda: self.fleet.fill_disk(full=True), lambda: self.fleet.fill_disk(full=False))
                return self._takes_away(details["lasts"], *full)
            case _:
                self.api.does("faults", kind=VERBS[kind], **details)
        return None

    def _bot(self, chance: float) -> Any:
        return self.fleet.bots[int(chance * len(self.fleet.bots))]

    def _again(self, which: list[float]) -> bool:
        made = [deed.update_id for deed in self.crowd.deeds[-200:] if deed.update_id]
        for chance in which if made else ():
            self.api.does("redeliver", update_id=made[int(chance * len(made))])
        return bool(made)

    def _skews(self, who: float, seconds: float, lasts: float) -> None:
        bot, began = self._bot(who), time.time()
        self.clock.skew(bot.name, seconds)
        self.clock.skews.append(Skew(began, began + lasts + 1, seconds))
        self._endings.append((began + lasts, lambda: self.clock.skew(bot.name, 0.0)))

    def _takes_away(self, lasts: float, away: Callable[[], None], back: Callable[[], None]) -> bool:
        began = time.time()
        if any(span.ended > began for span in self.outages):
            return False

        def returns() -> None:
            back()
            self.outages[-1] = Span(began, time.time())

        away()
        self.outages.append(Span(began, float("inf")))
        self._endings.append((began + lasts, returns))
        return True

    def _clears_up(self) -> None:
        for _, ending in self._endings:
            ending()
        self._endings.clear()
        self.api.does("faults", kind="clear")


def stage(options: Options, folder: Path, nursery: Nursery) -> Play:
    """Set everything up: database, Telegram, bots; everybody has subscribed, and is on call who should be."""
    database: Database = Server() if options.database == "postgresql" else File(folder / "bot.db")
    api = Api(nursery.start("telegram", folder, folder / "telegram.txt"))
    clock = Clock(folder, api)
    key, secret = new_key(), f"secret-{options.seed}-of-the-webhook"
    environ = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_URL": api.url, "DATABASE_URL": database.url,
               "REMINDERBOT_KEY": key, "REMINDERBOT_HOME": str(folder / "home"),
               "SEND_RATE": str(options.rate)}  # fmt: skip
    fleet = Fleet(folder, nursery, clock, environ)
    fleet.command("migrate")
    crowd = Crowd(options, api, clock)
    look = Look(database.read_url)
    play = Play(options, folder, api, clock, crowd, fleet, database, look, (api.token, key, secret))
    _mans(play, secret)
    crowd.introduce()
    fleet.wait()
    until(play._is_quiet, "everybody subscribed", REST)
    for step, chat_id in enumerate(crowd.on_call, 1):
        fleet.command("oncall", "add", str(chat_id), "--step", str(step))
    until(play._is_quiet, "somebody on call", REST)
    return play


def _mans(play: Play, secret: str) -> None:
    """Start the bots."""
    options, fleet = play.options, play.fleet
    if options.database == "sqlite":
        fleet.add("bot", "run")
        return
    ports = free_ports(options.web)
    if ports:
        play.router = Router(ports)
        hook = {"WEBHOOK_URL": f"http://127.0.0.1:{play.router.port}", "WEBHOOK_SECRET": secret}
        for number, port in enumerate(ports):
            fleet.add(f"web-{number}", "web", PORT=str(port), **hook)
    for number in range(options.workers):
        fleet.add(f"worker-{number}", "worker" if ports or number else "run")
