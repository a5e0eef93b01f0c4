"""The guided check of /symptom: questions that are answered by buttons, page by page, the most pressing first.

Read from ``content/policy/check.yaml``. What each page asks, and the labels of its buttons, are the message
``symptom.<page>``; here stands what each of these answers means, and which of them come behind an urgent card.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from reminderbot.library.messages import Message
from reminderbot.library.problems import Problem
from reminderbot.library.provenance import Id

FILE: Final = "policy/check.yaml"
"""Where it stands in the content folder."""

Page: TypeAlias = Literal["between", "now", "sudden", "today", "also", "lately"]

PAGES: Final[tuple[Page, ...]] = get_args(Page)
"""The pages in their order: what emergencies begin with between the legs, other emergencies on two pages, what can't
wait for tomorrow on two more, and what is worth a visit. Each fits the screen of a phone, with its buttons."""

NONE: Final = "none"
"""The button of a page for "none of these"; as the name of a group: nothing is asked."""

SPINE: Final = "spine"
"""The group of questions that comes behind an urgent card whose condition no other group names."""

QUESTIONS: Final = "safety.questions"
"""The message whose buttons are the answers of all groups."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Item(_Model):
    """What one answer means."""

    condition: Id
    """Whose reason the card shows."""
    level: Literal["emergency", "urgent", "gp"]
    mental: bool = False


Items = Annotated[Mapping[ItemId, Item], Field(min_length=1)]


class Group(_Model):
    """Questions behind an urgent card: any of them being so makes it an emergency."""

    asks: Annotated[tuple[ItemId, ...], Field(max_length=5)]
    """Answers of the pages, in their order; none are asked in the group ``none``."""
    behind: tuple[Id, ...] = ()
    """The conditions whose urgent cards they come behind."""


class Check(_Model):
    """The whole check."""

    pages: Mapping[Page, Items]
    groups: Mapping[Id, Group]
    ambulance: tuple[Id, ...] = ()
    """The conditions with which nobody should be on the way without an ambulance."""

    @field_validator("pages")
    @classmethod
    def _complete(cls, pages: Mapping[Page, Mapping[str, Item]]) -> Mapping[Page, Mapping[str, Item]]:
        if missing := [page for page in PAGES if page not in pages]:
            raise ValueError(f"lacks the page {missing[0]!r}")
        ids = [name for items in pages.values() for name in items]
        if twice := sorted({name for name in ids if ids.count(name) > 1 or name == NONE}):
            raise ValueError(f"names {twice[0]!r} twice; each answer needs a name of its own")
        return MappingProxyType({page: MappingProxyType(dict(pages[page])) for page in PAGES})

    @field_validator("groups")
    @classmethod
    def _sorted(cls, groups: Mapping[str, Group]) -> Mapping[str, Group]:
        if SPINE not in groups:
            raise ValueError(f"lacks the group {SPINE!r}")
        named = [condition for group in groups.values() for condition in group.behind]
        if twice := sorted({condition for condition in named if named.count(condition) > 1}):
            raise ValueError(f"names {twice[0]!r} twice; a condition belongs to one group")
        return MappingProxyType(dict(groups))

    @model_validator(mode="after")
    def _asks_for_emergencies(self) -> "Check":
        for group, name in ((group, name) for group, one in self.groups.items() for name in one.asks):
            item = self.item(name)
            if item is None or item.mental or item.level != "emergency":
                raise ValueError(f"asks {name!r} in the group {group!r}, which is no emergency of the body")
        return self

    def items(self, page: Page) -> Mapping[str, Item]:
        """Return the answers of a page, by name, in their order."""
        return self.pages[page]

    def item(self, name: str) -> Item | None:
        """Return what an answer means; none when there is no such answer."""
        return next((items[name] for items in self.pages.values() if name in items), None)

    def behind(self, condition: str | None) -> tuple[str, ...]:
        """Return the names of the questions that come behind the urgent card of a condition, in their order."""
        groups = self.groups.values()
        return next((group.asks for group in groups if condition in group.behind), self.groups[SPINE].asks)


def following(page: Page) -> Page | None:
    """Return the page after one; none after the last."""
    after = PAGES.index(page) + 1
    return PAGES[after] if after < len(PAGES) else None


def faults(check: Check, messages: Mapping[str, Message], conditions: Collection[str]) -> Iterator[Problem]:
    """Yield what doesn't fit: an answer without a button, a button without an answer, an unknown condition."""
    for page, items in check.pages.items():
        yield from _unlike(messages, f"symptom.{page}", f"pages.{page}", set(items))
        for name, item in items.items():
            yield from _unknown(f"pages.{page}.{name}.condition", [item.condition], conditions)
    asked = {name for group in check.groups.values() for name in group.asks}
    yield from _unlike(messages, QUESTIONS, "groups", asked)
    for name, group in check.groups.items():
        yield from _unknown(f"groups.{name}.behind", group.behind, conditions)
    yield from _unknown("ambulance", check.ambulance, conditions)


def _unlike(messages: Mapping[str, Message], message: str, where: str, names: set[str]) -> Iterator[Problem]:
    buttons = set(messages[message].buttons) - {NONE} if message in messages else set()
    for name in sorted(buttons ^ names):
        yield Problem(FILE, 1, f"{where}.{name}", f"does not match the buttons of {message}")


def _unknown(where: str, named: Iterable[str], conditions: Collection[str]) -> Iterator[Problem]:
    for condition in named:
        if condition not in conditions:
            yield Problem(FILE, 1, where, f"{condition!r} is no condition in triage/conditions")
