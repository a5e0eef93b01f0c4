"""What goes wrong, and when: all of it drawn before the run begins."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from tests.acceptance.harness.options import Options
from tests.acceptance.harness.people import FIRST, FIRST_ON_CALL, ON_CALL

MESSAGES = ("sendMessage", "editMessageText", "answerCallbackQuery")
SENDS = (*MESSAGES, None)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong so many seconds after the beginning."""

    at: float
    kind: str
    details: Mapping[str, object]


def forecast(options: Options) -> list[Fault]:
    """Everything that will go wrong, in order: kills, and what Telegram, the database, the disk and clocks do."""
    chance = options.chance("weather")
    kinds = dict(KINDS)
    if options.database == "sqlite":
        del kinds["database"]
    else:
        del kinds["disk"]
    faults = [Fault(at, "kill", _kill(chance)) for at in _moments(chance, options, options.kill_every)]
    for at in _moments(chance, options, options.fault_every):
        kind = chance.choices(list(kinds), [weight for weight, _ in kinds.values()])[0]
        faults.append(Fault(at, kind, kinds[kind][1](chance, options)))
    return sorted(faults, key=lambda fault: fault.at)


def counted(faults: list[Fault]) -> dict[str, int]:
    """How many there were of each kind."""
    return dict(sorted(Counter(fault.kind for fault in faults).items()))


def _moments(chance: Random, options: Options, mean: float) -> list[float]:
    moments, at = [], chance.expovariate(1 / mean)
    while at < options.seconds:
        moments.append(at)
        at += chance.expovariate(1 / mean)
    return moments


def _kill(chance: Random) -> dict[str, object]:
    down_for, in_its_cradle = chance.choice((0.0, 0.0, 0.0, 0.5, 3.0)), chance.random() < 0.2
    return {"who": chance.random(), "down_for": down_for, "in_its_cradle": in_its_cradle}


def _chat(chance: Random, options: Options) -> int:
    """Somebody; people on call more often than their number."""
    if chance.random() < 0.2:
        return FIRST_ON_CALL + chance.randrange(ON_CALL)
    return FIRST + chance.randrange(options.people)


def _crowded_chat(chance: Random, options: Options) -> dict[str, object]:
    wait = chance.choice((1, 2, 5))
    return {"retry_after": wait, "times": chance.randint(1, 3), "chat_id": _chat(chance, options)}


def _crowded(chance: Random, _: Options) -> dict[str, object]:
    """A storm of refusals of what counts as a message; of a bot's first question it would outlast each of its lives."""
    wait, times = chance.choice((1, 2, 3)), chance.randint(5, 40)
    return {"retry_after": wait, "times": times, "method": chance.choice(MESSAGES)}


def _refused(chance: Random, _: Options) -> dict[str, object]:
    status = chance.choice((500, 502, 503))
    return {"status": status, "method": chance.choice((*SENDS, "getUpdates")), "times": chance.randint(1, 6)}


def _cut(chance: Random, _: Options) -> dict[str, object]:
    return {"how": "reset", "method": chance.choice((*SENDS, "getUpdates")), "times": chance.randint(1, 4)}


def _unheard(chance: Random, _: Options) -> dict[str, object]:
    how = chance.choice(("reset", "reset", "timeout"))
    return {"how": how, "method": chance.choice((*SENDS, "getUpdates")), "times": chance.randint(1, 4)}


def _slow(chance: Random, _: Options) -> dict[str, object]:
    seconds = chance.choice((0.3, 1.0, 3.0, 7.0))  # the last one is beyond what an answer is waited for
    return {"seconds": seconds, "method": chance.choice(SENDS), "times": chance.randint(1, 8)}


def _again(chance: Random, _: Options) -> dict[str, object]:
    return {"which": [chance.random() for _ in range(chance.randint(1, 6))]}


def _disorder(chance: Random, _: Options) -> dict[str, object]:
    return {"reversed_batches": chance.randint(1, 3), "unheard_posts": chance.randint(1, 3)}


def _skew(chance: Random, _: Options) -> dict[str, object]:
    seconds = chance.choice((-1, 1)) * chance.choice((5.0, 45.0, 200.0))
    return {"who": chance.random(), "seconds": seconds, "lasts": chance.uniform(2, 8)}


def _gone(chance: Random, _: Options) -> dict[str, object]:
    return {"lasts": chance.uniform(0.5, 4)}


KINDS: Mapping[str, tuple[int, Callable[[Random, Options], dict[str, object]]]] = {
    "crowded chat": (14, _crowded_chat),
    "crowded": (8, _crowded),
    "refused": (14, _refused),
    "cut": (12, _cut),
    "answer lost": (14, _unheard),
    "slow": (12, _slow),
    "again": (14, _again),
    "disorder": (10, _disorder),
    "clock": (6, _skew),
    "database": (4, _gone),
    "disk": (4, _gone),
}
"""How often each comes, and how it is drawn."""

VERBS = {"crowded chat": "too_many", "crowded": "too_many", "refused": "refuse", "cut": "unreachable",
         "answer lost": "lose_answer", "slow": "slow"}  # fmt: skip
"""Faults that Telegram's own script plays."""
