"""`make bench-scale`: builds of 91 thousand to 91 million relations by DuckDB, two of them by Spark as well.

Every build is a process of its own. Its time, the most memory that it held (resident, sampled ten times a second over
all of its processes) and the most disk that its folder of snapshots took are printed; then its counts are held against
those of the data it was cloned from, and Spark's tables against DuckDB's.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from analytics import store
from analytics.snapshot import ENVIRONMENT, table_file
from analytics.snapshot_reading import read_snapshot
from tests.analytics.tables import assert_same
from tests.bench.big import write_big
from tests.bench.cluster import standalone

TIMES = (1, 10, 100, 1000)
BY_SPARK = (10, 100)
PAGE = os.sysconf("SC_PAGE_SIZE")
LOOK = 0.1  # seconds


@dataclass(frozen=True)
class Cost:
    """What a build took: seconds, bytes of memory, bytes of disk while it ran, bytes of the snapshot."""

    seconds: float
    memory: int
    disk: int
    snapshot: int


def build(data: Path, root: Path, environment: dict[str, str], *given: str) -> Cost:
    """Build a folder of parts in a process of its own, and measure it; a failed build ends the bench."""
    root.mkdir(parents=True)
    command = [sys.executable, "-m", "analytics", "build", str(data), "--snapshots", str(root), *given]
    started, memory, disk, turn = time.perf_counter(), 0, 0, 0
    with (root.parent / f"{root.name}.log").open("wb") as log:
        process = subprocess.Popen(command, env={**environment, ENVIRONMENT: str(root)}, stdout=log, stderr=log)
        while process.poll() is None:
            memory = max(memory, resident(process.pid))
            disk = max(disk, size(root)) if turn % 10 == 0 else disk
            turn += 1
            time.sleep(LOOK)
    if process.returncode:
        raise SystemExit((root.parent / f"{root.name}.log").read_text()[-2_000:])
    return Cost(time.perf_counter() - started, memory, disk, size(read_snapshot(root).folder))


def resident(pid: int) -> int:
    """Give the bytes of memory that a process and its children hold."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):
        return 0
    return own + sum(resident(int(child)) for child in children)


def size(folder: Path) -> int:
    """Give the bytes of the files below a folder that may change meanwhile."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(place, name)).st_size
            except OSError:
                continue
    return total


def check_counts(root: Path, times: int) -> None:
    """Hold every flow of a build against that of the data it was cloned from, times as large."""
    own = pq.read_table(store.snapshot().folder / table_file("flows")).to_pandas()
    found = pq.read_table(read_snapshot(root).folder / table_file("flows")).to_pandas()
    assert found.equals(own.assign(n_relations=own["n_relations"] * times)), "the counts differ"


def line(engine: str, times: int, cost: Cost, root: Path) -> str:
    """Write one row of the table."""
    found = read_snapshot(root).manifest
    rows, network = found["dataset"]["rows"], found["dataset"]["network"]["statistics"]
    read = times * store.manifest()["dataset"]["rows"]["relations"]
    gigabytes = [one / 1e9 for one in (cost.memory, cost.disk, cost.snapshot)]
    return (
        f"{engine:<7} {read:>12,} {rows['relations']:>12,} {rows['nodes']:>10,} {cost.seconds:8.1f} s "
        + " ".join(f"{one:7.2f} GB" for one in gigabytes)
        + f"  {network}"
    )


def main(asked: list[str]) -> None:
    """Measure and print every size that is asked for; all by default."""
    sizes = tuple(map(int, asked)) or TIMES
    print("engine          read         kept      nodes       time     memory       disk   snapshot  network")
    with tempfile.TemporaryDirectory(prefix="scale-", dir=os.environ.get("BENCH_FOLDER")) as name:
        folder = Path(name)
        for times in sizes:
            write_big(folder / "data" / str(times), times)
            root = folder / f"duckdb-{times}"
            print(line("duckdb", times, build(folder / "data" / str(times), root, dict(os.environ)), root), flush=True)
            check_counts(root, times)
        with standalone(_made(folder / "cluster")) as cluster:
            for times in sorted({*sizes} & {*BY_SPARK}):
                root, data = folder / f"spark-{times}", folder / "data" / str(times)
                cost = build(data, root, cluster.environment, "--engine", "spark", "--master", cluster.master)
                print(line("spark", times, cost, root), flush=True)
                assert_same(folder / f"duckdb-{times}", root)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
