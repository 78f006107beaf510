"""Faults of the machine: a full disk and a clock that jumps leave the snapshot in force as it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.snapshot import CURRENT, ENVIRONMENT, repository, snapshots_root
from analytics.snapshot_reading import read_snapshot

pytestmark = pytest.mark.slow

# A file may grow to 10 kB: some of what a build writes is larger. Python ignores the signal, so that
# writing fails as it does on a full disk.
FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
from analytics.__main__ import main
sys.exit(main(["build", "tests/mini"]))
"""
# The clock goes back by ten years after the program has started.
JUMPED = """
import sys, time
now = time.time
time.time = lambda: now() - 315_360_000
from analytics.__main__ import main
sys.exit(main(["build", "tests/mini"]))
"""


def build(script: str, root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    env = {**os.environ, ENVIRONMENT: str(root)}
    return subprocess.run(command, cwd=repository(), env=env, capture_output=True, text=True, timeout=300)


def held(root: Path) -> str:
    """Put the snapshot in force here too, of another version, so that a build has to write."""
    name = (snapshots_root() / CURRENT).read_text().strip()
    shutil.copytree(snapshots_root() / name, root / name)
    (root / CURRENT).write_text(f"{name}\n")
    return name


def test_a_full_disk_leaves_the_snapshot_in_force(tmp_path: Path) -> None:
    name = held(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    done = build(FULL, tmp_path)
    assert done.returncode == 2 and "File too large" in done.stderr, done.stderr
    assert (tmp_path / CURRENT).read_text().strip() == name
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == before, "nothing half-written stays"


def test_a_build_after_the_clock_went_back_is_readable(tmp_path: Path) -> None:
    done = build(JUMPED, tmp_path)
    assert done.returncode == 0, done.stderr
    assert read_snapshot(tmp_path).manifest["version"]
