"""A stage for one test: a Bot API over HTTP, people, a clock for both sides, and the bot as a process."""

import json
import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.processes import COMMAND, PATIENCE, Genuine, Nursery, Process, until

MONDAY = datetime(2026, 1, 5, 8, 55, tzinfo=UTC)
"""When every test begins: a Monday morning, five to nine in UTC."""

LEASE = timedelta(seconds=61)
"""After this long whatever a killed process had begun to send is settled by the next one."""

TOLD = ("sendMessage", "editMessageText", "sendDocument")

ASKED_KEY = re.compile(r"v1:done:([a-z]+:[0-9a-z]+)")
TAKEN_KEY = re.compile(r"v1:undo:([a-z]+:[0-9a-z]+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: what a person got to see of it, where Telegram took it (``ok``)."""

    at: datetime
    method: str
    chat_id: int | None
    text: str
    buttons: str
    message_id: int | None
    ok: bool

    @property
    def asks(self) -> str | None:
        """The reminder that this message asks about; none when it is no reminder."""
        found = ASKED_KEY.search(self.buttons)
        return found[1] if found else None

    @property
    def is_nudge(self) -> bool:
        """Whether it is a new message that asks about a reminder."""
        return self.method == "sendMessage" and self.asks is not None

    @property
    def takes_back(self) -> str | None:
        """The answered reminder that the Undo button below belongs to."""
        found = TAKEN_KEY.search(self.buttons)
        return found[1] if found else None


class Telegram:
    """The Bot API server in a process of its own, steered over HTTP."""

    def __init__(self, process: Process) -> None:
        self.process = process
        lines = until(lambda: process.said().splitlines()[:2][1:] and process.said().splitlines(), "Telegram")
        self.url, self.token = lines[0], lines[1].removeprefix("token ")
        self._client = httpx.Client(base_url=self.url, timeout=PATIENCE)
        self._calls: list[Call] = []
        self.attempts: list[dict[str, Any]] = []
        self.waiting = 0

    def does(self, verb: str, **body: Any) -> Any:
        """One deed of a person, or a change of the server; what it gives back."""
        answer = self._client.post(f"/control/{verb}", json=body).json()
        assert answer["ok"], answer
        return answer["result"]

    def tries(self, chat_id: int | None = None) -> list[Call]:
        """All messages, edits and files so far, of one chat or of all, with those that Telegram did not take."""
        ledger = self._client.get("/control/ledger", params={"since": len(self.attempts)}).json()
        self.attempts += ledger["calls"]
        self.waiting = ledger["waiting"]
        self._calls += [_call(raw) for raw in ledger["calls"] if raw["method"] in TOLD]
        return [call for call in self._calls if chat_id in (None, call.chat_id)]

    def calls(self, chat_id: int | None = None) -> list[Call]:
        """All messages, edits and files that Telegram took so far, of one chat or of all."""
        return [call for call in self.tries(chat_id) if call.ok]

    def sent(self, chat_id: int) -> list[Call]:
        """New messages of one chat, without edits."""
        return [call for call in self.calls(chat_id) if call.method == "sendMessage"]

    def nudges(self, chat_id: int) -> list[Call]:
        """The reminders that one chat was sent, each sending of it."""
        return [call for call in self.calls(chat_id) if call.is_nudge]

    def messages(self, chat_id: int) -> list[dict[str, Any]]:
        """What a chat shows now."""
        found = self._client.get("/control/messages", params={"chat_id": chat_id}).json()["messages"]
        return list(found)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()


class Person:
    """Somebody with a private chat. What the bot says to them is read in order."""

    def __init__(self, telegram: Telegram, bots: list[Process], chat_id: int, name: str) -> None:
        self.id, self._name, self._telegram, self._bots = chat_id, name, telegram, bots
        self._read = 0

    def says(self, text: str, reply_to: int | None = None) -> int:
        """Write to the bot; the number of the update."""
        return int(self.does("says", text=text, reply_to=reply_to)["update_id"])

    def taps(self, label: str, message: int | None = None) -> None:
        """Tap a button of the newest message that has it, or of the given one."""
        self.does("taps", label_or_data=label, message=message)

    def does(self, verb: str, **body: Any) -> Any:
        """Anything else that a person can do."""
        return self._telegram.does(verb, chat_id=self.id, first_name=self._name, **body)

    def sees(self, *fragments: str) -> Call:
        """Read on until a text with all these fragments comes."""
        return self.reads(lambda call: all(fragment in call.text for fragment in fragments), str(fragments))

    def is_asked(self, habit: str = "move") -> Call:
        """Read on until a reminder of a habit comes."""
        return self.reads(lambda call: call.is_nudge and str(call.asks).startswith(f"{habit}:"), habit)

    def reads(self, wanted: Callable[[Call], bool], what: str) -> Call:
        """Read on until a call like this comes."""

        def look() -> list[Call]:
            unread = self._telegram.calls(self.id)[self._read :]
            return next((unread[: number + 1] for number, call in enumerate(unread) if wanted(call)), [])

        try:
            found = until(look, what)
        except AssertionError as error:
            unread = [call.text for call in self._telegram.calls(self.id)[self._read :]]
            said = self._bots[-1].said() if self._bots else ""
            raise AssertionError(f"{error} for {self._name}, but {unread}; the bot said:\n{said}") from None
        self._read += len(found)
        return found[-1]

    def subscribes(self, zone: str = "UTC") -> None:
        """Subscribe, and name the zone."""
        self.says("/start")
        self.sees("You're in")
        self.says(f"/timezone {zone}")
        self.sees(f"{zone})", "Next")


class Stage:
    """Everything that one test needs; nothing of it is shared with another."""

    def __init__(self, folder: Path, nursery: Nursery) -> None:
        self.folder, self._nursery, self._genuine = folder, nursery, Genuine()
        self._servers: list[Telegram] = []
        self.bots: list[Process] = []
        self._people = self._commands = 0
        (folder / "offset").write_text("0")

    @property
    def telegram(self) -> Telegram:
        """The Bot API, begun at the first look, on a Monday morning."""
        if not self._servers:
            self._servers.append(
                Telegram(self._nursery.start("telegram", self.folder, self.folder / "telegram.log"))
            )
            self.at(MONDAY)
        return self._servers[0]

    def genuine_telegram(self, port: int = 0) -> Telegram:
        """The Bot API, begun as its documentation says."""
        command = [COMMAND.with_name("python"), "-m", "reminderbot.demo.telegram", "--port", str(port)]
        started = self._genuine.start(
            [str(word) for word in command], self.folder, {}, self.folder / "telegram.log"
        )
        self._servers.append(Telegram(started))
        return self._servers[0]

    def person(self, name: str) -> Person:
        """Somebody new."""
        self._people += 1
        return Person(self.telegram, self.bots, 1000 + self._people, name)

    def starts(self, patience: float | None = None, tick: float = 1, **environ: str) -> Process:
        """Start the bot, its clock moved like Telegram's; ``environ``: more of its environment."""
        all_of_it = self._environ(self.telegram.token, self.telegram.url) | environ
        bot = self._nursery.start(
            "bot", self.folder, self._log(), all_of_it, ["run"], patience=patience, tick=tick
        )
        self.bots.append(bot)
        return bot

    def commands(self, *words: str, **environ: str) -> str:
        """Give the command these words, by the clock of the stage; what it has to say."""
        self._commands += 1
        output = self.folder / f"command-{self._commands}.log"
        all_of_it = self._environ(self.telegram.token, self.telegram.url) | environ
        command = self._nursery.start("bot", self.folder, output, all_of_it, words)
        assert command.ends() == 0, command.said()
        return command.said()

    def commands_genuine(self, token: str, url: str, *words: str) -> str:
        """Give the installed command these words, in real time; what it has to say."""
        self._commands += 1
        output = self.folder / f"command-{self._commands}.log"
        command = self._genuine.start([str(COMMAND), *words], self.folder, self._environ(token, url), output)
        assert command.ends() == 0, command.said()
        return command.said()

    def starts_genuine(self, token: str, url: str, **environ: str) -> Process:
        """Start the installed command, in real time; ``environ``: more of its environment."""
        all_of_it = self._environ(token, url) | environ
        bot = self._genuine.start([str(COMMAND), "run"], self.folder, all_of_it, self._log())
        self.bots.append(bot)
        return bot

    def _environ(self, token: str, url: str) -> dict[str, str]:
        home = str(self.folder / "home")
        return {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_API_URL": url, "REMINDERBOT_HOME": home}

    def at(self, moment: datetime) -> None:
        """Set both clocks; Telegram's first, so that nothing is ever sent before its own time there."""
        seconds = moment.timestamp() - time.time()
        self.telegram.does("clock", offset=seconds)
        fresh = self.folder / "offset.new"
        fresh.write_text(repr(seconds))
        fresh.replace(self.folder / "offset")

    def now(self) -> datetime:
        """The time on both clocks."""
        return datetime.now(UTC) + timedelta(seconds=float((self.folder / "offset").read_text()))

    def passes(self, span: timedelta) -> None:
        """Let time pass."""
        self.at(self.now() + span)

    @property
    def database(self) -> Path:
        """The bot's SQLite file."""
        return self.folder / "home" / "reminderbot.db"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the store, past the bot."""
        with closing(
            sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=PATIENCE)
        ) as connection:
            return connection.execute(query, values).fetchall()

    def outcomes(self, person: Person) -> dict[str, int]:
        """How many of a person's reminders ended how, by their rows."""
        counted = self.rows("select outcome, count(*) from reminder where chat_id = ? group by 1", person.id)
        return {str(outcome): int(count) for outcome, count in counted}

    def shown(self, person: Person, call: Call) -> str:
        """What a message says now."""
        found = [m["text"] for m in self.telegram.messages(person.id) if m["id"] == call.message_id]
        return str(found[0])

    def is_settled(self) -> bool:
        """Whether every update is taken and handled, and nothing is waiting or on its way."""
        unfinished = self.rows(
            "select (select count(*) from inbox where state = 'new')"
            " + (select count(*) from message where state in ('pending', 'sending'))"
            " + (select count(*) from reminder where state = 'sending')"
        )
        return unfinished == [(0,)] and self.is_all_taken()

    def settles(self, after_death: bool = False) -> None:
        """Wait until all that was said is answered; also what processes that died have left half done."""
        if after_death:
            until(self.is_all_taken, "end of the queue")
            self.passes(LEASE)
        until(self.is_settled, lambda: f"rest; the bot said:\n{self.bots[-1].said()}")

    def is_all_taken(self) -> bool:
        """Whether the bot has taken all that people have said."""
        self.telegram.calls()
        return self.telegram.waiting == 0

    def close(self) -> None:
        """End every process; then no log may hold the token or what anybody said."""
        secrets = self._secrets() if self._servers else set()
        self._genuine.close()
        for process in (*self.bots, *(server.process for server in self._servers)):
            if process.poll() is None:
                process.is_killed()
        for server in self._servers:
            server.close()
        for bot in self.bots:
            said = bot.said()
            assert not [secret for secret in secrets if secret in said], said

    def _secrets(self) -> set[str]:
        token = self.telegram.token
        said = {message["text"] for person in range(1001, 1001 + self._people)
                for message in self.telegram.messages(person)}  # fmt: skip
        return {token, token.partition(":")[2]} | {text for text in said if len(text) >= 8}

    def _log(self) -> Path:
        return self.folder / f"bot-{len(self.bots)}.log"


def _call(raw: Mapping[str, Any]) -> Call:
    params = raw["params"]
    text = str(params.get("text") or params.get("caption") or "")
    buttons = json.dumps(params.get("reply_markup"))
    at = datetime.fromisoformat(raw["at"])
    return Call(at, raw["method"], raw["chat_id"], text, buttons, raw["message_id"], raw["ok"])
