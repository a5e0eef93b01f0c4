"""The main job in a real browser: subscribe, be nudged after a jump, tap Done, read the streak."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 20_000


def person(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="People").get_by_role("button", name=name)


def begin(page: Page) -> None:
    """Press Start where nobody has yet, and wait for the first answer."""
    messages = page.get_by_role("log").locator(".theirs").first
    start = page.get_by_role("button", name="Start", exact=True)
    expect(start.or_(messages).first).to_be_visible(timeout=PATIENCE_MS)
    if start.is_visible():
        start.click()
    expect(messages).to_be_attached(timeout=PATIENCE_MS)


def say(page: Page, text: str) -> None:
    """Write something, and wait for the answer."""
    answers = page.get_by_role("log").locator(".theirs")
    before = answers.count()
    page.get_by_label("Message", exact=True).fill(text)
    page.keyboard.press("Enter")
    expect(answers.nth(before)).to_be_attached(timeout=PATIENCE_MS)


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


def test_a_stretch_shows_a_picture_that_stays_while_its_words_change(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    say(page, "/settings")
    page.locator(".inline", has_text="Anything to avoid").last.click()
    page.get_by_role("button", name="Nothing", exact=True).last.click()
    say(page, "/stretch")
    picture = page.locator("img.picture").last
    expect(picture).to_be_visible(timeout=PATIENCE_MS)
    expect(picture).to_have_js_property("complete", True, timeout=PATIENCE_MS)
    assert picture.evaluate("image => image.naturalWidth") >= 320
    picture.evaluate("image => { image.dataset.same = 'yes'; }")
    page.get_by_role("button", name="Steps", exact=True).last.click()
    words = page.get_by_role("log").locator(".message", has=picture)
    expect(words).to_contain_text("1. ", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Done", exact=True).last.click()
    expect(words).to_contain_text("Done. Streak", timeout=PATIENCE_MS)
    assert picture.get_attribute("data-same") == "yes"


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


def test_the_bars_leave_a_phone_four_fifths_of_its_height_and_cut_no_label(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("#scroll").evaluate("box => box.getBoundingClientRect().top") <= 844 / 5
    for label in page.locator(".jumps button, .jumps span, .jumps small, .names > :not(.line)").all():
        assert label.evaluate(
            "box => box.scrollWidth <= box.clientWidth || getComputedStyle(box).display == 'inline'"
        )
        left, right = label.evaluate(
            "box => { const at = box.getBoundingClientRect(); return [at.left, at.right]; }"
        )
        assert 0 <= left < right <= 390


def test_no_button_breaks_inside_a_word_or_a_time_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    person(page, "Ana").click()
    begin(page)
    say(page, "/timezone")
    words = page.locator(".inline .word")
    page.locator(".inline", has_text="Another time").last.click()
    expect(page.locator(".inline", has_text=re.compile(r"^23:\d\d$"))).to_be_visible(timeout=PATIENCE_MS)
    assert words.evaluate_all("all => all.filter((word) => word.getClientRects().length != 1).length") == 0
    assert (
        page.locator(".label").evaluate_all("all => all.filter((a) => a.scrollWidth > a.clientWidth).length")
        == 0
    )


def test_sending_goes_to_the_end_and_stays_there_for_the_answer(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    for _ in range(3):
        say(page, "/help")
    page.locator("#scroll").evaluate("box => box.scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_timeout(300)
    say(page, "/help")
    expect(page.get_by_role("log").locator(".theirs").last).to_be_in_viewport(timeout=PATIENCE_MS)
    expect(page.locator("#down")).to_be_hidden()


def test_news_while_reading_above_shows_a_button_that_covers_no_message(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 640})
    person(page, "Ana").click()
    begin(page)
    say(page, "/help")
    page.locator("#scroll").evaluate("box => box.scrollTo({top: 0, behavior: 'instant'})")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Next reminder").click()
    down = page.get_by_role("button", name="New message")
    expect(down).to_be_visible(timeout=PATIENCE_MS)
    edges = "box => { const at = box.getBoundingClientRect(); return [at.top, at.bottom]; }"
    assert page.locator("#scroll").evaluate(edges)[1] <= down.evaluate(edges)[0]
    down.click()
    expect(down).to_be_hidden()


def test_ones_own_message_is_edited_by_mouse_and_by_keyboard(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    box, mine = page.get_by_label("Message", exact=True), page.get_by_role("log").locator(".mine")
    say(page, "helo")
    expect(mine.last).to_contain_text("helo", timeout=PATIENCE_MS)
    mine.last.locator(".text").dblclick()
    expect(box).to_have_value("helo")
    box.fill("hello")
    box.press("Enter")
    expect(mine.last).to_contain_text("hello", timeout=PATIENCE_MS)
    expect(mine.last).to_contain_text("edited")
    mine.last.focus()
    page.keyboard.press("e")
    expect(box).to_have_value("hello")
    box.press("Escape")
    expect(box).to_have_value("")
    mine.last.hover()
    mine.last.get_by_role("button", name="edit", exact=True).click()
    expect(box).to_have_value("hello")


def test_what_people_write_stays_text(page: Page) -> None:
    person(page, "Ben").click()
    begin(page)
    page.get_by_label("Message", exact=True).fill('<img src=x onerror="document.title=1"> & <b>bold</b>')
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").locator(".mine").last).to_contain_text("<b>bold</b>")
    assert page.title() != "1"
    assert "<img" in page.get_by_role("log").inner_text()


def test_the_person_on_call_sees_a_red_flag_and_acknowledges_it(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    say(page, "my groin is numb and I can't pee")
    card = page.get_by_role("log").locator(".theirs").last
    expect(card).to_contain_text("your local emergency number", timeout=PATIENCE_MS)
    person(page, "Dr. Osei").click()
    note = page.get_by_role("log").locator(".theirs").last
    expect(note).to_contain_text("emergency", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Acknowledge", exact=True).last.click()
    expect(note).to_contain_text("You have it until", timeout=PATIENCE_MS)


def test_a_notice_stays_over_the_chat_that_it_belongs_to(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    say(page, "/timezone")
    page.get_by_role("button", name="Another time", exact=True).last.click()
    notice = page.get_by_role("status").locator(".toast", has_text="Here you are")
    expect(notice).to_be_visible(timeout=PATIENCE_MS)
    person(page, "Ben").click()
    expect(notice).to_be_hidden()
    person(page, "Ana").click()
    expect(notice).to_be_visible()


def test_on_a_phone_the_unread_mark_leaves_the_name_free(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    person(page, "Ben").click()
    begin(page)
    say(page, "my groin is numb and I can't pee")
    osei = person(page, "Dr. Osei")
    expect(osei.locator(".badge")).to_be_visible(timeout=PATIENCE_MS)
    mark, name = osei.locator(".badge").bounding_box(), osei.locator("b").bounding_box()
    assert mark is not None
    assert name is not None
    assert mark["x"] + mark["width"] <= name["x"]
