"""A served app, a browser, and a page that may ask no other host and log no error."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.browser import FLAGS
from tests.bench.server import serving


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with serving() as (url, _process):
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, base_url=site, accept_downloads=True)
    shown = context.new_page()
    wrong: list[Any] = []
    shown.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on(
        "request", lambda asked: None if asked.url.startswith((site, "data:", "blob:")) else wrong.append(asked.url)
    )
    yield shown
    context.close()
    assert not wrong, wrong
