"""What people read up: conditions and facts. It is information; on hold nothing of it is about exercise."""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from reminderbot.library import choosing
from reminderbot.library.choosing import Wishes
from reminderbot.library.learning import Condition
from reminderbot.library.loader import Library
from reminderbot.library.models import Fact
from reminderbot.library.provenance import Source
from reminderbot.library.texts import FALLBACK
from reminderbot.rules.echo import echo
from reminderbot.rules.likeness import nearest
from reminderbot.services import asides, holds, mending, notices, outbox, safety_cards, tailoring
from reminderbot.services.replies import Nested, Tap, add, answer, nested
from reminderbot.services.work import Work
from reminderbot.store.queries import people, reports

A_PAGE = 8
"""How many conditions are listed in one message."""

_ASKED = re.compile(r"\s*/?learn(?:@\w+)?(?:\s+about)?(?:\s+(.*?))?\s*", re.IGNORECASE | re.DOTALL)
"""A message that asks for something to read, and for what."""

A_DAY = 7
"""Facts that somebody may read in a day before the next day brings one of them again."""

_WORD = re.compile(r"\w+")

FACT_WORDS = ("fact", "facts")
"""What stands behind /learn when a fact is wanted, besides the words of its button."""


def overview(work: Work, chat_id: int, page: int = 0, tap: Tap | None = None) -> None:
    """List what there is to read, for subscribers and everybody else; another page than there is shows the last."""
    held = holds.is_held(holds.row(work, chat_id))
    template = "learn.overview_held" if held else "learn.overview"
    answer(work, chat_id, tap, template, _page(work, chat_id, page), "tapped.here")


def look_up(work: Work, chat_id: int, words: str) -> None:
    """Show the condition that words name, those that they may mean, or the list; or a fact, when that is named.

    What no title says may be told within: bursitis, say.
    """
    texts = {one.id: (str(one.about),) for one in _conditions(work)}
    found = nearest(words, _names(work.around.library)) or nearest(words, texts)
    if words.lower() in (*FACT_WORDS, _fact_label(work)):
        fact(work, chat_id)
    elif len(found) == 1:
        condition(work, chat_id, found[0])
    elif found:
        several = [work.around.library.conditions[name] for name in found]
        outbox.say(work, chat_id, "learn.several", _listed(several))
    # What stands behind the command may be a symptom, which has had its card then.
    elif not outbox.has_just_warned(work, chat_id):
        outbox.say(work, chat_id, "learn.unknown", _page(work, chat_id, 0) | {"word": echo(words)})


def asked(text: str) -> str | None:
    """What a message asks to read about, empty for the list; none when it doesn't ask."""
    found = _ASKED.fullmatch(text)
    return (found[1] or "") if found else None


def named(library: Library, text: str) -> str | None:
    """The id of the condition whose name is all that a message says; only as it is written here.

    Nothing less: somebody who took the stairs doesn't ask about strains.
    """
    wanted = " ".join(_WORD.findall(text.lower()))
    return next((one.id for one in library.conditions.values() if wanted in _short_names(one)), None)


def condition(work: Work, chat_id: int, name: str, tap: Tap | None = None) -> None:
    """Show a condition."""
    found = work.around.library.conditions.get(name)
    if found:
        answer(work, chat_id, tap, *_card(work, chat_id, found), "tapped.here")
    elif tap:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def about(work: Work, chat_id: int, report_id: int | None, tap: Tap) -> None:
    """List what there is to read about the complaints of a report; as a list even of one, for that is no diagnosis."""
    report = reports.get(work.tx, chat_id, report_id) if report_id is not None else None
    found = [one for one in _conditions(work) if report and report.condition in one.triage]
    if found:
        add(work, chat_id, tap, "learn.reads", _listed(found))
    else:
        outbox.toast(work, chat_id, tap.query_id, "tapped.unknown")


