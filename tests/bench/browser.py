"""What a reader waits for: the first chart, cold and warm, and the charts that a click repaints."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
VIEWPORT = {"width": 1400, "height": 900}
CHARTS = ".js-plotly-plot"
# Finds what stands in shadow roots too: Panel puts everything there.
DEEP = """
window.deep = (selector, root = document) => [...root.querySelectorAll(selector),
  ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? window.deep(selector, one.shadowRoot) : []))];
"""
# The time at which a mark of any chart first stands in the page.
WATCH = f"""{DEEP}
(function look() {{
  if (!window.deep('.main-svg .trace path, .main-svg .bars path').length) requestAnimationFrame(look);
  else requestAnimationFrame(() => {{ window.firstChart = performance.now(); }});
}}());
"""
# Clicks at a given moment and notes the milliseconds to the last change in any chart; three quiet seconds end it,
# and fifteen in which nothing begins to change.
# What changes is watched, not Plotly's own events: some tools take charts down and make them anew.
CLICK = """([selector, at, when]) => {
  const charts = window.deep('.js-plotly-plot'), painted = new Set();
  let start = 0, last = 0;
  window.repainted = undefined;
  const watchers = charts.map((chart, which) => {
    const watcher = new MutationObserver((changes) => {
      if (!start || !changes.some((one) => one.target.nodeType !== 1 || one.target.closest('.js-plotly-plot'))) return;
      painted.add(which);
      last = performance.now() - start;
    });
    watcher.observe(chart.parentNode, { childList: true, subtree: true, attributes: true, characterData: true });
    return watcher;
  });
  setTimeout(() => { start = performance.now(); window.deep(selector)[at].click(); }, when - Date.now());
  const end = setInterval(() => {
    if (!start || performance.now() - start - last < (painted.size ? 3000 : 15000)) return;
    clearInterval(end);
    watchers.forEach((one) => one.disconnect());
    window.repainted = [painted.size, last];
  }, 100);
}"""


class Visit(NamedTuple):
    """Milliseconds to the first chart, and bytes of scripts and styles over the wire."""

    shown: float
    weight: float


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Give a browser that closes with the block."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def browsing() -> Iterator[Page]:
    """Give a page of a browser that closes with the block."""
    with a_browser() as browser:
        yield _context(browser).new_page()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport=VIEWPORT)  # type: ignore[arg-type]
    context.add_init_script(WATCH)
    return context


def first_chart(url: str, runs: int = 7) -> Visit:
    """Give the medians of visits with nothing in the browser's cache."""
    with a_browser() as browser:
        _alone(browser, url)  # the server's own caches are warm, as for any reader but the first
        found = [_alone(browser, url) for _ in range(runs)]
    return Visit(median(one.shown for one in found), median(one.weight for one in found))


def later_chart(before: str, url: str, runs: int = 5) -> Visit:
    """Give the medians of visits to a page by one who has just read another."""
    with a_browser() as browser:
        found = []
        for _ in range(runs + 1):
            page = _context(browser).new_page()
            _visit(page, before)
            found.append(_visit(page, url))
            page.context.close()
    return Visit(median(one.shown for one in found[1:]), median(one.weight for one in found[1:]))


def _alone(browser: Browser, url: str) -> Visit:
    page = _context(browser).new_page()
    found = _visit(page, url)
    page.context.close()
    return found


def _visit(page: Page, url: str) -> Visit:
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network: Any = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda e: kinds.__setitem__(e["requestId"], e["type"]))
    network.on("Network.loadingFinished", lambda e: sizes.__setitem__(e["requestId"], e["encodedDataLength"]))
    page.goto(url)
    page.wait_for_function("() => window.firstChart", timeout=60_000)
    page.wait_for_timeout(500)  # scripts that load after the first chart count too
    shown = page.evaluate("() => window.firstChart")
    network.detach()
    return Visit(shown, sum(size for key, size in sizes.items() if kinds.get(key) in ("Script", "Stylesheet")))


def repaints(
    url: str, selector: str, choices: tuple[int, ...], fewest: int, readers: int = 1, clicks: int = 9
) -> list[float]:
    """Give the milliseconds from a click to the last repainted chart, for readers who click at the same moment.

    Raises
    ------
    AssertionError
        Fewer than `fewest` charts were painted anew.
    """
    with a_browser() as browser:
        pages = [_context(browser).new_page() for _ in range(readers)]
        for page in pages:
            page.goto(url)
        for page in pages:
            page.wait_for_function(f"() => window.deep('{CHARTS} .main-svg').length >= {fewest}", timeout=60_000)
        pages[0].wait_for_timeout(3000)
        found = [one for at in range(clicks + 1) for one in _together(pages, selector, choices[at % len(choices)])]
    counted = found[readers:]  # not the first click, which compiles
    assert all(count >= fewest for count, _ in counted), f"{url}: {[count for count, _ in counted]} charts painted"
    return [took for _, took in counted]


def _together(pages: list[Page], selector: str, at: int) -> list[tuple[int, float]]:
    when = time.time() * 1e3 + 300
    for page in pages:
        page.evaluate(CLICK, [selector, at, when])
    return [page.wait_for_function("() => window.repainted", timeout=60_000).json_value() for page in pages]
