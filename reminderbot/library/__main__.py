"""``python -m reminderbot.library CONTENT``: all that must be mended in a content folder, examples judged, as JSON."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from reminderbot.library.checking import check


def main(arguments: list[str]) -> int:
    """Print a list of problems, empty where the content can be used, and return the exit code."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m reminderbot.library CONTENT\n")
        return 2
    json.dump([asdict(problem) for problem in check(Path(arguments[0])).problems], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
