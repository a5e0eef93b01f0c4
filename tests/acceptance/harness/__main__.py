"""A long run by hand: ``python -m tests.acceptance.harness --seconds 1200 --seed 7 --database postgresql``.

The seed comes first, then a summary as JSON. The same seed draws the same kills and faults at the same seconds, and
the same answers to the same nudges; which call or transaction they meet depends on the machine. Exit code 1 when a
promise broke.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.acceptance.harness.evidence import Evidence
from tests.acceptance.harness.options import Options
from tests.acceptance.harness.summary import broken_in, keep, lived_through, told
from tests.acceptance.processes import Nursery


def main() -> int:
    """Read the command line, and live through it."""
    parser = argparse.ArgumentParser(prog="python -m tests.acceptance.harness", description=__doc__)
    parser.add_argument("--seconds", type=float, default=1200.0, help="how long things go wrong")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="the same seed, the same plan")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--workers", type=int, default=2, help="with postgresql")
    parser.add_argument("--web", type=int, default=2, help="with postgresql; 0: the first worker polls")
    parser.add_argument("--people", type=int, default=36)
    options = Options(**vars(parser.parse_args()))
    sys.stdout.write(f"seed {options.seed}\n")
    sys.stdout.flush()
    folder, nursery = Path(tempfile.mkdtemp(prefix="rb-harness-")), Nursery()
    try:
        with lived_through(options, folder, nursery) as play:
            evidence = Evidence(play)
            broken = broken_in(evidence)
            figures = told(play, evidence) | {"broken": broken}
            if broken:
                keep(evidence, folder)
    finally:
        nursery.close()
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    if broken:
        sys.stdout.write(f"everything lies in {folder}\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
