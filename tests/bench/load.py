"""Chart callbacks: one at a time in this process, and many at once over the wire."""

import http.client
import threading
import time
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit

import plotly.graph_objects as go

from app import server
from components.chart_card import made
from components.charts import CHARTS
from components.charts.drawing import texts_of
from components.charts.select import rows_of

PROVINCES = ("11", "31", "44", "33", "32", "37", "51", "42")


def links(count: int) -> list[str]:
    """Give what the browser asks when a filter changes, over every chart and eight provinces in turn."""
    pairs = zip(cycle(CHARTS), cycle(PROVINCES), strict=False)
    return [f"/cards/zh.json?charts={chart}&province={code}" for chart, code in islice(pairs, count)]


def one_callback(count: int = 400) -> float:
    """Give the median seconds of one card through Flask, no network, over all charts."""
    client = server.test_client()
    return median(timed(client, link) for link in links(count))


def timed(client: Any, link: str) -> float:
    """Give the seconds of an answer that no cache holds."""
    made.cache_clear()
    start = time.perf_counter()
    answer = client.get(link)
    took = time.perf_counter() - start
    assert answer.status_code == 200, answer.text[:300]
    return took


def figure_peer(runs: int = 100) -> float:
    """Give the median seconds of building the same bars as a go.Figure with a template."""
    rows = rows_of("figure-15", "share_relations")
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        figure = go.Figure(
            go.Bar(orientation="h", y=rows["item_zh"], x=rows["value"], text=texts_of(rows), textposition="outside"),
            layout={"template": "plotly_white", "yaxis": {"autorange": "reversed"}},
        )
        figure.to_json()
        took.append(time.perf_counter() - start)
    return median(took)


def callbacks_a_second(url: str, clients: int = 32, each: int = 60) -> tuple[float, float]:
    """Give answers a second, and the 95th percentile of an answer's seconds; any error ends the bench."""
    address = urlsplit(url)
    asked, took, wrong = links(clients * each), [], []

    def reader(own: list[str]) -> None:
        link = http.client.HTTPConnection(str(address.hostname), address.port)
        for path in own:
            start = time.perf_counter()
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
            took.append(time.perf_counter() - start)
            if answer.status != 200:
                wrong.append(answer.status)

    threads = [threading.Thread(target=reader, args=(asked[at::clients],)) for at in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    assert not wrong, wrong[:5]
    return len(took) / seconds, quantiles(took, n=20)[-1]


def resident(master: int) -> int:
    """Give the bytes resident in the largest worker of a gunicorn."""
    sizes = [_field(Path(f"/proc/{child}/status").read_text(), "VmRSS") for child in children(master)]
    return max(sizes) * 1024


def children(master: int) -> list[int]:
    """Give the process ids of a gunicorn's workers."""
    return [int(child) for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def _field(status: str, name: str) -> int:
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))
