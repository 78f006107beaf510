"""`make bench`: what the issue of speed asks, measured on this machine and printed as medians."""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from tests.bench.growth import growth_lines
from tests.bench.ingest import ingest_lines
from tests.bench.linked import linked_lines
from tests.bench.load import callbacks_a_second, figure_peer, one_callback, resident
from tests.bench.network import network_lines
from tests.bench.pages import first_load_lines
from tests.bench.server import serving


def build_seconds(runs: int = 3) -> float:
    """Give the median time of building the reconstruction from nothing, start of Python included."""
    took = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            command = [sys.executable, "-m", "analytics", "build"]
            environment = {**os.environ, "AIM_SNAPSHOTS": folder}
            subprocess.run(command, check=True, capture_output=True, env=environment)
            took.append(time.perf_counter() - start)
    return median(took)


def main() -> None:
    """Print every figure with its target."""
    print(f"build of the reconstruction       {build_seconds():8.2f} s       target ≤ 60")
    print("\n".join([*growth_lines(), *ingest_lines()]))
    print("\n".join(network_lines()), flush=True)
    print("\n".join(linked_lines()), flush=True)
    ours, peer = one_callback(), figure_peer()
    print(f"one chart callback, nothing cached{ours * 1e3:8.2f} ms      target ≤ 10")
    print(f"  same bars as go.Figure+template {peer * 1e3:8.2f} ms      {peer / ours:.1f} times ours, figure alone")
    with serving() as (url, process):
        rate, slow = callbacks_a_second(url)
        print(f"callbacks at 32 clients           {rate:8.0f} /s      target ≥ 500   p95 {slow * 1e3:.0f} ms")
        print(f"memory of a worker, resident      {resident(process) / 2**20:8.0f} MiB     target ≤ 250")
    for line in first_load_lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
