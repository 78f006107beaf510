"""Builds of a reader's tables that are killed, or meet another: what is served stays whole."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from analytics.build import build_snapshot
from analytics.errors import SnapshotError
from analytics.makers import OwnData
from analytics.snapshot import CURRENT, ENVIRONMENT, FOLDER, LEDGER_ROWS
from analytics.snapshot_files import TEMPORARY
from analytics.snapshot_reading import Snapshot, read_snapshot

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).resolve().parents[2]
MINI = REPOSITORY / "tests" / "mini"
OTHER = "source,target,year,count\na,b,2015,1\nb,c,2016,2\nb,c,2016,4\n"
ENDED = 120  # seconds after which a build hangs
# `python -m analytics`, but the process kills itself when it is about to write or rename a file of that path.
KILLED = """
import os, re, runpy, signal, sys
moment = re.compile(sys.argv[1])
def hook(event, found):
    writes = event == "open" and isinstance(found[0], str) and found[2] & os.O_CREAT
    path = found[0] if writes else found[1] if event == "os.rename" else ""
    if path and moment.search(os.fspath(path)):
        os.kill(os.getpid(), signal.SIGKILL)
sys.argv = ["analytics", *sys.argv[2:]]
sys.addaudithook(hook)
runpy.run_module("analytics", run_name="__main__")
"""
# What the build is about to do when it is killed, as the path it is about to write.
MOMENTS = {
    "list what was cleaned": r"/ledger_rows\.csv$",
    "move the second clean table": r"/\.building-[^/]*/organizations\.parquet$",
    "write a small table": r"/flows\.parquet$",
    "write the manifest": r"/manifest\.json$",
    "name the folder": rf"/{FOLDER.pattern}$",
    "point to the folder": r"/current$",
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder of other tables than the mini data."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "relations.csv").write_text(OTHER, "utf-8")
    return folder


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root whose snapshot in force is that of the mini data."""
    folder = tmp_path_factory.mktemp("former")
    build_snapshot(folder, maker=OwnData(MINI), say=lambda _: None)
    return folder


def start(root: Path, *command: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, ENVIRONMENT: str(root)}
    return subprocess.Popen([sys.executable, *command], cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL)


def is_of(snapshot: Snapshot, source: Path) -> bool:
    """Tell whether every part of a snapshot is made of the tables of one source."""
    about = snapshot.manifest["dataset"]
    bulk = pd.read_parquet(snapshot.folder / "relations.parquet")
    listed = (snapshot.folder / LEDGER_ROWS).read_text("utf-8-sig").count("\n") - 1
    n_relations = int(snapshot.tables["flows"]["n_relations"].sum())
    found = (len(snapshot.tables["nodes"]), len(bulk), int(bulk["count"].sum()), n_relations, listed)
    of_source = (29, 24, 34, 34, 17) if source == MINI else (3, 2, 7, 7, 1)
    return found == of_source and about["settings"] == OwnData(source).inputs()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_the_former_snapshot(former: Path, other: Path, tmp_path: Path, moment: str) -> None:
    root = tmp_path / "snapshots"
    shutil.copytree(former, root)
    version = read_snapshot(root).manifest["version"]
    killed = start(root, "-c", KILLED, MOMENTS[moment], "build", str(other))
    assert killed.wait(ENDED) == -signal.SIGKILL
    served = read_snapshot(root)
    assert served.manifest["version"] == version and is_of(served, MINI)
    again = build_snapshot(root, maker=OwnData(other), say=lambda _: None)
    served = read_snapshot(root)
    assert served.manifest["version"] == again["version"] != version and is_of(served, other)
    assert not list(root.glob(f"{TEMPORARY}*"))


def test_two_builds_of_different_tables_do_not_mix(other: Path, tmp_path: Path) -> None:
    root = tmp_path / "snapshots"
    builds = {source: start(root, "-m", "analytics", "build", str(source)) for source in (MINI, other)}
    assert_served_whole(root, builds)
    assert [build.returncode for build in builds.values()] == [0, 0]
    last = read_snapshot(root).name
    names = sorted(path.name for path in root.iterdir() if FOLDER.fullmatch(path.name))
    assert len(names) == 2 and last == names[-1]
    found = []
    for name in names:
        (root / CURRENT).write_text(f"{name}\n")
        found.append([source for source in builds if is_of(read_snapshot(root), source)])
    assert sorted(found) == sorted([source] for source in builds)


def assert_served_whole(root: Path, builds: dict[Path, subprocess.Popen[bytes]]) -> None:
    """Read what is in force until the builds end; from the first snapshot on there always is a whole one."""
    seen, end = False, time.monotonic() + ENDED
    while any(build.poll() is None for build in builds.values()):
        assert time.monotonic() < end
        try:
            snapshot = read_snapshot(root)
        except SnapshotError:
            assert not seen
        else:
            seen = True
            assert any(is_of(snapshot, source) for source in builds)
        time.sleep(0.3)
