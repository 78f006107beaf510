"""What a reader waits for: the first chart on a cold cache, and what it weighs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
# The time at which a mark of any chart first stands in the page.
WATCH = """
new MutationObserver((_, watcher) => {
  if (!document.querySelector('.card .main-svg .trace path, .card .main-svg .bars path')) return;
  requestAnimationFrame(() => { window.firstChart = performance.now(); });
  watcher.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


@contextmanager
def browsing() -> Iterator[Page]:
    """Give a page of a browser that closes with the block."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser.new_page(viewport={"width": 1400, "height": 900})
        browser.close()


def first_chart(url: str, runs: int = 7) -> tuple[float, float]:
    """Give the median milliseconds to the first chart and the bytes of scripts and styles."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        _visit(browser, url)  # the server's own caches are warm, as for any reader but the first
        found = [_visit(browser, url) for _ in range(runs)]
        browser.close()
    return median(shown for shown, _ in found), median(weight for _, weight in found)


def _visit(browser: Browser, url: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.add_init_script(WATCH)
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network: Any = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda e: kinds.__setitem__(e["requestId"], e["type"]))
    network.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]))
    page.goto(url)
    page.wait_for_function("window.firstChart", timeout=20000)
    page.wait_for_load_state("networkidle")
    shown = page.evaluate("window.firstChart")
    context.close()
    return shown, sum(size for key, size in sizes.items() if kinds.get(key) in ("Script", "Stylesheet"))
