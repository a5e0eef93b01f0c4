"""Content of tests' own: things to read up."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from reminderbot.library.learning import Condition
from reminderbot.services.work import Surroundings

SOURCES = [
    {"title": "Aches", "publisher": "A health service"},
    {"title": "More", "publisher": "A health service"},
]


def condition(name: str, title: str, **more: Any) -> Condition:
    """A condition with a line of everything."""
    return Condition.model_validate(
        {
            "id": name,
            "title": {"en": title},
            "about": {"en": f"What {title} is."},
            "helps": {"en": ["Keep moving.", "Lie as you like."]},
            "be_seen": {"en": ["See a GP when it lasts.", "See one today when a leg is weak."]},
            "sources": SOURCES,
        }
        | more,
        strict=False,
    )


SHIPPED = (
    condition("outer-hip", "Outer hip", about={"en": "What the outer hip is, once called bursitis."}),
    condition("hip-arthritis", "Hip osteoarthritis", treatments={"en": "A new joint is for few."}),
    condition("sciatica", "Sciatica", triage=["persistent-sciatica"]),
    condition("scans", "Why scans and pain don't match"),
    condition("si-joint", "SI joint pain", triage=["persistent-sciatica"]),
)


def with_conditions(around: Surroundings, *conditions: Condition) -> Surroundings:
    """The same surroundings with these conditions and no others."""
    known = MappingProxyType({one.id: one for one in conditions})
    return replace(around, library=replace(around.library, conditions=known))