def fact(work: Work, chat_id: int, number: int | None = None, tap: Tap | None = None) -> None:
    """Show a fact by its number in the person's own order, by default one not shown yet; on hold the list instead.

    Facts calm and encourage: not what somebody needs to hear while a red flag is looked into.
    """
    facts = _facts(work, chat_id)
    if not facts:
        overview(work, chat_id, 0, tap)
        return
    place = (_turn(work, chat_id) if number is None else number) % len(facts)
    shown = facts[place]
    args = {"heading": str(shown.title), "body": str(shown.text), "sources": _sources(shown.sources)}
    answer(work, chat_id, tap, "learn.fact", args | {"next": (place + 1) % len(facts)}, "tapped.here")


def described(library: Library, found: Condition) -> tuple[str, dict[str, object]]:
    """The message of a condition, as anybody may read it."""
    end: dict[str, object] = {"sources": _sources(found.sources)}
    if found.treatments:
        end["treatments"] = str(found.treatments)
    return "learn.condition", {
        "heading": str(found.title),
        "about": str(found.about),
        "helps": _points(found.helps.get()),
        "be_seen": _points(found.be_seen.get()),
        "end_text": nested("learn.end_treated" if found.treatments else "learn.end", **end),
        "page": list(library.conditions).index(found.id) // A_PAGE,
    }


def _card(work: Work, chat_id: int, found: Condition) -> tuple[str, dict[str, object]]:
    """A condition as it may be read now; on hold, what stands comes first and what helps is left out."""
    template, args = described(work.around.library, found)
    still = _still(work, chat_id)
    return ("learn.condition_held", args | {"still_text": still}) if still else (template, args)


def _still(work: Work, chat_id: int) -> Nested | None:
    """What matters more than anything to read: what was told and stands, or that exercise is paused."""
    row = asides.open_one(work, chat_id)
    if row is not None:
        return safety_cards.still(work, row, FALLBACK)
    return notices.of(holds.row(work, chat_id), holds.today(work, chat_id))


def _page(work: Work, chat_id: int, page: int) -> dict[str, object]:
    known = _conditions(work)
    last = max(len(known) - 1, 0) // A_PAGE
    page = min(page, last)
    shown = _listed(known[page * A_PAGE : (page + 1) * A_PAGE])
    return shown | {"page": page, "last": last, "facts": bool(_facts(work, chat_id))}


def _listed(conditions: Iterable[Condition]) -> dict[str, object]:
    return {"conditions": [{"id": one.id, "title": str(one.title)} for one in conditions]}


def _conditions(work: Work) -> Sequence[Condition]:
    return tuple(work.around.library.conditions.values())


def _short_names(one: Condition) -> tuple[str, str]:
    """The id in words, and what the title says before a colon or a bracket; in lower case."""
    return one.id.replace("-", " "), re.split(r"\s*[:(]", str(one.title).lower())[0]


def _names(library: Library) -> dict[str, tuple[str, ...]]:
    return {one.id: (one.id, str(one.title)) for one in library.conditions.values()}


def _facts(work: Work, chat_id: int) -> Sequence[Fact]:
    """The facts for somebody, in an order of their own; none on hold."""
    if holds.is_held(holds.row(work, chat_id)):
        return ()
    person = mending.readable(work, chat_id)
    wishes = tailoring.wishes(work, person) if person else Wishes()
    facts = [card for card in work.around.library.cards["facts"] if isinstance(card, Fact)]
    return sorted(
        (card for card in facts if choosing.is_eligible(card, wishes)),
        key=lambda card: blake2b(f"{chat_id}/{card.id}".encode(), digest_size=8).digest(),
    )


def _turn(work: Work, chat_id: int) -> int:
    """The number of the fact to come: another one each time, and each day (by UTC) from another one on."""
    midnight = work.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return work.at.toordinal() * A_DAY + people.times_told(work.tx, chat_id, "learn.fact", midnight)


def _fact_label(work: Work) -> str:
    """What stands on the button of a fact, in lower case."""
    return work.around.library.messages["learn.overview"].buttons["fact"].get().lower()


def _sources(sources: Iterable[Source]) -> str:
    return "; ".join(dict.fromkeys(source.publisher or source.title for source in sources))


def _points(lines: Iterable[str]) -> str:
    return "\n".join(f"• {line}" for line in lines)
