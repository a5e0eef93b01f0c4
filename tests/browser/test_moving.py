"""The file of another server, sent from the page."""

import json
import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_demo import PATIENCE_MS, begin, person

ANA = 1001


def test_a_file_from_another_server_is_taken_over_with_one_tap(page: Page) -> None:
    person(page, "Ana").click()
    begin(page)
    counts = dict.fromkeys(("prompted", "own", "skipped", "missed", "void", "snoozed"), 0) | {"done": 3}
    day = (datetime.now(UTC) - timedelta(days=30)).date().isoformat()
    moved = {
        "reminderbot": {"version": 1},
        "day": [{"chat_id": ANA, "habit": "move", "habit_day": day, **counts}],
    }
    content = json.dumps(moved).encode()
    page.get_by_label("Send something else").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("File")).click()
    chooser.value.set_files(FilePayload(name="reminderbot.json", mimeType="application/json", buffer=content))
    page.get_by_role("button", name="Take it over").last.click(timeout=PATIENCE_MS)
    expect(page.get_by_role("log")).to_contain_text("Taken over, with 1 day", timeout=PATIENCE_MS)
