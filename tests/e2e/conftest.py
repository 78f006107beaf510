"""A served app, a browser, and pages that may ask no other host and log no error."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from analytics.build import build_snapshot
from analytics.snapshot import CURRENT, ENVIRONMENT, repository, snapshots_root
from tests.bench.browser import FLAGS
from tests.bench.server import serving

OpenPage = Callable[..., Page]
DESKTOP: ViewportSize = {"width": 1400, "height": 900}
LOCAL = ("data", "blob", "about")  # what a browser makes itself, asking nobody


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The snapshot to serve: the one in force, else one built for these tests only."""
    if (snapshots_root() / CURRENT).exists():
        yield snapshots_root()
        return
    root = tmp_path_factory.mktemp("snapshots")
    build_snapshot(root, repository() / "data", say=lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, ENVIRONMENT, str(root))
        yield root


@pytest.fixture(scope="session")
def site(snapshot: Path) -> Iterator[str]:
    with serving() as (url, _process):
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        flags = [*FLAGS, "--disable-component-update"]
        found = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[OpenPage]:
    """Open pages, each in a context of its own; `missing` is a path whose 404 is expected."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def run(missing: str = "", **options: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": DESKTOP, "base_url": site, **options}))
        page = contexts[-1].new_page()
        watch(page, site, missing, wrong)
        return page

    yield run
    for context in contexts:
        context.close()
    assert not wrong, wrong


@pytest.fixture(scope="session")
def kept_page(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """One page for most tests: a browser that has compiled the scripts loads a page in half the time."""
    context = browser.new_context(viewport=DESKTOP, base_url=site)
    wrong: list[str] = []
    page = context.new_page()
    watch(page, site, "", wrong)
    yield page, wrong
    context.close()


@pytest.fixture
def page(kept_page: tuple[Page, list[str]], site: str) -> Iterator[Page]:
    """The kept page as a new reader has it: nothing stored, the usual window, light."""
    found, wrong = kept_page
    wrong.clear()
    yield found
    found.goto("about:blank")  # nothing of this test reports in the next one
    said = wrong.copy()
    found.set_viewport_size(DESKTOP)
    found.emulate_media(media="null", color_scheme="light", reduced_motion="no-preference")
    found.context.clear_permissions()
    found.context.clear_cookies()
    network = found.context.new_cdp_session(found)
    network.send("Storage.clearDataForOrigin", {"origin": site, "storageTypes": "all"})
    network.detach()
    assert not said, said


def watch(page: Page, site: str, missing: str, wrong: list[str]) -> None:
    """Write down errors of the console and of scripts, and whatever is asked of another host."""

    def said(message: ConsoleMessage) -> None:
        expected = missing and message.location["url"] == site + missing and "404" in message.text
        if message.type == "error" and not expected:
            wrong.append(f"{page.url}: {message.text} ({message.location['url']})")

    def asked(url: str) -> None:
        target = urlsplit(url)
        if target.scheme not in LOCAL and target.netloc != urlsplit(site).netloc:
            wrong.append(f"{page.url} asked {url}")

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url.replace("ws", "http", 1)))
