"""How long ``reminderbot --help`` takes, and what each of the heavier parts costs to import.

``python -m tests.benchmarks.cli`` prints one JSON object: medians of 10, each in a process of its own.
"""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks import parts

COMMAND = Path(sys.executable).with_name("reminderbot")
REPEATS = 10
MODULES = ("reminderbot.cli", "reminderbot.settings", "sqlmodel", "telegram.ext", "reminderbot.app")


def main() -> None:
    """Measure and print."""
    bare = _median_seconds([sys.executable, "-c", ""])
    imports = {name: _median_seconds([sys.executable, "-c", f"import {name}"]) - bare for name in MODULES}
    found = {
        "benchmark": "cli",
        "help_s": round(_median_seconds([str(COMMAND), "--help"]), 3),
        "bare_python_s": round(bare, 3),
        "import_s": {name: round(seconds, 3) for name, seconds in imports.items()},
    }
    print(json.dumps(found))  # noqa: T201


def _median_seconds(command: list[str]) -> float:
    run = partial(subprocess.run, command, check=True, capture_output=True)
    return median(parts.seconds(run) for _ in range(REPEATS))


if __name__ == "__main__":
    main()
