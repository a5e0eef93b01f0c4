"""The guided check of /symptom: questions that are answered by buttons, page by page, the most pressing first.

Read from ``content/policy/check.yaml``. What each page asks, and the labels of its buttons, are the message
``symptom.<page>``; here stands what each of these answers means.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, field_validator

from reminderbot.library.messages import Message
from reminderbot.library.models import Id
from reminderbot.library.problems import Problem

FILE: Final = "policy/check.yaml"
"""Where it stands in the content folder."""

Page: TypeAlias = Literal["between", "now", "sudden", "today", "also", "lately"]

PAGES: Final[tuple[Page, ...]] = get_args(Page)
"""The pages in their order: what emergencies begin with between the legs, other emergencies on two pages, what can't
wait for tomorrow on two more, and what is worth a visit. Each fits the screen of a phone, with its buttons."""

NONE: Final = "none"
"""The button of a page for "none of these"."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=20)]


class Item(BaseModel):
    """What one answer means."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    condition: Id
    """Whose reason the card shows."""
    level: Literal["emergency", "urgent", "gp"]
    mental: bool = False


Items = Annotated[Mapping[ItemId, Item], Field(min_length=1)]


class Check(RootModel[Mapping[Page, Items]]):
    """The whole check."""

    model_config = ConfigDict(frozen=True, strict=True)

    @field_validator("root")
    @classmethod
    def _complete(cls, pages: Mapping[Page, Mapping[str, Item]]) -> Mapping[Page, Mapping[str, Item]]:
        if missing := [page for page in PAGES if page not in pages]:
            raise ValueError(f"lacks the page {missing[0]!r}")
        ids = [name for items in pages.values() for name in items]
        if twice := sorted({name for name in ids if ids.count(name) > 1 or name == NONE}):
            raise ValueError(f"names {twice[0]!r} twice; each answer needs a name of its own")
        return MappingProxyType({page: MappingProxyType(dict(pages[page])) for page in PAGES})

    def items(self, page: Page) -> Mapping[str, Item]:
        """Return the answers of a page, by name, in their order."""
        return self.root[page]

    def item(self, name: str) -> Item | None:
        """Return what an answer means; none when there is no such answer."""
        return next((items[name] for items in self.root.values() if name in items), None)


def following(page: Page) -> Page | None:
    """Return the page after one; none after the last."""
    after = PAGES.index(page) + 1
    return PAGES[after] if after < len(PAGES) else None


def faults(check: Check, messages: Mapping[str, Message], conditions: Collection[str]) -> Iterator[Problem]:
    """Yield what doesn't fit: an answer without a button, a button without an answer, an unknown condition."""
    for page, items in check.root.items():
        message = messages.get(f"symptom.{page}")
        buttons = set(message.buttons) - {NONE} if message else set()
        for name in sorted(buttons ^ set(items)):
            yield Problem(FILE, 1, f"{page}.{name}", f"does not match the buttons of symptom.{page}")
        for name, item in items.items():
            if item.condition not in conditions:
                where = f"{page}.{name}.condition"
                yield Problem(FILE, 1, where, f"{item.condition!r} is no condition in triage/conditions")
