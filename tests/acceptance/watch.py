"""People on call, and what they and those whom it is about get to see."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.acceptance.processes import until
from tests.acceptance.stage import Call, Person, Stage

NUMB = "my groin is numb and I can't pee"
"""Words of an emergency."""

CALF = "my calf is hot and swollen"
"""Words of something urgent."""

DOUBT = "my groin was numb"
"""Words that are asked about first."""

AGAIN = "(This may be here twice"
"""How a message begins that may have arrived before."""

ROUND = timedelta(minutes=10)
"""Between two rounds of an emergency."""

QUICK = 0.1
"""Seconds between two looks at what is due, in tests that move the clock often."""

LATE = timedelta(seconds=15)
"""How much later than its moment something may come, on a slow and busy machine."""


def is_card(call: Call) -> bool:
    """Whether it is a new message with the card of an emergency, or of something urgent."""
    return call.method == "sendMessage" and "v1:shelp:" in call.buttons


def is_note(call: Call) -> bool:
    """Whether it is a new message that tells somebody on call of a case."""
    return call.method == "sendMessage" and any(verb in call.buttons for verb in ("v1:oack:", "v1:oclose:"))


def is_again(call: Call) -> bool:
    """Whether it says that it may have arrived before."""
    return AGAIN in call.text


def is_about(call: Call, person: Person) -> bool:
    """Whether a note is about somebody."""
    return is_note(call) and f'tg://user?id={person.id}"' in call.text


def cards(stage: Stage, person: Person) -> list[Call]:
    """The cards that somebody got."""
    return [call for call in stage.telegram.calls(person.id) if is_card(call)]


def notes(stage: Stage, *readers: Person) -> list[Call]:
    """The notes that people on call got."""
    ids = [reader.id for reader in readers]
    return [call for call in stage.telegram.calls() if is_note(call) and call.chat_id in ids]


def notes_about(stage: Stage, reader: Person, person: Person) -> list[Call]:
    """The notes about one person that somebody on call got."""
    return [call for call in notes(stage, reader) if is_about(call, person)]


def shown_notes(stage: Stage, reader: Person) -> list[str]:
    """What the notes in a chat say now, without older ones that refer to a newer one."""
    shown = [str(one["text"]) for one in stage.telegram.messages(reader.id) if one["from_bot"]]
    return [text for text in shown if "Since " in text]


def gets_card(person: Person) -> Call:
    """Somebody reads on until a card comes."""
    return person.reads(is_card, "card")


def is_told(*readers: Person, about: Person | None = None) -> Call:
    """Each of these people reads on until a note comes; the last one."""
    return [
        reader.reads(lambda call: is_about(call, about) if about else is_note(call), "note")
        for reader in readers
    ][-1]


def on_call(stage: Stage, *names: str, steps: Iterable[int] = (1, 2, 3, 4)) -> Sequence[Person]:
    """Put people on call with the command, each at a step of their own; they have opened a chat before."""
    people = [stage.person(name) for name in names]
    for person, step in zip(people, steps, strict=False):
        person.says("/help")
        stage.commands("oncall", "add", str(person.id), "--step", str(step))
    return people


def reports(stage: Stage, person: Person, words: str = NUMB) -> tuple[Call, Call]:
    """Somebody writes of an emergency: the card, and the first note about it."""
    before = len([call for call in stage.telegram.calls() if is_note(call)])
    person.says(words)
    card = gets_card(person)
    told = until(lambda: [call for call in stage.telegram.calls() if is_note(call)][before:], "note")
    return card, told[0]


def said_at(stage: Stage, person: Person) -> datetime:
    """When somebody wrote their newest message, by Telegram's clock."""
    own = [one["at"] for one in stage.telegram.messages(person.id) if not one["from_bot"]]
    return datetime.fromisoformat(own[-1])


def told_after(stage: Stage, last: datetime, span: timedelta, *readers: Person) -> datetime:
    """Everybody of these is told again so long after the last time, and not before; when that was."""
    stage.settles()  # what is under way would seem to hang when the clock jumps
    due = last + span - timedelta(seconds=0.5)
    stage.at(due)
    found = [is_told(reader) for reader in readers]
    assert all(due <= call.at <= due + LATE for call in found), (due, found)
    return found[-1].at


def notice(stage: Stage, person: Person, data: str, message: int | None) -> str:
    """Somebody presses a button that may be forged; what they are told over the chat."""

    def shown() -> list[dict[str, Any]]:
        stage.telegram.calls()
        return [one for one in stage.telegram.attempts if one["method"] == "answerCallbackQuery"]

    before = len(shown())
    person.does("taps_data", data=data, message=message)
    return str(until(lambda: shown()[before:], f"notice after {data}")[-1]["params"].get("text"))


def subscribe(people: Sequence[Person]) -> None:
    """Let many people subscribe at once."""
    for words, seen in (("/start", "You're in"), ("/timezone UTC", "Next")):
        for person in people:
            person.says(words)
        for person in people:
            person.sees(seen)


def standing(stage: Stage) -> list[tuple[Any, ...]]:
    """State, round and holder of every case."""
    return stage.rows("select state, round, acknowledged_by from safety_case order by number")
