"""The pinned card of today above the chat, and a message that is deleted, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_demo import PATIENCE_MS, begin, person, say


@pytest.fixture
def ana(page: Page) -> Page:
    """Ana's chat, with the card of today pinned."""
    person(page, "Ana").click()
    begin(page)
    if page.locator("#pinned").is_hidden():
        say(page, "pin today")
    expect(page.locator("#pinned")).to_contain_text("Next:", timeout=PATIENCE_MS)
    return page


def test_the_card_stands_above_the_chat_with_its_button(ana: Page) -> None:
    bar = ana.locator("#pinned")
    expect(bar).to_contain_text("Move: Today 0 of")
    bar.get_by_role("button", name="Pause today").click()
    expect(bar).to_contain_text("Paused until", timeout=PATIENCE_MS)
    bar.get_by_role("button", name="Resume").click()
    expect(bar).to_contain_text("Next:", timeout=PATIENCE_MS)


def test_no_line_about_the_pin_stays_in_the_chat(ana: Page) -> None:
    expect(ana.locator("#log .note")).to_have_count(0, timeout=PATIENCE_MS)


@pytest.mark.parametrize("width", [360, 1200])
def test_the_bar_is_low_and_cuts_neither_its_button_nor_the_next_reminder(ana: Page, width: int) -> None:
    ana.set_viewport_size({"width": width, "height": 760})
    assert ana.evaluate("document.documentElement.scrollWidth") == width
    box = ana.locator("#pinned").bounding_box()
    assert box is not None
    assert box["height"] <= 48
    for part in ("#pinned .inline .label", "#pinned .words b"):
        assert ana.locator(part).evaluate("box => box.scrollWidth <= box.clientWidth"), part


def test_unpinned_by_hand_the_bar_goes_and_comes_back_when_asked_for(ana: Page) -> None:
    ana.get_by_role("button", name="Unpin").click()
    expect(ana.locator("#pinned")).to_be_hidden(timeout=PATIENCE_MS)
    say(ana, "pin today")
    expect(ana.locator("#pinned")).to_contain_text("Next:", timeout=PATIENCE_MS)


def test_a_message_is_deleted_by_its_button_and_by_key(ana: Page) -> None:
    mine = ana.get_by_role("log").locator(".mine")
    say(ana, "hello")
    before = mine.count()
    mine.last.hover()
    mine.last.get_by_role("button", name="Delete this message").click()
    expect(mine).to_have_count(before - 1, timeout=PATIENCE_MS)
    say(ana, "hello")
    mine.last.focus()
    ana.keyboard.press("Delete")
    expect(mine).to_have_count(before - 1, timeout=PATIENCE_MS)


def test_a_message_is_replied_to_by_its_own_control(ana: Page) -> None:
    say(ana, "/today")
    answer = ana.get_by_role("log").locator(".theirs").last
    answer.hover()
    reply = answer.get_by_role("button", name="reply", exact=True)
    expect(reply).to_have_css("opacity", "1")
    reply.click()
    expect(ana.locator("#replying")).to_contain_text("Reply to Reminder")
    ana.get_by_role("button", name="Cancel").click()
    reply.focus()
    ana.keyboard.press("Enter")
    expect(ana.locator("#replying")).to_be_visible()
    ana.get_by_role("button", name="Cancel").click()


@pytest.mark.parametrize("size", [(360, 740), (1200, 800)])
def test_a_notice_covers_neither_the_bar_nor_the_last_message(ana: Page, size: tuple[int, int]) -> None:
    ana.set_viewport_size({"width": size[0], "height": size[1]})
    say(ana, "/today")
    ana.locator("#pinned").get_by_role("button", name="Pause today").click()
    notice = ana.locator(".toast")
    expect(notice).to_be_visible(timeout=PATIENCE_MS)
    edge = "const edge = (part) => document.querySelector(part).getBoundingClientRect();"
    above = "edge('#log .message:last-child').bottom <= edge('.toast').top"
    below = "edge('.toast').bottom <= edge('.composer').top"
    ana.wait_for_function(f"() => {{ {edge} return {above} && {below}; }}", timeout=PATIENCE_MS)
    ana.locator("#pinned").get_by_role("button", name="Resume").click()
    expect(ana.locator("#pinned")).to_contain_text("Next:", timeout=PATIENCE_MS)
    expect(notice).to_have_count(1)
