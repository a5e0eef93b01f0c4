"""The page of a preview in a real browser: a light and a dark chat, side by side where there is room."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reminderbot.ops import preview_page
from reminderbot.ops.preview import Shown, Words


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1180, 2)])
def test_both_chats_are_on_the_screen_below_each_other_on_a_phone(
    browser: Browser, tmp_path: Path, width: int, columns: int
) -> None:
    (file,) = preview_page.write(tmp_path, "x", [Shown(Words("Sit tall. " * 20, (("Done",),)))])
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(file.as_uri())
    boxes = [chat.bounding_box() for chat in page.locator("article").all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert len({box["x"] for box in boxes if box}) == columns
    page.close()
