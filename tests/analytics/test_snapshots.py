"""Building and serving snapshots, above all what happens when something goes wrong."""

import signal
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics import store
from analytics.errors import BuildError, DataErrors, SnapshotError
from analytics.snapshot import SCHEMA_VERSION, output_files
from analytics.snapshot_files import build_lock

pytestmark = pytest.mark.slow

Build = Callable[..., dict[str, Any]]
REPOSITORY = Path(__file__).resolve().parents[2]
# A build in a process of its own; `hook` runs in the middle of it, when the tables are written.
SCRIPT = """
import os, pathlib, signal, sys, time
from analytics.build import build_snapshot
root, data, word = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
def build_map(boundaries):
    {hook}
    return {{"word": word}}
build_snapshot(root, data, build_map=build_map, say=lambda line: None)
"""


def start(hook: str, root: Path, data: Path, word: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SCRIPT.format(hook=hook), str(root), str(data), word]
    return subprocess.Popen(command, cwd=REPOSITORY)


def folder(root: Path) -> Path:
    return root / (root / "current").read_text().strip()


def snapshots(root: Path) -> list[str]:
    return sorted(p.name for p in root.iterdir() if p.is_dir())


def test_store_gives_back_what_was_built(build: Build, facts: pd.DataFrame) -> None:
    manifest = build()
    served = store.facts()
    assert list(served["printed"]) == list(facts["value"])
    assert served["year"].dtype == "Int64" and served["value"].dtype == "float64"
    assert store.map_json() == b'{"word":"first"}'
    assert store.manifest() == manifest and store.origin()["n_rows"] == len(served)
    assert set(manifest["outputs"]) == set(output_files())
    assert manifest["rows"]["facts"] == len(facts)
    names = ("provinces", "regions", "layers", "technologies", "applications", "sections")
    for name in (*names, "divisions"):
        assert len(getattr(store, name)()) == manifest["rows"][name]
    assert store.provinces()["code"].iloc[0] == "11"


def test_same_inputs_same_version_and_no_second_snapshot(build: Build, root: Path) -> None:
    first, second = build(), build()
    assert second == first and len(snapshots(root)) == 1


def test_changed_input_changes_the_version(build: Build, data: Path) -> None:
    first = build()
    path = data / "taxonomy" / "layers.csv"
    path.write_text(path.read_text("utf-8").replace("Base layer", "Basic layer"), "utf-8")
    assert build()["version"] != first["version"]


def test_boundaries_are_an_input(build: Build, tmp_path: Path) -> None:
    first, path = build(), tmp_path / "boundaries.json"
    path.write_text("{}")
    given: list[Path | None] = []

    def build_map(boundaries: Path | None) -> dict[str, Any]:
        given.append(boundaries)
        return {}

    second = build(boundaries=path, build_map=build_map)
    assert given == [path] and second["version"] != first["version"]


