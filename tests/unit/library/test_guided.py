"""The guided check as content: complete, unambiguous, and matched by the buttons that ask."""

from typing import Any

import pytest
from pydantic import ValidationError

from reminderbot.library import guided
from reminderbot.library.guided import Check

ITEM = {"condition": "heart", "level": "emergency"}


GROUPS = {"spine": {"asks": ("now_one",)}}


def pages(**items: Any) -> dict[str, Any]:
    """A check whose pages have an answer each, but for these."""
    shown = {page: {f"{page}_one": ITEM} for page in guided.PAGES} | items
    return {"pages": shown, "groups": GROUPS}


def test_the_pages_come_in_their_order_whatever_the_file_says() -> None:
    turned = {"pages": dict(reversed(pages()["pages"].items())), "groups": GROUPS}
    assert tuple(Check.model_validate(turned).pages) == guided.PAGES


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"now": {}}, "at least 1"),
        ({"never": {"one": ITEM}}, "never"),
        ({"now": {"between_one": ITEM}}, "'between_one' twice"),
        ({"now": {"none": ITEM}}, "'none'"),
        ({"now": {"one": ITEM | {"level": "none"}}}, "level"),
        ({"now": {"one": ITEM | {"colour": "red"}}}, "colour"),
    ],
)
def test_what_is_wrong_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Check.model_validate(pages(**wrong))


def test_a_missing_page_is_named() -> None:
    without = {page: items for page, items in pages()["pages"].items() if page != "now"}
    with pytest.raises(ValidationError, match="lacks the page 'now'"):
        Check.model_validate({"pages": without, "groups": GROUPS})


@pytest.mark.parametrize(
    ("groups", "sentence"),
    [
        ({"chest": {"asks": ("now_one",)}}, "lacks the group 'spine'"),
        (GROUPS | {"chest": {"asks": ("nowhere",)}}, "asks 'nowhere' in the group 'chest'"),
        (GROUPS | {"chest": {"asks": ("today_one",)}}, "asks 'today_one'"),
        (GROUPS | {"chest": {"asks": ("also_one",)}}, "asks 'also_one'"),
        (GROUPS | {name: {"asks": (), "behind": ("heart",)} for name in ("one", "two")}, "'heart' twice"),
    ],
)  # fmt: skip
def test_questions_behind_a_card_are_emergencies_of_the_body_and_a_condition_has_one_group(
    groups: dict[str, Any], sentence: str
) -> None:
    shown = pages(today={"today_one": ITEM | {"level": "urgent"}}, also={"also_one": ITEM | {"mental": True}})
    with pytest.raises(ValidationError, match=sentence):
        Check.model_validate(shown | {"groups": groups})


def test_behind_a_condition_that_no_group_names_come_the_questions_of_the_spine() -> None:
    chest = {"asks": ("between_one",), "behind": ("heart",)}
    found = Check.model_validate(pages() | {"groups": GROUPS | {"chest": chest}})
    assert found.behind("heart") == ("between_one",)
    assert found.behind("stroke") == found.behind(None) == ("now_one",)


def test_one_page_follows_another_and_none_the_last() -> None:
    assert [guided.following(page) for page in guided.PAGES] == [*guided.PAGES[1:], None]


def test_an_answer_is_found_by_its_name_and_an_unknown_one_is_not() -> None:
    found = Check.model_validate(pages())
    assert found.item("now_one") == found.items("now")["now_one"]
    assert found.item("nowhere") is None
