"""Nothing twice, nothing to who does not want it, and not a word in a log."""

from collections import Counter
from collections.abc import Iterator

from tests.acceptance.harness.deeds import Kind
from tests.acceptance.harness.evidence import Evidence
from tests.acceptance.harness.people import MISREAD, PLAN
from tests.acceptance.harness.reckon_safety import LATE, LEASE, cards_of
from tests.acceptance.watch import NUMB

UNDER_WAY = 2.0
"""Real seconds that a nudge may be under way which was decided on before a report was stored: it may wait for its
permit, a second at most, and for a connection."""


def broken(evidence: Evidence) -> Iterator[str]:
    """What is wrong with what was sent."""
    yield from _twice(evidence)
    yield from _on_hold(evidence)
    yield from _blocked(evidence)
    yield from _logs(evidence)


def _twice(evidence: Evidence) -> Iterator[str]:
    asked = Counter((call.chat_id, call.asks) for call in evidence.calls if call.is_nudge)
    for (chat_id, key), times in asked.items():
        if times > 1:
            yield f"nudge: {chat_id} got {key} {times} times"


def _on_hold(evidence: Evidence) -> Iterator[str]:
    """From the card of a report until it is taken back, no nudge."""
    for row in evidence.reports:
        cards = cards_of(evidence, row)
        if not cards:
            continue
        since = evidence.clock.real(cards[0].at)
        until = min((deed.at for deed in evidence.done_by(Kind.CORRECT)
                     if deed.chat_id == row.chat_id and deed.at > cards[0].at), default=None)  # fmt: skip
        for call in evidence.cards[row.chat_id]:
            is_between = cards[0].at < call.at and (until is None or call.at < until)
            if call.is_nudge and is_between and evidence.clock.real(call.at) - since > UNDER_WAY:
                yield f"hold: {call.chat_id} was asked {call.asks} at {call.at}, card at {cards[0].at}"


def _blocked(evidence: Evidence) -> Iterator[str]:
    """After the first refusal nothing is tried again, but what a killed process had claimed, once."""
    refused: dict[tuple[int, float], float] = {}
    for call in evidence.tries:
        at = evidence.clock.real(call.at)
        spells = [span for span in evidence.blocked(call.chat_id or 0) if span.began <= at <= span.ended]
        if not spells:
            continue
        if call.ok:
            yield f"blocked: {call.chat_id} got {call.text[:20]!r} at {call.at}"
        first = refused.setdefault((call.chat_id or 0, spells[0].began), at)
        killed = any(first - 5 <= kill <= first + 5 for kill in evidence.fleet.kills)
        away = any(first - 5 <= span.ended and span.began <= first + 5 for span in evidence.outages)
        if at - first > (LEASE + LATE if killed or away else LATE):
            yield f"blocked: {call.chat_id} was tried at {call.at}, {at - first:.1f} s after Telegram refused it"


def _logs(evidence: Evidence) -> Iterator[str]:
    token = evidence.secrets[0].partition(":")[2]
    secrets = {*evidence.secrets, token, NUMB, MISREAD, PLAN}
    for log in evidence.fleet.logs:
        text = log.read_text(errors="replace")
        if "Traceback" in text:
            yield f"log: {log.name} holds a traceback: {text[text.index('Traceback') :][:600]}"
        if found := [secret for secret in secrets if secret in text]:
            yield f"log: {log.name} holds {len(found)} secret(s) or words"
    for ending in evidence.fleet.ended:
        # A process that is started without a database says so and ends, for its keeper to start it again.
        if not any(span.began <= ending.at <= span.ended + LATE for span in evidence.outages):
            yield f"process: {ending.told}"
