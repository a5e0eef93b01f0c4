"""The guided check as content: complete, unambiguous, and matched by the buttons that ask."""

from typing import Any

import pytest
from pydantic import ValidationError

from reminderbot.library import check
from reminderbot.library.check import Check

ITEM = {"condition": "heart", "level": "emergency"}


def pages(**items: Any) -> dict[str, Any]:
    return {page: {f"{page}_one": ITEM} for page in check.PAGES} | items


def test_the_pages_come_in_their_order_whatever_the_file_says() -> None:
    turned = dict(reversed(pages().items()))
    assert tuple(Check.model_validate(turned).root) == check.PAGES


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
    with pytest.raises(ValidationError, match="lacks the page 'now'"):
        Check.model_validate({page: items for page, items in pages().items() if page != "now"})


def test_one_page_follows_another_and_none_the_last() -> None:
    assert [check.following(page) for page in check.PAGES] == [*check.PAGES[1:], None]


def test_an_answer_is_found_by_its_name_and_an_unknown_one_is_not() -> None:
    found = Check.model_validate(pages())
    assert found.item("now_one") == found.items("now")["now_one"]
    assert found.item("nowhere") is None
