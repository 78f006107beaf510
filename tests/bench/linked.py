"""From a click to twelve repainted charts: the firms page, and the same in Streamlit and in Vizro."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pandas as pd

from analytics import store
from analytics.snapshot import repository
from app import server
from pages.firms import SPANS
from tests.bench.browser import browsing
from tests.bench.load import timed
from tests.bench.server import serving, wait_for

PEERS = Path(__file__).parent / "peers"
PEER_PYTHON = repository() / ".venv-bench" / "bin" / "python"
TWELVE, CLICKS, MANY = 12, 9, 1_000_000
PROVINCES = ("11", "31", "44", "33", "32", "37", "51", "42")
# Clicks, and gives the milliseconds to the last chart that is painted anew; three quiet seconds end it.
CLICK = """([selector, at]) => new Promise((done) => {
  const charts = [...document.querySelectorAll('.js-plotly-plot')];
  const start = performance.now();
  let last = 0; const painted = new Set();
  const seen = (chart) => { painted.add(chart); last = performance.now() - start; };
  charts.forEach((chart) => chart.on('plotly_afterplot', () => seen(chart)));
  document.querySelectorAll(selector)[at].click();
  const end = setInterval(() => {
    if (performance.now() - start - last < 3000) return;
    clearInterval(end);
    charts.forEach((chart) => chart.removeAllListeners('plotly_afterplot'));
    done([painted.size, last]);
  }, 100);
})"""


def clicked(url: str, selector: str, choices: tuple[int, ...]) -> float:
    """Give the median milliseconds from a click on a layer to the last of at least twelve charts."""
    with browsing() as page:
        page.goto(url)
        page.wait_for_function(f"document.querySelectorAll('.js-plotly-plot .main-svg').length >= {TWELVE}")
        page.wait_for_timeout(3000)
        found = [page.evaluate(CLICK, [selector, choices[at % len(choices)]]) for at in range(CLICKS + 1)]
    assert all(count >= TWELVE for count, _ in found[1:]), f"{url}: {[count for count, _ in found]} charts painted"
    return median(took for _, took in found[1:])


def server_part(query: str = "") -> float:
    """Give the median milliseconds of the answer that holds all cards of the page, nothing cached."""
    client, charts = server.test_client(), ",".join(SPANS)
    links = [f"/cards/en.json?charts={charts}&province={code}{query}" for code in PROVINCES]
    return median(timed(client, link) for link in links) * 1e3


@contextmanager
def peer(command: list[str], port: int, firms: Path) -> Iterator[str]:
    """Serve a peer from its own environment; the server ends with the block."""
    environment = {**os.environ, "BENCH_FIRMS": str(firms)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([str(PEER_PYTHON), *command], cwd=PEERS, env=environment, **quiet)  # type: ignore[call-overload]
    try:
        wait_for(f"http://127.0.0.1:{port}/", 60)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """Give a port that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def peers_lines(ours: float, firms: Path) -> list[str]:
    """Give both peers' times beside ours; without their environment, how to make it."""
    if not PEER_PYTHON.exists():
        return ["  Streamlit and Vizro               not measured: `make bench` sets up .venv-bench for them"]
    lines = []
    for name, selector, choices, command in (
        (
            "Streamlit",
            "[data-testid=stRadio] input",
            (1, 2, 3),
            ["-m", "streamlit", "run", "streamlit_app.py", "--server.headless=true"],
        ),
        ("Vizro", ".form-check-input", (1, 2, 3), ["vizro_app.py"]),
    ):
        port = free_port()
        place = [f"--server.port={port}"] if name == "Streamlit" else [str(port)]
        with peer([*command, *place], port, firms) as url:
            took = clicked(url, selector, choices)
        lines.append(f"  the same in {name:<21} {took:8.0f} ms      {took / ours:.1f} times ours")
    return lines


def many_firms(folder: Path) -> None:
    """Write a million firms, copies of those in use, and a relation that makes a network of them."""
    firms = pd.read_parquet(store.snapshot().folder / "firms.parquet").drop(columns="sample_since")
    copies = [firms.assign(id=firms["id"] + f"-{at}") for at in range(MANY // len(firms) + 1)]
    every = pd.concat(copies, ignore_index=True).head(MANY)
    every.to_parquet(folder / "firms.parquet", index=False)
    pd.DataFrame({"source": every["id"].head(1000), "target": every["id"].tail(1000).to_numpy()}).to_parquet(
        folder / "relations.parquet", index=False
    )


def linked_lines() -> list[str]:
    """Give every figure of linked exploration with its target."""
    folder = store.snapshot().folder
    selector, choices = ".filter-layers input", (0, 1, 2)
    with serving() as (url, _):
        ours = clicked(f"{url}/en/firms", selector, choices)
    lines = [
        f"click to {len(SPANS)} cards, 4,311 firms   {ours:8.0f} ms      target ≤ 300",
        f"  server part of it               {server_part():8.1f} ms      target ≤ 30",
        *peers_lines(ours, folder / "firm_values.parquet"),
    ]
    with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as snapshots:
        many_firms(Path(data))
        build = [sys.executable, "-m", "analytics", "build", data, "--snapshots", snapshots]
        subprocess.run(build, check=True, capture_output=True)
        os.environ["AIM_SNAPSHOTS"] = snapshots
        try:
            with serving() as (url, _):
                many = clicked(f"{url}/en/firms", selector, choices)
            time.sleep(store.CHECK_EVERY * 2)
            lines.append(f"click to {len(SPANS)} cards, 1,000,000     {many:8.0f} ms      target ≤ 600")
            lines.append(f"  server part of it               {server_part():8.1f} ms")
        finally:
            del os.environ["AIM_SNAPSHOTS"]
    return lines


if __name__ == "__main__":
    print("\n".join(linked_lines()))
