"""A closer look at a world: which reminders went out, when by somebody's clock, and what became of them."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from reminderbot.services.work import Work
from reminderbot.store import keys, tables
from reminderbot.store.keys import ReminderKey
from reminderbot.store.queries import days
from reminderbot.telegram import callbacks
from tests.world import Somebody, World


class Nudge(NamedTuple):
    """One reminder that Telegram has taken: when, which, and whether without a sound."""

    at: datetime
    key: ReminderKey
    silent: bool


def nudges(who: Somebody, habit: str = "move") -> list[Nudge]:
    """Every reminder of a habit that reached somebody, oldest first."""
    calls = who.world.tele.made("sendMessage", who.id)
    found = ((call.at, _key(call.params), bool(call.params.get("disable_notification"))) for call in calls)
    return [Nudge(at, key, silent) for at, key, silent in found if key and key.habit == habit]


def clocks(who: Somebody, zone: str = "UTC", habit: str = "move") -> list[str]:
    """When reminders reached somebody, by the clock of a zone: ``Mon 9:00``."""
    walls = [nudge.at.astimezone(ZoneInfo(zone)) for nudge in nudges(who, habit)]
    return [f"{wall:%a} {wall.hour}:{wall:%M}" for wall in walls]


def rows(here: World, table: Table, **where: Any) -> Sequence[Any]:
    """Rows of a table whose columns have these values, in the order of their keys."""
    query = select(table).order_by(*table.primary_key)
    for column, value in where.items():
        query = query.where(table.c[column] == value)
    return here.ask(lambda work: work.tx.execute(query).all())


def fates(who: Somebody, habit: str = "move") -> list[tuple[str, str | None]]:
    """Delivery state and outcome of each of somebody's reminders, in the order in which they fell due."""
    found = rows(who.world, tables.reminders, chat_id=who.id, habit=habit)
    return [(row.state, row.outcome) for row in found]


def hold(here: World, who: Somebody) -> str:
    """Whether somebody's exercise is held."""
    return str(rows(here, tables.safety, chat_id=who.id)[0].hold)


def newest_report(here: World, who: Somebody) -> tuple[str, str, str | None]:
    """State, level and end of what somebody has told last."""
    last = rows(here, tables.reports, chat_id=who.id)[-1]
    return last.state, last.level, last.closed_as


def miscounted(here: World) -> list[Any]:
    """Day rows that differ from a count of their reminders; what was delivered is counted when a day is over."""
    return here.ask(lambda work: list(_miscounted(work)))


def _miscounted(work: Work) -> Iterator[Any]:
    for row in work.tx.execute(select(tables.days)).all():
        counted = days.counts(work.tx, row.chat_id, row.habit, row.habit_day)
        if counted and row.habit_day >= work.at.date():
            del counted["prompted"]
        kept = {name: row._mapping[name] for name in counted or {}}
        if kept != counted:
            yield row.habit, row.habit_day, kept, counted


def _key(params: dict[str, Any]) -> ReminderKey | None:
    markup = params.get("reply_markup") or {}
    markup = json.loads(markup) if isinstance(markup, str) else markup
    data = [button.get("callback_data") for line in markup.get("inline_keyboard", []) for button in line]
    done = (callbacks.decode(one)[1] for one in data if callbacks.decode(one)[0] == "done")
    return next((keys.decode(rest) for rest in done), None)
