"""Plans and single reminders in words: after the command, in a sentence, or as the answer to a question."""

import re
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from reminderbot.library.loader import Library
from reminderbot.rules import clock, timewords
from reminderbot.rules.cadence import EVERY_DAY, At, Cadence
from reminderbot.rules.echo import echo
from reminderbot.rules.timewords import WordsError, once, sentences
from reminderbot.rules.timewords.apart import Parts, apart, is_moving, recurs
from reminderbot.rules.timewords.days import days_text
from reminderbot.rules.timewords.once import Once
from reminderbot.rules.timewords.spelling import spelt
from reminderbot.services import answers, cadences, drafts, outbox, pauses, requests, tweaks, unread
from reminderbot.services import once as single
from reminderbot.services.answers import Said
from reminderbot.services.replies import Tap, answer, refuse, subscriber, tell
from reminderbot.services.work import Work

_WITH_MINUTES = re.compile(r"\d[:.]\d\d")
_INSTEAD = re.compile(
    r"\W*(?:(?:no|rather|please|make (?:it|that)|a|the|my)\b\W*)*(.+?) instead(?: please)?\W*"
)


class Manner(Enum):
    """How something was said, which decides what may be meant by it."""

    COMMAND = "command"  # after /remind: a plan, unless the words can only be a single moment
    SENTENCE = "sentence"  # "remind me ...": a single moment, unless the words are a plan
    BARE = "bare"  # neither: a plan only with a habit, or with words such as "every"


class Meant(NamedTuple):
    """What was read: a habit, if one was named; a single moment, or else the words of a plan; what it is for.

    Where only the person can say whether a plan is meant, it ``is_open``, and there may be both.
    """

    habit: str | None
    once: Once | None
    plan: str
    purpose: str
    is_open: bool = False

    @property
    def is_strange(self) -> bool:
        """Whether it is for something that is none of the habits, and no moving either."""
        return bool(self.purpose) and self.habit is None and not is_moving(self.purpose)


def remind(
    work: Work, chat_id: int, text: str, when: datetime, tap: Tap | None = None, manner: Manner = Manner.COMMAND
) -> None:  # fmt: skip
    """Do what stands after ``/remind``, or without it; "me" there begins a sentence. Days may be kept free as well."""
    library = work.around.library
    text = _spelt(library, text)
    first, _, rest = text.partition(" ")
    asked_for = rest if first.lower() == "me" else sentences.asked_for(text)
    free, is_sure = free_days(library, text), manner is Manner.COMMAND
    if free and not (is_sure or free.is_clear) and tweaks.is_about_an_ache(work, chat_id):
        unread.not_understood(work, chat_id, text)
    elif free:
        cadences.leave_out(work, chat_id, free.what or None, free.days)
    elif change := tweaks.read(library, text):
        tweaks.make(work, chat_id, text, change, is_sure=is_sure)
    elif days := sentences.days_off(text):
        pauses.pause(work, chat_id, days, tap)
    elif asked_for is not None:
        ask(work, chat_id, asked_for, when)
    else:
        _do(work, chat_id, sentences.in_order(text), when, manner, tap)


def ask(work: Work, chat_id: int, text: str, when: datetime) -> None:
    """Do what a sentence asks for, after its "remind me"; where it is not understood the person is told."""
    library = work.around.library
    text = _spelt(library, text)
    if change := tweaks.read(library, text):
        tweaks.make(work, chat_id, text, change, is_sure=True)
    elif text:
        _do(work, chat_id, text, when, Manner.SENTENCE, None)
    else:
        cadences.overview(work, chat_id)


def put_off_or_ask(work: Work, chat_id: int, text: str, said: Said) -> None:
    """Put a reminder off, where one is there and may be; else the words ask for one of its own."""
    if answers.has_room(work, chat_id, said):
        answers.said(work, chat_id, said)
    else:
        ask(work, chat_id, text, said.when)


def free_days(library: Library, text: str) -> sentences.Free | None:
    """The days of the week without reminders that words ask for: of all, or of one habit, whose id is given then."""
    found = sentences.free_days(text)
    habit = requests.which(library, found.what) if found else None
    return None if found is None or habit is None else found._replace(what=habit)


def instead(library: Library, text: str) -> str | None:
    """The habit that words want in place of the one that was noted: "stretch instead"; none for other words."""
    found = _INSTEAD.fullmatch(text.lower())
    return requests.find_habit(library, found[1]) if found else None


def says_when(library: Library, text: str, now: datetime) -> bool:
    """Whether a message without a command says wholly when to be reminded, or when not.

    ``now`` is any naive time near that of the message.
    """
    text = _spelt(library, text)
    if free_days(library, text) or sentences.days_off(text) or sentences.asked_for(text) is not None:
        return True
    if tweaks.read(library, text):
        return True
    text = sentences.in_order(text)
    if cadences.is_plan(library, text):
        return True
    habit, rest = requests.habit_in_front(library, text)
    if habit is None and not sentences.begins(text):
        return False
    try:
        meant = _read(library, rest, now, Manner.COMMAND if habit else Manner.BARE)
    except WordsError:
        return True
    return meant is not None and (habit is None or meant.once is not None)


def _spelt(library: Library, text: str) -> str:
    return spelt(text, requests.every_name(library))


