"""From a click to twelve repainted charts: the firms page, and the same in other tools."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pandas as pd

from analytics import store
from app import server
from pages.firms import SPANS
from tests.bench.browser import repaints
from tests.bench.load import timed
from tests.bench.peer_apps import ALL, CHOICES, NOT_MEASURED, PEER_PYTHON, peer
from tests.bench.server import serving

TWELVE, MANY = 12, 1_000_000
PROVINCES = ("11", "31", "44", "33", "32", "37", "51", "42")


def clicked(url: str, selector: str, choices: tuple[int, ...]) -> float:
    """Give the median milliseconds from a click on a layer to the last of at least twelve charts."""
    return median(repaints(url, selector, choices, TWELVE))


def server_part(query: str = "") -> float:
    """Give the median milliseconds of the answer that holds all cards of the page, nothing cached."""
    client, charts = server.test_client(), ",".join(SPANS)
    links = [f"/cards/en.json?charts={charts}&province={code}{query}" for code in PROVINCES]
    return median(timed(client, link) for link in links) * 1e3


def peers_lines(ours: float) -> list[str]:
    """Give the peers' times beside ours; without their environment, how to make it."""
    if not PEER_PYTHON.exists():
        return [NOT_MEASURED]
    lines = []
    for tool in ALL:
        with peer(tool, TWELVE) as url:
            took = clicked(url, tool.selector, CHOICES)
        lines.append(f"  the same in {tool.name:<21} {took:8.0f} ms      {took / ours:.1f} times ours")
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
    selector, choices = ".filter-layers input", (0, 1, 2)
    with serving() as (url, _):
        ours = clicked(f"{url}/en/firms", selector, choices)
    lines = [
        f"click to {len(SPANS)} cards, 4,311 firms   {ours:8.0f} ms      target ≤ 300",
        f"  server part of it               {server_part():8.1f} ms      target ≤ 30",
        *peers_lines(ours),
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
