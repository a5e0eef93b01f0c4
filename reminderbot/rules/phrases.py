"""The phrases behind `answers`: lower case, no apostrophes, the longest first where one begins another."""

import re
import unicodedata

from reminderbot.rules import yesno


def _list(text: str) -> tuple[str, ...]:
    phrases = (" ".join(phrase.split()) for phrase in text.split(","))
    return tuple(sorted(phrases, key=len, reverse=True))


DONE = _list(
    """done, did it, did that, did them, did this one, did that one, did one, done it, done that, done this
    one, did, done and done, finished, finished it, complete, completed, completed it, moved, stretched,
    walked, stood up, got up, doen, donw, done and dusted"""
)
YES = yesno.YES
"""A yes to what was asked: to a reminder that waits, but never a move told of one's own accord."""
SKIP = _list(
    """skip, skip it, skip this, skip that, skip this one, skip that one, skipping, skipped, pass, not now,
    not right now, not today, not this time, not this one, cant, cant do it, cant do that, cant do this
    one, cant today, cannot, no time, no time today, dont have time, dont have the time, havent got
    time, busy, too busy, very busy, so busy, busy today, in a meeting, in meetings, on a call, driving,
    no thanks, no thank you"""
)
SNOOZE = _list(
    """later, maybe later, do it later, do that later, later today, later on, a bit later, a little later,
    snooze, snooze it, snooze this, snooze that, not yet, soon, in a bit, in a minute, in a moment, in a
    sec, in a second, in a while, in a few minutes, a moment, a sec, one sec, one moment, just a moment,
    just a sec, wait, hold on, remind me later, remind me again, remind me again later, remind me soon,
    remind me in a bit, ask me later, ask again later, ask me again later, ping me later, nudge me
    later, try again later, come back later"""
)
BARE_DONE = _list("ok, okay, okey, k, kk, okey dokey")
BARE_SKIP = yesno.NO
"""Like the bare signs, these may answer something else."""

NO_ANSWERS = frozenset({"yes please", "yep please", "yeah please", "yes pls", "ok please"})
"""Agreement to something else that was offered."""

POLITE = _list(
    "thanks, thank you, thanks a lot, thank you very much, many thanks, thx, ty, cheers, please, pls, plz"
)
LEADS = _list(
    """ok, okay, yes, yep, yeah, yup, hey, hi, hello, oh, ah, haha, well, so, and, just, already, now,
    great, cool, sure, sorry, i, i have, i have just, ive, im, i am, ill, i will, will, we, weve, its,
    it is, thats, that is, all, let me, lets, have, got, please, bot, maybe, better, id rather, thanks,
    thank you, thx, pls"""
)
TAILS = (
    *POLITE,
    *_list(
        "now, right now, at the moment, atm, for now, already, again, then, bot, sorry, all, longer, more"
    ),
)
SPAN_OPENINGS = _list(
    """later, later in, snooze, snooze for, snooze it, snooze it for, snooze by, snooze this for, in, give
    me, wait, remind me in, remind me again in, ask me in, ask me again in, ask again in, ping me in, nudge me in, try
    again in, come back in"""
)
TELLINGS = frozenset(["did", "done", "finished", "completed", "moved", "stretched", "walked"])
"""A verb that is an answer when it is about one of the known things."""

KNOWN_THINGS = frozenset(
    _list(
        """stretch, stretches, stretching, move, moves, movement, exercise, exercises, walk, break,
        warmup, cooldown, nudge, yesterday, today, last, morning, afternoon, monday, tuesday, wednesday,
        thursday, friday, saturday, sunday"""
    )
)
THINGS = re.compile(r"^(?:with )?(?:(?:it|this one|that one|this|that|them|the|my|a|todays|on)(?: |$))*")
"""Words between an answer and what it is about."""

OTHER_THINGS = frozenset(_list("lunch, breakfast, dinner, supper, dessert, meals, school, work, class"))
"""What people skip that is no reminder: `I skipped lunch`."""

TAKES_BACK = frozenset(
    _list(
        """not, no, nope, never, later, soon, tomorrow, when, if, in, by, after, until, before, next,
        yet, to, you, being, deal, nothing, kidding, will, once, unless"""
    )
)
"""After one of these an answer is none: `done soon`, `done in a minute`, `done, not`."""

_SKIPPED = r"skip(?:ped|ping)?(?: (?:it|this one|that one|this|that))?(?: today)?"
WHY = (
    re.compile(rf"{_SKIPPED} (.+?)"),
    re.compile(rf"(.+?)(?: (?:so|and|i|ill|im|will|have to|must|just|lets))* {_SKIPPED}"),
)
"""A skip and what is said of its reason, in either order."""
SKIPS = ("skip", "pass", "cant", "cannot")
"""What a skip for pain begins with; another, such as `on a call`, has a reason of its own."""
REFUSES = (*SKIPS, "no")
"""The same where the pain comes behind: `not today, my back hurts`; but `in pain, not today` may deny the pain."""

_OPENING = r"(?:because |cause |cos |as |since |due to |for )?(?:of )?"
_SELF = r"(?:(?:i|im|ive got|ive|was|am|have|got|still|just|stuck|now) )*"
MEETING = re.compile(
    rf"{_OPENING}{_SELF}(?:(?:in|on|at|a|an|my|the|another) )*(?:meetings?|call|standup)(?: now)?"
)
NOT_NOW = re.compile(
    rf"{_OPENING}{_SELF}(?:not now|(?:too |very |so )?busy(?: now)?|(?:no|dont have) time(?: now)?)"
)
# The places that triage knows are content, and answers are read without it; these are the ones people exercise.
_PLACE = (
    r"(?:(?:lower|upper|left|right|whole|bad) )*(?:(?:back|spine|neck|head|jaw|shoulder|arm|elbow|wrist|hand|finger|"
    r"thumb|chest|rib|side|belly|stomach|hip|groin|bum|leg|thigh|hamstring|knee|shin|ankle|heel|toe|muscle)s?|"
    r"cal(?:f|ves)|f(?:oo|ee)t|body)"
)
_SORE = rf"(?:(?:in|some|a bit of|a lot of|too much|{_PLACE}) )*pain|(?:a )?sore {_PLACE}"
_HURTS = rf"(?:(?:it|my {_PLACE}) )?(?:hurts?|aches?|is (?:(?:a bit|a little|too|very) )?sore)"
PAIN = re.compile(rf"{_OPENING}(?:{_HURTS}|{_SELF}(?:{_SORE}))(?: a (?:bit|little|lot))?(?: (?:today|now))?")
"""What the words of a reason come to, each as a whole."""

YES_SIGNS = frozenset("👍✅✔☑👌💪🆗")
NO_SIGNS = frozenset("👎❌✖")

STOPS = re.compile(r"(?:[.,:;!()\n]|\s-)+(?!\d)|\s(?=but\s)")

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_APOSTROPHES = re.compile(r"(?<=[a-z])['’‘ʼ`´](?=[a-z])")
_SIGN = re.compile(r"[^\w\s.,:;!?()'’-]|_")


def split_signs(text: str) -> tuple[str, str]:
    """Return the words in one spelling, with a stop for each sign, and the signs by themselves."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    plain = _APOSTROPHES.sub("", plain)
    words = _SIGN.sub(" . ", plain)
    return re.sub(r"[^\S\n]+", " ", words).strip(), "".join(_SIGN.findall(plain))


def shorten_runs(words: str, length: int) -> str:
    """Cut letters that come three times or more in a row down to `length`."""
    return re.sub(r"([a-z])\1{2,}", lambda run: run[1] * length, words)
