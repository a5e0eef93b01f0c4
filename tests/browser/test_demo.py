"""The main job in a real browser: subscribe, be nudged after a jump, tap Done, read the streak."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 20_000


def person(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="People").get_by_role("button", name=name)


def test_a_stranger_subscribes_is_nudged_answers_and_sees_the_streak(page: Page) -> None:
    messages = page.get_by_role("log")
    page.get_by_role("button", name="Start", exact=True).click()
    coming = page.get_by_role("button", name="Next reminder")
    expect(coming).to_be_enabled(timeout=PATIENCE_MS)
    done = messages.get_by_role("button", name="Done", exact=True)
    for _ in range(3):
        if done.count():
            break
        coming.click()
        expect(coming).to_be_enabled(timeout=PATIENCE_MS)
        page.wait_for_timeout(500)
    expect(done.last).to_be_visible(timeout=PATIENCE_MS)
    before = done.count()
    done.last.click()
    expect(done).to_have_count(before - 1, timeout=PATIENCE_MS)
    page.get_by_label("Message", exact=True).fill("/streak")
    page.keyboard.press("Enter")
    answer = messages.locator(".theirs").last
    expect(answer).to_contain_text(re.compile("streak", re.IGNORECASE), timeout=PATIENCE_MS)
    expect(answer).to_contain_text(re.compile(r"\b1\b"))


def test_the_page_works_by_keyboard_alone(page: Page) -> None:
    person(page, "Ben").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".theirs").first).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("Message", exact=True).focus()
    page.keyboard.type("/he")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".mine").last).to_contain_text("/help")


def test_a_phone_shows_everything_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for name in ("Ana", "Ben", "Dr. Osei"):
        expect(person(page, name)).to_be_in_viewport()


def test_what_people_write_stays_text(page: Page) -> None:
    person(page, "Dr. Osei").click()
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_label("Message", exact=True).fill('<img src=x onerror="document.title=1"> & <b>bold</b>')
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".mine").last).to_contain_text("<b>bold</b>")
    assert page.title() != "1"
    assert "<img" in page.get_by_role("log").inner_text()
