"""What the page is told.

People, messages and the clock as plain JSON. Text goes out as text, never as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reminderbot.demo.clock import DemoClock
from reminderbot.demo.telegram import Message, OfflineTelegram, Person
from reminderbot.demo.telegram.profile import commands_for, profile_text
from reminderbot.demo.telegram.state import Chat

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody the page can be: chat id, first name, and a line under the name."""

    chat_id: int
    name: str
    role: str


ON_CALL = "on call"
"""The role of those who are told about cases from the beginning."""

PEOPLE = (
    Contact(1001, "Ana", "subscriber"),
    Contact(1002, "Ben", "subscriber"),
    Contact(1003, "Dr. Osei", ON_CALL),
)


class View:
    """Turns the state of the offline Telegram into what the page draws."""

    def __init__(
        self, tele: OfflineTelegram, clock: DemoClock, contacts: tuple[Contact, ...] = PEOPLE
    ) -> None:
        """`contacts` are the people on the left, in order."""
        self.tele = tele
        self.clock = clock
        self.contacts = contacts
        self.people: dict[int, Person] = {c.chat_id: tele.person(c.chat_id, c.name) for c in contacts}

    def snapshot(self) -> Json:
        """Everything, for a page that has just been opened or lost its connection."""
        return {
            "bot": self.about(),
            "people": [self.person(contact) for contact in self.contacts],
            "clock": self.time(),
        }

    def about(self) -> Json:
        """The bot's name and what it says about itself in an empty chat."""
        bot, said = self.tele.world.bot, profile_text(self.tele.world, "description")
        return {"name": profile_text(self.tele.world, "name") or bot["first_name"], "description": said}

    def person(self, contact: Contact) -> Json:
        """One person with all their messages."""
        person = self.people[contact.chat_id]
        shown = [self.message(m) for m in self.tele.messages(contact.chat_id)]
        return {"role": contact.role, "name": contact.name, "messages": shown, **self.status(person)}

    def status(self, person: Person) -> Json:
        """What changes about a person besides messages: blocked or not, and the commands they are offered."""
        commands = commands_for(self.tele.world, person.id, str(person.user["language_code"]))
        return {"id": person.id, "blocked": bool(person.chat.refusal), "commands": commands}

    def time(self) -> Json:
        """The demo's time.

        Milliseconds since 1970 and the local offset from UTC in minutes, with its name.
        """
        now = self.clock.now()
        local = self.clock.local(now)
        offset = local.utcoffset()
        minutes = int(offset.total_seconds() // 60) if offset else 0
        return {"at": int(now.timestamp() * 1000), "offset": minutes, "zone": local.tzname() or ""}

    def moment(self, at: datetime) -> str:
        """A moment as people in the demo's zone write it: the time, with the day when it is not today."""
        local, today = self.clock.local(at), self.clock.local(self.clock.now()).date()
        clock = f"{local.hour}:{local:%M}"
        return clock if local.date() == today else f"{local:%a} {clock}"

    def message(self, message: Message) -> Json:
        """One message with its current content."""
        local = self.clock.local(message.at)
        markup = message.markup or {}
        return {
            "id": message.id,
            "mine": not message.from_bot,
            "kind": message.kind,
            "text": message.text,
            "entities": message.entities,
            "file": self._file(message),
            "place": message.media if message.kind == "location" else None,
            "emoji": message.media["emoji"] if message.kind == "sticker" else None,
            "note": _note(message),
            "rows": message.inline_rows,
            "keyboard": markup.get("keyboard"),
            "remove_keyboard": bool(markup.get("remove_keyboard")),
            "time": f"{local:%H:%M}",
            "day": f"{local:%A} {local.day} {local:%B}",
            "edited": message.edited,
            "pinned": message.pinned,
            "silent": message.silent,
            "reply_to": message.reply_to,
            "reaction": message.reaction,
        }

    def _file(self, message: Message) -> Json | None:
        if message.file_id is None:
            return None
        stored = self.tele.world.files.get(message.file_id)
        return {"id": stored.file_id, "name": stored.name, "bytes": len(stored.content), **stored.details}

    def chat(self, chat_id: int) -> Chat | None:
        """The chat of one of the people; None for any other."""
        person = self.people.get(chat_id)
        return person.chat if person else None


def _note(message: Message) -> str | None:
    """What a line that Telegram has written itself says; none for what somebody has."""
    if message.kind != "service":
        return None
    pinned = message.extra.get("pinned_message") or {}
    words = str(pinned.get("text") or pinned.get("caption") or "a message").partition("\n")[0]
    return f"{message.sender['first_name']} pinned “{words}”"
