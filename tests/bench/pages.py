"""Every page as a reader meets it, cold and warm; a filter; eight readers; the same in other tools."""

from collections.abc import Iterator
from statistics import median, quantiles

from components.shell import PAGES, route_of
from tests.bench.browser import first_chart, later_chart, repaints
from tests.bench.peer_apps import ALL, CHOICES, NOT_MEASURED, PEER_PYTHON, peer
from tests.bench.server import serving

THREE, READERS = 3, 8
LAYER = ".filter-layers input"
CHARTLESS = ("audit", "data")  # tables


def page_lines(url: str) -> Iterator[str]:
    """Give every page's first chart for a reader's first visit, and for one who comes from another page."""
    for page in (one for one in PAGES if one not in CHARTLESS):
        before = url + route_of("firms" if page == "overview" else "overview", "zh")
        cold, warm = first_chart(url + route_of(page, "zh"), 5), later_chart(before, url + route_of(page, "zh"))
        yield (
            f"first chart, {page:<20} {cold.shown / 1e3:8.2f} s       target ≤ 1.0   "
            f"{cold.weight / 1e6:.2f} MB (≤ 1.0), from another page {warm.shown / 1e3:.2f} s (≤ 0.4)"
        )


def filter_line(name: str, url: str, selector: str, choices: tuple[int, ...]) -> str:
    """Give the time of a filter for one reader, and for eight who click at the same moment."""
    alone = median(repaints(url, selector, choices, THREE))
    together = repaints(url, selector, choices, THREE, READERS, 5)
    return (
        f"filter, {name:<25} {alone:8.0f} ms      target ≤ 130   "
        f"{READERS} readers in one browser p50 {median(together):.0f} (≤ 250), "
        f"p95 {quantiles(together, n=20)[-1]:.0f} (≤ 500)"
    )


def peer_lines() -> Iterator[str]:
    """Give the peers' first chart and filter, with three charts each."""
    for tool in ALL:
        with peer(tool, THREE) as url:
            cold = first_chart(url, 5)
            weight = f"{cold.weight / 1e6:.2f} MB"
            yield f"  {tool.name}, first of {THREE} charts    {cold.shown / 1e3:11.2f} s       {weight}"
            yield "  " + filter_line(tool.name, url, tool.selector, CHOICES)


def first_load_lines() -> Iterator[str]:
    """Give every figure of the first load and of a filter with its target, as it is measured."""
    with serving() as (url, _):
        yield from page_lines(url)
        yield filter_line("overview, all its charts", f"{url}/en/", LAYER, (0, 1, 2))
    yield from peer_lines() if PEER_PYTHON.exists() else [NOT_MEASURED]


if __name__ == "__main__":
    for line in first_load_lines():
        print(line, flush=True)