def test_boundaries_of_the_setting_are_an_input(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, path = build(), tmp_path / "boundaries.json"
    path.write_text("{}")
    monkeypatch.setenv("AIM_BOUNDARIES", str(path))
    assert build()["version"] != first["version"]


def test_new_snapshot_is_noticed(build: Build) -> None:
    build("first")
    assert store.map_json() == b'{"word":"first"}'
    build("second")
    assert store.map_json() == b'{"word":"second"}'


def test_unchanged_snapshot_is_read_once(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    first = store.snapshot()
    monkeypatch.setattr(store, "read_snapshot", lambda root: pytest.fail("read again"))
    assert store.snapshot() is first


def test_callers_cannot_spoil_the_cache(build: Build) -> None:
    build()
    frame = store.facts()
    frame.loc[0, "value"] = -1.0
    store.manifest()["outputs"].clear()
    assert store.facts().loc[0, "value"] == 50.66 and store.manifest()["outputs"]


def test_three_snapshots_are_kept(build: Build, root: Path) -> None:
    for word in "abcde":
        build(word)
    names = snapshots(root)
    assert len(names) == 3 and folder(root).name == names[-1]
    assert (folder(root) / "map.json").read_text() == '{"word":"e"}'


def test_bad_data_leaves_the_old_snapshot(build: Build, data: Path, root: Path) -> None:
    first = build()
    path = data / "published" / "facts.csv"
    path.write_text(path.read_text("utf-8").replace("29.04", "129.04", 1), "utf-8")
    with pytest.raises(DataErrors, match=r"129\.04"):
        build("second")
    assert store.manifest() == first and len(snapshots(root)) == 1


def test_failing_map_leaves_the_old_snapshot(build: Build, root: Path) -> None:
    first = build()

    def fail(_: Path | None) -> dict[str, Any]:
        raise OSError("no boundaries")

    with pytest.raises(OSError, match="no boundaries"):
        build(build_map=fail)
    assert store.manifest() == first and len(snapshots(root)) == 1


def test_map_with_nan_is_refused(build: Build) -> None:
    with pytest.raises(ValueError, match="JSON"):
        build(build_map=lambda _: {"x": float("nan")})
    with pytest.raises(SnapshotError):
        store.facts()


def test_killed_build_leaves_the_old_snapshot(build: Build, root: Path, data: Path) -> None:
    first = build()
    killed = start("os.kill(os.getpid(), signal.SIGKILL)", root, data, "killed")
    assert killed.wait(60) == -signal.SIGKILL
    assert len(snapshots(root)) == 2  # the old one and the half-written one
    assert store.manifest() == first
    build("next")  # the lock is free, and the half-written folder goes away
    assert store.map_json() == b'{"word":"next"}'
    assert not list(root.glob(".building-*"))


@pytest.mark.long
def test_two_builds_at_once_take_turns(root: Path, data: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    write = "open({log!r}, 'a').write({what} + '\\n')"
    hook = "; ".join(
        [
            write.format(log=str(log), what="word + ' in'"),
            "time.sleep(0.5)",
            write.format(log=str(log), what="word + ' out'"),
        ]
    )
    builds = [start(hook, root, data, word) for word in ("one", "two")]
    assert [b.wait(60) for b in builds] == [0, 0]
    lines = log.read_text().split("\n")[:-1]
    last = lines[-1].removesuffix(" out")
    other = {"one": "two", "two": "one"}[last]
    assert lines == [f"{other} in", f"{other} out", f"{last} in", f"{last} out"]
    assert len(snapshots(root)) == 2
    assert store.map_json() == f'{{"word":"{last}"}}'.encode()


def test_waiting_for_another_build_ends(build: Build, root: Path) -> None:
    with build_lock(root, 0), pytest.raises(BuildError, match="Another build"):
        build(lock_timeout=0.1)
    build(lock_timeout=0.1)


def test_no_snapshot(root: Path) -> None:
    for _ in range(2):
        with pytest.raises(SnapshotError, match=r"There is no snapshot.*analytics build"):
            store.facts()


@pytest.mark.parametrize("pointer", [b"", b"../elsewhere", b"\xff", b"20200101T000000000000Z-aaaaaaaaaaaa"])
def test_bad_pointer(build: Build, root: Path, pointer: bytes) -> None:
    build()
    (root / "current").write_bytes(pointer)
    with pytest.raises(SnapshotError):
        store.facts()


def test_pointer_may_not_leave_the_folder(build: Build, root: Path) -> None:
    build()
    folder(root).rename(root.parent / "elsewhere")
    (root / "current").write_text("../elsewhere")
    with pytest.raises(SnapshotError, match="names no snapshot"):
        store.facts()


@pytest.mark.parametrize("served_before", [True, False])
@pytest.mark.parametrize("harm", ["missing", "truncated", "one byte"])
def test_damage_of_any_file_is_told_until_mended(
    build: Build, root: Path, monkeypatch: pytest.MonkeyPatch, served_before: bool, harm: str
) -> None:
    build()
    for name in (*output_files(), "manifest.json"):
        monkeypatch.setattr(store, "_cached", OrderedDict())
        if served_before:
            store.facts()
        path = folder(root) / name
        whole = path.read_bytes()
        damage(path, whole, harm)
        for _ in range(2):
            with pytest.raises(SnapshotError) as caught:
                store.facts()
            assert caught.value.path == str(path) and "analytics build" in caught.value.remedy
        path.write_bytes(whole)
    assert len(store.facts()) == 525


def damage(path: Path, whole: bytes, harm: str) -> None:
    if harm == "missing":
        path.unlink()
    elif harm == "truncated":
        path.write_bytes(whole[: len(whole) // 2])
    else:
        path.write_bytes(b"\x00" + whole[1:])


def test_build_mends_a_damaged_snapshot(build: Build, root: Path) -> None:
    first = build()
    (folder(root) / "facts.parquet").unlink()
    second = build()
    assert second["version"] == first["version"] and len(store.facts()) == 525


def test_other_schema_is_refused(build: Build, root: Path) -> None:
    build()
    path = folder(root) / "manifest.json"
    path.write_text(path.read_text().replace(f'"schema_version": {SCHEMA_VERSION}', '"schema_version": 0'))
    with pytest.raises(SnapshotError, match="schema 0"):
        store.facts()
