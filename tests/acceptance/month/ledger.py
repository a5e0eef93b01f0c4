"""What Telegram has put into chats, read call by call and kept small."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from reminderbot.demo.telegram import OfflineTelegram
from reminderbot.demo.telegram.state import Call
from reminderbot.demo.telegram.world import Change
from tests.acceptance.month.deeds import Key, Notice, Reminder

_ASKS = re.compile(r"v1:done:([a-z]+):([0-9a-z]+)")
_NOTE = re.compile(r"v1:oack:([0-9]+)")
_ABOUT = re.compile(r"tg://user\?id=([0-9]+)")
_CARD = "v1:shelp:"
_AGAIN = "(This may be here twice"


class Ledger:
    """Everything that matters of the calls so far; Telegram's own list of them is emptied."""

    def __init__(self, tele: OfflineTelegram) -> None:
        """Listen to Telegram from now on."""
        self._tele = tele
        self._hits = 0
        self._lost: set[tuple[int, int]] = set()
        self.reminders: dict[int, list[Reminder]] = defaultdict(list)
        self.cards: dict[int, list[Notice]] = defaultdict(list)
        self.notes: dict[int, list[Notice]] = defaultdict(list)
        self.about: dict[int, int] = {}
        """Whom a case is about, by its number."""
        self.refused: list[tuple[datetime, int]] = []
        self.sent = 0
        self.failed = 0
        tele.watch(self._watch)

    def _watch(self, change: Change) -> None:
        """Note a message whose answer will be lost: its fault has been taken just before it appears."""
        hits = self._tele.faults.hits
        if change.kind == "message" and change.detail.from_bot and len(hits) > self._hits:
            if (hits[-1].kind, hits[-1].method, hits[-1].chat_id) == ("lost", "sendMessage", change.chat_id):
                self._lost.add((change.chat_id, change.detail.id))
            self._hits = len(hits)

    def news(self) -> Iterator[Reminder | Notice]:
        """What has reached people since the last time."""
        calls = list(self._tele.calls)
        self._tele.calls.clear()
        for call in calls:
            self.sent += call.ok
            self.failed += not call.ok
            if not call.ok and call.chat_id and "blocked" in str(call.error):
                self.refused.append((call.at, call.chat_id))
            if call.ok and call.method == "sendMessage" and (found := self._read(call)):
                yield found

    def _read(self, call: Call) -> Reminder | Notice | None:
        buttons = str(call.params.get("reply_markup") or "")
        chat_id, number = call.chat_id or 0, call.message_id or 0
        text = str(call.params.get("text"))
        again = _AGAIN in text
        if asked := _ASKS.search(buttons):
            key = Key(asked[1], datetime.fromtimestamp(int(asked[2], 36), UTC))
            lost = (chat_id, number) in self._lost
            self.reminders[chat_id].append(Reminder(call.at, chat_id, key, number, lost))
            return self.reminders[chat_id][-1]
        if _CARD in buttons:
            self.cards[chat_id].append(Notice(call.at, chat_id, None, again))
            return self.cards[chat_id][-1]
        if told := _NOTE.search(buttons):
            if person := _ABOUT.search(text):
                self.about[int(told[1])] = int(person[1])
            self.notes[int(told[1])].append(Notice(call.at, chat_id, int(told[1]), again))
            return self.notes[int(told[1])][-1]
        return None
