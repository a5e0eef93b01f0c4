"""``python -m reminderbot.pictures CONTENT FOLDER``: draw the figures that a folder lacks, one after the other."""

import sys
from pathlib import Path

from reminderbot.library.loader import load
from reminderbot.library.problems import ContentError
from reminderbot.pictures import cache


def main(arguments: list[str]) -> int:
    """Fill the folder and return the exit code; what is wrong stands on standard error."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m reminderbot.pictures CONTENT FOLDER\n")
        return 2
    content, folder = map(Path, arguments)
    try:
        library = load(content, examples=False)
    except ContentError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    failed = cache.fill(library.stretches, folder)
    sys.stderr.writelines(f"{line}\n" for line in failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
