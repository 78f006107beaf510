"""A real cluster on loopback: the same snapshot, also when a worker is lost; a killed driver leaves what is served."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from analytics.build import build_snapshot
from analytics.makers import OwnData
from analytics.scale.maker import BigData
from analytics.snapshot import CURRENT, ENVIRONMENT, repository
from analytics.snapshot_files import TEMPORARY
from tests.analytics.tables import assert_same, lay_out
from tests.bench.big import write_big
from tests.bench.cluster import Cluster, standalone

MINI = repository() / "tests" / "mini"
QUIET = {"say": lambda _: None, "build_map": lambda _: {}}
ENDED = 600  # seconds after which a build hangs


def start(data: Path, root: Path, cluster: Cluster) -> subprocess.Popen[str]:
    given = ["build", str(data), "--snapshots", str(root), "--engine", "spark", "--master", cluster.master]
    environment = {**cluster.environment, ENVIRONMENT: str(root)}
    return subprocess.Popen(
        [sys.executable, "-m", "analytics", *given],
        env=environment, cwd=repository(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def wait_for(pattern: str, root: Path, process: subprocess.Popen[str]) -> None:
    """Wait until a build has computed some table."""
    end = time.monotonic() + ENDED
    while not list(root.glob(pattern)):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.05)


def test_two_workers_give_duckdb_s_snapshot(cluster: Cluster, tmp_path: Path) -> None:
    write_big(tmp_path / "data", 2, 2)
    build_snapshot(tmp_path / "here", maker=BigData(str(tmp_path / "data")), **QUIET)
    process = start(tmp_path / "data", tmp_path / "there", cluster)
    told, _ = process.communicate(timeout=ENDED)
    assert process.returncode == 0, told
    assert_same(tmp_path / "here", tmp_path / "there")


def test_a_lost_worker_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    folder = lay_out(MINI, tmp_path / "data", 3)
    build_snapshot(tmp_path / "here", maker=OwnData(MINI), **QUIET)
    with standalone(tmp_path / "cluster", workers=2) as cluster:
        process = start(folder, tmp_path / "there", cluster)
        wait_for(f"{TEMPORARY}work-*/checked_organizations.parquet/_SUCCESS", tmp_path / "there", process)
        cluster.workers[0].kill()
        told, _ = process.communicate(timeout=ENDED)
    assert process.returncode == 0, told
    assert_same(tmp_path / "here", tmp_path / "there")


def test_a_killed_driver_leaves_what_is_served(cluster: Cluster, tmp_path: Path) -> None:
    root = tmp_path / "out"
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    before = (root / CURRENT).read_text()
    folder = tmp_path / "data"
    write_big(folder, 1)
    process = start(folder, root, cluster)
    wait_for(f"{TEMPORARY}work-*/clean_relations.parquet", root, process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=ENDED)
    assert (root / CURRENT).read_text() == before
    build_snapshot(root, maker=OwnData(MINI), **QUIET)
    assert not list(root.glob(f"{TEMPORARY}*"))


def test_a_wrong_master_ends_at_once(cluster: Cluster, tmp_path: Path) -> None:
    folder = lay_out(MINI, tmp_path / "data", 2)
    process = start(folder, tmp_path / "out", Cluster("spark://127.0.0.1:1", [], cluster.environment))
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 2 and "No Spark master answers" in told
