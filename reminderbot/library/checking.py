"""`reminderbot check`: what loading finds, and what only shows when the cards are seen together."""

import contextlib
import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from reminderbot.library import triage_folder
from reminderbot.library.choosing import is_eligible
from reminderbot.library.loader import Library, default_folder, load
from reminderbot.library.models import AVOID_TAGS, Fact, Nudge, Stretch
from reminderbot.library.places import Places, PlacesError
from reminderbot.library.problems import ContentError, Problem
from reminderbot.library.triage_examples import faults


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a content folder found."""

    counts: Mapping[str, int] = field(default_factory=dict)
    """How many habits, nudges, stretches, facts, messages; empty when the folder could not be loaded."""
    problems: tuple[Problem, ...] = ()
    """What must be mended before the content can be used."""
    warnings: tuple[Problem, ...] = ()
    """What somebody should know, though the content works."""

    @property
    def ok(self) -> bool:
        """Whether the content can be used."""
        return not self.problems


def check(folder: Path) -> Report:
    """Load a content folder and look at its cards together. Never raises for faulty content."""
    try:
        with _without_collector():
            library = load(folder)
            places = Places.load(folder / "places")
            return _report(folder, library, places)
    except ContentError as error:
        return Report(problems=error.problems)
    except PlacesError as error:
        return Report(problems=(Problem(f"places/{error.file}", error.line, "", error.message),))


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """What is loaded stays: looking through it for garbage again and again would take a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _report(folder: Path, library: Library, places: Places) -> Report:
    counts = {"habits": len(library.habits)}
    counts |= {name: len(deck) for name, deck in library.cards.items()}
    counts |= {"messages": len(library.messages), "cities": len(places.cities)}
    counts |= {"conditions": len(library.triage.conditions), "examples": len(library.triage.cases)}
    is_shipped = folder.resolve() == default_folder().resolve()
    found = [*_stranded(library), *_twins(library), *_unlike_shipped(library, is_shipped=is_shipped)]
    if (folder / triage_folder.FOLDER).is_dir():
        found += faults(library.triage)
    return Report(counts, tuple(sorted(found)), tuple(_unreviewed(library)))


def _stranded(library: Library) -> Iterator[Problem]:
    """Yield each habit without a card for somebody who avoids everything or has not answered yet."""
    people = {"avoids everything": AVOID_TAGS, "has not said what to avoid": None}
    for habit in library.habits.values():
        desk, deck = frozenset(habit.positions), library.deck(habit.id)
        for who, avoid in people.items():
            if not any(is_eligible(card, avoid, desk) for card in deck):
                message = f"has no card at the desk for somebody who {who}"
                yield Problem(f"habits/{habit.id}.yaml", 1, "cards", message)


def _unlike_shipped(library: Library, *, is_shipped: bool) -> Iterator[Problem]:
    """Yield each message that the bot needs and this content lacks, or that asks for what the bot does not give."""
    usual = library if is_shipped else load(default_folder())
    for name in usual.origins:
        shipped, message = usual.messages[name], library.messages.get(name)
        if message is None:
            told = "is missing; copy it from this file of the content that comes with the bot"
            yield Problem(usual.origins[name].file, 0, name, told)
            continue
        place = library.origins[name]
        if unknown := message.placeholders() - shipped.placeholders():
            yield Problem(*place, name, f"uses {{{min(unknown)}}}, which the bot does not fill in")
        if missing := shipped.buttons.keys() - message.buttons.keys():
            yield Problem(*place, name, f"has no button named {min(missing)}")


def _twins(library: Library) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name, deck in library.cards.items():
        for card in deck:
            text, file = _wording(card), f"{name}/{card.id}.yaml"
            if text in first:
                yield Problem(file, 1, "", f"says the same as {first[text]}; remove one of them")
            first.setdefault(text, file)


def _wording(card: Nudge | Stretch | Fact) -> str:
    words = " ".join(card.steps.get()) if isinstance(card, Stretch) else card.text.get()
    return " ".join(words.casefold().split())


def _unreviewed(library: Library) -> Iterator[Problem]:
    for name, deck in library.cards.items():
        if count := sum(not card.is_reviewed for card in deck):
            noun = "card has" if count == 1 else "cards have"
            yield Problem(name, 0, "", f"{count} of {len(deck)} {noun} not yet been reviewed by a clinician")
