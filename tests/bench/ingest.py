"""A million relations read with every check, beside pandas that only reads them."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from analytics.ingest import NO_LIMITS, ingest
from analytics.taxonomy import read_taxonomy

DATA = Path(__file__).resolve().parents[2] / "data" / "taxonomy"
N_FIRMS, N_ORGANIZATIONS = 4_311, 31_361  # as many as the report counts
TARGET = 10.0  # seconds for a million rows


def write_data(folder: Path, n_relations: int, seed: int = 2024) -> None:
    """Write three CSV tables: names as people write them, some slips, some parallel relations."""
    rng = np.random.default_rng(seed)
    taxonomy = read_taxonomy(DATA)
    firms = np.array([f"F{number:06d}" for number in range(N_FIRMS)])
    others = np.array([f"O{number:06d}" for number in range(N_ORGANIZATIONS)])
    provinces = taxonomy["provinces"]["name_zh"].to_numpy(dtype=object)
    layers = taxonomy["layers"]["name_zh"].to_numpy(dtype=object)
    years = rng.integers(1995, 2023, N_FIRMS)
    _write(
        folder / "firms.csv",
        id=firms,
        founded_year=years,
        province=rng.choice(provinces, N_FIRMS),
        layer=rng.choice(layers, N_FIRMS),
    )
    kinds = rng.choice(np.array(["大学", "科研院所", "国外企业", "industrial_firm"], dtype=object), N_ORGANIZATIONS)
    _write(folder / "organizations.csv", id=others, kind=kinds)
    _write(folder / "relations.csv", **_relations(rng, np.concatenate([firms, others]), n_relations))


def run(source: str, out: str) -> None:
    """Read a data set without limits and without a word."""
    ingest(Path(source), Path(out), read_taxonomy(DATA), NO_LIMITS, say=lambda _: None)


def ingest_lines(n_relations: int = 1_000_000, runs: int = 3) -> list[str]:
    """Measure and give the lines to print, with medians, the ratio and the target."""
    with tempfile.TemporaryDirectory() as name:
        source, out = Path(name) / "in", Path(name) / "out"
        source.mkdir()
        write_data(source, n_relations)
        ours = _median_seconds(lambda: run(str(source), str(out)), runs)
        peer = _median_seconds(lambda: pd.read_csv(source / "relations.csv"), runs)
        held = _most_memory(source, out)
        size = (source / "relations.csv").stat().st_size / 1e6
    rows = f"{n_relations / 1e6:g} M rows, {size:.0f} MB"
    return [
        f"ingest of {rows:<23} {ours:8.2f} s       target ≤ {TARGET:.0f}",
        f"  pandas.read_csv alone           {peer:8.2f} s       {ours / peer:.1f} times as long with every check",
        f"  most memory held                {held / 2**10:8.0f} MiB",
    ]


def _relations(rng: np.random.Generator, nodes: np.ndarray, size: int) -> dict[str, np.ndarray]:
    taxonomy = read_taxonomy(DATA)
    names = {
        column: taxonomy[table]["name_zh"].to_numpy(dtype=object)
        for column, table in (("technology", "technologies"), ("application", "applications"), ("industry", "sections"))
    }
    years = rng.integers(2013, 2024, size).astype("str").astype(object)
    years[rng.random(size) < 0.001] = "20233"
    columns = {
        "source": rng.choice(nodes, size),
        "target": rng.choice(nodes, size),
        "year": years,
        **{column: rng.choice(words, size) for column, words in names.items()},
        "count": rng.integers(1, 4, size),
    }
    # One row of twenty repeats another one.
    rows = np.where(rng.random(size) < 0.05, rng.integers(0, size, size), np.arange(size))
    return {column: values[rows] for column, values in columns.items()}


def _write(path: Path, **columns: np.ndarray) -> None:
    arrays = {name: pa.array(values.tolist()) for name, values in columns.items()}
    pc.write_csv(pa.table(arrays), path)


def _median_seconds(call: Callable[[], object], runs: int) -> float:
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        took.append(time.perf_counter() - start)
    return median(took)


def _most_memory(source: Path, out: Path) -> int:
    code = "import sys; from tests.bench.ingest import run, held; run(*sys.argv[1:]); print(held())"
    command = [sys.executable, "-c", code, str(source), str(out)]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def held() -> int:
    """Give the most memory that this process has held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
