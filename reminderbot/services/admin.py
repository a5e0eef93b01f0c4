"""What operators (ADMIN_CHATS) see in the chat: how the bot fares, in figures that name nobody."""

from collections.abc import Mapping
from datetime import timedelta
from importlib.metadata import version

from reminderbot.services import duty, operators, outbox, problems, unread, vitals
from reminderbot.services.replies import Nested, lines, nested
from reminderbot.services.vitals import UNSEEN, Figures
from reminderbot.services.work import Work
from reminderbot.store.queries import crowd, oncall, silence
from reminderbot.store.queries import vitals as rows
from reminderbot.store.tables import Standing

SENDS = ("sent", "later", "unknown", "gone", "broken", "mistaken", "missing", "stop")
"""What may become of a call (``telegram.outcomes``), in the order in which it is told."""

SAMPLE = 1000
"""People whose days are counted; of more subscribers only every second, third ... is looked at."""


def show(work: Work, chat_id: int) -> None:
    """Tell an operator how the bot fares."""
    figures = vitals.figures(work)
    standings = crowd.standings(work.tx)
    wrong = problems.now(work, chat_id)
    minutes, seconds = divmod(int(figures.due_lag), 60)
    args = {
        "version": version("reminderbot"),
        "state_text": lines(wrong) if wrong else nested("admin.well"),
        **{standing.value: f"{standings.get(standing, 0):,}" for standing in Standing},
        "quiet": f"{silence.count(work.tx):,}",
        "lag_text": nested("admin.lag", minutes=minutes, seconds=seconds),
        "cases_text": _cases(work, chat_id, figures),
        "backup_text": _backup(work, chat_id),
        "sends_text": _sends(vitals.sends(work, figures.counts)),
        "answers_text": _answers(work, sum(standings.values())),
    }
    outbox.say(work, chat_id, "admin.text", args)


def offer_menu(work: Work, chat_id: int) -> None:
    """Give an operator who has just started the bot the command for it; nobody else."""
    if chat_id in work.around.admin_chats:
        outbox.menu(work, chat_id, on_call=oncall.get(work.tx, chat_id) is not None)


def unknown(work: Work, chat_id: int, template: str, args: Mapping[str, object]) -> None:
    """Tell somebody who is no operator that there is no such command, and take it from their menu.

    It is there when they were one (ADMIN_CHATS has changed since): nothing is kept of who that was.
    """
    unread.tell(work, chat_id, template, args)
    outbox.menu(work, chat_id, on_call=oncall.get(work.tx, chat_id) is not None)


def renew_menus(work: Work) -> list[int]:
    """Offer all operators the command again; returns the chats that can't be told anything: they have to start the bot.

    People on call are offered theirs, and this one with them, anyway.
    """
    there = [chat_id for chat_id in sorted(work.around.admin_chats) if operators.is_there(work, chat_id)]
    for chat_id in there:
        if oncall.get(work.tx, chat_id) is None:
            outbox.menu(work, chat_id, on_call=False)
    return sorted(work.around.admin_chats.difference(there))


def _cases(work: Work, reader: int, figures: Figures) -> Nested:
    many, unseen = sum(figures.cases.values()), sum(figures.cases[state] for state in UNSEEN)
    if not unseen:
        return nested("admin.cases_seen", many=many) if many else nested("admin.cases_none")
    oldest = duty.moment(work, work.at - timedelta(seconds=figures.unacknowledged), reader)
    return nested("admin.cases_unseen", many=many, unseen=unseen, **oldest)


def _backup(work: Work, reader: int) -> Nested:
    last = rows.last_backup(work.tx)
    return nested("admin.saved", **duty.moment(work, last, reader)) if last else nested("admin.saved_never")


def _sends(sends: vitals.Sends) -> Nested:
    kinds = [kind for kind in SENDS if sends.all_days.get(kind)]
    told = {kind: (sends.today.get(kind, 0), sends.all_days[kind]) for kind in kinds}
    head = nested("admin.sends", since_day=sends.since.isoformat())
    return lines([head, *_listed("admin.sends", told)]) if told else nested("admin.sends_none")


def _answers(work: Work, people: int) -> Nested:
    stride = max(1, -(-people // SAMPLE))
    today = vitals.day(work.at)
    since = today - timedelta(days=vitals.DAYS_COUNTED - 1)
    chats = crowd.some(work.tx, stride, today.toordinal() % stride)  # others each day
    found = crowd.answers(work.tx, chats, work.around.library.habits, since, today)
    told = {kind: (one * stride, all_days * stride) for kind, (one, all_days) in found.items()}
    head = nested("admin.answers_of", stride=stride) if stride > 1 else nested("admin.answers")
    return lines([head, *_listed("admin.answers", told)])


def _listed(topic: str, told: Mapping[str, tuple[int, int]]) -> list[Nested]:
    return [
        nested(f"{topic}_{kind}", today=f"{today:,}", days=f"{days:,}")
        for kind, (today, days) in told.items()
    ]
