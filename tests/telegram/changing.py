"""Worlds whose content lies in a folder of their own, in which an operator changes files while the bot runs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reminderbot.library import checking, loader
from reminderbot.ops.reloading import Reloading
from reminderbot.services.work import Surroundings
from reminderbot.store.engine import Store
from reminderbot.store.vault import Vault, new_key
from tests.conftest import UNPACED
from tests.telegram.operating import operated
from tests.unit.library import triage_files
from tests.world import World

HELP, HELLO = "messages/help.yaml", "Nudges to move"
"""A file of words, and how the one that says most begins."""


@dataclass
class Changing:
    """A world, the content folder that its bot looks at, and what an operator does there."""

    here: World
    content: Reloading

    def writes(self, file: str, text: str) -> None:
        """Write a file whole."""
        path = self.content.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def helps(self, words: str) -> None:
        """Let /help begin with other words."""
        text = (loader.default_folder() / HELP).read_text()
        self.writes(HELP, text.replace(HELLO, words))

    def replaces(self, file: str, before: str, after: str) -> None:
        """Change words in a file."""
        text = (self.content.folder / file).read_text()
        assert before in text
        self.writes(file, text.replace(before, after))

    def looked_at(self) -> None:
        """A minute passes, in which the bot looks at the folder."""
        bot = self.here.bot
        self.here.run(self.content.look(bot.desk, bot.tell_menus))
        self.here.settle()

    def is_taken(self) -> None:
        """So many minutes pass that a change is seen twice."""
        self.looked_at()
        self.looked_at()


@contextmanager
def changing(
    store: Store, folder: Path, *, is_judged: bool = True, figures: Path | None = None
) -> Iterator[Changing]:
    """A world that reads its content from a folder; its first person is the operator."""
    content = Reloading(folder, is_judged=is_judged)
    library, places = checking.usable(folder)
    around = Surroundings(library, places, Vault(new_key()), chat_burst=UNPACED, figures=figures)
    with operated(store, around) as here:
        yield Changing(here, content)


def own_content(folder: Path) -> Path:
    """A copy of the content that ships; of red flags it knows a few, so that a check of their examples is quick."""
    shutil.copytree(loader.default_folder(), folder, ignore=shutil.ignore_patterns("triage", "conditions"))
    triage_files.write(folder)
    return folder
