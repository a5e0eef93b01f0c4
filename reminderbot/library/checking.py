"""`reminderbot check`: what loading finds, and what only shows when the cards are seen together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Final

from reminderbot.library import poses, triage_folder
from reminderbot.library.choosing import CHOICES, Wishes, is_eligible
from reminderbot.library.counts import Count, counts
from reminderbot.library.folder import problem_at
from reminderbot.library.loader import Library, default_folder, load, without_collector
from reminderbot.library.models import AVOID_TAGS, Fact, Habit, Nudge, Stretch
from reminderbot.library.places import Places, PlacesError
from reminderbot.library.problems import ContentError, Problem
from reminderbot.library.provenance import Entry
from reminderbot.library.texts import FALLBACK
from reminderbot.library.triage_examples import faults

NAMED: Final = 8
"""So many cards are named in one warning."""
_AVOIDING: Final[Mapping[str, frozenset[str] | None]] = {
    "avoids everything": AVOID_TAGS,
    "has not said what to avoid": None,
}
_SAYINGS: Final[Sequence[Mapping[str, str | None]]] = [
    dict(zip(CHOICES, said, strict=True))
    for said in product(*((None, *values) for values in CHOICES.values()))
]
"""Everything that somebody may have said of where they work, what they do and how hard it may be; nothing first."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of a content folder found."""

    counts: tuple[Count, ...] = ()
    """How many habits, nudges, stretches and so on; empty when the folder could not be loaded."""
    problems: tuple[Problem, ...] = ()
    """What must be mended before the content can be used."""
    warnings: tuple[Problem, ...] = ()
    """What somebody should know, though the content works."""

    @property
    def ok(self) -> bool:
        """Whether the content can be used."""
        return not self.problems


def check(folder: Path, today: date | None = None) -> Report:
    """Load a content folder and look at its cards together. Never raises for faulty content.

    Review dates before ``today`` are warnings; without it they are left alone.
    """
    try:
        with without_collector():
            library = load(folder)
            places = Places.load(folder / "places")
            return _report(folder, library, places, today)
    except ContentError as error:
        return Report(problems=error.problems)
    except PlacesError as error:
        return Report(problems=(Problem(f"places/{error.file}", error.line, "", error.message),))


def usable(folder: Path) -> tuple[Library, Places]:
    """Load a content folder that the bot is to use. Raises ContentError or PlacesError with what must be mended first.

    Its examples of red flags are not judged, which takes seconds: ``check`` does that.
    """
    with without_collector():
        library, places = load(folder, examples=False), Places.load(folder / "places")
        anybody, _ = _stranded(folder, library)
        if found := [*anybody, *_clashes(folder, library)]:
            raise ContentError(found)
    return library, places


def _report(folder: Path, library: Library, places: Places, today: date | None) -> Report:
    anybody, some = _stranded(folder, library)
    found = [*anybody, *_clashes(folder, library)]
    if (folder / triage_folder.FOLDER).is_dir():
        found += faults(library.triage)
    warnings = [*_unreviewed(library), *_undrawn(library), *some, *impossible(folder, library.stretches)]
    if today:
        warnings += _overdue(folder, library, today)
    return Report(counts(library, places), tuple(sorted(found)), tuple(warnings))


def _stranded(folder: Path, library: Library) -> tuple[list[Problem], list[Problem]]:
    """Return the habits without a card at the desk for people who said nothing more, and for some who did.

    Of all who have said what to avoid, nobody has fewer cards than who avoids everything.
    """
    anybody: list[Problem] = []
    some: list[Problem] = []
    for habit, (who, avoid) in product(library.habits.values(), _AVOIDING.items()):
        for said in _SAYINGS if library.deck(habit.id) else ():
            if not _has_card(library, habit, Wishes(avoid, frozenset(habit.positions), **said)):
                words = "".join(f", {what} {value}" for what, value in said.items() if value)
                told = f"has no card at the desk for somebody who {who}{words}"
                problem = problem_at(folder, f"habits/{habit.id}.yaml", ("cards",), told)
                (some if words else anybody).append(problem)
                break
    return anybody, some


def _has_card(library: Library, habit: Habit, wishes: Wishes) -> bool:
    return any(is_eligible(card, wishes) for card in library.deck(habit.id))


def _clashes(folder: Path, library: Library) -> Iterator[Problem]:
    """Yield what is wrong of a piece of content only beside another, or beside the bot."""
    yield from _unlike_shipped(folder, library)
    yield from _twins(library)
    yield from _same_lines(folder, library)


def _unlike_shipped(folder: Path, library: Library) -> Iterator[Problem]:
    """Yield each message that the bot needs and this content lacks, or that asks for what the bot does not give."""
    is_shipped = folder.resolve() == default_folder().resolve()
    usual = library if is_shipped else load(default_folder(), examples=False)
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
    return _same_case(" ".join(card.steps.get()) if isinstance(card, Stretch) else card.text.get())


def _same_case(words: str) -> str:
    return " ".join(words.casefold().split())


def _same_lines(folder: Path, library: Library) -> Iterator[Problem]:
    """Yield each stretch whose line under the picture is that of another one."""
    first: dict[str, str] = {}
    for card in library.stretches:
        if card.short:
            text, file = _same_case(str(card.short)), f"stretches/{card.id}.yaml"
            if text in first:
                told = f"is the line of {first[text]} too; tell them apart"
                yield problem_at(folder, file, ("short", FALLBACK), told)
            first.setdefault(text, file)


def impossible(folder: Path, stretches: Iterable[Stretch]) -> Iterator[Problem]:
    """Yield what the figures of stretches show and no body could do; ``folder`` is where they were read from."""
    for card in stretches:
        for where, told in poses.faults(card.figure) if card.figure else ():
            yield problem_at(folder, f"stretches/{card.id}.yaml", ("figure", *where), told)


def _entries(library: Library) -> dict[str, Sequence[Entry]]:
    """All that is reviewed, by its folder."""
    read = {
        "conditions": tuple(library.conditions.values()),
        "sequences": tuple(library.sequences.values()),
    }
    return {**library.cards, **read}


def _overdue(folder: Path, library: Library, today: date) -> Iterator[Problem]:
    for name, entries in _entries(library).items():
        for entry in entries:
            if entry.review_by and entry.review_by < today:
                told = f"was {entry.review_by}; read it again, and write the next date"
                yield problem_at(folder, f"{name}/{entry.id}.yaml", ("review_by",), told)


def _undrawn(library: Library) -> Iterator[Problem]:
    stretches = library.stretches
    if missing := [card.id for card in stretches if card.figure is None]:
        names = ", ".join(missing[:NAMED]) + (" ..." if len(missing) > NAMED else "")
        told = f"{len(missing)} of {len(stretches)} have no figure and come as text alone: {names}"
        yield Problem("stretches", 0, "", told)


def _unreviewed(library: Library) -> Iterator[Problem]:
    for name, deck in _entries(library).items():
        if count := sum(not card.is_reviewed for card in deck):
            noun = "card has" if count == 1 else "cards have"
            yield Problem(name, 0, "", f"{count} of {len(deck)} {noun} not yet been reviewed by a clinician")
