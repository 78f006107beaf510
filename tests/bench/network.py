"""The network's statistics at full size, warm, beside igraph, rustworkx and networkx on the same arcs."""

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from playwright.sync_api import Page

from analytics import store
from analytics.explorer.arcs import load_arcs
from analytics.filters import Filters
from analytics.network.betweenness import measure_betweenness
from analytics.network.clustering import measure_clustering
from analytics.network.graph import Graph, read_graph
from analytics.network.layout import place_nodes
from analytics.network.paths import measure_paths
from analytics.network_years import count_years
from app import server
from components.network_panel import measured
from tests.bench.browser import browsing
from tests.bench.load import PROVINCES
from tests.bench.peer_apps import NOT_MEASURED, PEER_PYTHON, PEERS
from tests.bench.server import serving

RUNS, TOP = 5, 300
# Goes to an address as a click on a node does, and gives the milliseconds until it is painted.
FOLLOW = """(search) => new Promise((done) => {
  const root = document.documentElement, start = performance.now();
  window.history.pushState({}, '', window.location.pathname + search);
  window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
  const look = () => (root.dataset.drawing ? requestAnimationFrame(look)
    : requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start))));
  look();
})"""


def seconds(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Give the median seconds of some runs; the first, which may load compiled kernels, does not count."""
    work()
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return median(took)


def panel() -> float:
    """Give the median seconds of the statistics under a filter that was not asked before."""
    client, took = server.test_client(), []
    client.get("/network/stats.json?lang=en&province=62")
    for code in PROVINCES:
        measured.cache_clear()
        start = time.perf_counter()
        answer = client.get(f"/network/stats.json?lang=en&province={code}")
        took.append(time.perf_counter() - start)
        assert answer.status_code == 200
    return median(took)


def years() -> Any:
    """Work out all years of table 1."""
    folder = store.snapshot().folder
    relations = pd.read_parquet(folder / "relations.parquet", columns=["source", "target", "year"])
    arcs = relations.fillna({"year": 0}).groupby(["source", "target"], as_index=False)["year"].min()
    return count_years(store.tables()["nodes"], arcs)


def largest_hub() -> str:
    """Give the id of the node with the most relations."""
    nodes = store.tables()["nodes"]
    return str(nodes.loc[nodes["degree"].idxmax(), "id"])


def ego_answer(hub: str) -> float:
    """Give the median seconds of the answer that holds a hub's neighbours, cut to `TOP`."""
    client, link = server.test_client(), f"/explorer/view.json?{urlencode({'node': hub, 'top': TOP})}"
    assert client.get(link).status_code == 200
    return seconds(lambda: client.get(link))


def ego_painted(hub: str) -> float:
    """Give the median milliseconds from a click to the painted network of a hub."""
    searches = [f"?{urlencode({'node': hub, 'view': 'near', 'top': top})}" for top in (100, TOP)]

    def painted(page: Page, url: str) -> float:
        page.goto(f"{url}/en/explorer{searches[0]}")
        page.wait_for_selector("#explorer-title:not(:empty)")
        page.wait_for_timeout(2000)
        return median([page.evaluate(FOLLOW, search) for search in searches * RUNS][1::2])

    with serving() as (url, _), browsing() as page:
        return painted(page, url)


def of_peers(graph: Graph) -> dict[str, Any]:
    """Give what the peers measure; empty without their environment."""
    if not PEER_PYTHON.exists():
        return {}
    rows = np.column_stack([np.repeat(np.arange(graph.n), np.diff(graph.out_start)), graph.out_end])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arcs.npy"
        np.save(path, rows)
        answer = subprocess.run([str(PEER_PYTHON), "graphs.py", str(path)], cwd=PEERS, check=True, capture_output=True)
    return json.loads(answer.stdout)


def line(name: str, found: float, unit: str, target: str) -> str:
    """Write one figure."""
    return f"{name:<34}{found:8.{0 if found >= 100 else 2}f} {unit:<3}     {target}"


def peer_lines(graph: Graph, paths: float, clustering: float) -> list[str]:
    """Give the peers' times as multiples of ours, and whether their values are ours."""
    ours = {"paths": measure_paths(graph).average, "clustering": measure_clustering(graph).undirected_all}
    lines = []
    for library, found in of_peers(graph).items():
        for name, one in found.items():
            base = clustering if name == "clustering" else paths
            same = "" if name not in ours else f", value {one['value']:.6f}, ours {ours[name]:.6f}"
            lines.append(
                line(f"  {library} {name}", one["seconds"], "s", f"{one['seconds'] / base:.1f} times ours{same}")
            )
    return lines or [NOT_MEASURED]


def network_lines() -> list[str]:
    """Give every figure of the value network with its target."""
    graph, hub = read_graph(store.snapshot().folder), largest_hub()
    load_arcs(Filters(years=store.span()))
    paths, clustering = seconds(lambda: measure_paths(graph)), seconds(lambda: measure_clustering(graph))
    return [
        line("paths and diameter, exact, warm", paths, "s", "target ≤ 0.6"),
        line("clustering", clustering * 1e3, "ms", "target ≤ 50"),
        *peer_lines(graph, paths, clustering),
        line("statistics under a filter", panel(), "s", "target ≤ 1.5"),
        line("layout", seconds(lambda: place_nodes(graph), 1), "s", "target ≤ 15"),
        line("all years of table 1", seconds(years, 1), "s", "target ≤ 10"),
        line("betweenness, exact", seconds(lambda: measure_betweenness(graph), 1), "s", ""),
        line(f"largest hub cut to {TOP}, server", ego_answer(hub) * 1e3, "ms", "target ≤ 100"),
        line(f"largest hub cut to {TOP}, painted", ego_painted(hub), "ms", "target ≤ 1000"),
    ]


if __name__ == "__main__":
    print("\n".join(network_lines()))
