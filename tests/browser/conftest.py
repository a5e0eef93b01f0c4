"""A browser and a running demo for the tests that look at the real page."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
START_SECONDS = 30


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, or the one REMINDERBOT_CHROMIUM names."""
    path = (
        os.environ.get("REMINDERBOT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if path is None:
        pytest.fail("no Chromium: install it, or name it in REMINDERBOT_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield found
        found.close()


@pytest.fixture(scope="module")
def demo_url() -> Iterator[str]:
    """A demo in a process of its own; its address, as its first lines say it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "reminderbot", "demo", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout:
            process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    seen = []
    try:
        for line in process.stdout or []:
            seen.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                threading.Thread(target=_drain, args=(process,), daemon=True).start()
                return found[0]
    finally:
        timer.cancel()
    raise AssertionError("the demo did not start:\n" + "".join(seen))


def _drain(process: subprocess.Popen[str]) -> None:
    for _ in process.stdout or []:
        pass


@pytest.fixture
def page(browser: Browser, demo_url: str) -> Iterator[Page]:
    """A fresh page on the demo that must not log an error."""
    problems: list[str] = []
    opened = browser.new_page(viewport={"width": 1180, "height": 800})
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    opened.goto(demo_url)
    yield opened
    opened.close()
    assert problems == []
