"""Everything that is known at the end: what people did, what Telegram noted, and what the store holds."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from reminderbot.store import tables
from tests.acceptance.harness.deeds import Deed, Kind
from tests.acceptance.harness.fleet import Span
from tests.acceptance.harness.play import Play
from tests.acceptance.stage import Call

Rows = Sequence[Row[Any]]


class Evidence:
    """What the reckoning looks at."""

    def __init__(self, play: Play) -> None:
        """Gather it, once everything has come to rest."""
        self.options, self.clock, self.fleet = play.options, play.clock, play.fleet
        self.outages, self.rested, self.secrets = play.outages, play.rested, play.secrets
        self.deeds: Sequence[Deed] = play.crowd.deeds
        self.people, self.on_call = play.crowd.people, play.crowd.on_call
        self.tries: Sequence[Call] = play.api.tries()
        self.raw: Sequence[Mapping[str, Any]] = play.api.attempts
        self.expired, self.hits = play.api.expired(), play.api.hits()
        self._look = play.look

    def table(self, table: sa.Table, *order: Any) -> Rows:
        """All rows of a table."""
        return self._look.rows(sa.select(table).order_by(*order))

    @cached_property
    def calls(self) -> Sequence[Call]:
        """What Telegram took."""
        return [call for call in self.tries if call.ok]

    @cached_property
    def reminders(self) -> Rows:
        """All reminders."""
        return self.table(tables.reminders)

    @cached_property
    def messages(self) -> Rows:
        """All messages of the outbox."""
        return self.table(tables.messages, tables.messages.c.id)

    @cached_property
    def reports(self) -> Rows:
        """All reports."""
        return self.table(tables.reports, tables.reports.c.id)

    @cached_property
    def cases(self) -> Rows:
        """All cases."""
        return self.table(tables.cases, tables.cases.c.number)

    @cached_property
    def closed_notes(self) -> frozenset[tuple[int, int]]:
        """The newest notes about cases that are closed: chat and row of the outbox."""
        closed = {row.number for row in self.cases if row.state == tables.CaseState.CLOSED}
        notes = self.table(tables.notes)
        return frozenset((note.chat_id, note.message_row) for note in notes if note.number in closed)

    @cached_property
    def audit(self) -> Rows:
        """The log for safety reviews, in order."""
        return self.table(tables.audit, tables.audit.c.id)

    def done_by(self, kind: Kind) -> Sequence[Deed]:
        """All deeds of one sort."""
        return [deed for deed in self.deeds if deed.kind is kind]

    def counted(self, kind: Kind) -> tuple[Counter[int], Counter[int]]:
        """How often each person did something; and how often surely, since Telegram has not dropped it."""
        done = self.done_by(kind)
        sure = (deed.chat_id for deed in done if deed.update_id not in self.expired)
        return Counter(deed.chat_id for deed in done), Counter(sure)

    def blocked(self, chat_id: int) -> list[Span]:
        """When somebody had blocked the bot, in real time; a while longer, until the bot has learnt that it's over."""
        spans: list[Span] = []
        for deed in self.deeds:
            at = self.clock.real(deed.at)
            if deed.chat_id == chat_id and deed.kind is Kind.BLOCK:
                spans.append(Span(at, float("inf")))
            elif deed.chat_id == chat_id and deed.kind is Kind.UNBLOCK and spans:
                spans[-1] = Span(spans[-1].began, at)
        return spans

    def was_blocked(self, chat_id: int, since: datetime, for_seconds: float = 60.0) -> bool:
        """Whether somebody had blocked the bot at an instant, or soon after, or shortly before."""
        at = self.clock.real(since)
        return any(
            span.began <= at + for_seconds and at - for_seconds <= span.ended
            for span in self.blocked(chat_id)
        )

    @cached_property
    def sent_ids(self) -> frozenset[tuple[int | None, int | None]]:
        """The new messages and files that Telegram took: chat and number."""
        sends = ("sendMessage", "sendDocument")
        return frozenset((call.chat_id, call.message_id) for call in self.calls if call.method in sends)

    @cached_property
    def cards(self) -> Mapping[int | None, list[Call]]:
        """New messages that Telegram took, by chat."""
        found: dict[int | None, list[Call]] = defaultdict(list)
        for call in self.calls:
            if call.method == "sendMessage":
                found[call.chat_id].append(call)
        return found


def beyond(since: float, until: float, excuses: Sequence[Span]) -> float:
    """Seconds between two instants that no excuse covers."""
    covered, reached = 0.0, since
    for span in sorted(excuses):
        began, ended = max(span.began, reached), min(span.ended, until)
        if ended > began:
            covered += ended - began
            reached = ended
    return max(0.0, until - since - covered)
