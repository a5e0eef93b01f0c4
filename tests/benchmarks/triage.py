"""How fast a message is judged, how much memory the lexicon takes, and that no string is slow.

``python -m tests.benchmarks.triage [--strings 50000]`` prints one JSON object: milliseconds of the processor for each
shipped example
(median, 99th of a hundred, slowest); for messages of 4,096 characters, made of examples and made to be slow; for
random and adversarial strings, each alone; seconds to read the content, and MiB that it adds to a process that
can read content.
"""

import argparse
import gc
import json
import random
import resource
import sys
from collections.abc import Iterable
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

FULL = 4096
"""Characters: the longest message."""
_SEED = 20260131
_UNITS = (
    "no numb ",
    "or no ",
    "no, ",
    "if my groin is numb ",
    "numb groin ",
    "can't ",
    "my husband ",
    "numb? no ",
    "groin and ",
    "was ",
    "38.5 ",
    "a ",
    "x",
    "😭",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.triage")
    parser.add_argument("--strings", type=int, default=50_000, help="random and adversarial strings")
    print(json.dumps({"benchmark": "triage"} | _measure(parser.parse_args().strings)))  # noqa: T201


def _measure(count: int) -> dict[str, Any]:
    from reminderbot.library import loader, triage_folder

    before, begun = _mebibytes(), perf_counter()
    triage, _ = triage_folder.read(loader.default_folder())
    seconds, added = perf_counter() - begun, _mebibytes() - before
    gc.freeze()  # as the bot does once its content is read
    says = [case.example.say for case in triage.cases]
    return {
        "read_s": round(seconds, 2),
        "memory_mib": round(added, 1),
        "examples_ms": _summary(_times(triage.lexicon, says)),
        "full_length_ms": _summary(_times(triage.lexicon, _full(says))),
        "adversarial_ms": _summary(_times(triage.lexicon, strings(says, count))),
    }


def _times(lexicon: Any, texts: Iterable[str]) -> list[float]:
    from reminderbot.rules.triage import judge

    times = []
    for text in texts:
        begun = process_time()
        judge(lexicon, text)
        times.append((process_time() - begun) * 1000)
    return times


def _summary(times: list[float]) -> dict[str, float]:
    highest = quantiles(times, n=100)[98]
    found = {"count": len(times), "median": median(times), "p99": highest, "max": max(times)}
    return {name: round(value, 2) for name, value in found.items()}


def _full(says: list[str]) -> Iterable[str]:
    story = " ".join(says)
    yield from (story[start : start + FULL] for start in range(0, len(story) - FULL, FULL))
    yield from ((unit * FULL)[:FULL] for unit in _UNITS)
    chance = random.Random(_SEED)
    words = sorted({word for say in says for word in say.split()})
    yield from (" ".join(chance.choices(words, k=FULL))[:FULL] for _ in range(20))


def strings(says: list[str], count: int) -> Iterable[str]:
    """Yield random and adversarial strings of up to some hundred words, the same every time."""
    chance = random.Random(_SEED)
    words = [
        *sorted({word for say in says for word in say.split()}),
        ",",
        ".",
        "?",
        "no",
        "or",
        "\n",
        "if",
        "and",
    ]
    signs = "aeiounmb gtpr,.?!'’-\n😭\u200b\u0301x0 9"
    for number in range(count):
        match number % 4:
            case 0:
                yield " ".join(chance.choices(words, k=chance.randint(1, 80)))
            case 1:
                yield "".join(chance.choices(signs, k=chance.randint(1, 200)))
            case 2:
                yield " ".join(chance.choices(words, k=3) * chance.randint(1, 60))
            case _:
                yield "".join(chr(chance.randint(1, 0xD7FF)) for _ in range(chance.randint(1, 100)))


def _mebibytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    main()