def choose(work: Work, chat_id: int, draft: int | None, place: int, tap: Tap) -> None:
    """Take the way of a question that a button stands for; when the question is over, say how to ask again."""
    if subscriber(work, chat_id, tap) is None:
        return
    words = None if draft is None else drafts.pressed(work, chat_id, draft, place)
    if words is None:
        outbox.toast(work, chat_id, tap.query_id, "tapped.question_over")
    else:
        _take(work, chat_id, words, tap)


def choose_said(work: Work, chat_id: int, text: str) -> None:
    """The same in words."""
    words = drafts.said(work, chat_id, text)
    if words is None:  # it was answered, or ran out, between two looks
        tell(work, chat_id, "once.nothing")
    else:
        _take(work, chat_id, words, None)


def _take(work: Work, chat_id: int, words: str, tap: Tap | None) -> None:
    """Do what was chosen, as if it had been said."""
    drafts.close(work, chat_id)
    if words != drafts.NEITHER:
        remind(work, chat_id, words, work.at, tap)
    elif subscriber(work, chat_id, tap):
        answer(work, chat_id, tap, "once.neither", toast="tapped.here")


def _do(work: Work, chat_id: int, text: str, when: datetime, manner: Manner, tap: Tap | None) -> None:
    who = subscriber(work, chat_id, tap)
    if who is None:
        return
    library, now = work.around.library, clock.wall_of(when, clock.zone(who.zone))
    in_front, rest = (None, text) if manner is Manner.SENTENCE else requests.habit_in_front(library, text)
    try:
        # With a habit in front it is a plan, as after the command; its times are those of a sentence all the same.
        is_exact = manner is Manner.COMMAND
        meant = _read(library, rest, now, Manner.COMMAND if in_front else manner, is_exact=is_exact)
    except WordsError as error:
        refuse(work, chat_id, tap, error.code, error.args_)
        return
    habit = in_front or (meant.habit if meant else None)
    if meant and meant.is_open:
        _ask_how_often(work, chat_id, meant.plan, meant.once)
    elif meant and meant.once:
        single.ask(work, who, habit, meant.once, when, tap, strange=meant.is_strange)
    elif meant and manner is Manner.SENTENCE:
        _plan(work, chat_id, habit, meant)
    elif manner is Manner.SENTENCE:
        refuse(work, chat_id, tap, "unclear", {})
    else:
        cadences.remind(work, chat_id, f"{habit or ''} {meant.plan}".strip() if meant else text, tap)


def _ask_how_often(work: Work, chat_id: int, time: str, found: Once | None) -> None:
    """Ask whether times of the clock, perhaps of a day of the week, which are all that was said, are meant as a plan.

    A single time may be meant once as well.
    """
    meant = timewords.by_day(time)
    plan = _plan_in(meant)
    if not found or not isinstance(plan, At):
        template, ways = "once.lasting", {"lasting": meant, "no": drafts.NEITHER}
    else:
        is_daily = plan.days == EVERY_DAY
        template = "once.daily_or_once" if is_daily else "once.weekly_or_once"
        often = "every day" if is_daily else f"every {days_text(plan.days)}"
        ways = {often: timewords.describe(once.lasting(plan, found)), "once": f"me {time}"}
    drafts.ask(work, chat_id, None, template, {"time": echo(time)}, ways)


def _plan(work: Work, chat_id: int, habit: str | None, meant: Meant) -> None:
    """Change a plan, unless it would be for what these reminders are not about."""
    if meant.is_strange:
        refuse(work, chat_id, None, "strange_plan", {"word": echo(meant.purpose)})
    else:
        cadences.remind(work, chat_id, f"{habit or ''} {meant.plan}".strip())


def _read(
    library: Library, text: str, now: datetime, manner: Manner, *, is_exact: bool = False
) -> Meant | None:  # fmt: skip
    """The first way to take the words apart that is clear, else one that a refusal can say more about; none without.

    Where it ``is_exact``, a time with its minutes is that of a clock with 24 hours: /remind stretch 2:15 is in the
    night. In a sentence any time that leaves it open goes by day.

    Raises WordsError for a moment that is not ahead, or on a day that there is not.
    """
    unclear, last = None, requests.habit_at_end(library, text)
    # "Half past two" is by day after a command as well.
    is_exact = is_exact and _WITH_MINUTES.search(text) is not None
    for time, purpose in (*apart(text), *([Parts(*last)] if last else [])):
        habit, _ = requests.take_habit(library, purpose)
        if purpose and habit is None and manner is not Manner.SENTENCE:
            continue
        try:
            found = once.read(time, now)
        except WordsError as error:
            if error.code != "bad_time":
                raise
            found = None
        if found and (found.sure or manner is Manner.SENTENCE):
            return Meant(habit, found, "", purpose)
        words = time if is_exact else timewords.by_day(time)
        plan = _plan_in(words)
        if isinstance(plan, WordsError):
            says_more = unclear is None and plan.code not in ("unknown_word", "empty")
            unclear = Meant(habit, None, words, purpose) if says_more else unclear
        elif manner is Manner.BARE and habit is None and (found or not recurs(time)):
            return Meant(habit, found, time, purpose, is_open=True)
        elif manner is not Manner.SENTENCE or recurs(time) or not isinstance(plan, At):
            # In a sentence "at 10 and 14:00" is not for every day.
            return Meant(habit, None, words, purpose)
    return unclear


def _plan_in(words: str) -> Cadence | timewords.Off | WordsError:
    """The plan that words are, or what is wrong with them."""
    try:
        return timewords.parse_cadence(words, None)
    except WordsError as error:
        return error
