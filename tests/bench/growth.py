"""How a build grows: the reconstruction's tables as a reader's own, once and ten times over."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from analytics import store

TIMES = (1, 10)


def write_copies(folder: Path, times: int) -> None:
    """Write the tables in use `times` over, every copy with ids of its own."""
    source = store.snapshot().folder
    for name, keys in (("firms", ["id"]), ("organizations", ["id"]), ("relations", ["source", "target"])):
        rows = pd.read_parquet(source / f"{name}.parquet")
        copies = [rows.assign(**{key: rows[key] + f"-{at}" for key in keys}) for at in range(times)]
        pd.concat(copies, ignore_index=True).to_parquet(folder / f"{name}.parquet", index=False)


def growth_lines() -> list[str]:
    """Give build time and peak memory of a reader's data, once and ten times the report's size."""
    lines, first = [], 0.0
    for times in TIMES:
        with tempfile.TemporaryDirectory() as data, tempfile.TemporaryDirectory() as snapshots:
            write_copies(Path(data), times)
            start = time.perf_counter()
            command = [sys.executable, "-m", "analytics", "build", data, "--snapshots", snapshots]
            subprocess.run(command, check=True, capture_output=True)
            took = time.perf_counter() - start
        first = first or took
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        size = f"{store.manifest()['dataset']['rows']['relations'] * times:,} relations"
        lines.append(f"own data, {size:<22} {took:8.1f} s       {took / first:.1f} times, peak {peak:.2f} GiB so far")
    return lines


if __name__ == "__main__":
    print("\n".join(growth_lines()))
